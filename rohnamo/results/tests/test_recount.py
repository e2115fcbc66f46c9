"""Counting: what counts, once, and that a partial recount ends where a full one does."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rohnamo.core.ages import BAND_NAMES, band, completed_years
from rohnamo.core.errors import WrongData
from rohnamo.core.periods import parse_period
from rohnamo.deliveries.models import Delivery
from rohnamo.people.models import HouseholdMember, Person
from rohnamo.projects.models import Project, Service
from rohnamo.results.actions.changed import work_changes
from rohnamo.results.actions.recounting import recount_all
from rohnamo.results.actions.tallies import set_up_tallies
from rohnamo.results.models import ReachedCell, ReachedTotal, SubjectKind, Tally, TallyRule
from rohnamo.results.queries.fitting import age_sql, birth_sql, day_number
from rohnamo.results.tests import factories as make
from rohnamo.results.tests.oracle import Numbers, count_cells

PERSONS = {"count": "persons", "services": ["advice"]}


def counted_cells() -> dict[tuple[int, int, str, str, int], Numbers]:
    keys = ("tally_id", "period", "sex", "age", "district")
    rows = ReachedCell.objects.values_list(*keys, "persons", "firsts", "contacts", "quantity")
    return {(a, b, c, d, e): (p, f, n, Decimal(q)) for a, b, c, d, e, p, f, n, q in rows}


def totals_of_cells() -> dict[tuple[int, int], Numbers]:
    sums: dict[tuple[int, int], Numbers] = {}
    for (tally, period, *_), cell in counted_cells().items():
        before = sums.get((tally, period), (0, 0, 0, Decimal(0)))
        sums[tally, period] = (
            before[0] + cell[0],
            before[1] + cell[1],
            before[2] + cell[2],
            before[3] + cell[3],
        )
    return sums


def counted_totals() -> dict[tuple[int, int], Numbers]:
    rows = ReachedTotal.objects.values_list("tally_id", "period", "persons", "firsts", "contacts", "quantity")
    return {(tally, period): (p, f, n, Decimal(q)) for tally, period, p, f, n, q in rows}


@pytest.mark.django_db
def test_given_two_contacts_in_a_half_year_when_counted_then_one_person_described_by_the_first() -> None:
    project, service = make.project(), make.service()
    first, second = make.district("TJ-KT-a"), make.district("TJ-KT-b")
    somebody = make.person(sex="f", born=date(2000, 3, 10))
    make.delivery(
        project, service, date(2025, 3, 10), person=somebody, district=second, quantity=Decimal("1.10")
    )
    make.delivery(
        project, service, date(2025, 3, 9), person=somebody, district=first, quantity=Decimal("2.20")
    )
    make.indicator(project, measure=PERSONS)

    set_up_tallies()

    tally = Tally.objects.get(key="EX.01.I1")
    key = (tally.pk, 20250101, "f", "18-24", first.pk)
    assert {k: v for k, v in counted_cells().items() if k[0] == tally.pk} == {key: (1, 1, 2, Decimal("3.30"))}


@pytest.mark.django_db
def test_given_a_reversed_delivery_when_counted_then_the_pair_is_nothing() -> None:
    project, service = make.project(), make.service()
    make.reversal(make.delivery(project, service, date(2025, 1, 5), person=make.person()))

    set_up_tallies()

    assert counted_cells() == {}


@pytest.mark.django_db
def test_given_a_group_without_names_when_counted_then_it_has_contacts_and_no_persons() -> None:
    project, service = make.project(), make.service("talk", "counted")
    make.delivery(project, service, date(2025, 1, 5), group_count=30, group_sex="m", group_age="25-34")

    set_up_tallies()

    tally = Tally.objects.get(key="EX.01.reached")
    assert {k: v for k, v in counted_cells().items() if k[0] == tally.pk} == {
        (tally.pk, 20250101, "m", "25-34", 0): (0, 0, 30, Decimal(0))
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ages", "contacts"), [({"age_max": 30}, 0), ({"age_max": 34}, 30), ({"age_min": 26}, 0)]
)
def test_given_a_group_when_ages_are_asked_for_then_it_counts_only_with_its_whole_band(
    ages: dict[str, int], contacts: int
) -> None:
    project, service = make.project(), make.service("talk", "counted")
    make.delivery(project, service, date(2025, 1, 5), group_count=30, group_age="25-34")
    make.delivery(project, service, date(2025, 1, 6), group_count=7)
    make.indicator(project, measure={"count": "contacts", "services": ["talk"], "filter": ages})

    set_up_tallies()

    tally = Tally.objects.get(key="EX.01.I1")
    assert sum(cell[2] for key, cell in counted_cells().items() if key[0] == tally.pk) == contacts


@pytest.mark.django_db
def test_given_a_service_that_is_new_when_the_mission_changed_then_it_is_counted_from_then_on() -> None:
    project = make.project()
    make.service()
    set_up_tallies()
    row = make.delivery(project, make.service("course"), date(2025, 1, 5), person=make.person())

    work_changes([("delivery.recorded", str(row.pk)), ("mission.changed", "services")])

    assert ReachedTotal.objects.get(tally__key="EX.01.reached").persons == 1


@pytest.mark.django_db
def test_given_two_members_of_a_household_when_households_are_counted_then_one() -> None:
    project, service = make.project(), make.service()
    first, second, alone = make.person(), make.person(), make.person()
    make.household(first, second)
    for somebody in (first, second, alone):
        make.delivery(project, service, date(2025, 1, 5), person=somebody)
    make.indicator(project, measure={"count": "households", "services": ["advice"]})

    set_up_tallies()

    tally = Tally.objects.get(key="EX.01.I1")
    assert sum(cell[0] for key, cell in counted_cells().items() if key[0] == tally.pk) == 2


@pytest.mark.django_db
def test_given_a_decimal_that_binary_cannot_hold_when_it_is_taken_back_then_no_dust_remains() -> None:
    project, service = make.project(), make.service()
    somebody = make.person()
    kept = make.delivery(project, service, date(2025, 1, 5), person=somebody, quantity=Decimal("0.10"))
    set_up_tallies()
    other = make.delivery(project, service, date(2025, 1, 6), person=somebody, quantity=Decimal("0.20"))
    work_changes([("delivery.recorded", str(other.pk))])

    make.reversal(other)
    work_changes([("delivery.reversed", str(other.pk))])

    tally = Tally.objects.get(key="EX.01.reached")
    assert kept.quantity == Decimal("0.10")
    assert counted_totals()[tally.pk, 20250101] == (1, 1, 1, Decimal("0.10"))


@pytest.mark.django_db
def test_given_every_age_sex_and_month_when_counted_by_months_then_like_the_oracle() -> None:
    project, service = make.project(), make.service()
    months = tuple(
        (period.start, period.end) for month in range(1, 13) if (period := parse_period(f"2025-{month:02d}"))
    )
    make.indicator(project, measure=PERSONS, is_cumulative=False, periods=months)
    district = make.district()
    for age in range(125):
        somebody = make.person(sex="fmu"[age % 3], born=2025 - age)
        there = district if age % 2 else None
        make.delivery(project, service, date(2025, age % 12 + 1, 28), person=somebody, district=there)

    set_up_tallies()

    counted = counted_cells()
    assert counted == count_cells()
    assert {key[3] for key in counted} == set(BAND_NAMES)
    assert {key[1] for key in counted} == {20250001 + month * 100 for month in range(1, 13)}


@pytest.mark.django_db
def test_given_two_lines_that_fit_one_delivery_when_counted_then_it_is_refused() -> None:
    project, service = make.project(), make.service()
    tally = Tally.objects.create(key="x", count="persons")
    TallyRule.objects.create(tally=tally, service=service)
    TallyRule.objects.create(tally=tally, service=service, project=project)

    with pytest.raises(WrongData, match="Two lines of tally x"):
        recount_all()


BIRTHS = st.dates(date(1890, 1, 1), date(2026, 12, 31))
DAYS = st.dates(date(2000, 1, 1), date(2026, 12, 31))


class AgeInTheDatabase(TestCase):
    """The age in SQL is the age of `core.ages`."""

    @settings(max_examples=200, deadline=None)
    @given(birth=BIRTHS | st.just(date(2000, 2, 29)), day=DAYS | st.just(date(2025, 2, 28)))
    def test_given_a_birth_and_a_day_when_asked_in_sql_then_completed_years(
        self, birth: date, day: date
    ) -> None:
        number = day_number("CAST(%s AS date)" if connection.vendor == "postgresql" else "%s")
        born = birth_sql(str(birth.year), str(birth.month * 100 + birth.day), is_exact="TRUE")
        sql = age_sql("day", "birth", is_exact="TRUE")

        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {sql} FROM (SELECT {number} AS day, {born} AS birth) known", [day.isoformat()]
            )
            (age,) = cursor.fetchone()

        expected = completed_years(birth, day)
        assert age == (None if band(expected) == "u" else expected)


class World:
    """A small mission in which anything may happen to anybody, in the order that a seed says."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        area, other = make.area("labour"), make.area("health")
        self.projects = [make.project("EX.01", area=area), make.project("EX.02", area=other)]
        self.services = [
            make.service("advice"),
            make.service("course"),
            make.service("screening", "coded"),
            make.service("talk", "counted"),
            make.service("training", audience="officials"),
        ]
        region = make.region()
        self.districts = [None, *(make.district(f"TJ-KT-{name}", parent=region) for name in "abc")]
        make.indicator(self.projects[0], "I1", measure=PERSONS | {"filter": {"sex": "f", "age_min": 18}})
        make.indicator(
            self.projects[0],
            "I2",
            measure={"count": "contacts", "services": ["talk", "course"], "filter": {"age_max": 34}},
            is_cumulative=False,
        )
        make.indicator(self.projects[1], "I1", measure=PERSONS | {"filter": {"places": ["TJ-KT"]}})
        make.indicator(
            self.projects[1], "I2", measure={"count": "households", "services": ["advice", "course"]}
        )
        make.indicator(self.projects[1], "I3", measure=PERSONS | {"unique_within": "mission"})
        make.indicator(self.projects[1], "I4", measure={"count": "events", "services": ["talk", "advice"]})
        set_up_tallies()
        self.people = [self._person() for _ in range(6)]
        self.codes = [make.coded(self.projects[0], sex="f", birth_year=1990), make.coded(self.projects[1])]
        self.officials = [make.official(sex="m"), make.official()]

    def step(self) -> list[tuple[str, str]]:
        """Something happens; returns the lines that its action would leave."""
        return self.random.choice([self._record, self._record, self._record, *self._others])()

    @property
    def _others(self):  # type: ignore[no-untyped-def]
        return [self._reverse, self._merge, self._undo, self._correct, self._move_home]

    def _person(self) -> Person:
        born = self.random.choice([None, 1970, date(2007, 5, 20), date(1990, 12, 31), date(2000, 2, 29)])
        return make.person(sex=self.random.choice("fmu"), born=born)

    def _record(self) -> list[tuple[str, str]]:
        service = self.random.choice(self.services)
        subject: dict[str, object] = {
            "advice": {"person": self.random.choice(self.people)},
            "course": {"person": self.random.choice(self.people)},
            "screening": {"coded": self.random.choice(self.codes)},
            "talk": {"group_count": self.random.randint(1, 9), "group_sex": "f", "group_age": "25-34"},
            "training": {"official": self.random.choice(self.officials)},
        }[service.code]
        row = make.delivery(
            self.random.choice(self.projects),
            service,
            date(2024, 1, 1) + timedelta(days=self.random.randrange(1000)),
            district=self.random.choice(self.districts),
            quantity=self.random.choice([None, Decimal("0.1"), Decimal("7.35")]),
            **subject,
        )
        return [("delivery.recorded", str(row.pk))]

    def _reverse(self) -> list[tuple[str, str]]:
        open_rows = Delivery.objects.filter(reverses=None, reversed_by=None).order_by("pk")
        if not open_rows:
            return []
        row = self.random.choice(list(open_rows))
        made = make.reversal(row)
        return [("delivery.reversed", str(self.random.choice([row.pk, made.pk])))]

    def _merge(self) -> list[tuple[str, str]]:
        kept, lost = self.random.sample(self.people, 2)
        kept.refresh_from_db()
        lost.refresh_from_db()
        keys = {kept.root_id, lost.root_id}
        Person.objects.filter(root=lost.root_id).update(root=kept.root_id)
        return [("person.judged", str(key)) for key in keys]

    def _undo(self) -> list[tuple[str, str]]:
        one = self.random.choice(self.people)
        one.refresh_from_db()
        root = one.root_id
        same = list(Person.objects.filter(root=root).order_by("pk"))
        Person.objects.filter(root=root).exclude(pk=one.pk).update(
            root=min(p.pk for p in same if p != one) if len(same) > 1 else root
        )
        Person.objects.filter(pk=one.pk).update(root=one.pk)
        return [("person.judged", str(key)) for key in {root, *(p.pk for p in same)}]

    def _correct(self) -> list[tuple[str, str]]:
        one = self.random.choice(self.people)
        Person.objects.filter(pk=one.pk).update(sex=self.random.choice("fmu"), birth_year=1996)
        return [("person.corrected", str(one.pk))]

    def _move_home(self) -> list[tuple[str, str]]:
        one, other = self.random.sample(self.people, 2)
        left = HouseholdMember.objects.filter(person=one).first()
        lines = [("person.corrected", str(one.pk))]
        if left is not None:
            lines.append(("household.changed", str(left.household_id)))
            left.delete()
        there = HouseholdMember.objects.filter(person=other).first()
        if there is not None and self.random.random() < 0.7:
            HouseholdMember.objects.create(household=there.household, person=one)
            lines.append(("household.changed", str(there.household_id)))
        elif left is None:
            made = make.household(one)
            lines.append(("household.changed", str(made.pk)))
        return lines


