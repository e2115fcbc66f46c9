"""Registering and judging: found in any script, never merged silently, everything can be undone."""

import pytest
from django.db import connection

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused
from rohnamo.engines.linkage import Birth, Outcome, Precision
from rohnamo.people.actions import (
    NewCoded,
    NewOfficial,
    NewPerson,
    judge,
    load_many,
    register,
    register_coded,
    register_many,
    register_officials,
    withdraw,
)
from rohnamo.people.models import (
    Access,
    CallBack,
    CodedPerson,
    Document,
    Judgement,
    NameKey,
    Official,
    Person,
    PersonName,
    Phone,
    Verdict,
)
from rohnamo.people.tests.factories import make_place, make_project, make_source

pytestmark = pytest.mark.django_db

BORN = Birth(1988, 3, 14, Precision.DAY)
IN_TAJIK = NewPerson(family="Раҳмонзода", given="Ҷамшед", patronymic="Каримович", sex="m", birth=BORN)
IN_RUSSIAN = NewPerson(family="Рахмонов", given="Джамшед", patronymic="Каримович", sex="m", birth=BORN)
IN_LATIN = NewPerson(family="Rakhmonov", given="Jamshed", patronymic="Karimovich", sex="m", birth=BORN)
IN_PERSIAN = NewPerson(family="رحمان زاده", given="جمشید", patronymic="کریم", sex="m", birth=BORN)
BROTHER = NewPerson(
    family="Раҳмонзода",
    given="Далер",
    patronymic="Каримович",
    sex="m",
    birth=Birth(1990, 7, 2, Precision.DAY),
)


@pytest.mark.parametrize("other", [IN_RUSSIAN, IN_LATIN, IN_PERSIAN], ids=["russian", "latin", "persian"])
def test_given_a_person_when_another_source_writes_them_in_another_script_then_they_are_known(
    other: NewPerson,
) -> None:
    project = make_project()
    first = register(IN_TAJIK, source=make_source(), project=project, by=SYSTEM)

    second = register(other, source=make_source(), project=project, by=SYSTEM)

    assert (first.verdict, second.verdict) == (Outcome.NEW, Outcome.KNOWN)
    assert second.person_id == first.person_id
    assert Person.objects.count() == 1
    assert PersonName.objects.count() == 2


def test_given_a_brother_when_he_is_registered_then_he_is_somebody_else() -> None:
    project, source = make_project(), make_source()

    first, second = register_many([IN_TAJIK, BROTHER], source=source, project=project, by=SYSTEM)

    assert first.person_id != second.person_id
    assert second.verdict is Outcome.NEW


def test_given_one_batch_that_holds_a_person_twice_when_it_is_registered_then_the_second_row_is_known() -> (
    None
):
    first, second = register_many(
        [IN_TAJIK, IN_LATIN], source=make_source(), project=make_project(), by=SYSTEM
    )

    assert (second.verdict, second.person_id) == (Outcome.KNOWN, first.person_id)
    assert Person.objects.count() == 1


def test_given_a_common_name_without_birth_when_it_comes_again_then_it_waits_for_a_judgement() -> None:
    project, source = make_project(), make_source()
    bare = NewPerson(family="Раҳмонов", given="Карим", sex="m")

    first = register(bare, source=source, project=project, by=SYSTEM)
    second = register(bare, source=make_source(), project=project, by=SYSTEM)

    assert second.verdict is Outcome.DOUBTFUL
    assert second.resembles == first.person_id
    assert second.person_id != first.person_id
    assert list(Judgement.objects.values_list("left", "right", "verdict")) == [
        (first.person_id, second.person_id, "unsure")
    ]


def test_given_a_known_person_when_a_source_says_more_then_gaps_are_filled_and_nothing_is_overwritten() -> (
    None
):
    project, source, kulob = make_project(), make_source(), make_place()
    year_only = NewPerson(
        family="Раҳмонзода", given="Ҷамшед", patronymic="Каримович", birth=Birth(1988, None, None, Precision.YEAR),
        phone="+992000000001", district_id=kulob.pk, district_code=kulob.code,
    )  # fmt: skip
    register(year_only, source=source, project=project, by=SYSTEM)
    other = make_place("TJ-KT-vose", en="Vose")

    register(
        NewPerson(
            family="Раҳмонзода", given="Ҷамшед", patronymic="Каримович", sex="m", birth=BORN, phone="+992000000001",
            district_id=other.pk, district_code=other.code,
        ),
        source=source, project=project, by=SYSTEM,
    )  # fmt: skip

    person = Person.objects.get()
    assert (person.sex, person.birth_year, person.birth_md, person.birth_precision) == ("m", 1988, 314, "day")
    assert person.district == kulob
    assert Phone.objects.count() == 1


