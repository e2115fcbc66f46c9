"""Countries, regions and sectors, and shares that must add to 100: rules 2.x, 3.x, 6.2, 6.6, 6.7, 12.x, 102 and 107."""

from collections.abc import Iterable, Iterator

from rohnamo.engines.iati.found import Finding, found, warned
from rohnamo.engines.iati.kinds import is_number
from rohnamo.engines.iati.rules.view import View, named, of_vocabulary
from rohnamo.engines.iati.xml import Element

DEFAULT = (None, "", "1")
OWN = ("98", "99")


def sectors(view: View) -> Iterator[Finding]:
    listed = view.parts.get("sector", [])
    of_money = view.at("transaction/sector")
    activity = view.activity
    if not listed and not of_money:
        yield found("6.2.2", "no-sector", activity)
    if listed and of_money:
        yield found("6.6.2", "sectors-twice", activity)
    if not listed and any(one.find("sector") is None for one in view.parts.get("transaction", ())):
        yield found("6.7.2", "sectors-of-some-transactions", activity)
    for vocabulary, alike in _by_vocabulary(listed):
        yield from _whole(activity, alike, "2.1", vocabulary=vocabulary, what="sector")
    own = of_vocabulary(listed, *OWN)
    if sum(len(named(one, "narrative")) for one in own) < len(own):
        yield found("2.2.1", "own-sector-unnamed", activity)
    if listed and not of_vocabulary(listed, *DEFAULT):
        yield warned("102.1.1", "no-dac-sector", activity)


def countries(view: View) -> Iterator[Finding]:
    activity, listed = view.activity, view.parts.get("recipient-country", [])
    regions = view.parts.get("recipient-region", [])
    of_money = [*view.at("transaction/recipient-country"), *view.at("transaction/recipient-region")]
    if (listed or regions) and of_money:
        yield found("3.6.2", "countries-twice", activity)
    if not listed and not regions:
        yield from _countries_of_transactions(view, of_money)
    if not regions:
        yield from _whole(activity, listed, "3.1", vocabulary="", what="recipient-country")
    for vocabulary, alike in _by_vocabulary(regions, default=None):
        yield from _regions(activity, alike, listed, vocabulary=vocabulary)


def percentages(view: View) -> Iterator[Finding]:
    """Each between 0 and 100: once for each kind of element."""
    for path, rule in (
        ("recipient-country", "12.1.1"),
        ("recipient-region", "12.1.1"),
        ("sector", "12.3.1"),
        ("capital-spend", "12.2.1"),
        ("country-budget-items/budget-item", "12.2.1"),
    ):
        values = _percentages(view.at(path))
        if any(not _is_share(value) for value in values):
            yield found(rule, "share-out-of-range", view.activity, what=path)


def aid_types(view: View) -> Iterator[Finding]:
    listed = view.parts.get("default-aid-type", [])
    yield from _aid_types(view.activity, listed, "107.1.2")
    if listed and not of_vocabulary(listed, *DEFAULT):
        yield warned("107.1.1", "no-dac-aid-type", view.activity)
    of_money = view.at("transaction/aid-type")
    if of_money and not of_vocabulary(of_money, *DEFAULT):
        yield warned("107.2.1", "no-dac-aid-type", view.activity)
    for transaction in view.parts.get("transaction", ()):
        yield from _aid_types(transaction, named(transaction, "aid-type"), "107.2.2")


def budget_items(view: View) -> Iterator[Finding]:
    for listed in view.parts.get("country-budget-items", ())[:1]:
        items = named(listed, "budget-item")
        shares = _percentages(items)
        if len(items) > 1 and not shares:
            yield warned("7.9.1", "share-missing", view.activity, what="budget-item")
        if len(items) > 1 and not _add_to_100(shares):
            yield warned("7.9.2", "shares-not-100", view.activity, what="budget-item", vocabulary="")
        if len(items) == 1 and not _is_whole_share(shares):
            yield warned("7.9.4", "single-share", view.activity, what="budget-item")


def _whole(
    activity: Element, alike: list[Element], rules: str, *, vocabulary: str, what: str
) -> Iterator[Finding]:
    """Several have shares that add to 100; one alone has 100 or none."""
    shares = _percentages(alike)
    # The public rule of the standard's own sectors asks for the sum only where two of them have a share.
    is_asked = len(shares) > 1 if what == "sector" and vocabulary == "1" else len(alike) > 1
    if len(alike) > 1 and len(shares) < len(alike):
        yield found(f"{rules}.1", "share-missing", activity, what=what)
    if is_asked and not _add_to_100(shares):
        yield found(f"{rules}.2", "shares-not-100", activity, what=what, vocabulary=vocabulary)
    if len(alike) == 1 and not _is_whole_share(shares):
        yield found(f"{rules}.4", "single-share", activity, what=what)


def _regions(
    activity: Element, alike: list[Element], countries: list[Element], *, vocabulary: str
) -> Iterator[Finding]:
    shares = _percentages(alike)
    if len(alike) > 1 and len(shares) < len(alike):
        yield found("3.4.1", "share-missing", activity, what="recipient-region")
    if len(alike) == 1 and not countries and not _is_whole_share(shares):
        yield found("3.4.4", "single-share", activity, what="recipient-region")
    if len(alike) + len(countries) > 1 and not _add_to_100([*shares, *_percentages(countries)]):
        yield found("3.4.2", "shares-not-100", activity, what="recipient-region", vocabulary=vocabulary)


def _countries_of_transactions(view: View, of_money: list[Element]) -> Iterator[Finding]:
    if not of_money:
        yield found("3.7.1", "no-country", view.activity)
    placed = {one.getparent() for one in of_money}
    if any(one not in placed for one in view.parts.get("transaction", ())):
        yield found("3.7.2", "countries-of-some-transactions", view.activity)


def _aid_types(element: Element, listed: list[Element], rule: str) -> Iterator[Finding]:
    for vocabulary, alike in _by_vocabulary(listed):
        if len(alike) > 1:
            yield warned(rule, "aid-types", element, vocabulary=vocabulary)


def _by_vocabulary(
    listed: Iterable[Element], *, default: str | None = "1"
) -> Iterator[tuple[str, list[Element]]]:
    """Groups of one vocabulary. default: what an element without one belongs to; None: to no group."""
    groups: dict[str, list[Element]] = {}
    for one in listed:
        vocabulary = one.get("vocabulary") or default
        if vocabulary is not None:
            groups.setdefault(vocabulary, []).append(one)
    yield from groups.items()


def _percentages(elements: Iterable[Element]) -> list[str]:
    return [one.get("percentage") for one in elements if one.get("percentage") is not None]


def _add_to_100(shares: list[str]) -> bool:
    try:
        return round(sum(float(share) for share in shares), 4) == 100
    except ValueError:
        return False


def _is_whole_share(shares: list[str]) -> bool:
    return not shares or any(is_number(share) and float(share) == 100 for share in shares)


def _is_share(value: str) -> bool:
    try:
        return 0 <= float(value) <= 100
    except ValueError:
        return False
