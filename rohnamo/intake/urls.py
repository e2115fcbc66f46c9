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
    path("taken/<int:pk>/", views.taken, name="taken"),
]
