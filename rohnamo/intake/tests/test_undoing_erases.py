"""Whoever is emptied when a register is taken back is erased everywhere; why it was is written where it is encrypted."""

from datetime import date

import pytest

from rohnamo.core.audit import SYSTEM
from rohnamo.core.models import AuditEntry
from rohnamo.intake.actions import take_in, undo, undoing
from rohnamo.intake.actions.entries import NOTHING_SAID
from rohnamo.intake.models import Entry, Import
from rohnamo.intake.queries import open_register
from rohnamo.intake.tests.factories import TITLES, VISIT, csv_of, make_setting
from rohnamo.intake.tests.traces import found_in, whole_database
from rohnamo.people.models import Person
from rohnamo.people.tests.factories import make_source
from rohnamo.projects.models import Project, Source
from rohnamo.results.actions import set_up_tallies
from rohnamo.results.models import ApprovedRow, Period, SubjectKind
from rohnamo.results.queries import value_of
from rohnamo.results.tests import factories as make

pytestmark = pytest.mark.django_db
WHY = "Намунаев asked for it"
OTHER = (2, "Розизода Лола Ёровна", "ж", "30.11.2001", "Хорог", "918000009", *VISIT[6:])


def taken(content: bytes, source: Source, project: Project) -> Import:
    opened = open_register(content, "r.csv", source=source, project=project)
    register = take_in(opened, source=source, project=project, by=SYSTEM).register
    assert register
    return register


def approved(project: Project) -> Period:
    """The first half of 2025 of those who had a consultation."""
    measure = {"count": "persons", "services": ["consultation"]}
    period = make.indicator(project, measure=measure).periods.get(end=date(2025, 6, 30))
    set_up_tallies()
    return make.approved(period)


def said_of(person: Person) -> list[dict[str, object]]:
    """What entries keep of somebody."""
    found = []
    for one in Entry.objects.filter(person=person).values(*NOTHING_SAID):
        found.append(
            {key: bytes(cell) if isinstance(cell, memoryview) else cell for key, cell in one.items()}
        )
    return found


def test_given_an_approved_period_when_the_register_is_taken_back_then_nothing_leads_to_who_was_emptied() -> (
    None
):
    source, project = make_setting()
    register = taken(csv_of(TITLES, VISIT, OTHER), source, project)
    taken(csv_of(TITLES, (*OTHER[:6], "20.03.2025", *OTHER[7:])), make_source("second"), project)
    period = approved(project)
    gone, stays = Person.objects.order_by("pk")

    undo(register, by=SYSTEM, reason=WHY)

    gone.refresh_from_db()
    assert gone.erased_at is not None
    assert said_of(gone) == [NOTHING_SAID]
    assert [one["birth_year"] for one in said_of(stays)] == [2001, 2001]
    subjects = ApprovedRow.objects.order_by("subject").values_list("subject", flat=True)
    assert list(subjects) == [0, SubjectKind.PERSON.subject(stays.pk)]
    assert value_of(period.indicator, period).actual == 2


def test_given_an_undoing_that_is_killed_half_way_when_it_is_asked_then_only_who_is_through_is_erased(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, project = make_setting()
    register = taken(csv_of(TITLES, VISIT, OTHER), source, project)
    first, second = Person.objects.order_by("pk")
    monkeypatch.setattr(undoing, "BATCH", 1)

    def die(_lines: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo(register, by=SYSTEM, reason=WHY, progress=die)
    half_way = (said_of(first), [one["birth_year"] for one in said_of(second)])
    undo(register, by=SYSTEM, reason=WHY)

    assert half_way == ([NOTHING_SAID], [2001])
    assert said_of(second) == [NOTHING_SAID]


def test_given_a_reason_that_names_somebody_when_a_register_is_taken_back_then_it_stands_nowhere_in_plain_text() -> (
    None
):
    source, project = make_setting()
    register = taken(csv_of(TITLES, VISIT, OTHER), source, project)

    undo(register, by=SYSTEM, reason=WHY)

    assert Import.objects.get().undo_reason == WHY
    assert found_in(whole_database(), [WHY, "Намунаев"]) == []
    undone = AuditEntry.objects.exclude(reason="")
    assert set(undone.values_list("reason", flat=True)) == {f"register {register.pk}"}
    assert set(undone.values_list("verb", flat=True)) == {
        "deliveries.reverse",
        "intake.undo",
        "intake.undone",
        "people.take_back",
    }
