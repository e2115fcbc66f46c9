"""Pairs of records that may be one person, side by side, for somebody who may see both."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, IntegerField, Max, OuterRef, Prefetch, Q, QuerySet, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.languages import in_language
from rohnamo.deliveries import queries as deliveries
from rohnamo.engines.linkage import LinkReason
from rohnamo.people import queries as people
from rohnamo.people.models import Document, Judgement, Person, PersonName, Phone, Verdict
from rohnamo.staff.models import User
from rohnamo.ui import words
from rohnamo.ui.spelling import number
from rohnamo.workspace.queries.names import own, shown, spellings_by_record

PHONE_ENDING, DOCUMENT_ENDING = 2, 3
AGREES, DIFFERS = "agrees", "differs"
ANSWERS = frozenset({Verdict.POSITIVE.value, Verdict.NEGATIVE.value, Verdict.UNSURE.value})
SAME_NAME, OTHER_FATHER = LinkReason.SAME_NAME.value, LinkReason.FATHER_NAME_DIFFERS.value
OTHER_NAME = frozenset({LinkReason.GIVEN_NAME_DIFFERS.value, LinkReason.FAMILY_NAME_DIFFERS.value})


@dataclass(frozen=True)
class _Side:
    person: Person
    spellings: list[PersonName]
    phones: dict[str, str]
    documents: dict[str, str]
    last_contact: str


def waiting_pairs(user: User) -> QuerySet[Judgement]:
    """Unsure pairs of which the user may see both records; those postponed by the user come last."""
    unsure = _of_visible(Judgement.objects.filter(superseded_at=None, verdict=Verdict.UNSURE), user)
    put_off = Case(When(judged_by=str(user.pk), then=1), default=0, output_field=IntegerField())
    sides = [Prefetch(side, Person.objects.select_related("district")) for side in ("left", "right")]
    return unsure.prefetch_related(*sides).order_by(put_off, "judged_at", "pk")


def standing_about(records: Iterable[int], user: User) -> list[Judgement]:
    """What was decided about these records and others that the user may see too, newest first."""
    numbers = list(records)
    decided = Judgement.objects.filter(superseded_at=None).exclude(verdict=Verdict.UNSURE)
    ours = decided.filter(Q(left__in=numbers) | Q(right__in=numbers))
    return list(_of_visible(ours, user).order_by("-judged_at", "-pk"))


def reasons_about(left: Person, right: Person) -> list[str]:
    """What was found when the pair was weighed: it goes along with every new decision about it."""
    one, other = sorted((left.pk, right.pk))
    standing = Judgement.objects.filter(left=one, right=other, superseded_at=None).first()
    return list(standing.reasons) if standing else []


def comparison(judgement: Judgement, *, by: User, action: str, come_back: str = "") -> dict[str, Any]:
    """What comparison.html takes. Names only as far as the reader's own sources wrote them."""
    left, right = _sides(judgement, by)
    return {
        "left": _("Record %(number)s") % {"number": number(left.person.pk, words.language())},
        "right": _("Record %(number)s") % {"number": number(right.person.pk, words.language())},
        "rows": _rows(left, right, judgement.reasons),
        "question": _("One person?"),
        "text": _("Your decision can be taken back at any time. Nothing is lost by it."),
        "action": action,
        "field": "verdict",
        "choices": [
            {"value": Verdict.POSITIVE.value, "text": pgettext("two records", "Yes, one person")},
            {"value": Verdict.NEGATIVE.value, "text": pgettext("two records", "No, different people")},
            {"value": Verdict.UNSURE.value, "text": pgettext("two records", "I do not know, put it off")},
        ],
        "hidden": [
            {"name": "left", "value": left.person.pk},
            {"name": "right", "value": right.person.pk},
            {"name": "back", "value": come_back},
        ],
    }


def _of_visible(judgements: QuerySet[Judgement], user: User) -> QuerySet[Judgement]:
    """Those of which the user may see both records.

    Asked judgement by judgement: with two lists of visible people, or two joins, SQLite would go through every pair of
    people there could be.
    """
    people_seen = people.visible_to(user).filter(erased_at=None)
    left, right = (people_seen.filter(pk=OuterRef(side)) for side in ("left_id", "right_id"))
    return judgements.filter(Exists(left), Exists(right))


def _sides(judgement: Judgement, by: User) -> tuple[_Side, _Side]:
    persons = (judgement.left, judgement.right)
    numbers = [person.pk for person in persons]
    spellings = spellings_by_record(numbers, by=by)
    phones = _by_digest(own(Phone, by=by).filter(person__in=numbers), "number", PHONE_ENDING)
    documents = _by_digest(own(Document, by=by).filter(person__in=numbers), "ending", DOCUMENT_ENDING)
    last = dict(
        deliveries.visible_to(by)
        .filter(person__in=numbers, reverses=None, reversed_by=None)
        .values_list("person")
        .annotate(last=Max("day"))
    )
    left, right = (
        _Side(
            person,
            spellings.get(person.pk, []),
            phones.get(person.pk, {}),
            documents.get(person.pk, {}),
            words.month(last.get(person.pk)),
        )
        for person in persons
    )
    return left, right


