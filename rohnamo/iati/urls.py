"""Addresses of IATI, below /work/iati/."""

from django.urls import URLPattern, path

from rohnamo.iati import views

app_name = "iati"

urlpatterns: list[URLPattern] = [
    path("", views.index, name="index"),
    path("check/", views.check, name="check"),
    path("export/<slug:name>.xml", views.export, name="export"),
    path("donors/", views.donor, name="donor"),
    path("new/", views.new, name="new"),
    path("files/<int:pk>/", views.file, name="file"),
    path("files/<int:pk>/accept/", views.accept, name="accept"),
    path("files/<int:pk>/discard/", views.discard, name="discard"),
    path("activities/", views.activity_list, name="activities"),
    path("activities/<int:pk>/", views.activity, name="activity"),
    path("activities/<int:pk>.xml", views.activity_file, name="activity-file"),
]
