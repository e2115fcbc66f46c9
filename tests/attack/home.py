"""A small invented mission that lives through a year and a half, and publishes after every change."""

import csv
import io
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from lxml import etree

from rohnamo.core.audit import SYSTEM
from rohnamo.core.periods import Period as Days
from rohnamo.core.periods import calendar_period
from rohnamo.deliveries.models import Delivery
from rohnamo.figures.models import Measure
from rohnamo.iati.queries import exporting, profiles
from rohnamo.iati.tests.factories import make_mission
from rohnamo.places.models import Level, Place
from rohnamo.portal.pages import data as open_data
from rohnamo.projects.models import Partner, PartnerRole, ProjectPartner
from rohnamo.results.actions import donorreports as reports
from rohnamo.results.actions import recount_all, set_up_tallies
from rohnamo.results.models import Result, Tally
from rohnamo.results.published import publish_all
from rohnamo.results.queries.sums import cells as counted_cells
from rohnamo.results.tests import factories as make

Cell = tuple[str, str, str]
Table = dict[Cell, int]
Span = tuple[date, date]

USUAL, STRICTER = 5, 10
DISTRICTS = ("TJ-KT-kulob", "TJ-KT-vose", "TJ-SU-mastchoh", "TJ-GB-murghob")
# Whoever attends are more often women and young, so that some cells are always small.
BORN = (1950, 1972, 1983, 1990, 1996, 2003, 2009, 2015)
WEIGHTS = (2, 6, 14, 24, 22, 18, 10, 4)
MARGINS = ((), (0,), (1,), (2,), (0, 1))


@dataclass(frozen=True)
class Moment:
    """One day of publication. added: people met for the first time, by half-year. taken: deliveries taken back."""

    day: date
    added: tuple[tuple[Span, int], ...] = ()
    taken: int = 0


FIRST, SECOND, THIRD = (
    (date(2025, 1, 1), date(2025, 6, 30)),
    (date(2025, 7, 1), date(2025, 12, 31)),
    (date(2026, 1, 1), date(2026, 6, 30)),
)


@dataclass
class Published:
    """What stood on one day. truth: (key, days) → what was counted on that day, hidden from the reader."""

    day: date
    rows: list[dict[str, str]] = field(default_factory=list)
    iati: set[tuple[str, date, date, Cell, int]] = field(default_factory=set)
    reports: list[dict[str, object]] = field(default_factory=list)
    truth: dict[tuple[str, Span], Table] = field(default_factory=dict)
    cumulative: set[str] = field(default_factory=set)


