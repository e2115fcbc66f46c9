"""A plain activity of an invented mission, whole by every rule, and random ones like it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from rohnamo.engines.iati import activity as iati
from rohnamo.engines.iati.writing import element_of, written

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
UPDATED = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
MISSION = iati.Organisation({"en": "Migration Mission"}, ref="XE-EXAMPLE-MISSION", kind="40")
DONOR = iati.Organisation({"en": "Donor A", "tg": "Донори «Намунаи А»"}, kind="10")
DOLLARS = iati.Money(Decimal("180000.50"), "USD", date(2024, 1, 1))


def an_activity(code: str = "EX.90", **changes: Any) -> iati.Activity:
    usual = iati.Activity(
        identifier=f"XE-EXAMPLE-MISSION-{code}",
        reporting=MISSION,
        titles={"tg": "Сил: ташхис", "ru": "Туберкулёз: проверка", "en": "Tuberculosis: testing"},
        descriptions={"1": {"en": "We tell people where to be tested."}, "2": {"ru": "Закончить лечение."}},
        participants=(iati.Participant("1", DONOR), iati.Participant("2", MISSION)),
        status="2",
        days={"1": date(2024, 3, 1), "2": date(2024, 3, 1), "3": date(2027, 6, 30)},
        language="en",
        currency="USD",
        updated_at=UPDATED,
        is_secondary=True,
        contact=iati.Contact({"en": "Migration Mission"}, email="mission@example.org"),
        scope="5",
        countries=(iati.Share("TJ"),),
        locations=(A_PLACE,),
        sectors=(
            iati.Sector("1", "12263", Decimal(60)),
            iati.Sector("1", "12220", Decimal(40)),
            iati.Sector(
                "99", "MA", Decimal(100), {"en": "Health of migrants"}, "https://example.org/iati/codes/"
            ),
        ),
        tags=(
            iati.Tag("3", "3.3"),
            iati.Tag("99", "GCM-15", {"en": "Basic services"}, "https://example.org/codes/"),
        ),
        markers=(iati.Marker("1", "1", "1"), iati.Marker("99", "1", names={"en": "Gender marker 1"})),
        budgets=(iati.Budget(date(2024, 3, 1), date(2024, 12, 31), DOLLARS),),
        transactions=(
            iati.Transaction(
                "11", date(2024, 3, 1), DOLLARS, ref="EX.90-1", provider=DONOR, receiver=MISSION
            ),
            iati.Transaction("4", date(2024, 12, 31), DOLLARS, ref="EX.90-2"),
        ),
        documents=(
            iati.Document(
                "https://example.org/a.pdf", "application/pdf", {"en": "Plan"}, ("A02",), {}, ("en",)
            ),
        ),
        results=(a_result(),),
    )
    return replace(usual, **changes)


A_PLACE = iati.Location("TJ-KT-kulob", {"tg": "Кӯлоб", "en": "Kulob"}, 37.91, 69.78, (("A1", "TJK", 2),))


def a_result(**changes: Any) -> iati.Result:
    half = iati.Period(
        date(2024, 7, 1),
        date(2024, 12, 31),
        targets=(iati.Value(Decimal(100)),),
        actuals=(
            iati.Value(Decimal(97)),
            iati.Value(Decimal(60), (("sex", "f"),)),
            iati.Value(Decimal(37), (("sex", "m"),)),
            iati.Value(Decimal(50), (("district", "TJ-KT-kulob"),), location="TJ-KT-kulob"),
        ),
    )
    later = iati.Period(date(2027, 1, 1), date(2027, 6, 30), targets=(iati.Value(Decimal(300)),))
    indicator = iati.Indicator(
        {"en": "Were asked about symptoms", "tg": "Пурсида шуданд"},
        "1",
        (half, later),
        descriptions={"en": "Everybody once."},
        baseline=iati.Value(Decimal(0)),
        baseline_on=date(2024, 1, 1),
    )
    return replace(iati.Result("1", {"en": "Talks and referrals"}, (indicator,)), **changes)


def file_of(*activities: iati.Activity) -> bytes:
    return b"".join(written((element_of(one) for one in activities), at=NOW))


WORDS = st.dictionaries(
    st.sampled_from(["tg", "ru", "en"]),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
        lambda text: text.strip()
    ),
    min_size=1,
    max_size=3,
)
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
AMOUNTS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False)
MONEY = st.builds(iati.Money, AMOUNTS, st.sampled_from(["USD", "EUR", "TJS"]), DAYS)
MAYBE_WORDS = st.one_of(st.just({}), WORDS)
ORGANISATIONS = st.builds(
    iati.Organisation, WORDS, st.sampled_from(["", "XM-DAC-7"]), st.sampled_from(["", "10"])
)
MAYBE_ORGANISATIONS = st.none() | ORGANISATIONS


def some(elements: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(elements, max_size=most).map(tuple)


VALUES = st.builds(
    iati.Value, AMOUNTS, st.sampled_from([(), (("sex", "f"),), (("sex", "m"), ("age", "18-24"))])
)
PERIODS = st.builds(iati.Period, DAYS, DAYS, some(VALUES), some(VALUES))
INDICATORS = st.builds(
    iati.Indicator,
    WORDS,
    st.sampled_from(["1", "2"]),
    some(PERIODS),
    MAYBE_WORDS,
    st.none() | VALUES,
    st.none() | DAYS,
    st.none() | st.just(("99", "1.1.a", "https://example.org/")),
    st.booleans(),
)
RESULTS = st.builds(iati.Result, st.sampled_from(["1", "2"]), WORDS, some(INDICATORS))
ACTIVITIES = st.builds(
    an_activity,
    titles=WORDS,
    descriptions=st.dictionaries(st.sampled_from(["1", "2", "3", "4"]), WORDS, min_size=1),
    participants=st.lists(
        st.builds(iati.Participant, st.sampled_from("1234"), ORGANISATIONS), min_size=1, max_size=3
    ).map(tuple),
    other_identifiers=some(
        st.builds(iati.OtherIdentifier, st.just("OLD-1"), st.sampled_from(["A3", "B1"]), MAYBE_ORGANISATIONS)
    ),
    contact=st.none() | st.builds(iati.Contact, MAYBE_WORDS, st.sampled_from(["", "a@example.org"])),
    is_secondary=st.booleans(),
    is_humanitarian=st.booleans(),
    locations=some(
        st.builds(iati.Location, st.just("TJ"), WORDS, st.none() | st.floats(-90, 90), st.floats(-90, 90))
    ),
    budgets=some(st.builds(iati.Budget, DAYS, DAYS, MONEY)),
    planned=some(
        st.builds(
            iati.PlannedDisbursement,
            DAYS,
            DAYS,
            MONEY,
            provider=MAYBE_ORGANISATIONS,
            receiver=MAYBE_ORGANISATIONS,
        )
    ),
    transactions=some(
        st.builds(
            iati.Transaction,
            st.sampled_from(["1", "2", "3", "4", "11"]),
            DAYS,
            MONEY,
            descriptions=MAYBE_WORDS,
            provider=MAYBE_ORGANISATIONS,
            receiver=MAYBE_ORGANISATIONS,
        )
    ),
    related=some(st.tuples(st.sampled_from("12"), st.just("XE-EXAMPLE-MISSION-EX.91"))),
    results=some(RESULTS),
)


def many(count: int) -> Iterable[iati.Activity]:
    return (an_activity(f"EX.{number:04d}") for number in range(count))
