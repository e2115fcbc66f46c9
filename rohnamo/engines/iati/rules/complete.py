"""What makes an activity worth publishing: rules R1 to R6 of our own, for our own export."""

import re
from collections.abc import Iterator

from rohnamo.engines.iati.found import Finding, found
from rohnamo.engines.iati.kinds import moment
from rohnamo.engines.iati.rules.view import View, named
from rohnamo.engines.iati.xml import LANG, Element

NEEDED_ATTRIBUTES = {LANG: "xml:lang", "default-currency": "default-currency"} | {
    "last-updated-datetime": "last-updated-datetime"
}
NEEDED = (
    "activity-scope",
    "contact-info",
    "collaboration-type",
    "default-flow-type",
    "default-finance-type",
    "default-aid-type",
    "default-tied-status",
    "budget",
    "transaction",
)
PIPELINE = "1"
_POSITION = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*")


def completeness(view: View) -> Iterator[Finding]:
    yield from _needed(view)
    yield from _results(view)
    for path in ("baseline", "period/target", "period/actual"):
        for one in view.at(f"result/indicator/{path}/dimension"):
            if not one.get("name") or not one.get("value"):
                yield found("R4", "dimension-unnamed", one)
    for narrative in view.activity.iter("narrative"):
        if not (narrative.text or "").strip():
            yield found("R5", "no-words", narrative, what="narrative")
    for location in view.parts.get("location", ()):
        if not _is_placed(location):
            yield found("R6", "no-point", location)


def _needed(view: View) -> Iterator[Finding]:
    activity = view.activity
    for attribute, name in NEEDED_ATTRIBUTES.items():
        if not activity.get(attribute):
            yield found("R1", "missing-attribute", activity, name=name)
    missing = [name for name in NEEDED if name not in view.parts]
    places = ("recipient-country", "recipient-region")
    if not any(view.at(path) for name in places for path in (name, f"transaction/{name}")):
        missing.append("recipient-country")
    listed = [*view.at("sector"), *view.at("transaction/sector")]
    if not any(one.get("vocabulary") in {None, "", "1"} for one in listed):
        missing.append("sector")
    for name in missing:
        yield found("R2", "missing-element", activity, name=name)


def _results(view: View) -> Iterator[Finding]:
    status = view.parts.get("activity-status", [None])[0]
    is_planned = status is not None and status.get("code") == PIPELINE
    if "result" not in view.parts:
        yield found("R3", "missing-element", view.activity, name="result")
    for result in view.parts.get("result", ()):
        if result.find("indicator") is None:
            yield found("R3", "missing-element", result, name="indicator")
    for indicator in view.at("result/indicator"):
        for name in ("baseline", "period"):
            if indicator.find(name) is None:
                yield found("R3", "missing-element", indicator, name=name)
        for period in named(indicator, "period"):
            yield from _period(period, view, is_planned=is_planned)


def _period(period: Element, view: View, *, is_planned: bool) -> Iterator[Finding]:
    if period.find("target") is None:
        yield found("R3", "missing-element", period, name="target")
    end = period.find("period-end")
    ended = moment(end.get("iso-date")) if end is not None else None
    is_past = ended is not None and ended < view.now
    if period.find("actual") is None and not is_planned and is_past:
        yield found("R3", "missing-element", period, name="actual")


def _is_placed(location: Element) -> bool:
    position = location.findtext("point/pos")
    if location.find("point") is None:
        return location.find("administrative") is not None or location.find("location-id") is not None
    match = _POSITION.fullmatch(position or "")
    return match is not None and abs(float(match[1])) <= 90 and abs(float(match[2])) <= 180
