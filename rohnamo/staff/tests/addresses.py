"""The addresses of this room alone, with one page of the workspace behind the door."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from rohnamo.staff import urls


def my_day(request: HttpRequest) -> HttpResponse:
    return HttpResponse("my day")


urlpatterns = [
    path("work/", my_day),
    path("work/people/", my_day),
    path("work/account/", include(urls.ACCOUNT)),
    path("work/staff/", include("rohnamo.staff.urls")),
]
