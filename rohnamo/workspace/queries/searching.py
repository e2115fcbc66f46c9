"""One box for everything: projects by code or title, people by name in any script."""

from collections.abc import Iterator

from django.utils.translation import get_language

from rohnamo.core.languages import in_language
from rohnamo.engines.names import parse
from rohnamo.projects.models import Project
from rohnamo.projects.queries import visible_to
from rohnamo.staff.models import User

LEAST_LETTERS = 3
MOST_PROJECTS = 10
WORDS_OF_A_NAME = 2


def project_with_code(written: str, user: User) -> Project | None:
    """The project whose code was written exactly, capitals aside."""
    return visible_to(user).filter(code__iexact=written.strip()).first()


def projects_named(written: str, user: User) -> list[Project]:
    """Projects whose code or title, in any language, holds what was written; the mission has tens of them."""
    sought = written.strip().casefold()
    if len(sought) < LEAST_LETTERS:
        return []
    found = [one for one in visible_to(user).order_by("code") if any(sought in text for text in _texts(one))]
    return found[:MOST_PROJECTS]


def is_enough_for_a_name(written: str) -> bool:
    """One word of a name finds half the country, so it finds nobody."""
    return len(parse(written).parts) >= WORDS_OF_A_NAME


def title_of(project: Project) -> str:
    return in_language(project.titles, get_language())


def _texts(project: Project) -> Iterator[str]:
    yield project.code.casefold()
    yield from (title.casefold() for title in project.titles.values())
