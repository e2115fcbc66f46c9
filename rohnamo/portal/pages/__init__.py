"""The portal's public pages: made by the same functions for publishing as files and for answering on demand."""

from django.utils import translation

from rohnamo.core.languages import LANGUAGES
from rohnamo.core.pages import Page
from rohnamo.portal import queries
from rohnamo.portal.pages import areas, figures, home, projects, texts, tour


def all_pages() -> list[Page]:
    """Every public page of the portal, in every language. What there is to write about is read once."""
    subjects = queries.subjects()
    return [page for language in LANGUAGES for page in _in(language, subjects)]


def _in(language: str, subjects: queries.Subjects) -> list[Page]:
    with translation.override(language):
        return [
            home.home(language, subjects),
            tour.tour_page(language, subjects),
            *texts.text_pages(language, subjects),
            areas.list_page(language, subjects),
            *areas.area_pages(language, subjects),
            projects.list_page(language, subjects),
            *projects.project_pages(language, subjects),
            figures.list_page(language, subjects),
            *figures.figure_pages(language, subjects),
        ]
