"""The list behind a figure, and its parts by sex, age and district, each with a list of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Exists, F, IntegerField, OuterRef, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, ExtractMonth, ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.ages import BAND_NAMES, UNKNOWN_AGE, band, completed_years
from rohnamo.core.languages import in_language
from rohnamo.core.periods import MONTHS
from rohnamo.deliveries.models import Delivery
from rohnamo.people.models import Person
from rohnamo.places.models import Place
from rohnamo.results.models import Count, Reach, SubjectKind, Tally
from rohnamo.results.queries import Behind, Number, cells, list_behind, margin
from rohnamo.results.queries.sums import UNIQUE, Key, Span, reached
from rohnamo.staff.models import User
from rohnamo.ui import words
from rohnamo.workspace import rules
from rohnamo.workspace.queries.names import names_of_roots

SEXES = ("f", "m", "u")
UNKNOWN_DISTRICT = "u"
MIDDLE_OF_YEAR = (7, 1)


@dataclass(frozen=True)
class Part:
    """Which part of a figure is asked for: codes from the address, empty for all."""

    sex: str = ""
    age: str = ""
    district: str = ""

    def conditions(self) -> dict[str, Any]:
        """As conditions on rows of reach."""
        asked: dict[str, Any] = {"sex": self.sex, "age": self.age}
        if self.district == UNKNOWN_DISTRICT:
            asked["district"] = None
        elif self.district:
            asked["district__code"] = self.district
        return {name: value for name, value in asked.items() if value != ""}

    def address(self) -> dict[str, str]:
        return {
            name: value
            for name, value in (("sex", self.sex), ("age", self.age), ("district", self.district))
            if value
        }


def part_of(asked: Mapping[str, str]) -> Part | None:
    """The part an address asks for; None for a sex or age that does not exist."""
    part = Part(asked.get("sex", ""), asked.get("age", ""), asked.get("district", ""))
    if part.sex not in {"", *SEXES} or part.age not in {"", *BAND_NAMES}:
        return None
    return part


def behind(user: User, tally: Tally, span: Span, part: Part) -> Behind:
    """The list of a figure or of a part of it, as far as the reader's projects reach."""
    whole = list_behind(user, tally, span)
    if not part.conditions():
        return whole
    seen = _of_part(whole.deliveries, tally, span, part)
    district = Place.objects.filter(code=part.district).values_list("pk", flat=True).first()
    of_cells = cells([tally], span).get(tally.pk, {})
    value = sum((value for key, value in of_cells.items() if _is_in(key, part, district)), 0)
    return Behind(seen, value=value, hidden=value - measured(seen, tally))


def measured(seen: QuerySet[Delivery], tally: Tally) -> Number:
    """What a list comes to in the unit of its figure."""
    if tally.count == Count.CONTACTS:
        return seen.order_by().aggregate(sum=Sum(Coalesce("group_count", 1)))["sum"] or 0
    if tally.count == Count.QUANTITY:
        return seen.order_by().aggregate(sum=Sum("quantity"))["sum"] or 0
    return seen.count()


def columns() -> list[dict[str, Any]]:
    return [
        {"name": _("Who")},
        {"name": _("Day")},
        {"name": _("Service")},
        {"name": _("District")},
        {"name": _("Sex")},
        {"name": _("Age")},
    ]


def rows(listed: QuerySet[Delivery], *, by: User) -> list[list[dict[str, Any]]]:
    """Cells of rows.html for a page of the list. Three queries, however many rows."""
    related = ("person__root", "coded", "official", "service", "district")
    page = list(listed.select_related(*related))
    names = names_of_roots({one.person.root_id or one.person.pk for one in page if one.person}, by=by)
    sees_officials = rules.may_see_officials(by)
    return [
        [
            _who(one, {root: shown.name for root, shown in names.items()}, sees_officials=sees_officials),
            {"text": words.day(one.day, one.day_precision)},
            {"text": in_language(one.service.names)},
            {"text": in_language(one.district.names) if one.district else pgettext("district", "unknown")},
            {"text": words.sex(_sex(one))},
            {"text": words.age(_age(one))},
        ]
        for one in page
    ]


def breakdown(tally: Tally, span: Span, key: str, period: str) -> dict[str, Any]:
    """The figure by sex and age, and by district: every cell with the address of its own list."""
    of_cells = cells([tally], span).get(tally.pk, {})
    address = reverse("workspace:behind", args=[key, period])
    by_both, by_sex = margin(of_cells, 0, 1), margin(of_cells, 0)
    sexes = [code for code in SEXES if (code,) in by_sex]
    by_age = margin(of_cells, 1)
    return {
        "sexes": [_cell(by_sex[(code,)], address, Part(sex=code), words.sex(code)) for code in sexes],
        "ages": [
            {
                "all": _cell(by_age[(age,)], address, Part(age=age), words.age(age)),
                "cells": [_cell(by_both.get((sex, age)), address, Part(sex, age)) for sex in sexes],
            }
            for age in BAND_NAMES
            if (age,) in by_age
        ],
        "districts": _districts(of_cells, address),
    }


