"""Public addresses. The first part is the language; nothing else decides it."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from rohnamo.portal import views
from rohnamo.portal.pages import areas, figures, home, projects, texts, tour


class Language(StringConverter):
    regex = "tg|ru|en"


class Code(StringConverter):
    """A code as it may stand in a published address."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._-]*"


class Kind(StringConverter):
    regex = "csv|json"


register_converter(Language, "language")
register_converter(Code, "code")
register_converter(Kind, "kind")


def _door(tail: str) -> views.Render:
    return lambda language: texts.render_door(language, tail)


urlpatterns = [
    path("", views.front),
    path("<language:language>/", views.page(home.render)),
    path("<language:language>/tour/", views.page(tour.render)),
    path("<language:language>/welcome/", views.page(texts.render_welcome)),
    path("<language:language>/about-us/", views.page(texts.render_about)),
    *(path(f"<language:language>/{tail}", views.page(_door(tail))) for tail in texts.DOORS),
    path("<language:language>/help/", views.private_page(texts.render_help)),
    path("<language:language>/help/about-us/", views.private_page(texts.render_feedback)),
    path("<language:language>/areas/", views.page(areas.render_list)),
    path("<language:language>/areas/<code:code>/", views.page(areas.render_area)),
    path("<language:language>/projects/", views.project_list),
    path("<language:language>/projects/<code:code>/", views.page(projects.render_project)),
    path("<language:language>/projects/<code:code>/results.<kind:kind>", views.project_data),
    path("<language:language>/figures/", views.page(figures.render_list)),
    path("<language:language>/figures/<code:slug>/", views.page(figures.render_figure)),
    path("<language:language>/figures/<code:slug>/data.<kind:kind>", views.figure_data),
    path("robots.txt", views.robots),
    path("sitemap.xml", views.sitemap),
    path("healthz", views.health),
]
