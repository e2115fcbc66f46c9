"""Every address of the house."""

from django.urls import URLPattern, URLResolver, include, path

from rohnamo.staff import urls as staff_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("work/account/", include(staff_urls.ACCOUNT)),
    path("work/staff/", include("rohnamo.staff.urls")),
    path("work/intake/", include("rohnamo.intake.urls")),
    path("work/iati/", include("rohnamo.iati.urls")),
    path("work/projects/", include("rohnamo.projects.urls")),
    path("work/projects/", include("rohnamo.results.urls")),
    path("work/", include("rohnamo.workspace.urls")),
    path("", include("rohnamo.portal.urls")),
]
