"""Why an approved number is another one today."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rohnamo.core.audit import SYSTEM
from rohnamo.deliveries.models import Delivery
from rohnamo.people import actions as people
from rohnamo.people.models import HouseholdMember, Person, Verdict
from rohnamo.projects.models import Project, Service
from rohnamo.results.actions import (
    READER,
    approve_many,
    forget_in_approved,
    replan,
    set_up_tallies,
    submit_many,
)
from rohnamo.results.models import ApprovedCell, ApprovedRow, Indicator, Period, PeriodStep
from rohnamo.results.queries import differences, framework
from rohnamo.results.queries.approved import column_of
from rohnamo.results.queries.lines import tallies_of
from rohnamo.results.tests import factories as make

ADVICE = {"count": "persons", "services": ["advice"]}
WOMEN = {**ADVICE, "filter": {"sex": "f"}}


def approved_half(project: Project, measure: dict[str, object]) -> Period:
    period = make.indicator(project, measure=measure).periods.get(end=date(2025, 6, 30))
    set_up_tallies()
    return make.approved(period)


def met(project: Project, service: Service, **person: object) -> Delivery:
    return make.delivery(project, service, date(2025, 2, 1), person=make.person(**person))


def tell_results(*lines: tuple[str, object]) -> None:
    READER.work([(topic, str(key)) for topic, key in lines])


def why(period: Period) -> dict[str, object]:
    (found,) = differences(period)
    return {cause.code: cause.number for cause in found.causes}


@pytest.mark.django_db
def test_given_late_rows_when_compared_then_they_are_the_cause() -> None:
    project, service = make.project(), make.service()
    met(project, service)
    period = approved_half(project, ADVICE)

    late = [met(project, service), met(project, service)]
    tell_results(*[("delivery.recorded", row.pk) for row in late])

    (found,) = differences(period)
    assert (found.approved, found.counted) == (1, 3)
    assert why(period) == {"late": 2}


@pytest.mark.django_db
def test_given_a_reversal_when_compared_then_it_is_the_cause() -> None:
    project, service = make.project(), make.service()
    row, _other = met(project, service), met(project, service)
    period = approved_half(project, ADVICE)

    reversal = make.reversal(row)
    tell_results(("delivery.reversed", reversal.pk))

    assert why(period) == {"reversed": -1}


@pytest.mark.django_db
def test_given_two_who_were_one_when_judged_then_the_merge_is_the_cause() -> None:
    project, service = make.project(), make.service()
    one, other = met(project, service).person, met(project, service).person
    assert one is not None
    assert other is not None
    period = approved_half(project, ADVICE)

    people.judge(one, other, Verdict.POSITIVE, by=SYSTEM)
    tell_results(("person.judged", one.pk), ("person.judged", other.pk))

    assert why(period) == {"merged": -1}


@pytest.mark.django_db
def test_given_one_who_was_two_when_the_judgement_is_withdrawn_then_that_is_the_cause() -> None:
    project, service = make.project(), make.service()
    one, other = met(project, service).person, met(project, service).person
    assert one is not None
    assert other is not None
    people.judge(one, other, Verdict.POSITIVE, by=SYSTEM)
    period = approved_half(project, ADVICE)

    people.withdraw(one, other, by=SYSTEM)
    tell_results(("person.judged", one.pk), ("person.judged", other.pk))

    assert why(period) == {"merged": 1}


@pytest.mark.django_db
def test_given_another_measure_when_replanned_into_approved_days_then_that_is_the_cause() -> None:
    project, service = make.project(), make.service()
    make.service("course")
    met(project, service)
    period = approved_half(project, ADVICE)

    replan(
        period.indicator,
        {"count": "persons", "services": ["course"]},
        valid_from=date(2025, 1, 1),
        reason="The donor pays for courses now.",
        by=make.member(project),
        although_nothing=True,
    )

    assert why(period) == {"replanned": -1}


@pytest.mark.django_db
def test_given_a_corrected_sex_when_compared_then_the_correction_is_the_cause() -> None:
    project, service = make.project(), make.service()
    row = met(project, service, sex="f")
    period = approved_half(project, WOMEN)

    Person.objects.filter(pk=row.person_id).update(sex="m")
    tell_results(("person.corrected", row.person_id))

    assert why(period) == {"corrected": -1}


@pytest.mark.django_db
def test_given_somebody_erased_when_compared_then_that_is_the_cause() -> None:
    project, service = make.project(), make.service()
    row = met(project, service)
    period = approved_half(project, ADVICE)

    forget_in_approved([row.person_id or 0])
    reversal = make.reversal(row)
    tell_results(("delivery.reversed", reversal.pk))

    assert why(period) == {"erased": -1}


@pytest.mark.django_db
def test_given_contacts_when_some_come_late_and_some_are_taken_back_then_both_are_told() -> None:
    project, service = make.project(), make.service("advice", "counted")
    group = make.delivery(project, service, date(2025, 1, 5), group_count=7)
    make.delivery(project, service, date(2025, 1, 6), group_count=3)
    period = approved_half(project, {"count": "contacts", "services": ["advice"]})

    late = make.delivery(project, service, date(2025, 1, 9), group_count=20)
    reversal = make.reversal(group)
    tell_results(("delivery.recorded", late.pk), ("delivery.reversed", reversal.pk))

    assert why(period) == {"late": 20, "reversed": -7}


class World:
    """Random people, deliveries and measures; then what may happen after an approval."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.project = make.project()
        self.services = [make.service("advice"), make.service("course"), make.service("talk", "counted")]
        self.districts = [make.district(f"TJ-KT-{name}") for name in "ab"]
        self.people = [self._person() for _ in range(8)]
        for _ in range(30):
            self.record()
        self.indicators = [
            make.indicator(self.project, f"I{place}", **how) for place, how in enumerate(MEASURES)
        ]
        set_up_tallies()
        self.manager = make.member(self.project)

    def approve(self) -> list[Period]:
        ended = Period.objects.filter(end__lte=date(2025, 12, 31)).order_by("pk")
        chosen = [period for period in ended if self.random.random() < 0.7]
        submit_many(chosen, by=make.member(self.project, "project_officer"))
        return approve_many(chosen, by=self.manager)

    def happen(self) -> None:
        for _ in range(self.random.randint(1, 12)):
            deed = self.random.choice(
                [
                    self.record,
                    self.record,
                    self.reverse,
                    self.merge,
                    self.part,
                    self.correct,
                    self.move,
                    self.erase,
                ]
            )
            lines = deed()
            if lines:
                tell_results(*lines)
        if self.random.random() < 0.4:
            self.replan()

    def record(self) -> list[tuple[str, object]]:
        service = self.random.choice(self.services)
        subject: dict[str, object] = (
            {"group_count": self.random.randint(1, 9)}
            if service.code == "talk"
            else {"person": self.random.choice(self.people)}
        )
        row = make.delivery(
            self.project,
            service,
            date(2024, 1, 1) + timedelta(days=self.random.randrange(731)),
            district=self.random.choice([None, *self.districts]),
            quantity=Decimal(self.random.choice(["1.25", "3.10"])),
            **subject,
        )
        return [("delivery.recorded", row.pk)]

    def reverse(self) -> list[tuple[str, object]]:
        rows = Delivery.objects.filter(reverses=None, reversed_by=None).order_by("pk")
        return [("delivery.reversed", make.reversal(self.random.choice(list(rows))).pk)]

    def merge(self) -> list[tuple[str, object]]:
        one, other = self.random.sample(self.people, 2)
        people.judge(one, other, Verdict.POSITIVE, by=SYSTEM)
        return self._everybody()

    def part(self) -> list[tuple[str, object]]:
        from rohnamo.people.models import Judgement

        pair = Judgement.objects.filter(superseded_at=None, verdict="positive").order_by("?").first()
        if pair is None:
            return []
        people.withdraw(pair.left, pair.right, by=SYSTEM)
        return self._everybody()

    def correct(self) -> list[tuple[str, object]]:
        one = self.random.choice(self.people)
        Person.objects.filter(pk=one.pk).update(sex=self.random.choice("fmu"), birth_year=1996)
        return [("person.corrected", one.pk)]

    def move(self) -> list[tuple[str, object]]:
        one = self.random.choice(self.people)
        left = HouseholdMember.objects.filter(person=one).first()
        lines: list[tuple[str, object]] = [("person.corrected", one.pk)]
        if left:
            lines.append(("household.changed", left.household_id))
            left.delete()
        if self.random.random() < 0.7:
            lines.append(("household.changed", make.household(one).pk))
        return lines

    def erase(self) -> list[tuple[str, object]]:
        forget_in_approved([self.random.choice(self.people).pk])
        return []

    def replan(self) -> None:
        indicator = self.indicators[0]
        last = indicator.versions.latest("number")
        replan(
            indicator,
            {**ADVICE, "services": [self.random.choice(["advice", "course"])]},
            valid_from=max(date(2024, 7, 1), last.valid_from + timedelta(days=1)),
            reason="The donor changed its mind.",
            by=self.manager,
            although_nothing=True,
        )

    def _everybody(self) -> list[tuple[str, object]]:
        return [("person.judged", one.pk) for one in self.people]

    def _person(self) -> Person:
        return make.person(
            sex=self.random.choice("fmu"), born=self.random.choice([None, 1970, date(2007, 5, 20)])
        )


