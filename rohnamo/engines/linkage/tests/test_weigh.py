from datetime import date

import pytest

from rohnamo.engines.linkage import Birth, LinkReason, Precision, Record, Verdict, weigh
from rohnamo.engines.names import Name

NAME = Name.from_parts("Олимова", "Мадина", "Назировна")
BORN = Birth.on(date(1990, 5, 17))


def test_given_one_name_in_two_scripts_and_one_date_when_weighed_then_same() -> None:
    left = Record(NAME, "f", BORN, "TJ01")
    right = Record(Name.from_parts("عالمی", "مدینه"), "f", BORN, "TJ01")

    assert weigh(left, right).verdict is Verdict.SAME


def test_given_twins_on_one_phone_when_weighed_then_never_same() -> None:
    left = Record(NAME, "f", BORN, "TJ01", frozenset({"900000001"}))
    right = left._replace(name=Name.from_parts("Олимова", "Манижа", "Назировна"))

    weight = weigh(left, right)

    assert weight.verdict is not Verdict.SAME
    assert LinkReason.GIVEN_NAME_DIFFERS in weight.reasons


def test_given_a_brother_and_a_sister_with_near_names_when_weighed_then_sex_keeps_them_apart() -> None:
    left = Record(Name.from_parts("Олимов", "Карим", "Назирович"), "m", BORN, "TJ01")
    right = Record(Name.from_parts("Олимова", "Карима", "Назировна"), "f", BORN, "TJ01")

    weight = weigh(left, right)

    assert weight.verdict is not Verdict.SAME
    assert LinkReason.SEX_DIFFERS in weight.reasons


def test_given_a_new_surname_after_marriage_when_the_rest_agrees_then_same() -> None:
    right = Record(
        NAME._replace(parts=Name.from_parts("Раҳимова", "Мадина", "Назировна").parts), "f", BORN, "TJ01"
    )

    assert weigh(Record(NAME, "f", BORN, "TJ01"), right).verdict is Verdict.SAME


def test_given_another_fathers_name_when_all_else_agrees_then_a_person_must_judge() -> None:
    other = Name.from_parts("Олимова", "Мадина", "Шарифовна")

    weight = weigh(Record(NAME, "f", BORN, "TJ01"), Record(other, "f", BORN, "TJ01"))

    assert weight.verdict is Verdict.DOUBTFUL
    assert LinkReason.FATHER_NAME_DIFFERS in weight.reasons


def test_given_another_fathers_name_and_district_when_the_years_only_touch_then_different() -> None:
    other = Name.from_parts("Олимова", "Мадина", "Шарифовна")

    weight = weigh(Record(NAME, "f", BORN, "TJ01"), Record(other, "f", Birth.in_year(1991), "TJ02"))

    assert weight.verdict is Verdict.DIFFERENT


def test_given_common_names_without_birth_when_weighed_then_doubtful() -> None:
    name = Name.from_parts("Раҳмонов", "Муҳаммад", "Саидович")

    weight = weigh(
        Record(name, "m", Birth(), "TJ01"), Record(name, "m", Birth(), "TJ01"), rarity=lambda _: 4.0
    )

    assert weight.verdict is Verdict.DOUBTFUL
    assert LinkReason.COMMON_NAME in weight.reasons


def test_given_one_document_under_wholly_different_names_when_weighed_then_doubtful() -> None:
    left = Record(NAME, "f", BORN, documents=frozenset({"P A0000001"}))
    right = Record(
        Name.from_parts("Шарипов", "Ҷовид", "Комилович"),
        "m",
        Birth.in_year(1961),
        documents=frozenset({"P A0000001"}),
    )

    weight = weigh(left, right)

    assert weight.verdict is Verdict.DOUBTFUL
    assert LinkReason.DOCUMENT_TO_BE_CHECKED in weight.reasons


def test_given_one_document_and_one_given_name_when_weighed_then_same() -> None:
    left = Record(NAME, "f", documents=frozenset({"P A0000001"}))
    right = Record(Name.from_parts("Саидова", "Madina", ""), "f", documents=frozenset({"P A0000001"}))

    assert weigh(left, right).verdict is Verdict.SAME


def test_given_no_names_when_weighed_then_different_whatever_else_agrees() -> None:
    record = Record(Name.from_parts(), "f", BORN, "TJ01", frozenset({"900000001"}))

    assert weigh(record, record).verdict is Verdict.DIFFERENT


def test_given_a_register_of_millions_when_only_a_year_agrees_then_name_and_year_do_not_suffice() -> None:
    left, right = (
        Record(NAME, "f", BORN),
        Record(Name.from_parts("Olimova", "Madina"), "f", Birth.in_year(1990)),
    )

    verdicts = [weigh(left, right, population=size).verdict for size in (1000, 5_000_000)]

    assert verdicts == [Verdict.SAME, Verdict.DIFFERENT]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (BORN, LinkReason.SAME_BIRTH_DATE),
        (Birth(1990, 1, 1, Precision.DAY), LinkReason.SAME_BIRTH_YEAR),
        (Birth.on(date(1990, 1, 1)), LinkReason.SAME_BIRTH_YEAR),
        (Birth.in_year(1990), LinkReason.SAME_BIRTH_YEAR),
        (Birth.in_year(1991), LinkReason.NEAR_BIRTH_YEAR),
        (Birth.in_year(1992, is_estimated=True), LinkReason.NEAR_BIRTH_YEAR),
        (Birth.in_year(1970), LinkReason.BIRTH_DIFFERS),
        (Birth.on(date(1980, 5, 17)), LinkReason.NEAR_BIRTH_DATE),
        (Birth.on(date(1990, 5, 18)), LinkReason.NEAR_BIRTH_DATE),
        (Birth.on(date(1990, 8, 2)), LinkReason.BIRTH_DIFFERS),
        (Birth(), LinkReason.NO_BIRTH_EVIDENCE),
    ],
)
def test_given_two_births_when_weighed_then_the_reason_tells_how_they_agree(
    other: Birth, reason: LinkReason
) -> None:
    births = {
        code
        for code in weigh(Record(NAME, "f", BORN), Record(NAME, "f", other)).reasons
        if "birth" in code.value and code is not LinkReason.NO_BIRTH_EVIDENCE
    }

    assert births == ({reason} if reason is not LinkReason.NO_BIRTH_EVIDENCE else set())


def test_given_day_and_month_swapped_when_weighed_then_said_and_still_same() -> None:
    left = Record(NAME, "f", Birth.on(date(1990, 3, 7)))
    right = Record(NAME, "f", Birth.on(date(1990, 7, 3)))

    weight = weigh(left, right)

    assert weight.verdict is Verdict.SAME
    assert LinkReason.BIRTH_DAY_AND_MONTH_SWAPPED in weight.reasons
