"""Addresses of the staff door, below /work/. A name never stands in one: the search is posted."""

from django.urls import URLPattern, path, register_converter

from rohnamo.workspace import views

app_name = "workspace"


class PeriodLabel:
    """2025, 2025-H1, 2025-Q3, 2025-04, or two days with a stroke between them."""

    regex = r"[0-9A-Z-]{4,10}(?:/[0-9-]{10})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PeriodLabel, "period")

urlpatterns: list[URLPattern] = [
    path("", views.day, name="day"),
    path("search/", views.search, name="search"),
    path("projects/", views.projects, name="projects"),
    path("projects/<str:code>/", views.project, name="project"),
    path("results/<str:key>/<period:period>/", views.behind, name="behind"),
    path("people/", views.people, name="people"),
    path("people/pairs/", views.pairs, name="pairs"),
    path("people/judge/", views.judge, name="judge"),
    path("people/withdraw/", views.withdraw, name="withdraw"),
    path("people/<int:pk>/", views.person, name="person"),
    path("briefing/", views.briefing, name="briefing"),
    path("briefing/notes/<int:pk>/strike/", views.strike_note, name="strike_note"),
    path("briefing/<str:about>/", views.briefing_about, name="briefing_about"),
    path("briefing/<str:about>/<str:language>/", views.briefing_file, name="briefing_file"),
    path("officials/", views.officials, name="officials"),
]
