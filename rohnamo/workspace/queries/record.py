"""A person's record: at a glance, then names, consents, and the story of services in time order."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.languages import in_language
from rohnamo.deliveries import queries as deliveries
from rohnamo.deliveries.models import Delivery
from rohnamo.people.models import Consent, Document, Person, PersonName, Phone
from rohnamo.staff.models import User
from rohnamo.ui import words
from rohnamo.workspace.queries.names import own, own_spellings, shown

PHONE_ENDING = 2


def spellings(records: list[int], *, by: User) -> list[PersonName]:
    return own_spellings(records, by=by)


def facts(person: Person, records: list[int], names: list[PersonName], *, by: User) -> list[dict[str, Any]]:
    """What facts.html takes: enough to tell namesakes apart, and no more.

    Of a birth only the year; of phones and documents only the endings of those that were given to the reader's projects.
    """
    first = shown(names[0]) if names else None
    phones = own(Phone, by=by).filter(person__in=records)
    documents = own(Document, by=by).filter(person__in=records)
    pairs = (
        (_("Father's name"), first.father if first else ""),
        (_("Sex"), words.sex(person.sex)),
        (_("Year of birth"), str(person.birth_year or "")),
        (_("District"), in_language(person.district.names) if person.district else ""),
        (_("Phone"), _endings([one.number[-PHONE_ENDING:] for one in phones])),
        (_("Document"), _endings([one.ending for one in documents])),
        (_("Records judged to be this person"), str(len(records)) if len(records) > 1 else ""),
    )
    return [{"name": name, "value": value} for name, value in pairs if value]


def name_rows(names: list[PersonName]) -> list[list[dict[str, Any]]]:
    return [
        [
            {"text": " ".join(filter(None, (shown(one).name, shown(one).father)))},
            {"text": script(one.script), "is_quiet": True},
            {"text": in_language(one.source.names), "is_quiet": True},
        ]
        for one in names
    ]


def script(code: str) -> str:
    return {
        "cyrillic": pgettext("script", "Cyrillic"),
        "latin": pgettext("script", "Latin"),
        "persian": pgettext("script", "Persian"),
    }.get(code, pgettext("script", "mixed"))


def consents(records: list[int], *, by: User) -> list[list[dict[str, Any]]]:
    """Consents that sources of the reader's projects took down."""
    mine = by.memberships.values("project")
    given = Consent.objects.filter(person__in=records, source__project__in=mine).select_related("source")
    return [
        [
            {"text": _purpose(one.purpose)},
            {"text": words.day(one.given_on)},
            {"text": words.day(one.withdrawn_on) if one.withdrawn_on else pgettext("a consent", "in force")},
            {"text": in_language(one.source.names) if one.source else "", "is_quiet": True},
        ]
        for one in given.order_by("-given_on", "purpose")
    ]


def story(records: list[int], *, by: User) -> QuerySet[Delivery]:
    """What the reader's projects did for this person, newest first; what was taken back is left out."""
    done = deliveries.visible_to(by).filter(person__in=records, reverses=None, reversed_by=None)
    return done.select_related("service", "project", "district", "source").order_by("-day", "-pk")


def story_rows(done: list[Delivery]) -> list[list[dict[str, Any]]]:
    recorders = _recorders({one.recorded_by for one in done})
    return [
        [
            {"text": words.day(one.day, one.day_precision)},
            {"text": in_language(one.service.names)},
            {"text": one.project.code},
            {"text": in_language(one.district.names) if one.district else ""},
            {
                "text": _("%(source)s, recorded by %(who)s")
                % {
                    "source": in_language(one.source.names),
                    "who": recorders.get(one.recorded_by, one.recorded_by),
                },
                "is_quiet": True,
            },
        ]
        for one in done
    ]


def story_columns() -> list[dict[str, Any]]:
    return [
        {"name": _("Day")},
        {"name": _("Service")},
        {"name": _("Project")},
        {"name": _("District")},
        {"name": _("Where it comes from")},
    ]


def _recorders(numbers: set[str]) -> dict[str, str]:
    users = User.objects.in_bulk([int(one) for one in numbers if one.isdigit()])
    return {"system": _("this system"), **{str(pk): str(user) for pk, user in users.items()}}


def _endings(endings: list[str]) -> str:
    return ", ".join(_("ends in %(ending)s") % {"ending": one} for one in sorted(set(endings)) if one)


def _purpose(code: str) -> str:
    return {
        "service": pgettext("consent to", "use for the service"),
        "call_back": pgettext("consent to", "being called back"),
        "share": pgettext("consent to", "passing on"),
    }.get(code, code)
