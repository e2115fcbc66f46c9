"""The ledger: the same row once, only as much of a person as the service allows, taken back and never changed."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from rohnamo.core import changes
from rohnamo.core.audit import SYSTEM
from rohnamo.core.changes import Reader
from rohnamo.core.errors import Refused
from rohnamo.core.models import AuditEntry, Change
from rohnamo.deliveries.actions import Draft, Group, record, record_many, reverse, reverse_many, source_key
from rohnamo.deliveries.models import Delivery
from rohnamo.deliveries.queries import counting, totals, visible_to
from rohnamo.people.models import Access, CodedPerson, Official, Person
from rohnamo.people.tests.factories import make_project, make_service, make_source, make_user
from rohnamo.projects.models import Audience, Identity, Project, Service, Source
from rohnamo.staff.models import Role

pytestmark = pytest.mark.django_db
DAY = date(2025, 5, 16)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def make_person(project: Project | None = None) -> Person:
    person = Person.objects.create()
    person.root = person
    person.save(update_fields=["root"])
    if project:
        Access.objects.create(person=person, project=project)
    return person


def make_draft(
    source: Source, service: Service, project: Project, row: object = 1, **subject: object
) -> Draft:
    return Draft(service, project, source_key(source, ("row", row)), DAY, **subject)


def test_given_a_row_when_it_is_recorded_twice_then_it_is_in_the_ledger_once() -> None:
    source, service, project = make_source(), make_service(), make_project()
    draft = make_draft(source, service, project, person_id=make_person().pk)

    first, second = (record(draft, source=source, by=SYSTEM) for _ in range(2))

    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert first.delivery_id == second.delivery_id
    assert Delivery.objects.count() == 1


def test_given_two_equal_rows_of_one_file_when_each_has_its_occurrence_then_both_count() -> None:
    source, service, project = make_source(), make_service(), make_project()
    person = make_person()
    keys = [source_key(source, ("same",), occurrence=number) for number in (1, 2)]

    record_many(
        [Draft(service, project, key, DAY, person_id=person.pk) for key in keys], source=source, by=SYSTEM
    )

    assert counting().count() == 2


def test_given_the_same_parts_when_another_source_sends_them_then_the_key_is_another() -> None:
    assert source_key(make_source("a"), ("x",)) != source_key(make_source("b"), ("x",))


@pytest.mark.parametrize(
    ("identity", "audience", "allowed"),
    [
        (Identity.NAMED, Audience.PERSONS, {"person", "group"}),
        (Identity.NAMED, Audience.OFFICIALS, {"official", "group"}),
        (Identity.CODED, Audience.PERSONS, {"coded", "group"}),
        (Identity.COUNTED, Audience.PERSONS, {"group"}),
        (Identity.VAULT, Audience.PERSONS, set()),
    ],
)
def test_given_a_service_when_a_subject_is_recorded_then_only_what_its_identity_allows_is_kept(
    identity: Identity, audience: Audience, allowed: set[str]
) -> None:
    source, service, project = (
        make_source(),
        make_service(identity=identity, audience=audience),
        make_project(),
    )
    subjects = {
        "person": {"person_id": make_person().pk},
        "coded": {"coded_id": CodedPerson.objects.create(code="X", project=project).pk},
        "official": {"official_id": Official.objects.create().pk},
        "group": {"group": Group(9, "m")},
    }

    taken = set()
    for kind, subject in subjects.items():
        try:
            record(make_draft(source, service, project, kind, **subject), source=source, by=SYSTEM)
            taken.add(kind)
        except Refused:
            continue

    assert taken == allowed
    assert Delivery.objects.count() == len(allowed)


def test_given_a_batch_with_one_forbidden_line_when_it_is_recorded_then_nothing_of_it_is_kept() -> None:
    source, project = make_source(), make_project()
    named, counted = make_service(), make_service(identity=Identity.COUNTED)
    person = make_person()
    drafts = [
        make_draft(source, service, project, n, person_id=person.pk)
        for n, service in enumerate((named, counted))
    ]

    with pytest.raises(Refused, match="counted: a person cannot be kept"):
        record_many(drafts, source=source, by=SYSTEM)

    assert Delivery.objects.count() == 0


def test_given_a_day_in_the_future_when_it_is_recorded_then_it_is_refused() -> None:
    source, service, project = make_source(), make_service(), make_project()
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(Refused, match="lies in the future"):
        record(
            Draft(service, project, source_key(source, ("x",)), tomorrow, person_id=make_person().pk),
            source=source, by=SYSTEM,
        )  # fmt: skip


def test_given_a_delivery_when_it_is_reversed_then_both_lines_stay_and_count_as_nothing() -> None:
    source, service, project = make_source(), make_service(), make_project()
    recorded = record(
        make_draft(source, service, project, person_id=make_person().pk), source=source, by=SYSTEM
    )

    reverse(Delivery.objects.get(pk=recorded.delivery_id), by=SYSTEM, reason="typed twice")

    assert totals() == {"lines": 2, "counting": 0, "reversed": 1}
    assert counting().count() == 0


def test_given_a_reversed_delivery_when_it_or_its_reversal_is_reversed_again_then_it_is_refused() -> None:
    source, service, project = make_source(), make_service(), make_project()
    recorded = record(
        make_draft(source, service, project, person_id=make_person().pk), source=source, by=SYSTEM
    )
    delivery = Delivery.objects.get(pk=recorded.delivery_id)
    reversal = reverse(delivery, by=SYSTEM, reason="x")

    for one in (delivery, reversal):
        with pytest.raises(Refused):
            reverse(one, by=SYSTEM, reason="x")

    assert Delivery.objects.count() == 2


def test_given_a_reader_when_lines_are_recorded_then_it_is_told_of_new_ones_only() -> None:
    source, service, project = make_source(), make_service(), make_project()
    draft = make_draft(source, service, project, person_id=make_person().pk)

    with changes.readers_replaced(Reader("counter", frozenset({"delivery.recorded"}), lambda lines: None)):
        recorded = record(draft, source=source, by=SYSTEM)
        record(draft, source=source, by=SYSTEM)

        assert list(Change.objects.values_list("topic", "key")) == [
            ("delivery.recorded", str(recorded.delivery_id))
        ]


def test_given_members_and_outsiders_when_they_read_then_each_sees_only_their_own_projects() -> None:
    mine, other = make_project(), make_project()
    source, service = make_source(), make_service()
    for row, project in enumerate((mine, other)):
        person = make_person(project)
        record(make_draft(source, service, project, row, person_id=person.pk), source=source, by=SYSTEM)
    readers = {
        "member": make_user(mine),
        "outsider": make_user(),
        "administrator": make_user(mine, role=Role.ADMINISTRATOR),
        "superuser": make_user(role=Role.ADMINISTRATOR, is_superuser=True),
        "donor": make_user(mine, role=Role.DONOR_READER),
    }

    seen = {name: visible_to(user).count() for name, user in readers.items()}

    assert seen == {"member": 1, "outsider": 0, "administrator": 0, "superuser": 0, "donor": 0}


def test_given_a_line_that_was_taken_back_when_its_row_comes_again_then_it_is_recorded_and_counts_once() -> (
    None
):
    source, service, project = make_source(), make_service(), make_project()
    draft = make_draft(source, service, project, person_id=make_person().pk)
    first = record(draft, source=source, by=SYSTEM)
    reverse(Delivery.objects.get(pk=first.delivery_id), by=SYSTEM, reason="wrong file")

    again, once_more = record(draft, source=source, by=SYSTEM), record(draft, source=source, by=SYSTEM)

    assert (again.is_repeat, once_more.is_repeat) == (False, True)
    assert totals() == {"lines": 3, "counting": 1, "reversed": 1}


def test_given_lines_when_they_are_reversed_together_then_each_has_its_own_reversal_log_and_change() -> None:
    changes.register(Reader("test", frozenset({"delivery.reversed"}), lambda _lines: None))
    source, service, project = make_source(), make_service(), make_project()
    drafts = [make_draft(source, service, project, row, person_id=make_person().pk) for row in (1, 2, 3)]
    record_many(drafts, source=source, by=SYSTEM)
    lines = list(Delivery.objects.order_by("pk"))

    reversals = reverse_many(lines, by=SYSTEM, reason="sent twice")

    assert [one.reverses_id for one in reversals] == [line.pk for line in lines]
    assert [one.person_id for one in reversals] == [line.person_id for line in lines]
    assert totals() == {"lines": 6, "counting": 0, "reversed": 3}
    logged = AuditEntry.objects.filter(verb="deliveries.reverse").order_by("pk")
    assert list(logged.values_list("subject_id", "reason")) == [(str(one.pk), "sent twice") for one in lines]
    assert list(Change.objects.filter(reader="test").values_list("key", flat=True)) == [
        str(one.pk) for one in lines
    ]


def test_given_one_line_that_was_reversed_before_when_many_are_reversed_then_none_is() -> None:
    source, service, project = make_source(), make_service(), make_project()
    drafts = [make_draft(source, service, project, row, person_id=make_person().pk) for row in (1, 2)]
    record_many(drafts, source=source, by=SYSTEM)
    first, second = Delivery.objects.order_by("pk")
    reverse(second, by=SYSTEM, reason="wrong")

    for lines in ([first, second], [first, first]):
        with pytest.raises(Refused, match="was taken back before"):
            reverse_many(lines, by=SYSTEM, reason="again")

    assert totals() == {"lines": 3, "counting": 1, "reversed": 1}


def test_given_many_lines_when_they_are_reversed_then_queries_do_not_grow_with_them() -> None:
    source, service, project = make_source(), make_service(), make_project()
    person = make_person().pk
    record_many(
        [make_draft(source, service, project, row, person_id=person) for row in range(30)],
        source=source,
        by=SYSTEM,
    )
    lines = list(Delivery.objects.all())

    with CaptureQueriesContext(connection) as seen:
        reverse_many(lines, by=SYSTEM, reason="all")

    written = [one["sql"] for one in seen if one["sql"].startswith('INSERT INTO "core_auditentry"')]
    assert len(written) == 1
    assert len(seen) <= 8
    assert AuditEntry.objects.filter(verb="deliveries.reverse").count() == 30
