"""Addresses of registers, below /work/intake/."""

from django.urls import URLPattern, path

from rohnamo.intake import views

app_name = "intake"

urlpatterns: list[URLPattern] = [
    path("", views.register_list, name="registers"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.upload, name="upload"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/look-anew/", views.look_anew, name="look_anew"),
    path("<int:pk>/refused.xlsx", views.refused, name="refused"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/return/", views.give_back, name="return"),
    path("taken/<int:pk>/", views.taken, name="taken"),
    path("taken/<int:pk>/undo/", views.undo, name="undo"),
    path("due/<str:code>/", views.rhythm, name="due"),
]
