"""What a reader looks for in an activity: its names, days, money. Read from the XML, kept beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation, localcontext

from rohnamo.engines.iati.kinds import is_of_kind
from rohnamo.engines.iati.xml import LANG, Element

UNKNOWN_LANGUAGE = ""
BUDGET, REVISED = "budget", "2"
# More than anybody counts, so that a sum loses no cent.
MOST_DIGITS = 100
Words = dict[str, str]


@dataclass(frozen=True)
class Sum:
    """Money of one kind. kind: "budget", "planned-disbursement" or "transaction"; type: of the transaction, else ""."""

    kind: str
    type: str
    currency: str
    value: Decimal
    count: int


@dataclass(frozen=True)
class Basics:
    """titles, reporting_names: language → text, "" for a language that nobody named.

    starts_on, ends_on: actual days, or else the planned ones. countries: recipient countries, those of transactions
    too. updated: as written.
    """

    identifier: str
    titles: Words
    status: str
    starts_on: date | None
    ends_on: date | None
    reporting_ref: str
    reporting_names: Words
    countries: tuple[str, ...]
    sums: tuple[Sum, ...]
    narratives: int
    updated: str


def identifier_of(activity: Element) -> str:
    """The identifier without blanks around it; "" when there is none."""
    return (activity.findtext("iati-identifier") or "").strip()


def basics(activity: Element) -> Basics:
    """Read what a list of activities shows."""
    reporting = activity.find("reporting-org")
    days = _days(activity)
    return Basics(
        identifier=identifier_of(activity),
        titles=words(activity.find("title"), activity),
        status=_code(activity, "activity-status"),
        starts_on=days.get("2") or days.get("1"),
        ends_on=days.get("4") or days.get("3"),
        reporting_ref=reporting.get("ref", "") if reporting is not None else "",
        reporting_names=words(reporting, activity),
        countries=_countries(activity),
        sums=tuple(sums(activity)),
        narratives=sum(1 for _narrative in activity.iter("narrative")),
        updated=activity.get("last-updated-datetime", ""),
    )


def words(element: Element, activity: Element) -> Words:
    """Language → text of an element's narratives; the first of each language stands."""
    found: Words = {}
    for narrative in element.findall("narrative") if element is not None else ():
        language = narrative.get(LANG) or activity.get(LANG) or UNKNOWN_LANGUAGE
        found.setdefault(language, (narrative.text or "").strip())
    return found


def sums(activity: Element) -> Iterable[Sum]:
    """Money added up exactly, by kind, type and currency. What is no number counts as none.

    A revised budget of a period stands for the original ones of that period.
    """
    values: dict[tuple[str, str, str], list[Decimal]] = defaultdict(list)
    usual = activity.get("default-currency", "")
    for kind in (BUDGET, "planned-disbursement", "transaction"):
        for part in _standing(activity.findall(kind)):
            value = part.find("value")
            if value is None:
                continue
            key = (kind, _code(part, "transaction-type"), value.get("currency") or usual)
            values[key].append(_number(value.text))
    with localcontext(prec=MOST_DIGITS):
        return [
            Sum(*key, value=sum(listed, Decimal()), count=len(listed))
            for key, listed in sorted(values.items())
        ]


def as_data(found: Iterable[Sum]) -> list[Mapping[str, str | int]]:
    """Sums as they are kept in JSON: numbers as text, so that no cent is lost."""
    return [
        {
            "kind": one.kind,
            "type": one.type,
            "currency": one.currency,
            "value": str(one.value),
            "count": one.count,
        }
        for one in found
    ]


def _standing(parts: list[Element]) -> list[Element]:
    """Parts without original budgets whose period has a revised one."""
    revised = {_period(part) for part in parts if _is_revised(part)}
    return [part for part in parts if part.tag != BUDGET or _is_revised(part) or _period(part) not in revised]


def _is_revised(part: Element) -> bool:
    return bool(part.tag == BUDGET and part.get("type") == REVISED)


def _period(part: Element) -> tuple[str, ...]:
    ends = [part.find(name) for name in ("period-start", "period-end")]
    return tuple((end.get("iso-date") or "").strip()[:10] if end is not None else "" for end in ends)


def _code(element: Element, name: str) -> str:
    child = element.find(name)
    return child.get("code", "") if child is not None else ""


def _countries(activity: Element) -> tuple[str, ...]:
    listed = [*activity.findall("recipient-country"), *activity.findall("transaction/recipient-country")]
    return tuple(dict.fromkeys(one.get("code", "") for one in listed if one.get("code")))


def _days(activity: Element) -> dict[str, date]:
    found: dict[str, date] = {}
    for one in activity.findall("activity-date"):
        value = (one.get("iso-date") or "").strip()
        if is_of_kind(value, "date"):
            found.setdefault(one.get("type", ""), date.fromisoformat(value[:10]))
    return found


def _number(text: str | None) -> Decimal:
    try:
        value = Decimal((text or "").strip())
    except InvalidOperation:
        return Decimal()
    return value if value.is_finite() else Decimal()
