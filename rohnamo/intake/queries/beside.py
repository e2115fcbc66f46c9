"""A doubtful row beside the record it resembles: what agrees, what differs, and three answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from rohnamo.core.languages import in_language
from rohnamo.deliveries import queries as deliveries
from rohnamo.engines.linkage import LinkReason
from rohnamo.engines.names import script_of
from rohnamo.intake.queries.uploads import Looked
from rohnamo.people import queries as people
from rohnamo.people.models import Person, PersonName, Phone, Verdict
from rohnamo.places.models import Place
from rohnamo.staff.models import User
from rohnamo.ui import spelling

AGREES, DIFFERS = "agrees", "differs"
SAME_NAME, OTHER_FATHER = LinkReason.SAME_NAME.value, LinkReason.FATHER_NAME_DIFFERS.value
OTHER_NAME = frozenset({LinkReason.GIVEN_NAME_DIFFERS.value, LinkReason.FAMILY_NAME_DIFFERS.value})
ENDING = 2


@dataclass(frozen=True)
class _Record:
    person: Person
    name: PersonName | None
    phones: list[str]
    last: date | None


def comparison(row: Looked, *, by: User, action: str, may_answer: bool) -> dict[str, Any] | None:
    """What comparison.html takes; None when the record may not be seen, or is another row of the same register."""
    record = _record_of(row.resembles, by)
    if record is None:
        return None
    return {
        "left": _("In the register, row %(row)s") % {"row": row.line.row},
        "right": pgettext("a record", "In the register of people"),
        "rows": _rows(row, record),
        "question": _("One person?"),
        "text": " ".join(_advice(row)),
        "action": action,
        "field": "verdict",
        "choices": _choices() if may_answer else [],
        "hidden": [{"name": "row", "value": row.line.row}],
    }


def answered(verdict: str) -> str:
    """An answer in words; empty while there is none."""
    return {one["value"]: one["text"] for one in _choices()}.get(verdict, "")


def district_names(codes: Iterable[str]) -> dict[str, str]:
    return {
        code: in_language(names)
        for code, names in Place.objects.filter(code__in=set(codes)).values_list("code", "names")
    }


def name_of(row: Looked) -> str:
    """As written; the father's name apart where the register had a column for it."""
    line = row.line
    return line.full_name or " ".join(filter(None, (line.family, line.given)))


def _record_of(number: int | None, by: User) -> _Record | None:
    """The record as this reader may see it: of names and phones those that were written for their projects."""
    if number is None:
        return None
    person = people.visible_to(by).select_related("district").filter(pk=number, erased_at=None).first()
    if person is None:
        return None
    mine = by.memberships.values("project")
    phones = Phone.objects.filter(person__root=person.root_id, project__in=mine)
    met = deliveries.visible_to(by).filter(person__root=person.root_id)
    return _Record(
        person=person,
        name=people.spellings_for(by).filter(person__root=person.root_id).order_by("pk").first(),
        phones=[phone.number for phone in phones],
        last=met.aggregate(last=Max("day"))["last"],
    )


def _rows(row: Looked, record: _Record) -> list[dict[str, Any]]:
    person, line = record.person, row.line
    district = in_language(person.district.names) if person.district else ""
    ours = district_names([line.district]).get(line.district, "")
    return [
        _name_row(row, record),
        _father_row(row, record),
        _birth_row(row, person),
        _compared(_("District"), ours, district),
        _phone_row(line.phone, record.phones),
        _plain(
            _("Last contact"),
            "",
            spelling.day(record.last, _language(), precision="month") if record.last else "",
        ),
    ]


def _name_row(row: Looked, record: _Record) -> dict[str, Any]:
    name = record.name
    theirs = (
        (name.full_name or " ".join(filter(None, (name.family, name.given))))
        if name
        else _("not shown to you")
    )
    made = _plain(pgettext("of a person", "Name, as written"), name_of(row), theirs)
    codes = {why.code for why in row.reasons}
    is_one_name = SAME_NAME in codes
    if is_one_name and name and str(script_of(name_of(row))) != name.script:
        made |= {"kind": AGREES, "word": _("one name, two scripts")}
    elif is_one_name:
        made |= {"kind": AGREES, "word": pgettext("two values", "the same")}
    elif name and codes & OTHER_NAME:
        made |= {"kind": DIFFERS, "word": pgettext("two values", "different")}
    return made | {"is_title": True}


def _father_row(row: Looked, record: _Record) -> dict[str, Any]:
    """By what was found when the names were weighed: one father's name has many spellings."""
    left, right = row.line.patronymic, record.name.patronymic if record.name else ""
    made = _plain(_("Father's name"), left, right)
    if left and right:
        is_other = OTHER_FATHER in {why.code for why in row.reasons}
        made["kind"], made["word"] = _word(is_same=not is_other)
    return made


def _birth_row(row: Looked, person: Person) -> dict[str, Any]:
    """The year is shown, and whether the days agree; the day in the record is not needed to decide."""
    year, month, day, precision = row.line.birth
    made = _compared(_("Year of birth"), str(year or ""), str(person.birth_year or ""))
    if made["kind"] != AGREES:
        return made
    if not (month and day and precision == "day" and person.birth_md and person.birth_precision == "day"):
        return made | {"word": _("same year, day not known")}
    if month * 100 + day == person.birth_md:
        return made | {"word": _("same date of birth")}
    return made | {"kind": DIFFERS, "word": _("same year, another day")}


def _phone_row(ours: str, theirs: Sequence[str]) -> dict[str, Any]:
    left = _ending(ours) if ours else ""
    right = ", ".join(_ending(number) for number in sorted(theirs))
    made = _plain(_("Phone"), left, right)
    if ours and theirs:
        made["kind"], made["word"] = _word(is_same=ours in theirs)
    return made


def _compared(name: str, left: str, right: str) -> dict[str, Any]:
    made = _plain(name, left, right)
    if left and right:
        made["kind"], made["word"] = _word(is_same=left.casefold() == right.casefold())
    return made


def _plain(name: str, left: str, right: str) -> dict[str, Any]:
    return {"name": name, "left": left, "right": right, "kind": "", "word": ""}


def _word(*, is_same: bool) -> tuple[str, str]:
    if is_same:
        return AGREES, pgettext("two values", "the same")
    return DIFFERS, pgettext("two values", "different")


def _ending(number: str) -> str:
    return _("ends in %(ending)s") % {"ending": number[-ENDING:]}


def _choices() -> list[dict[str, str]]:
    return [
        {"value": Verdict.POSITIVE.value, "text": pgettext("two records", "Yes, one person")},
        {"value": Verdict.NEGATIVE.value, "text": pgettext("two records", "No, different people")},
        {"value": Verdict.UNSURE.value, "text": pgettext("two records", "I do not know, put it off")},
    ]


def _advice(row: Looked) -> list[str]:
    advice = [_("Your answer holds from the moment the register is accepted, and can be taken back then.")]
    if row.answer:
        advice.insert(0, _("Answered: %(answer)s.") % {"answer": answered(row.answer)})
    return advice


def _language() -> str:
    return get_language() or "ru"