MEASURES: list[dict[str, object]] = [
    {"measure": ADVICE},
    {"measure": {"count": "persons", "services": ["advice", "course"]}, "is_cumulative": False},
    {"measure": WOMEN, "is_cumulative": False},
    {"measure": {"count": "households", "services": ["advice"]}},
    {"measure": {"count": "contacts", "services": ["advice", "talk"]}, "is_cumulative": False},
    {"measure": {"count": "quantity", "services": ["advice"]}},
    {"measure": {"count": "events", "services": ["talk"]}},
    {"measure": {"way": "percent", "numerator": WOMEN, "denominator": ADVICE}, "is_cumulative": False},
]


class AfterAnApproval(TestCase):
    @settings(max_examples=12, deadline=None)
    @given(seed=st.integers(0, 10**6))
    def test_given_random_changes_when_compared_then_approved_stays_and_causes_add_up(
        self, seed: int
    ) -> None:
        world = World(seed)
        approved = world.approve()
        before = {period.pk: _said(period) for period in approved}

        world.happen()

        for period in Period.objects.filter(pk__in=before):
            assert _said(period) == before[period.pk]
            _require_rows_that_come_to_the_value(period)
            for found in differences(period):
                assert sum(cause.number for cause in found.causes) == found.counted - found.approved
        _require_breakdowns_that_add_up(world.project)


