"""What stands around the rows: title rows above the header, and the name of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import PurePath
from typing import NamedTuple

from rohnamo.engines.registers.fields import DayPrecision
from rohnamo.engines.registers.periods import Period, period_in
from rohnamo.engines.registers.places import Gazetteer
from rohnamo.engines.registers.words import recognise_service


class PeriodSource(StrEnum):
    TITLE = "title"
    FILE_NAME = "file_name"
    SAID = "said"
    NONE = "none"


class Context(NamedTuple):
    """What rows without a day, a place or a service of their own may be given.

    period: first and last day. precision: the width of the period, which is how exactly a row is dated that
    takes its day from it. place: code of the gazetteer. title: the title rows, in one line; file_title: the
    name of the file in words. Both may name a service: see service_in_context.
    """

    period: tuple[date, date] | None
    precision: DayPrecision
    period_source: PeriodSource
    place: str | None
    title: str
    file_title: str


_LONGEST_TITLE = 500
_NOT_LETTERS = re.compile(r"[\W\d_]+")


def context_of(titles: Sequence[str], filename: str, gazetteer: Gazetteer, *, today: date) -> Context:
    """Title rows go before the file name; a period that has not begun by today is not believed."""
    stem = PurePath(filename.replace("\\", "/")).stem
    period, source = _period([*titles, stem], today)
    title = " · ".join(titles)[:_LONGEST_TITLE]
    return Context(
        period=(period.start, period.end) if period else None,
        precision=period.precision if period else DayPrecision.NONE,
        period_source=source,
        place=gazetteer.find_in_title(title),
        title=title,
        file_title=" ".join(word for word in _NOT_LETTERS.split(stem) if len(word) > 1),
    )


def with_period(context: Context, period: Period | None) -> Context:
    """The context with a period that somebody said by hand; as it is for none."""
    if period is None:
        return context
    return context._replace(
        period=(period.start, period.end), precision=period.precision, period_source=PeriodSource.SAID
    )


def service_in_context(context: Context, vocabulary: Mapping[str, Sequence[str]]) -> str | None:
    """The service that the title rows name, else the file name; None when neither names just one."""
    return recognise_service(context.title, vocabulary) or recognise_service(context.file_title, vocabulary)


def _period(texts: Sequence[str], today: date) -> tuple[Period | None, PeriodSource]:
    """The first period that one of the texts names; the last of them is the file name."""
    for position, text in enumerate(texts):
        period = period_in(text)
        if period and period.start <= today:
            is_title = position < len(texts) - 1
            return period, PeriodSource.TITLE if is_title else PeriodSource.FILE_NAME
    return None, PeriodSource.NONE
