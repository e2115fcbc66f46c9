"""Taking a register back: afterwards the world is as if it had never come, but for what the ledger and the log keep."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused
from rohnamo.core.models import AuditEntry
from rohnamo.deliveries.models import Delivery
from rohnamo.deliveries.queries import counting
from rohnamo.intake.actions import accept, answer, take_in, undo, undoing, upload
from rohnamo.intake.models import Entry, Import
from rohnamo.intake.queries import open_register
from rohnamo.intake.queries.undoing import plan_of
from rohnamo.intake.tests.factories import AGREED, BARE, LATER, REGISTER, TITLES, VISIT, csv_of, make_setting
from rohnamo.people.actions import judge
from rohnamo.people.models import (
    Access,
    CallBack,
    CodedPerson,
    Consent,
    Document,
    Household,
    HouseholdMember,
    Judgement,
    NameKey,
    Official,
    Person,
    PersonName,
    Phone,
    Verdict,
)
from rohnamo.people.tests.factories import make_project, make_source, make_user
from rohnamo.projects.models import Project, Source
from rohnamo.results.models import Indicator, Period, Result

pytestmark = pytest.mark.django_db
WHY = "sent by mistake"


class Killed(Exception):
    pass


def taken(content: bytes, source: Source, project: Project, name: str = "r.csv") -> Import:
    opened = open_register(content, name, source=source, project=project)
    register = take_in(opened, source=source, project=project, by=SYSTEM).register
    assert register
    return register


def test_given_a_register_of_every_kind_when_it_is_taken_back_then_nobody_of_it_is_left_but_the_ledger() -> (
    None
):
    source, project = make_setting()
    official = ("", "Мисолов Фаррух", "м", "", "", "", "11.02.2025", "joint training", "")
    register = taken(
        csv_of(TITLES, VISIT, *map(_row, REGISTER.decode().splitlines()[2:]), official), source, project
    )
    before = plan_of(register)

    done = undo(register, by=SYSTEM, reason=WHY)

    assert (before.lines, before.groups) == (5, 1)
    assert before.removed == {"person": 1, "official": 1, "coded": 2}
    assert done.undone == {"lines": 5, "removed.person": 1, "stay.person": 0, "removed.official": 1,
                           "stay.official": 0, "removed.coded": 2, "stay.coded": 0}  # fmt: skip
    assert (counting().count(), Delivery.objects.count()) == (0, 10)
    assert Person.objects.get().erased_at is not None
    left = [model.objects.count() for model in (PersonName, NameKey, Phone, Document, Access, CallBack)]
    assert left == [0, 0, 0, 0, 0, 0]
    assert Official.objects.get().full_name == ""
    reasons = AuditEntry.objects.filter(verb__in=["intake.undo", "deliveries.reverse", "people.take_back"])
    assert set(reasons.values_list("reason", flat=True)) == {f"register {register.pk}"}


def _row(line: str) -> list[str]:
    return line.split(";")


def a_touch_by_judgement(person: Person, project: Project) -> None:
    other = Person.objects.create()
    Person.objects.filter(pk=other.pk).update(root=other.pk)
    judge(person, other, Verdict.NEGATIVE, by=SYSTEM)


def a_touch_by_household(person: Person, project: Project) -> None:
    HouseholdMember.objects.create(household=Household.objects.create(), person=person)


def a_touch_by_consent(person: Person, project: Project) -> None:
    Consent.objects.create(person=person, purpose="service", given_on=date(2025, 3, 1))


def a_touch_by_edit(person: Person, project: Project) -> None:
    Person.objects.filter(pk=person.pk).update(birth_year=1987)


def a_touch_by_another_source(person: Person, project: Project) -> None:
    PersonName.objects.create(person=person, source=make_source("x"), project=project, digest=b"0" * 16)


def a_touch_by_another_project(person: Person, project: Project) -> None:
    Access.objects.create(person=person, project=make_project("EX.91"))


def a_touch_by_another_register(person: Person, project: Project) -> None:
    taken(csv_of(TITLES, (*VISIT[:6], "05.03.2025", *VISIT[7:])), make_source("second"), project)


@pytest.mark.parametrize(
    "touch",
    [
        a_touch_by_judgement,
        a_touch_by_household,
        a_touch_by_consent,
        a_touch_by_edit,
        a_touch_by_another_source,
        a_touch_by_another_project,
        a_touch_by_another_register,
    ],
)
def test_given_somebody_whom_something_else_touched_when_the_register_is_taken_back_then_they_stay(
    touch: Callable[[Person, Project], None],
) -> None:
    source, project = make_setting()
    register = taken(csv_of(TITLES, VISIT), source, project)
    touch(person := Person.objects.get(), project)

    planned = plan_of(register)
    done = undo(register, by=SYSTEM, reason=WHY)

    person.refresh_from_db()
    assert (planned.removed["person"], planned.stay["person"]) == (0, 1)
    assert (done.undone["removed.person"], done.undone["stay.person"], person.erased_at) == (0, 1, None)
    assert not PersonName.objects.filter(person=person, source=source).exists(), "what it said of them goes"
    assert not Delivery.objects.filter(source=source, reverses=None, reversed_by=None).exists()


def test_given_a_row_that_two_registers_brought_when_the_first_is_taken_back_then_it_is_the_seconds_as_it_wrote_it() -> (
    None
):
    source, project = make_setting()
    first = taken(csv_of(TITLES, VISIT), source, project)
    second = taken(csv_of(TITLES, (*VISIT[:4], "Хорог", *VISIT[5:])), source, project, "again.csv")

    undo(first, by=SYSTEM, reason=WHY)
    left = [
        (line.district.code, line.person.district.code)
        for line in counting()
        if line.district and line.person and line.person.district
    ]
    undo(second, by=SYSTEM, reason=WHY)

    assert left == [("TJ-GB-khorugh", "TJ-GB-khorugh")]
    assert (counting().count(), Person.objects.filter(erased_at=None).count()) == (0, 0)


def test_given_a_register_that_was_taken_back_when_it_comes_again_then_it_is_taken_in_anew() -> None:
    source, project = make_setting()
    undo(taken(REGISTER, source, project), by=SYSTEM, reason=WHY)

    again = taken(REGISTER, source, project)

    assert again.counts == {"new": 1, "counted": 1, "coded": 2}
    assert (counting().count(), Person.objects.filter(erased_at=None).count()) == (4, 1)


def test_given_an_answer_at_the_preview_when_the_register_is_taken_back_then_it_goes_with_it() -> None:
    source, project = make_setting()
    user = make_user(project)
    accept(upload(csv_of(TITLES, BARE), "before.csv", source=source, project=project, by=user), by=user)
    sent = upload(csv_of(TITLES, LATER), "r.csv", source=source, project=project, by=user)
    answer(sent, 2, Verdict.POSITIVE, by=user)
    register = accept(sent, by=user).register
    assert register

    done = undo(register, by=user, reason=WHY)

    first, second = Person.objects.order_by("pk")
    assert (done.undone["removed.person"], first.erased_at, second.root_id) == (1, None, second.pk)
    assert second.erased_at is not None
    assert not Judgement.objects.filter(superseded_at=None).exists()
    sent.refresh_from_db()
    assert sent.stored is None, "the sealed rows named somebody who is gone"


def test_given_an_undoing_that_is_killed_at_every_batch_when_it_is_run_again_then_nothing_is_done_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, project = make_setting()
    register = taken(REGISTER, source, project)
    monkeypatch.setattr(undoing, "BATCH", 1)

    def die(done: int) -> None:
        raise Killed

    for _batch in range(3):
        with pytest.raises(Killed):
            undo(register, by=SYSTEM, reason=WHY, progress=die)
    half = counting().count()
    done = undo(register, by=SYSTEM, reason="another reason")

    assert (half, counting().count(), Delivery.objects.count()) == (1, 0, 8)
    assert (done.undone["lines"], done.undone["removed.person"], done.undone["removed.coded"]) == (4, 1, 2)
    assert done.undo_reason == WHY, "the first reason stays"
    with pytest.raises(Refused, match="taken back before"):
        undo(register, by=SYSTEM, reason=WHY)


def test_given_a_register_whose_first_run_was_killed_when_it_is_taken_back_then_both_runs_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, project = make_setting()
    monkeypatch.setattr("rohnamo.intake.actions.taking.BATCH", 2)

    def die(rows: int) -> None:
        raise Killed

    opened = open_register(REGISTER, "r.csv", source=source, project=project)
    with pytest.raises(Killed):
        take_in(opened, source=source, project=project, by=SYSTEM, progress=die)
    register = taken(REGISTER, source, project)

    undo(register, by=SYSTEM, reason=WHY)

    assert (counting().count(), Person.objects.filter(erased_at=None).count()) == (0, 0)
    assert Import.objects.filter(undone_at=None).count() == 0


def test_given_a_register_that_is_being_taken_back_when_it_is_still_coming_in_then_no_more_of_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, project = make_setting()
    monkeypatch.setattr("rohnamo.intake.actions.taking.BATCH", 1)

    def undo_meanwhile(rows: int) -> None:
        Import.objects.update(undo_since=timezone.now())

    opened = open_register(REGISTER, "r.csv", source=source, project=project)
    with pytest.raises(Refused, match="being taken back"):
        take_in(opened, source=source, project=project, by=SYSTEM, progress=undo_meanwhile)

    assert Delivery.objects.count() == 1


def test_given_a_register_that_may_still_be_coming_in_when_it_is_taken_back_then_it_is_refused() -> None:
    source, project = make_setting()
    register = taken(REGISTER, source, project)
    Import.objects.update(finished_at=None)

    with pytest.raises(Refused, match="may still be coming in"):
        undo(register, by=SYSTEM, reason=WHY)
    Import.objects.update(started_at=timezone.now() - timedelta(hours=1))
    undo(register, by=SYSTEM, reason=WHY)

    assert counting().count() == 0


def test_given_no_reason_when_a_register_is_taken_back_then_it_is_refused() -> None:
    source, project = make_setting()
    register = taken(REGISTER, source, project)

    with pytest.raises(Refused, match="Say in a sentence why"):
        undo(register, by=SYSTEM, reason="  ")

    assert (counting().count(), Import.objects.get().undo_since) == (4, None)


def test_given_a_register_of_before_rows_were_noted_when_it_is_taken_back_then_its_lines_are_and_people_stay() -> (
    None
):
    source, project = make_setting()
    register = taken(REGISTER, source, project)
    Entry.objects.all().delete()

    planned = plan_of(register)
    done = undo(register, by=SYSTEM, reason=WHY)

    assert (planned.lines, planned.groups, planned.stay["person"]) == (4, 1, 1)
    assert (done.undone["lines"], done.undone["removed.person"], counting().count()) == (4, 0, 0)
    assert Person.objects.filter(erased_at=None).count() == 1


def test_given_an_approved_period_when_a_register_is_taken_back_then_it_stays_and_the_difference_is_counted() -> (
    None
):
    source, project = make_setting()
    result = Result.objects.create(
        project=project, code="R1", kind="output", order=1, titles={"en": "Result"}
    )
    indicator = Indicator.objects.create(result=result, code="I1", order=1, titles={"en": "Indicator"})
    period = Period.objects.create(
        indicator=indicator, start=date(2025, 1, 1), end=date(2025, 6, 30),
        approved_value=Decimal(3), approved_at=timezone.now(),
    )  # fmt: skip
    register = taken(REGISTER, source, project)

    planned = plan_of(register)
    undo(register, by=SYSTEM, reason=WHY)

    period.refresh_from_db()
    assert (planned.approved, period.approved_value) == (1, Decimal(3))


def test_given_somebody_under_a_code_whom_two_registers_brought_when_one_is_taken_back_then_the_code_stays() -> (
    None
):
    source, project = make_setting()
    first = taken(csv_of(TITLES, AGREED), source, project)
    later = (*AGREED[:6], "20.03.2025", *AGREED[7:])
    taken(csv_of(TITLES, later), make_source("second"), project)

    undo(first, by=SYSTEM, reason=WHY)

    assert (CodedPerson.objects.count(), CallBack.objects.count(), counting().count()) == (1, 1, 1)