def _said(period: Period) -> tuple[object, ...]:
    """What was approved of a period, with its breakdown."""
    step = PeriodStep.objects.filter(period=period, kind="approved").latest("pk")
    cells = (
        ApprovedCell.objects.filter(approval=step)
        .order_by("pk")
        .values_list("part", "sex", "age", "district", "value")
    )
    return period.approved_value, period.approved_numerator, period.approved_denominator, tuple(cells)


def _require_rows_that_come_to_the_value(period: Period) -> None:
    step = PeriodStep.objects.filter(period=period, kind="approved").latest("pk")
    for part, tally in tallies_of(
        Indicator.objects.prefetch_related("tallies").get(pk=period.indicator_id)
    ).items():
        rows = ApprovedRow.objects.filter(approval=step, part="denominator" if part == "denominator" else "")
        expected = {"": step.value, "numerator": step.numerator, "denominator": step.denominator}[part]
        assert (
            sum((Decimal(row) for row in rows.values_list(column_of(tally.count), flat=True)), Decimal(0))
            == expected
        )
        if column_of(tally.count) == "persons":
            subjects = [one for one in rows.values_list("subject", flat=True) if one]
            assert len(subjects) == len(set(subjects))


def _require_breakdowns_that_add_up(project: Project) -> None:
    for node in framework(project, with_breakdowns=True).nodes:
        for line in node.lines:
            whole = line.numerator if line.way == "percent" else line.actual
            for parts in _margins(line.breakdowns):
                assert sum(parts, Decimal(0)) == whole


def _margins(of: object) -> Iterable[list[Decimal]]:
    for name in ("by_sex", "by_age", "by_district", "by_sex_and_age"):
        yield [Decimal(value) for value in getattr(of, name).values()]