def test_given_registration_when_the_database_is_read_raw_then_no_name_phone_or_document_is_there() -> None:
    register(
        NewPerson(family="Ғаниева", given="Ҷамила", sex="f", phone="+992000123456", document="B1234567"),
        source=make_source(), project=make_project(), by=SYSTEM,
    )  # fmt: skip

    raw = bytearray()
    with connection.cursor() as cursor:
        for model in (Person, PersonName, NameKey, Phone, Document, Access):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            for row in cursor.fetchall():
                raw += b"|".join(
                    bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row
                )

    assert len(raw) > 200
    for secret in ("Ғаниева", "Ҷамила", "000123456", "B1234567"):
        assert secret.encode() not in raw


def test_given_a_register_free_of_doubles_when_it_is_loaded_then_each_row_is_a_person_that_can_be_found() -> (
    None
):
    project = make_project()
    numbers = load_many([IN_TAJIK, BROTHER], source=make_source(), project=project, by=SYSTEM)

    found = register(IN_LATIN, source=make_source(), project=project, by=SYSTEM)

    assert len(set(numbers)) == 2
    assert (found.verdict, found.person_id) == (Outcome.KNOWN, numbers[0])


def test_given_two_records_when_they_are_judged_one_and_this_is_withdrawn_then_all_is_as_before() -> None:
    project, source = make_project(), make_source()
    one, other = (
        Person.objects.get(pk=number)
        for number in load_many([IN_TAJIK, BROTHER], source=source, project=project, by=SYSTEM)
    )

    judge(one, other, Verdict.POSITIVE, by=SYSTEM)
    merged = set(Person.objects.values_list("root", flat=True))
    withdraw(one, other, by=SYSTEM)

    assert merged == {one.pk}
    assert {person.pk: person.root_id for person in Person.objects.all()} == {
        one.pk: one.pk,
        other.pk: other.pk,
    }
    assert Judgement.objects.exclude(superseded_at=None).count() == 1


def test_given_three_records_in_a_chain_when_the_middle_link_goes_then_only_the_rest_stays_together() -> None:
    project, source = make_project(), make_source()
    third = NewPerson(family="Назаров", given="Олим")
    a, b, c = (
        Person.objects.get(pk=number)
        for number in load_many([IN_TAJIK, BROTHER, third], source=source, project=project, by=SYSTEM)
    )
    judge(a, b, Verdict.POSITIVE, by=SYSTEM)
    judge(b, c, Verdict.POSITIVE, by=SYSTEM)

    judge(a, b, Verdict.NEGATIVE, by=SYSTEM)

    roots = {person.pk: person.root_id for person in Person.objects.all()}
    assert roots == {a.pk: a.pk, b.pk: b.pk, c.pk: b.pk}


def test_given_a_pair_judged_different_when_a_third_record_would_join_them_then_it_is_refused() -> None:
    project, source = make_project(), make_source()
    third = NewPerson(family="Назаров", given="Олим")
    a, b, c = (
        Person.objects.get(pk=number)
        for number in load_many([IN_TAJIK, BROTHER, third], source=source, project=project, by=SYSTEM)
    )
    judge(a, c, Verdict.NEGATIVE, by=SYSTEM)
    judge(a, b, Verdict.POSITIVE, by=SYSTEM)
    b.refresh_from_db()

    with pytest.raises(Refused, match="judged to be different people"):
        judge(b, c, Verdict.POSITIVE, by=SYSTEM)

    assert Person.objects.get(pk=c.pk).root_id == c.pk


def test_given_officials_when_one_comes_again_in_another_script_then_they_are_one_in_their_own_register() -> (
    None
):
    first = NewOfficial(family="Холов", given="Фаррух", sex="m", agency="Customs")
    again = NewOfficial(full_name="Farrukh Kholov", sex="m", agency="Customs")

    one, two = register_officials([first, again], by=SYSTEM)

    assert (one.official_id, two.verdict) == (two.official_id, Outcome.KNOWN)
    assert (Official.objects.count(), Person.objects.count()) == (1, 0)