class AfterAnything(TestCase):
    """Partial recounts, the full one and the oracle agree whatever happened."""

    @settings(max_examples=12, deadline=None)
    @given(seed=st.integers(0, 10**6))
    def test_given_random_changes_when_recounted_in_parts_then_like_all_at_once_and_like_the_oracle(
        self, seed: int
    ) -> None:
        world = World(seed)
        for _ in range(8):
            work_changes([line for _ in range(4) for line in world.step()])
        in_parts, sums_in_parts = counted_cells(), counted_totals()

        recount_all()

        assert in_parts == counted_cells() == count_cells()
        assert sums_in_parts == counted_totals() == totals_of_cells()


def test_given_a_kind_when_a_subject_is_made_then_its_last_bits_tell_it() -> None:
    assert [kind.subject(5) % 8 for kind in SubjectKind] == [0, 1, 2, 3, 4]


@pytest.mark.django_db
def test_given_nothing_new_when_a_delivery_is_worked_off_again_then_the_sums_are_not_written() -> None:
    project, service = make.project(), make.service()
    row = make.delivery(project, service, date(2025, 1, 5), person=make.person())
    set_up_tallies()
    before = set(ReachedCell.objects.values_list("pk", flat=True))

    work_changes([("delivery.recorded", str(row.pk))])

    assert set(ReachedCell.objects.values_list("pk", flat=True)) == before


@pytest.mark.django_db
def test_given_many_lines_when_worked_off_then_the_number_of_queries_does_not_grow(
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    project, service = make.project(), make.service()
    rows = _many(project, service, 600)
    set_up_tallies(count=False)

    with django_assert_max_num_queries(40):
        work_changes([("delivery.recorded", str(row.pk)) for row in rows])

    assert ReachedTotal.objects.get(tally__key="mission.reached").persons == 600


def _many(project: Project, service: Service, number: int) -> list[Delivery]:
    return [make.delivery(project, service, date(2025, 1, 5), person=make.person()) for _ in range(number)]
