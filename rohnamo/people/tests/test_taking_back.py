"""Taking back what a register said: who is emptied, who stays, and what is left of those who stay."""

from collections.abc import Collection
from datetime import date

import pytest
from django.utils import timezone

from rohnamo.core import personal
from rohnamo.core.audit import SYSTEM
from rohnamo.core.models import AuditEntry
from rohnamo.core.personal import Holder
from rohnamo.engines.linkage import Birth, Precision
from rohnamo.people.actions import (
    NewCoded,
    NewOfficial,
    NewPerson,
    register_coded,
    register_many,
    register_officials,
)
from rohnamo.people.actions.taking_back import (
    Said,
    described_by,
    empty_coded,
    empty_officials,
    empty_persons,
    traces_of,
    unsay,
    untouched_coded,
    untouched_officials,
    untouched_persons,
)
from rohnamo.people.models import Access, CodedPerson, Consent, NameKey, Official, Person, PersonName, Phone
from rohnamo.people.queries.registry import counts
from rohnamo.people.tests.factories import make_place, make_project, make_source
from rohnamo.projects.models import Project, Source

pytestmark = pytest.mark.django_db
NOBODY: frozenset[str] = frozenset()
DALER = NewPerson(
    full_name="Намунаев Далер Каримович",
    sex="m",
    birth=Birth(1988, 3, 14, Precision.DAY),
    phone="+992918000001",
)
LOLA = NewPerson(full_name="Розизода Лола Ёровна", sex="f", birth=Birth(2001, 11, 30, Precision.DAY))


def registered(new: NewPerson, source: Source, project: Project, step: int) -> Said:
    """A row as a register would have brought it, and what it said."""
    (one,) = register_many([new], source=source, project=project, by=SYSTEM)
    birth = new.birth
    spelling, phone, document = traces_of(new)
    return Said(
        person_id=one.person_id,
        source_id=source.pk,
        project_id=project.pk,
        step=(step, 0),
        row=1,
        sex=new.sex,
        birth_year=birth.year,
        birth_md=birth.month * 100 + birth.day if birth.month and birth.day else None,
        birth_precision=birth.precision.value,
        district_id=new.district_id,
        spelling=spelling,
        phone=phone,
        document=document,
    )


def test_given_a_person_of_one_register_when_it_is_asked_then_nobody_else_has_touched_them() -> None:
    said = registered(DALER, make_source(), make_project(), 1)

    assert untouched_persons({said.person_id: [said]}, answers=(), above=NOBODY) == {said.person_id}


def test_given_a_relation_of_any_app_when_it_is_asked_then_it_is_a_touch() -> None:
    said = registered(DALER, make_source(), make_project(), 1)
    Consent.objects.create(person_id=said.person_id, purpose="service", given_on=date(2025, 1, 1))

    assert untouched_persons({said.person_id: [said]}, answers=(), above=NOBODY) == set()


def test_given_people_when_they_are_emptied_then_only_their_number_is_left_and_the_log_says_why() -> None:
    said = registered(DALER, make_source(), make_project(), 1)

    empty_persons([said.person_id], by=SYSTEM, reason="sent by mistake")

    person = Person.objects.get()
    assert (person.sex, person.birth_year, person.erased_at is not None) == ("u", None, True)
    assert [model.objects.count() for model in (PersonName, NameKey, Phone, Access)] == [0, 0, 0, 0]
    entry = AuditEntry.objects.get(verb="people.take_back")
    assert (entry.subject_id, entry.fields, entry.reason) == (str(person.pk), ["emptied"], "sent by mistake")


def test_given_holders_of_higher_floors_when_people_are_emptied_then_each_is_asked_to_erase_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Collection[int]] = []
    monkeypatch.setattr(
        personal, "_holders", {"x.y": Holder("x.y", "z", erase=asked.append), "x.z": Holder("x.z", "z")}
    )
    said = [
        registered(DALER, make_source(), make_project(), 1),
        registered(LOLA, make_source(), make_project(), 2),
    ]
    numbers = [one.person_id for one in said]

    empty_persons(numbers[:1], by=SYSTEM, reason="test")
    first = list(asked)
    empty_persons(numbers[1:], by=SYSTEM, reason="test")

    assert (first, asked) == ([numbers[:1]], [numbers[:1], numbers[1:]])