class Home:
    """One project of one area with one counted indicator: so that several measures are about the same persons."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        make_mission(is_example=True)
        self.places = [self._district(code) for code in DISTRICTS]
        self.project = make.project(
            "EX.01",
            starts_on=date(2025, 1, 1),
            ends_on=date(2026, 12, 31),
            summaries={"en": "Invented."},
            is_example=True,
        )
        self.service = make.service()
        measure = {"count": "persons", "services": [self.service.code]}
        for code, is_cumulative in (("1.1.a", True), ("1.1.b", False)):
            make.indicator(
                self.project,
                code,
                measure=measure,
                is_cumulative=is_cumulative,
                periods=(FIRST, SECOND, THIRD),
                targets=(50, 100, 150),
            )
        Result.objects.update(titles={"en": "Advice"})
        donor = Partner.objects.create(code="donor-a", kind="donor", iati_type="10", names={"en": "Donor"})
        ProjectPartner.objects.create(project=self.project, partner=donor, role=PartnerRole.FUNDING)
        set_up_tallies()
        self.published: list[Published] = []

    def live(self, moments: tuple[Moment, ...]) -> list[Published]:
        for moment in moments:
            with _today(moment.day):
                self._change(moment)
                recount_all()
                publish_all(by=SYSTEM)
                self.published.append(self._look(moment.day))
        return self.published

    def _change(self, moment: Moment) -> None:
        for span, number in moment.added:
            for _one in range(number):
                self._meet(span)
        standing = Delivery.objects.filter(reverses=None, reversed_by=None).order_by("pk")
        for one in self.chance.sample(list(standing), moment.taken):
            make.reversal(one)

    def _meet(self, span: Span) -> None:
        days = (span[1] - span[0]).days
        born = self.chance.choices(BORN, WEIGHTS)[0]
        somebody = make.person(sex=self.chance.choices("fmu", (12, 8, 1))[0], born=born)
        district = self.chance.choices([*self.places, None], (9, 6, 4, 2, 1))[0]
        on = span[0] + timedelta(days=self.chance.randrange(days))
        make.delivery(self.project, self.service, on, person=somebody, district=district)

    def _look(self, day: date) -> Published:
        found = Published(day)
        for measure in Measure.objects.all():
            rows = open_data.figure("en", measure.key)
            asked = list(csv.DictReader(io.StringIO(rows.as_csv().removeprefix("\ufeff"))))
            assert len(asked) == len(json.loads(rows.as_json()))
            found.rows += asked
        found.iati = _of_iati(b"".join(exporting.exported(profiles.profile("full"))))
        ended = [span for span in (FIRST, SECOND, THIRD) if span[1] < day]
        for start, end in ended:
            report = reports.begin_report(self.project, Days(start, end), by=SYSTEM)
            found.reports.append(reports.freeze_report(report, by=SYSTEM).data)
        found.truth = self._truth(day)
        found.cumulative = set(Measure.objects.filter(is_cumulative=True).values_list("key", flat=True))
        return found

    def _truth(self, day: date) -> dict[tuple[str, Span], Table]:
        codes = dict(Place.objects.values_list("pk", "code"))
        found: dict[tuple[str, Span], Table] = {}
        for tally in Tally.objects.all():
            for span in _spans(tally, day):
                counts = counted_cells([tally], Days(*span)).get(tally.pk, {})
                found[tally.key, span] = _with_margins(counts, codes)
        return found

    def _district(self, code: str) -> Place:
        is_stricter = code.startswith("TJ-GB-")
        return Place.objects.create(
            code=code,
            level=Level.DISTRICT,
            names={"en": code},
            small_cell_below=STRICTER if is_stricter else USUAL,
        )


def parts_of(table: Table) -> Table:
    """A full table by sex, age and district → every number that a release could show, blank for "all"."""
    found: Table = {}
    for cell, count in table.items():
        for places in MARGINS:
            shown = tuple(cell[place] if place in places else "" for place in range(3))
            found[shown] = found.get(shown, 0) + count
    return found


def _with_margins(counts: dict[tuple[str, str, int], object], codes: dict[int, str]) -> Table:
    named: Table = {}
    for (sex, age, district), count in counts.items():
        cell = (sex, age, codes.get(int(district), "u"))
        named[cell] = named.get(cell, 0) + int(count)
    return parts_of(named)


def _spans(tally: Tally, day: date) -> Iterator[Span]:
    if tally.indicator:
        yield from (span for span in (FIRST, SECOND, THIRD) if span[0] <= day)
        return
    start = FIRST[0]
    while start <= day:
        period = calendar_period(start, tally.period_kind)
        yield period.start, period.end
        start = period.end + timedelta(days=1)


def _of_iati(xml: bytes) -> set[tuple[str, date, date, Cell, int]]:
    """Every number of a period in the file, with the categories it is said of."""
    found = set()
    for indicator in etree.fromstring(xml).iter("indicator"):
        (key,) = indicator.xpath("reference/@code")
        for actual in indicator.iter("actual"):
            period = actual.getparent()
            days = (
                date.fromisoformat(period.find(name).get("iso-date"))
                for name in ("period-start", "period-end")
            )
            named = {one.get("name"): one.get("value") for one in actual.iter("dimension")}
            cell = tuple(named.get(name, "") for name in ("sex", "age", "district"))
            found.add((key, *days, cell, int(Decimal(actual.get("value")))))
    return found


@contextmanager
def _today(day: date) -> Iterator[None]:
    """The days pass: what is asked for the date of today gets this one."""
    real = timezone.localdate

    def localdate(value: object = None, timezone: object = None) -> date:
        return day if value is None else real(value, timezone)

    timezone.localdate = localdate
    try:
        yield
    finally:
        timezone.localdate = real
