"""The world after a register was taken back beside one in which it never came: random registers in any order."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rohnamo.core import changes
from rohnamo.core.audit import SYSTEM
from rohnamo.deliveries.models import Delivery
from rohnamo.deliveries.queries import counting
from rohnamo.intake.actions import take_in, undo
from rohnamo.intake.models import Import
from rohnamo.intake.queries import open_register
from rohnamo.intake.tests.factories import csv_of, make_setting
from rohnamo.people.models import (
    Access,
    CallBack,
    Document,
    Judgement,
    NameKey,
    Official,
    Person,
    PersonName,
    Phone,
)
from rohnamo.people.tests.factories import make_project, make_source
from rohnamo.projects.models import Project, Source
from rohnamo.results.actions import set_up_tallies
from rohnamo.results.models import ReachedCell

pytestmark = pytest.mark.django_db
WHY = "sent by mistake"
COLUMNS = (
    "Ф.И.О.",
    "Пол",
    "Дата рождения",
    "Район",
    "Телефон",
    "Паспорт",
    "Дата",
    "Вид услуги",
    "Согласие",
    "Часы",
)
PEOPLE = (
    ("Намунаев Далер Каримович", "Namunaev Daler Karimovich", "A1000001", "14.03.1988", "м", "918000011"),
    ("Мисолова Зулфия Саидовна", "Misolova Zulfiya Saidovna", "A2000002", "01.05.1991", "ж", "918000012"),
    ("Пинҳонзода Рустам Ҷалолович", "Pinhonzoda Rustam Jalolovich", "A3000003", "07.07.1979", "м", "918000013"),
    ("Розизода Лола Ёровна", "Rozizoda Lola Yorovna", "A4000004", "30.11.2001", "ж", "918000014"),
)  # fmt: skip
SERVICES = ("консультация", "консультация", "инфосессия", "скрининг ТБ", "joint training")
DISTRICTS = ("Куляб", "Восейский район", "Хорог", "")
Table = list[tuple[Any, ...]]
# Worlds are slow to make: a failing one is shown as it is.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


def taken(content: bytes, source: Source, project: Project, name: str = "r.csv") -> Import:
    opened = open_register(content, name, source=source, project=project)
    register = take_in(opened, source=source, project=project, by=SYSTEM).register
    assert register
    return register


def world() -> dict[str, Counter[Any]]:
    """Everything that counts or names anybody, without numbers of records."""
    changes.work_off_all()
    return {
        "ledger": Counter(_line(one) for one in counting().select_related("service", "project", "source")),
        "people": Counter(_person(one) for one in Person.objects.filter(erased_at=None)),
        # One spelling is kept of an official and of somebody under a code: the first, whoever sent it.
        "officials": Counter((one.sex, one.agency) for one in Official.objects.all() if one.full_name),
        "call backs": Counter(CallBack.objects.values_list("coded__birth_year", flat=True)),
        "judgements": Counter(Judgement.objects.filter(superseded_at=None).values_list("verdict", flat=True)),
        "reach": _reach(),
    }


def _reach() -> Counter[Any]:
    """By sex and age: of two contacts of one day in two districts the one that came in first describes a person, and
    that is the only thing that depends on the order. Areas of these tests are numbered on and on."""
    cells = ReachedCell.objects.filter(tally__area=None).exclude(contacts=0)
    sums: Counter[Any] = Counter()
    for *key, persons, firsts, contacts, quantity in cells.values_list(
        "tally__key", "period", "sex", "age", "persons", "firsts", "contacts", "quantity"
    ):
        for name, number in (("p", persons), ("f", firsts), ("c", contacts), ("q", quantity)):
            sums[*key, name] += number
    return sums


def _line(one: Delivery) -> tuple[Any, ...]:
    coded = one.coded and (one.coded.sex, one.coded.birth_year, _district(one.coded))
    return (
        one.service.code, one.project.code, one.source.code, one.day, one.day_precision, _district(one),
        one.group_sex, one.group_age, one.group_count, one.quantity,
        _person(one.person) if one.person else None, coded, one.official and one.official.sex,
    )  # fmt: skip


def _person(one: Person) -> tuple[Any, ...]:
    return (
        one.sex, one.birth_year, one.birth_md, one.birth_precision, _district(one),
        *(_rows(model, one, *columns) for model, *columns in (
            (PersonName, "source__code", "project__code", "digest"), (Phone, "project__code", "digest"),
            (Document, "project__code", "digest"), (Access, "project__code", "district__code"), (NameKey, "key"),
        )),
    )  # fmt: skip


def _district(one: Any) -> str:
    """By its code: PostgreSQL numbers places on and on, also where a world was taken back."""
    return one.district.code if one.district else ""


def _rows(model: Any, person: Person, *columns: str) -> tuple[Any, ...]:
    return tuple(sorted(map(str, model.objects.filter(person=person).values_list(*columns))))


@st.composite
def rows(draw: st.DrawFn) -> tuple[Any, ...]:
    """A row about one of few people, as complete as its writer was careful."""
    cyrillic, latin, document, born, sex, phone = draw(st.sampled_from(PEOPLE))
    return (
        draw(st.sampled_from((cyrillic, latin))),
        draw(st.sampled_from((sex, sex, ""))),
        draw(st.sampled_from((born, born[-4:], ""))),
        draw(st.sampled_from(DISTRICTS)),
        draw(st.sampled_from((phone, ""))),
        document,
        draw(st.sampled_from(("11.02.2025", "12.02.2025", "20.08.2025"))),
        draw(st.sampled_from(SERVICES)),
        draw(st.sampled_from(("да", "нет"))),
        draw(st.sampled_from(("", "2"))),
    )


def a_table_for_each(draw: st.DrawFn, places: int) -> list[tuple[int, Table]]:
    """Registers of several senders, some rows of which were sent before by the same one."""
    sent: dict[int, Table] = {}
    # Of two rows with one source key that say different things only the first is kept: each key says one thing here.
    alike: dict[tuple[object, ...], tuple[Any, ...]] = {}
    registers = []
    for _number in range(draw(st.integers(2, 4))):
        place = draw(st.integers(0, places - 1))
        before = sent.setdefault(place, [])
        again = draw(st.lists(st.sampled_from(before), max_size=3)) if before else []
        fresh = draw(st.lists(rows(), min_size=1, max_size=6))
        table = [*(alike.setdefault((place, row[2], *row[5:8]), row) for row in fresh), *again]
        before.extend(table)
        registers.append((place, table))
    return registers


registers_of = st.composite(a_table_for_each)


@settings(
    max_examples=12,
    deadline=None,
    phases=PHASES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(registers=registers_of(3), data=st.data())
def test_given_registers_in_any_order_when_one_is_taken_back_then_the_world_is_as_if_it_had_never_come(
    registers: list[tuple[int, Table]], data: st.DataObject
) -> None:
    chosen = data.draw(st.integers(0, len(registers) - 1))

    with_it, without_it = (_world_of(registers, chosen, is_sent=is_sent) for is_sent in (True, False))

    # The name of somebody who agreed only in the second of two equal rows was never kept: there may be fewer.
    assert with_it.pop("call backs") <= without_it.pop("call backs")
    assert with_it == without_it


@pytest.mark.parametrize("service", ["joint training", "скрининг ТБ"])
def test_given_a_sex_that_only_one_register_told_when_it_is_taken_back_then_counts_forget_it_too(
    service: str,
) -> None:
    told = ("Мисолова Зулфия Саидовна", "ж", "", "Хорог", "", "A2000002", "20.08.2025", service, "да", "")
    untold = ("Misolova Zulfiya Saidovna", "", "", "Хорог", "", "A2000002", "11.02.2025", service, "да", "")
    # The second brings the row of the first once more, so that what was delivered stays.
    registers: list[tuple[int, Table]] = [(0, [told]), (0, [untold, told])]

    with_it, without_it = (_world_of(registers, 0, is_sent=is_sent) for is_sent in (True, False))

    assert with_it == without_it


def _world_of(
    registers: Sequence[tuple[int, Table]], chosen: int, *, is_sent: bool
) -> dict[str, Counter[Any]]:
    """All registers, the chosen one taken back at the end or never sent; then everything is undone."""
    with transaction.atomic():
        source, project = make_setting()
        second = make_project("EX.92")
        places = [(source, project), (make_source("second"), project), (make_source("third"), second)]
        set_up_tallies()
        made = [
            taken(csv_of(COLUMNS, *table), *places[place])
            for number, (place, table) in enumerate(registers)
            if is_sent or number != chosen
        ]
        changes.work_off_all()
        if is_sent:
            undo(made[chosen], by=SYSTEM, reason=WHY)
        seen = world()
        transaction.set_rollback(True)
    return seen