def test_given_a_holder_that_cannot_erase_when_people_are_emptied_then_nobody_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_persons: Collection[int]) -> None:
        raise RuntimeError

    monkeypatch.setattr(personal, "_holders", {"x.y": Holder("x.y", "z", erase=fail)})
    said = registered(DALER, make_source(), make_project(), 1)

    with pytest.raises(RuntimeError):
        empty_persons([said.person_id], by=SYSTEM, reason="test")

    assert (Person.objects.get().erased_at, PersonName.objects.count()) == (None, 1)


def test_given_two_registers_when_one_is_taken_back_then_the_person_is_as_the_other_one_said() -> None:
    source, project, second = make_source(), make_project(), make_project()
    kulob = make_place()
    first = registered(DALER, source, project, 1)
    later = NewPerson(
        full_name="Namunaev Daler Karimovich",
        birth=Birth(1988, 3, 14, Precision.DAY),
        phone="+992918000001",
        district_id=kulob.pk,
        district_code=kulob.code,
    )
    kept = registered(later, source, second, 2)
    number = first.person_id

    changed = unsay({number: [first]}, {number: [kept]}, made={number}, outside=(), by=SYSTEM)

    person = Person.objects.get()
    assert (kept.person_id, changed) == (number, 1)
    assert (person.sex, person.birth_md, person.district_id) == ("u", 314, kulob.pk)
    assert list(PersonName.objects.values_list("project", flat=True)) == [second.pk]
    assert list(Access.objects.values_list("project", flat=True)) == [second.pk]
    assert list(Phone.objects.values_list("project", flat=True)) == [second.pk]


def test_given_somebody_whose_record_was_edited_when_a_register_is_taken_back_then_the_edit_stays() -> None:
    source, project, second = make_source(), make_project(), make_project()
    first = registered(DALER, source, project, 1)
    kept = registered(DALER, source, second, 2)
    Person.objects.update(birth_year=1987)

    changed = unsay(
        {first.person_id: [first]},
        {first.person_id: [kept]},
        made={first.person_id},
        outside=(),
        by=SYSTEM,
    )

    assert (changed, Person.objects.get().birth_year) == (0, 1987)


def test_given_rows_of_one_step_when_they_describe_somebody_then_the_first_and_the_last_do() -> None:
    said = registered(NewPerson(full_name="Намунаев Далер"), make_source(), make_project(), 1)
    rows = [
        said,
        Said(**{**said.__dict__, "row": 2, "sex": "m"}),
        Said(**{**said.__dict__, "row": 3, "birth_year": 1988, "birth_precision": "year"}),
    ]

    assert described_by(rows) == ("u", 1988, None, "year", None)


def test_given_officials_and_codes_when_they_are_asked_for_then_only_those_nothing_points_to_are_untouched() -> (
    None
):
    (one,) = register_officials([NewOfficial(full_name="Мисолов Фаррух", sex="m", agency="x")], by=SYSTEM)
    began = timezone.now()
    coded = CodedPerson.objects.create(code="A2345678", project=make_project())

    untouched = untouched_officials([one.official_id], above=NOBODY)
    empty_officials(untouched, by=SYSTEM, reason="sent by mistake")

    assert untouched_coded([coded.pk], since=began, above=NOBODY) == {coded.pk}
    assert untouched_coded([coded.pk], since=timezone.now(), above=NOBODY) == set()
    official = Official.objects.get()
    assert (official.full_name, official.agency, official.name_keys.count()) == ("", "", 0)


def test_given_emptied_officials_and_codes_when_the_registers_are_counted_then_they_count_no_more() -> None:
    project = make_project()
    register_officials(
        [NewOfficial(full_name=name) for name in ("Намунаев Далер", "Розизода Лола")], by=SYSTEM
    )
    register_coded([NewCoded(sex="f", birth_year=year) for year in (1979, 1980)], project=project, by=SYSTEM)
    official, code = Official.objects.order_by("pk").first(), CodedPerson.objects.order_by("pk").first()
    assert official
    assert code
    before = counts()

    empty_officials([official.pk], by=SYSTEM, reason="test")
    empty_coded([code.pk], by=SYSTEM, reason="test")

    assert (before["officials"], before["coded"]) == (2, 2)
    assert (counts()["officials"], counts()["coded"]) == (1, 1)
