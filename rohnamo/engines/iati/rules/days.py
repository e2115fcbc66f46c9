"""Days and periods: rules 6.11, 7.5, 8.6, 11.x."""

from collections.abc import Iterator

from rohnamo.engines.iati.found import Finding, found
from rohnamo.engines.iati.kinds import moment
from rohnamo.engines.iati.rules.view import View
from rohnamo.engines.iati.xml import Element

LONGEST_BUDGET_DAYS = 365
PLANNED_START, START, PLANNED_END, END = "1", "2", "3", "4"


def activity_days(view: View) -> Iterator[Finding]:
    activity, days = view.activity, _days(view)
    if PLANNED_START not in days and START not in days:
        yield found("6.11.1", "no-start", activity)
    updated = moment(activity.get("last-updated-datetime"))
    if updated and updated > view.now:
        yield found("11.1.1", "future", activity, what="@last-updated-datetime")
    for rule, first, last in (("11.1.2", PLANNED_START, PLANNED_END), ("11.1.3", START, END)):
        if _is_after(days.get(first), days.get(last)):
            yield found(rule, "days-order", activity)
    for rule, kind in (("11.1.4", START), ("11.1.5", END)):
        day = moment(days.get(kind))
        if day and day > view.now:
            yield found(rule, "future", activity, what=f"activity-date[@type={kind}]")


def transaction_days(view: View) -> Iterator[Finding]:
    """The public rules look at the first transaction only; the others have a rule of ours, because each one counts."""
    for place, transaction in enumerate(view.parts.get("transaction", ())):
        for rule, ours, path, name in (
            ("11.2.1", "R7", "transaction-date", "iso-date"),
            ("11.2.2", "R8", "value", "value-date"),
        ):
            element = transaction.find(path)
            day = moment(element.get(name)) if element is not None else None
            if day and day > view.now:
                yield found(ours if place else rule, "future", element, what=f"{path}/@{name}")


def periods(view: View) -> Iterator[Finding]:
    for path, rule in (
        ("planned-disbursement", "8.6.3"),
        ("budget", "8.6.3"),
        ("result/indicator/period", "8.6.1"),
    ):
        for element in view.at(path):
            if _is_after(*_ends(element)):
                yield found(rule, "period-order", element)
    for budget in view.parts.get("budget", ()):
        first, last = map(moment, _ends(budget))
        if first and last and (last - first).days > LONGEST_BUDGET_DAYS:
            yield found("7.5.3", "budget-too-long", budget, days=str((last - first).days + 1))


def _days(view: View) -> dict[str, str]:
    """Type → the first day of that type."""
    found_days: dict[str, str] = {}
    for one in view.parts.get("activity-date", ()):
        found_days.setdefault(one.get("type", ""), one.get("iso-date", ""))
    return found_days


def _ends(element: Element) -> tuple[str | None, str | None]:
    first, last = element.find("period-start"), element.find("period-end")
    return (
        first.get("iso-date") if first is not None else None,
        last.get("iso-date") if last is not None else None,
    )


def _is_after(first: str | None, last: str | None) -> bool:
    begun, ended = moment(first), moment(last)
    return begun is not None and ended is not None and begun > ended
