"""The words of a register: fields a column can hold, what a row gives, why a cell was not kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

Cell = str | int | float | bool | date | datetime | time | timedelta


class Field(StrEnum):
    """What a column holds. NOTES and ADDRESS are recognised so that they can be left out; of SIDE (the
    delegation of an official) only whether it is the Afghan one is used."""

    SERIAL = "serial"
    FULL_NAME = "full_name"
    FAMILY = "family"
    GIVEN = "given"
    PATRONYMIC = "patronymic"
    SEX = "sex"
    BIRTH = "birth"
    AGE = "age"
    PLACE = "place"
    REGION = "region"
    PHONE = "phone"
    DOCUMENT = "document"
    SERVICE = "service"
    COURSE = "course"
    DAY = "day"
    CONSENT = "consent"
    HOURS = "hours"
    PRETEST = "pretest"
    POSTTEST = "posttest"
    COUNT = "count"
    POST = "post"
    AGENCY = "agency"
    SIDE = "side"
    DESTINATION = "destination"
    NOTES = "notes"
    ADDRESS = "address"
    IGNORED = "ignored"


class Certainty(StrEnum):
    """How a column got its field: by the caller's mapping, by its exact title, by words in it, not at all."""

    MAPPED = "mapped"
    EXACT = "exact"
    LIKELY = "likely"
    NONE = "none"


class Column(NamedTuple):
    """A column of the sheet. field is None when it was not recognised: nothing of it is kept.

    letter: as the spreadsheet names it (A, B … AA); a column with cells but no title has title "".
    """

    title: str
    field: Field | None
    certainty: Certainty
    letter: str


class Sex(StrEnum):
    FEMALE = "f"
    MALE = "m"
    UNKNOWN = "u"


class BirthPrecision(StrEnum):
    DAY = "day"
    YEAR = "year"
    ESTIMATED = "estimated"
    NONE = "none"


class DayPrecision(StrEnum):
    """How exactly the day of the contact is known; RANGE is a period of no usual length."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RANGE = "range"
    NONE = "none"


class Birth(NamedTuple):
    """Birth as far as written. ESTIMATED: 1 January, an age, or a year marked as a guess."""

    year: int | None
    month: int | None
    day: int | None
    precision: BirthPrecision


NO_BIRTH = Birth(None, None, None, BirthPrecision.NONE)


class ReasonCode(StrEnum):
    """Why a row, or a cell of it, was not taken as written."""

    NAME_MISSING = "name_missing"
    NOT_DATA = "not_data"
    CELLS_SHIFTED = "cells_shifted"
    COUNT_UNREADABLE = "count_unreadable"
    BIRTH_YEAR_IN_FUTURE = "birth_year_in_future"
    COLUMNS_SWAPPED = "columns_swapped"

    SEX_MISSING = "sex_missing"
    SEX_UNKNOWN = "sex_unknown"
    BIRTH_UNREADABLE = "birth_unreadable"
    BIRTH_IMPOSSIBLE = "birth_impossible"
    BIRTH_IN_FUTURE = "birth_in_future"
    AGE_UNREADABLE = "age_unreadable"
    PLACE_UNKNOWN = "place_unknown"
    PLACE_AMBIGUOUS = "place_ambiguous"
    PLACE_HOLDS_ADDRESS = "place_holds_address"
    PHONE_UNREADABLE = "phone_unreadable"
    PHONE_IMPOSSIBLE = "phone_impossible"
    PHONES_SEVERAL = "phones_several"
    DOCUMENT_UNREADABLE = "document_unreadable"
    CONSENT_UNREADABLE = "consent_unreadable"
    DAY_UNREADABLE = "day_unreadable"
    DAY_IMPOSSIBLE = "day_impossible"
    DAY_IN_FUTURE = "day_in_future"
    DAY_OUTSIDE_PERIOD = "day_outside_period"
    HOURS_UNREADABLE = "hours_unreadable"
    PRETEST_UNREADABLE = "pretest_unreadable"
    POSTTEST_UNREADABLE = "posttest_unreadable"
    GROUP_DETAILS_DROPPED = "group_details_dropped"
    NOTES_DROPPED = "notes_dropped"
    ADDRESS_DROPPED = "address_dropped"
    FORMULA_COUNTED = "formula_counted"
    ROW_HIDDEN = "row_hidden"


# A row with one of these cannot be used: the caller gives it the verdict "refused".
FATAL = frozenset(
    {
        ReasonCode.NAME_MISSING,
        ReasonCode.NOT_DATA,
        ReasonCode.CELLS_SHIFTED,
        ReasonCode.COUNT_UNREADABLE,
        ReasonCode.BIRTH_YEAR_IN_FUTURE,
        ReasonCode.COLUMNS_SWAPPED,
    }
)


class Reason(NamedTuple):
    """params: `column`, the title of the column, and `letter`; of swapped columns `other` and `since` besides, the title
    of the second one and the row where it begins. Never anything written in a cell."""

    code: ReasonCode
    params: Mapping[str, str | int]

    @property
    def is_fatal(self) -> bool:
        return self.code in FATAL


class Row(NamedTuple):
    """One row of a register, as far as it could be read.

    number: as the spreadsheet numbers it, from 1, title rows included.
    full_name, or family, given and patronymic: as written, "" when not given; all "" in a group row.
    place: code of the gazetteer, None when not given or not certain; place_text as written ("" if it holds
    an address). phone: E.164. day: first day of the period when day_precision is wider than DAY.
    consent: None when the sheet has no such column; an empty cell is False.
    count: 1 for a person; a group row (is_group) counts people and never names them.
    """

    number: int
    full_name: str
    family: str
    given: str
    patronymic: str
    sex: Sex
    birth: Birth
    place: str | None
    place_text: str
    phone: str | None
    document: str | None
    service_text: str
    course_text: str
    day: date | None
    day_precision: DayPrecision
    consent: bool | None
    hours: float | None
    pretest: float | None
    posttest: float | None
    count: int  # type: ignore[assignment]  # tuples have a method of that name, which no row needs
    is_group: bool
    is_afghan_side: bool
    post_text: str
    agency_text: str
    destination_text: str
    reasons: tuple[Reason, ...]

    @property
    def is_refused(self) -> bool:
        """True when a reason is fatal: the row must not be recorded."""
        return any(reason.is_fatal for reason in self.reasons)

    def __repr__(self) -> str:
        """Only the number: a row in a traceback or a log must not name anybody."""
        return f"<Row {self.number}>"