def _by_digest(kept: QuerySet[Any], column: str, length: int) -> dict[int, dict[str, str]]:
    """Record → digest → last characters: equal digests are equal numbers, and no whole number is shown."""
    found: dict[int, dict[str, str]] = {}
    for one in kept:
        found.setdefault(one.person_id, {})[bytes(one.digest).hex()] = getattr(one, column)[-length:]
    return found


def _rows(left: _Side, right: _Side, reasons: list[str]) -> list[dict[str, Any]]:
    one, other = left.person, right.person
    return [
        _name_row(left, right, reasons),
        _father_row(left, right, reasons),
        _row(_("Sex"), words.sex(one.sex), words.sex(other.sex)),
        _birth_row(one, other),
        _row(_("District"), _district(one), _district(other)),
        _endings_row(_("Phone"), left.phones, right.phones),
        _endings_row(_("Document"), left.documents, right.documents),
        {
            "name": _("Last contact"),
            "left": left.last_contact,
            "right": right.last_contact,
            "kind": "",
            "word": "",
        },
    ]


def _name_row(left: _Side, right: _Side, reasons: list[str]) -> dict[str, Any]:
    names = [
        shown(side.spellings[0]).name if side.spellings else _("not shown to you") for side in (left, right)
    ]
    row = _plain(pgettext("of a person", "Name, as written"), *names) | {"is_title": True}
    scripts = {side.spellings[0].script for side in (left, right) if side.spellings}
    if SAME_NAME in reasons and len(scripts) > 1:
        return row | {"kind": AGREES, "word": _("one name, two scripts")}
    return row | _of_names(*names, is_same=SAME_NAME in reasons, is_other=bool(OTHER_NAME & set(reasons)))


def _father_row(left: _Side, right: _Side, reasons: list[str]) -> dict[str, Any]:
    fathers = (_father(left), _father(right))
    row = _plain(_("Father's name"), *fathers)
    if not all(fathers):
        return row
    is_other = OTHER_FATHER in reasons
    return row | _of_names(*fathers, is_same=bool(reasons) and not is_other, is_other=is_other)


def _of_names(left: str, right: str, *, is_same: bool, is_other: bool) -> dict[str, Any]:
    """Names are compared by what was found when they were weighed: one name has many spellings."""
    if left.casefold() == right.casefold() or is_same:
        return {"kind": AGREES, "word": pgettext("two values", "the same")}
    if is_other:
        return {"kind": DIFFERS, "word": pgettext("two values", "different")}
    return {"kind": "", "word": ""}


def _birth_row(one: Person, other: Person) -> dict[str, Any]:
    """The year is shown, and whether the days agree; the days themselves are not needed to decide."""
    row = _row(_("Year of birth"), str(one.birth_year or ""), str(other.birth_year or ""))
    if row["kind"] != AGREES:
        return row
    if not (_is_whole(one) and _is_whole(other)):
        return row | {"word": _("same year, day not known")}
    if one.birth_md == other.birth_md:
        return row | {"word": _("same date of birth")}
    return row | {"kind": DIFFERS, "word": _("same year, another day")}


def _is_whole(person: Person) -> bool:
    return person.birth_precision == "day" and bool(person.birth_md)


def _row(name: str, left: str, right: str) -> dict[str, Any]:
    """Two values; compared only where both are known."""
    row = _plain(name, left, right)
    if left and right:
        is_same = left.casefold() == right.casefold()
        row["kind"] = AGREES if is_same else DIFFERS
        row["word"] = pgettext("two values", "the same") if is_same else pgettext("two values", "different")
    return row


def _endings_row(name: str, left: dict[str, str], right: dict[str, str]) -> dict[str, Any]:
    row = _plain(name, _endings(left), _endings(right))
    if left and right:
        is_same = bool(left.keys() & right.keys())
        row["kind"] = AGREES if is_same else DIFFERS
        row["word"] = pgettext("two values", "the same") if is_same else pgettext("two values", "different")
    return row


def _plain(name: str, left: str, right: str) -> dict[str, Any]:
    return {"name": name, "left": left, "right": right, "kind": "", "word": ""}


def _endings(kept: dict[str, str]) -> str:
    return ", ".join(_("ends in %(ending)s") % {"ending": ending} for ending in sorted(kept.values()))


def _father(side: _Side) -> str:
    return shown(side.spellings[0]).father if side.spellings else ""


def _district(person: Person) -> str:
    return in_language(person.district.names) if person.district else ""