def test_given_the_same_name_in_another_agency_when_registered_then_two_officials_are_kept_apart() -> None:
    first = NewOfficial(family="Холов", given="Фаррух", sex="m", agency="Customs")
    other = NewOfficial(family="Холов", given="Фаррух", sex="m", agency="Police")

    one, two = register_officials([first, other], by=SYSTEM)

    assert one.official_id != two.official_id
    assert two.verdict is Outcome.DOUBTFUL


def test_given_coded_rows_when_only_one_agreed_then_only_that_name_is_kept_under_its_own_key() -> None:
    from datetime import date

    agreed = NewCoded("f", 1990, None, "Назарова Лола", "+992000000002", date(2025, 2, 1))
    silent = NewCoded("f", 1991, None, "Қодирова Мунира", "+992000000003", None)

    register_coded([agreed, silent], project=make_project(), by=SYSTEM)

    assert CodedPerson.objects.count() == 2
    assert [(one.name, one.phone) for one in CallBack.objects.all()] == [("Назарова Лола", "+992000000002")]
    assert Person.objects.count() == 0


def test_given_somebody_who_agreed_when_they_come_again_then_their_code_is_the_same() -> None:
    from datetime import date

    project = make_project()
    row = NewCoded("f", 1990, None, "Назарова Лола", "", date(2025, 2, 1))

    first, second = (register_coded([row], project=project, by=SYSTEM)[0] for _ in range(2))

    assert first.code == second.code


def test_given_a_merge_when_more_comes_in_and_it_is_withdrawn_then_each_record_has_its_own_again() -> None:
    first, second = make_project(), make_project()
    one, other = (
        Person.objects.get(pk=number)
        for number in load_many([IN_TAJIK, BROTHER], source=make_source(), project=first, by=SYSTEM)
    )
    judge(one, other, Verdict.POSITIVE, by=SYSTEM)

    later = register(BROTHER, source=make_source(), project=second, by=SYSTEM)
    withdraw(one, other, by=SYSTEM)

    assert later.person_id == other.pk
    assert set(Access.objects.filter(project=second).values_list("person", flat=True)) == {other.pk}
    assert {name.person_id for name in PersonName.objects.filter(project=second)} == {other.pk}


def test_given_a_chain_when_its_ends_are_judged_different_or_a_decision_is_put_off_then_both_are_refused() -> (
    None
):
    third = NewPerson(family="Назаров", given="Олим")
    a, b, c = (
        Person.objects.get(pk=number)
        for number in load_many(
            [IN_TAJIK, BROTHER, third], source=make_source(), project=make_project(), by=SYSTEM
        )
    )
    judge(a, b, Verdict.POSITIVE, by=SYSTEM)
    judge(b, c, Verdict.POSITIVE, by=SYSTEM)

    with pytest.raises(Refused, match="through a third record"):
        judge(a, c, Verdict.NEGATIVE, by=SYSTEM)
    with pytest.raises(Refused, match="judged to be one person meanwhile"):
        judge(a, b, Verdict.UNSURE, by=SYSTEM)

    assert set(Person.objects.values_list("root", flat=True)) == {a.pk}


def test_given_a_renewed_passport_when_either_number_comes_then_the_person_is_known() -> None:
    project, source = make_project(), make_source()
    base = {"family": "Раҳмонзода", "given": "Ҷамшед", "patronymic": "Каримович", "sex": "m", "birth": BORN}
    first = register(NewPerson(**base, document="A 1234567"), source=source, project=project, by=SYSTEM)
    register(NewPerson(**base, document="B7654321"), source=source, project=project, by=SYSTEM)

    found = [
        register(NewPerson(**base, document=number), source=source, project=project, by=SYSTEM)
        for number in ("а1234567", "b 765 4321")
    ]

    assert [(one.person_id, one.verdict) for one in found] == [(first.person_id, Outcome.KNOWN)] * 2


def test_given_two_strangers_of_one_name_when_both_agreed_to_be_called_then_each_has_a_code() -> None:
    from datetime import date

    project, day = make_project(), date(2025, 2, 1)
    rows = [
        NewCoded("f", 1990, None, "Назарова Лола", "+992000000001", day),
        NewCoded("f", 1990, None, "Назарова Лола", "+992000000009", day),
        NewCoded("m", 1990, None, "Назарова Лола", "", day),
    ]

    coded = register_coded(rows, project=project, by=SYSTEM)

    assert len({one.code for one in coded}) == 3