def district_choices(of: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(one["code"], one["text"]) for one in of["districts"]]


def title(tally: Tally) -> str:
    """What a figure is called: its indicator's title, or plain words for people and contacts of a whole."""
    if tally.indicator:
        return in_language(tally.indicator.titles)
    return _("People reached, each once") if tally.count == Count.PERSONS else _("Times somebody was served")


def _districts(of_cells: Mapping[Key, Number], address: str) -> list[dict[str, Any]]:
    by_district = {int(number): value for (number,), value in margin(of_cells, 2).items()}
    places = Place.objects.in_bulk([number for number in by_district if number])
    listed = [
        _cell(value, address, Part(district=places[number].code), in_language(places[number].names))
        | {"code": places[number].code}
        for number, value in by_district.items()
        if number
    ]
    listed.sort(key=lambda one: (-one["number"], one["text"]))
    if 0 in by_district:
        unknown = _cell(
            by_district[0], address, Part(district=UNKNOWN_DISTRICT), pgettext("district", "unknown")
        )
        listed.append(unknown | {"code": UNKNOWN_DISTRICT})
    return listed


def _cell(value: Number | None, address: str, part: Part, text: str = "") -> dict[str, Any]:
    return {"number": value, "href": f"{address}?{urlencode(part.address())}" if value else "", "text": text}


def _is_in(key: Key, part: Part, district: int | None) -> bool:
    """district: number of the part's district; None for the unknown one and for one that does not exist."""
    sex, age, of_cell = key
    wanted = 0 if part.district == UNKNOWN_DISTRICT else district
    return part.sex in {"", sex} and part.age in {"", age} and (not part.district or of_cell == wanted)


def _of_part(seen: QuerySet[Delivery], tally: Tally, span: Span, part: Part) -> QuerySet[Delivery]:
    """Deliveries whose row of reach has these attributes: the same rows that the cell was added up from."""
    if tally.count in UNIQUE:
        return seen.filter(pk__in=reached(tally, span).filter(**part.conditions()).values("first_contact"))
    months = MONTHS[tally.period_kind]
    # PostgreSQL gives parts of a day as decimals, which divide with a remainder.
    year, month = (Cast(part, IntegerField()) for part in (ExtractYear("day"), ExtractMonth("day")))
    first_month = (month - 1) / months * months + 1
    row = Reach.objects.filter(
        tally=tally.rows_of_id or tally.pk,
        subject=OuterRef("subject"),
        period=OuterRef("counted_period"),
        **part.conditions(),
    )
    counted_period = year * 10_000 + first_month * 100 + 1
    return seen.annotate(subject=_subject(), counted_period=counted_period).filter(Exists(row))


def _subject() -> Case:
    return Case(
        When(person__isnull=False, then=F("person__root_id") * 8 + SubjectKind.PERSON.value),
        When(coded__isnull=False, then=F("coded_id") * 8 + SubjectKind.CODED.value),
        When(official__isnull=False, then=F("official_id") * 8 + SubjectKind.OFFICIAL.value),
        default=F("pk") * 8 + Value(SubjectKind.GROUP.value),
        output_field=IntegerField(),
    )


def _who(one: Delivery, names: Mapping[int, str], *, sees_officials: bool) -> dict[str, Any]:
    if one.person:
        root = one.person.root_id or one.person.pk
        name = names.get(root) or _("Record %(number)s") % {"number": root}
        return {"text": name, "href": reverse("workspace:person", args=[root])}
    if one.coded:
        return {"text": _("code %(code)s") % {"code": one.coded.code}}
    if one.official:
        official = one.official
        name = official.full_name or " ".join(filter(None, (official.family, official.given)))
        return {"text": name if sees_officials and name else _("an official")}
    return {"text": _("group of %(count)s without names") % {"count": one.group_count}}


def _sex(one: Delivery) -> str:
    if one.person:
        return (one.person.root or one.person).sex
    known = one.coded or one.official
    return known.sex if known else one.group_sex or "u"


def _age(one: Delivery) -> str:
    """The age band on the day, by the rule that counting follows: only the year known means 1 July."""
    if one.person:
        person = one.person.root or one.person
        return _band(person.birth_year, _month_day(person), one.day)
    if one.coded:
        return _band(one.coded.birth_year, None, one.day)
    return one.group_age or UNKNOWN_AGE


def _band(year: int | None, month_day: tuple[int, int] | None, day: date) -> str:
    if year is None:
        return UNKNOWN_AGE
    years = completed_years(date(year, *(month_day or MIDDLE_OF_YEAR)), day)
    # Who was served in the year of birth is 0, even before 1 July.
    return band(0 if month_day is None and day.year == year else years)


def _month_day(person: Person) -> tuple[int, int] | None:
    if person.birth_precision != "day" or not person.birth_md:
        return None
    return person.birth_md // 100, person.birth_md % 100
