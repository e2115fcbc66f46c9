"""A register as a whole, in words: how it was read, and what must be confirmed by hand before it is taken in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rohnamo.core.languages import in_language
from rohnamo.intake import rules
from rohnamo.intake.models import Upload
from rohnamo.intake.queries.columns import WORDS
from rohnamo.intake.queries.registers import number
from rohnamo.intake.queries.sentences import span
from rohnamo.intake.queries.survey import AGAIN, OTHER_SERVICES, Survey, Twin
from rohnamo.intake.queries.uploads import About, imports_visible_to
from rohnamo.projects.models import Project, Service, Source
from rohnamo.projects.queries import visible_to as visible_projects
from rohnamo.staff.models import User

MOST_SERVICES = 5


@dataclass(frozen=True)
class Question:
    """Something to confirm by hand. tick: the words beside the box."""

    name: str
    title: str
    sentences: list[str]
    tick: str


def how_it_was_read(one: Upload, about: About) -> list[dict[str, Any]]:
    """What facts.html takes: services and days that were found, and where. Nothing of a register of before."""
    if not about.reading:
        return []
    survey = about.survey
    days = span(survey.first, survey.last) if survey.undated < survey.rows else ""
    said = [
        (_("Services"), [_services(survey.services), _services_from(about.reading)]),
        (pgettext("of a register", "Days"), [days, *_days_from(about)]),
        (pgettext("of a register", "Columns"), [_titles(one)]),
    ]
    return [{"name": name, "lines": [line for line in lines if line]} for name, lines in said if any(lines)]


def questions_of(one: Upload, survey: Survey, user: User) -> list[Question]:
    """What must be confirmed, and why, as far as this reader may know of it."""
    open_ones = [what for what in survey.to_confirm if what not in one.ticked]
    make = {AGAIN: _again, OTHER_SERVICES: _other_services}
    return [make[what](one, survey, user) for what in open_ones]


def names_of(codes: Mapping[str, int]) -> dict[str, str]:
    """Code -> name of a service in the reader's language."""
    services = Service.objects.filter(code__in=list(codes))
    return {one.code: in_language(one.names) or one.code for one in services}


def only_project_for(survey: Survey, seen: QuerySet[Project]) -> Project | None:
    """The one other project to which all rows would belong; none when there are several, or it is not among `seen`."""
    codes = set(survey.elsewhere)
    if not codes or sum(survey.elsewhere.values()) < survey.rows:
        return None
    offers = Project.objects.all()
    for code in sorted(codes):
        offers = offers.filter(services__code=code)
    found = list(offers.values_list("pk", flat=True).distinct()[:2])
    return seen.filter(pk=found[0]).first() if len(found) == 1 else None


def _titles(one: Upload) -> str:
    """What each title was taken for; titles that mean nothing stand on the page of columns."""
    read = [column for column in one.columns if column["title"] and column["field"] in WORDS]
    return "; ".join(f"{column['title']} → {WORDS[column['field']]}" for column in read)


def _services(services: Mapping[str, int]) -> str:
    names = names_of(services)
    most = sorted(services.items(), key=lambda one: (-one[1], one[0]))
    named = [f"{names.get(code, code)} ({number(rows)})" for code, rows in most[:MOST_SERVICES]]
    return ", ".join([*named, *(["…"] if len(most) > MOST_SERVICES else [])])


def _services_from(reading: Mapping[str, str]) -> str:
    return {
        "column": pgettext("where it was found", "from a column"),
        "title": pgettext("where it was found", "from the title of the register"),
        "file_name": pgettext("where it was found", "from the name of the file"),
        "project": pgettext("where it was found", "the project's usual service"),
    }.get(reading.get("services", ""), "")


def _days_from(about: About) -> list[str]:
    """Where days were found."""
    survey, reading = about.survey, about.reading
    column = pgettext("where it was found", "from a column") if reading.get("days") else ""
    if not survey.undated:
        return [column]
    period = _("Rows without a day: %(count)s, counted in %(period)s, %(where)s") % {
        "count": number(survey.undated),
        "period": span(reading.get("first", ""), reading.get("last", "")),
        "where": _period_from(reading),
    }
    return [column if survey.undated < survey.rows else "", period]


def _period_from(reading: Mapping[str, str]) -> str:
    return {
        "title": pgettext("where it was found", "from the title of the register"),
        "file_name": pgettext("where it was found", "from the name of the file"),
    }.get(reading.get("period", ""), pgettext("where it was found", "as said by hand"))


def _again(_one: Upload, survey: Survey, user: User) -> Question:
    sees_rows = rules.may_see_rows(user)
    said = [_twin(twin, survey, user) for twin in survey.twins] if sees_rows else []
    return Question(
        name=AGAIN,
        title=_("Much of this register came before from another sender"),
        sentences=[
            *(said or [_("Rows that came from two senders would be counted twice.")]),
            _("If it is the same list, cancel it: it is counted already."),
        ],
        tick=_("These are other people or other services. Count them."),
    )


def _twin(twin: Twin, survey: Survey, user: User) -> str:
    """Another sender is named only where the reader may see a register of theirs."""
    seen = imports_visible_to(user).filter(source=twin.source, project=twin.project, undo_since=None)
    if not seen.exists():
        return _("Rows that came from two senders would be counted twice.")
    params = {
        "source": in_language(Source.objects.get(pk=twin.source).names),
        "project": Project.objects.get(pk=twin.project).code,
    }
    if twin.is_same_file:
        return _("The same file came before from “%(source)s”, project %(project)s.") % params
    words = ngettext(
        "%(count)s row of %(whole)s came before from “%(source)s”, project %(project)s.",
        "%(count)s rows of %(whole)s came before from “%(source)s”, project %(project)s.",
        twin.rows,
    )
    return words % {**params, "count": number(twin.rows), "whole": number(survey.rows)}


def _other_services(one: Upload, survey: Survey, user: User) -> Question:
    rows = sum(survey.elsewhere.values())
    words = ngettext(
        "%(count)s row is about services that project %(project)s does not offer: %(services)s.",
        "%(count)s rows are about services that project %(project)s does not offer: %(services)s.",
        rows,
    ) % {"count": number(rows), "project": one.project.code, "services": _services(survey.elsewhere)}
    other = only_project_for(survey, visible_projects(user))
    hint = _("Project %(project)s offers them. Was the register meant for it?")
    return Question(
        name=OTHER_SERVICES,
        title=_("Services of another project"),
        sentences=[words, *([hint % {"project": other.code}] if other else [])],
        tick=_("These services belong to project %(project)s. Take them in.") % {"project": one.project.code},
    )
