"""Counting a hundred thousand random persons to whom everything happens: late rows, moves, merges and partings,
reversals, corrections, another plan. `make test` runs it at 1/50, `make drill` at full size."""

import os
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pytest
from django.db.models import Sum

from rohnamo.deliveries.models import Delivery
from rohnamo.people.models import Person
from rohnamo.projects.models import Project
from rohnamo.results.actions import recount_all, replan, set_up_tallies
from rohnamo.results.actions.changed import work_changes
from rohnamo.results.models import Indicator, ReachedCell, ReachedTotal, Tally
from rohnamo.results.tests import factories as make
from rohnamo.results.tests.oracle import count_cells
from rohnamo.results.tests.test_recount import counted_cells, counted_totals, totals_of_cells

pytestmark = [pytest.mark.drill, pytest.mark.django_db]
PERSONS = 100_000 if os.environ.get("ROHNAMO_DRILL") == "full" else 2_000
ROUNDS = 4
FIRST_DAY, DAYS = date(2024, 1, 1), 1096
Lines = list[tuple[str, str]]


class Mission:
    """Two projects, three services, and everybody met once to four times."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.projects = [make.project(f"EX.0{number}", area=make.area(f"area-{number}")) for number in (1, 2)]
        self.services = [make.service(code) for code in ("advice", "course", "kit")]
        self.districts = [None, *(make.district(f"TJ-KT-{name}") for name in "abcdef")]
        self.source = make.source()
        self.indicators = [
            self._indicator(project, code) for project in self.projects for code in ("advice", "kit")
        ]
        self.keys = 0
        self.persons = self._persons()
        self.meet(person for person in self.persons for _ in range(self.random.randint(1, 4)))
        set_up_tallies(count=False)

    def _indicator(self, project: Project, service: str) -> Indicator:
        measure = {"count": "persons", "services": [service]}
        return make.indicator(project, service, measure=measure, is_cumulative=service == "advice")

    def _persons(self) -> list[int]:
        made = Person.objects.bulk_create(
            Person(
                sex=self.random.choice("ffmmu"),
                birth_year=self.random.randint(1945, 2012),
                birth_md=self.random.randint(1, 12) * 100 + self.random.randint(1, 28),
                birth_precision="day",
            )
            for _ in range(PERSONS)
        )
        for one in made:
            one.root_id = one.pk
        Person.objects.bulk_update(made, ["root"], batch_size=400)
        return [one.pk for one in made]

    def meet(self, persons: Iterable[int]) -> Lines:
        """Each at another place than the last time, perhaps, and on any day."""
        made = Delivery.objects.bulk_create(self._delivery(person_id=person) for person in persons)
        return [("delivery.recorded", str(row.pk)) for row in made]

    def _delivery(self, **of: object) -> Delivery:
        self.keys += 1
        given = {
            "project": self.random.choice(self.projects),
            "service": self.random.choice(self.services),
            "day": FIRST_DAY + timedelta(days=self.random.randrange(DAYS)),
            "district": self.random.choice(self.districts),
        }
        key = (10**9 + self.keys).to_bytes(16, "big")
        return Delivery(**{**given, **of}, source=self.source, source_key=key, recorded_by="1")

    def round(self) -> Lines:
        """One in fifty comes late, one in a hundred is merged, parts, is corrected, or has a row taken back."""
        some = max(PERSONS // 100, 5)
        late = self.meet(self.random.sample(self.persons, 2 * some))
        return [
            *late,
            *self._merged(some),
            *self._parted(some),
            *self._corrected(some),
            *self._reversed(some),
        ]

    def _merged(self, some: int) -> Lines:
        lines: Lines = []
        for one, other in zip(*[iter(self.random.sample(self.persons, 2 * some))] * 2, strict=True):
            kept, lost = (Person.objects.values_list("root", flat=True).get(pk=pk) for pk in (one, other))
            Person.objects.filter(root=lost).update(root=kept)
            lines += [("person.judged", str(kept)), ("person.judged", str(lost))]
        return lines

    def _parted(self, some: int) -> Lines:
        lines: Lines = []
        joined = Person.objects.exclude(root=None).exclude(pk__in=Person.objects.values("root"))
        for one in joined.order_by("pk")[:some]:
            lines += [("person.judged", str(one.root_id)), ("person.judged", str(one.pk))]
            Person.objects.filter(pk=one.pk).update(root=one.pk)
        return lines

    def _corrected(self, some: int) -> Lines:
        chosen = self.random.sample(self.persons, some)
        Person.objects.filter(pk__in=chosen).update(sex=self.random.choice("fmu"), birth_year=1996)
        return [("person.corrected", str(pk)) for pk in chosen]

    def _reversed(self, some: int) -> Lines:
        standing = Delivery.objects.filter(reverses=None, reversed_by=None).order_by("source_key")[:some]
        made = Delivery.objects.bulk_create(
            self._delivery(
                reverses=row, project=row.project, service=row.service, person_id=row.person_id, day=row.day
            )
            for row in standing
        )
        return [("delivery.reversed", str(row.pk)) for row in made]

    def replan(self) -> None:
        """From the second year on the first project's kits are courses."""
        replan(
            self.indicators[1],
            {"count": "persons", "services": ["course"]},
            valid_from=date(2025, 1, 1),
            reason="The donor pays for courses now.",
            by=make.member(self.projects[0]),
        )


def reached(key: str) -> dict[int, int]:
    rows = ReachedTotal.objects.filter(tally=Tally.objects.get(key=key))
    return dict(rows.values_list("period", "persons"))


def breakdown_sums(name: str) -> dict[tuple[int, int, object], int]:
    rows = ReachedCell.objects.values_list("tally", "period", name).annotate(sum=Sum("persons")).order_by()
    return {(tally, period, value): number for tally, period, value, number in rows}


def require_sound() -> None:
    """What holds after anything: breakdowns add up, cumulative totals do not fall, nobody is twice in the mission."""
    totals = {key: numbers[0] for key, numbers in counted_totals().items()}
    for name in ("sex", "age", "district"):
        added: dict[tuple[int, int], int] = {}
        for (tally, period, _), number in breakdown_sums(name).items():
            added[tally, period] = added.get((tally, period), 0) + number
        assert added == totals
    assert counted_totals() == totals_of_cells()
    assert not ReachedTotal.objects.filter(firsts__lt=0).exists()
    parts = [*reached("EX.01.reached").items(), *reached("EX.02.reached").items()]
    for year, persons in reached("mission.reached").items():
        of_year = [number for period, number in parts if period // 10_000 == year // 10_000]
        assert max(of_year) <= persons <= sum(of_year)


def test_given_many_persons_when_everything_happens_to_them_then_counts_add_up_and_agree_with_the_oracle() -> (
    None
):
    mission = Mission(seed=1)
    recount_all()
    for number in range(ROUNDS):
        work_changes(mission.round())
        if number == 1:
            mission.replan()
        require_sound()
    in_parts, sums_in_parts = counted_cells(), counted_totals()

    recount_all()

    assert in_parts == counted_cells() == count_cells()
    assert sums_in_parts == counted_totals()
