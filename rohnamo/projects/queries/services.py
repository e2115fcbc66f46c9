"""Services and those who report them."""

from datetime import date

from django.db.models import QuerySet

from rohnamo.projects.models import Project, Service, Source


def services_of(project: Project) -> QuerySet[Service]:
    """What a project offers, in the order of codes."""
    return project.services.all()


def service_vocabulary() -> dict[str, tuple[str, ...]]:
    """Code of each service to everything that registers may call it: its names by language, then other words.

    The words are as written; whoever compares them folds case and letters.
    """
    services = Service.objects.values_list("code", "names", "words")
    return {code: _names_and_words(names, words) for code, names, words in services}


def source_by_code(code: str) -> Source:
    """The source with a code, with its partner and project. Raises Source.DoesNotExist."""
    return Source.objects.select_related("partner", "project").get(code=code)


def agreement_in_force(source: Source, on: date) -> bool:
    """Whether the source may send data of persons on a day. Without an agreement with both its days, never."""
    if not source.agreement or source.valid_from is None or source.valid_to is None:
        return False
    return source.valid_from <= on <= source.valid_to


def _names_and_words(names: dict[str, str], words: list[str]) -> tuple[str, ...]:
    # Sorted, because PostgreSQL gives the keys of a JSON column back in an order of its own.
    return tuple(dict.fromkeys([*(name for _, name in sorted(names.items())), *words]))
