"""Results with their indicators, periods and numbers."""

from collections.abc import Iterable
from datetime import date

from rohnamo.engines.iati.activity import Indicator, Period, Result, Value
from rohnamo.engines.iati.writing.elements import day, make, number, told
from rohnamo.engines.iati.xml import Element


def result(one: Result) -> Element | None:
    """A result; None when no indicator of it can be written."""
    indicators = [_indicator(each) for each in one.indicators]
    if not indicators:
        return None
    attributes = {"type": one.type, "aggregation-status": _yes(one.may_be_added_up)}
    return make("result", attributes, told("title", one.titles), indicators)


def _indicator(one: Indicator) -> Element:
    attributes = {
        "measure": one.measure,
        "ascending": _yes(one.is_rising_good),
        "aggregation-status": _yes(one.may_be_added_up),
    }
    return make(
        "indicator",
        attributes,
        told("title", one.titles),
        told("description", one.descriptions),
        _reference(one),
        _baseline(one.baseline, one.baseline_on),
        [_period(each) for each in one.periods],
    )


def _reference(one: Indicator) -> Element | None:
    if one.reference is None:
        return None
    vocabulary, code, uri = one.reference
    return make("reference", {"vocabulary": vocabulary, "code": code, "indicator-uri": uri})


def _baseline(one: Value | None, on: date | None) -> Element | None:
    if one is None or on is None:
        return None
    return _value("baseline", one, {"year": str(on.year), "iso-date": on.isoformat()})


def _period(one: Period) -> Element:
    return make(
        "period",
        None,
        day("period-start", one.start),
        day("period-end", one.end),
        _values("target", one.targets),
        _values("actual", one.actuals),
    )


def _values(name: str, listed: Iterable[Value]) -> list[Element]:
    return [_value(name, one, {}) for one in listed]


def _value(name: str, one: Value, attributes: dict[str, str]) -> Element:
    written = {} if one.value is None else {"value": number(one.value)}
    return make(
        name,
        {**attributes, **written},
        make("location", {"ref": one.location}) if one.location else None,
        [make("dimension", {"name": key, "value": code}) for key, code in one.dimensions],
        told("comment", one.comment),
    )


def _yes(truth: bool) -> str:
    return "1" if truth else "0"
