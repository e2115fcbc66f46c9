"""Money as its pages show it: numbers written out, days in words."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rohnamo.core.languages import in_language
from rohnamo.engines.finance import Burn
from rohnamo.projects.models import MoneyMove, MoveKind, Partner, PlannedPayment, ThematicArea
from rohnamo.projects.queries.books import MissingRate, Sums
from rohnamo.projects.queries.deadlines import Deadline
from rohnamo.projects.queries.money import GrantMoney, PortfolioMoney, ProjectMoney, YearMoney
from rohnamo.ui import spelling, words
from rohnamo.ui.drawing import Caption, YearOfMoney, money_by_year, progress_bar

Cell = dict[str, Any]
Column = dict[str, Any]


def usd(amount: Decimal | None) -> str:
    """Whole dollars for a glance; the cents stand with the movements."""
    if amount is None:
        return pgettext("an amount", "not known")
    return spelling.number(amount, words.language(), places=0)


def amount(value: Decimal, currency: str) -> str:
    return f"{spelling.number(value, words.language(), places=2)} {currency}"


def totals(sums: Sums) -> list[dict[str, str]]:
    return [
        {"number": usd(sums.agreed_usd), "text": _("US dollars agreed")},
        {"number": usd(sums.received_usd), "text": _("US dollars received")},
        {"number": usd(sums.spent_usd), "text": _("US dollars spent")},
    ]


def burning(burn: Burn | None) -> list[dict[str, str]]:
    """Two bars, one under the other: money spent and time gone, of the same day."""
    if burn is None or burn.share_spent is None:
        return []
    on = words.day(burn.on)
    return [
        _bar(burn.share_spent, _("%(share)s of the money spent until %(day)s"), on),
        _bar(burn.share_of_time, _("%(share)s of the time gone until %(day)s"), on),
    ]


def missing_in_words(missing: Iterable[MissingRate]) -> list[str]:
    """One sentence for each currency and day without a rate."""
    days = dict.fromkeys((one.currency, one.day, one.last_on) for one in missing)
    return [_missing(currency, day, last_on) for currency, day, last_on in days]


def year_drawing(years: Sequence[YearMoney], code: str) -> str:
    drawn = [_drawn(year) for year in years]
    caption = Caption(
        "money-by-year",
        _("Money of project %(code)s by year, in US dollars") % {"code": code},
        _("For each calendar year an outline for what was planned and a bar for what was spent."),
    )
    return money_by_year(drawn, caption=caption, layout="phone", language=words.language())


def year_table(years: Iterable[YearMoney]) -> dict[str, Any]:
    return {
        "columns": [
            pgettext("of money", "Year"),
            pgettext("of money", "Planned"),
            pgettext("of money", "Received"),
            pgettext("of money", "Spent"),
        ],
        "rows": [
            [str(year.year), usd(year.planned_usd), usd(year.received_usd), usd(year.spent_usd)]
            for year in years
        ],
    }


def grant_columns() -> list[Column]:
    return [
        _column(pgettext("of money", "Agreement")),
        _column(pgettext("of money", "Donor")),
        _column(pgettext("of money", "Amount"), is_number=True),
        _column(_("In US dollars"), is_number=True),
        _column(pgettext("of money", "Spent"), is_number=True),
        _column(_("Share spent"), is_number=True),
        _column(_("Time gone"), is_number=True),
    ]


def grant_row(grant: GrantMoney) -> list[Cell]:
    burn = grant.burn
    return [
        _cell(grant.reference),
        _cell(grant.donor_name),
        _cell(amount(grant.amount, grant.currency)),
        _cell(usd(grant.sums.agreed_usd)),
        _cell(usd(grant.sums.spent_usd)),
        _cell(_percent(burn.share_spent if burn else None)),
        _cell(_percent(burn.share_of_time if burn else None)),
    ]


def move_columns() -> list[Column]:
    return [
        _column(_("Day")),
        _column(_("What happened")),
        _column(_("From or to")),
        _column(pgettext("of money", "Agreement")),
        _column(pgettext("of money", "Amount"), is_number=True),
        _column(pgettext("of a movement", "Correct")),
    ]


def move_row(move: MoneyMove, *, may_record: bool) -> list[Cell]:
    """A movement that was taken back, and the one that took it back, say so."""
    return [
        _cell(words.day(move.day)),
        _cell(_what(move)),
        _cell(_other(move), is_quiet=True),
        _cell(move.grant.reference if move.grant else "", is_quiet=True),
        _cell(amount(move.value, move.currency)),
        _correction(move, may_record=may_record),
    ]


def payment_row(payment: PlannedPayment) -> list[Cell]:
    other = payment.receiver or payment.provider
    until = words.day(payment.ends_on)
    return [
        _cell(_("until %(day)s") % {"day": until}),
        _cell(in_language(other.names) if other else ""),
        _cell(amount(payment.value, payment.currency)),
    ]


def payment_columns() -> list[Column]:
    return [
        _column(pgettext("of an instalment", "When")),
        _column(_("From or to")),
        _column(pgettext("of money", "Amount"), is_number=True),
    ]


def deadline_item(deadline: Deadline, on: date, *, may_mark: bool) -> dict[str, Any]:
    """As a line of tasks: when, what, and whether it is done, open, not open yet, or late. mark: what its button does."""
    return {
        "when": words.day(deadline.due_on),
        "is_late": deadline.is_late,
        "title": deadline.title,
        "text": f"{deadline.agreement} · {_standing(deadline, on)}",
        "mark": _mark(deadline, on) if may_mark else None,
        "agreement": deadline.agreement,
        "code": deadline.code,
        "due_on": deadline.due_on.isoformat(),
    }


def portfolio_columns() -> list[Column]:
    return [
        _column(_("Project")),
        _column(pgettext("of money", "Agreed"), is_number=True),
        _column(pgettext("of money", "Received"), is_number=True),
        _column(pgettext("of money", "Spent"), is_number=True),
        _column(_("Share spent"), is_number=True),
        _column(_("Time gone"), is_number=True),
    ]


def portfolio_row(money: ProjectMoney) -> list[Cell]:
    burn = money.burn
    href = reverse("projects:money", args=[money.code])
    if money.programme:
        counted = _("counted with %(programme)s") % {"programme": money.programme}
        return [
            {"text": f"{money.code} · {money.title}", "href": href},
            _cell(counted),
            *(_cell("") for column in range(4)),
        ]
    return [
        {"text": f"{money.code} · {money.title}", "href": href},
        _cell(usd(money.sums.agreed_usd)),
        _cell(usd(money.sums.received_usd)),
        _cell(usd(money.sums.spent_usd)),
        _cell(_percent(burn.share_spent if burn else None)),
        _cell(_percent(burn.share_of_time if burn else None)),
    ]


def by_area(portfolio: PortfolioMoney) -> list[list[Cell]]:
    names = dict(ThematicArea.objects.values_list("code", "names"))
    return [
        _sums_row(in_language(names[code]), portfolio.by_area[code])
        for code in names
        if code in portfolio.by_area
    ]


def by_donor(portfolio: PortfolioMoney) -> list[list[Cell]]:
    names = dict(Partner.objects.filter(code__in=portfolio.by_donor).values_list("code", "names"))
    rows = [_sums_row(in_language(names[code]), portfolio.by_donor[code]) for code in sorted(names)]
    if "" in portfolio.by_donor:
        rows.append(_sums_row(_("No one agreement"), portfolio.by_donor[""]))
    return rows


def sums_columns(first: str) -> list[Column]:
    return [
        _column(first),
        _column(pgettext("of money", "Agreed"), is_number=True),
        _column(pgettext("of money", "Received"), is_number=True),
        _column(pgettext("of money", "Spent"), is_number=True),
    ]


def _sums_row(name: str, sums: Sums) -> list[Cell]:
    return [_cell(name), *(_cell(usd(part)) for part in (sums.agreed_usd, sums.received_usd, sums.spent_usd))]


def _bar(share: Decimal, sentence: str, on: str) -> dict[str, str]:
    text = sentence % {"share": _percent(share), "day": on}
    return {"bar": progress_bar(round(share * 1000), 1000), "words": text}


def _percent(share: Decimal | None) -> str:
    return "" if share is None else spelling.percent(share * 100, words.language(), places=0)


def _missing(currency: str, day: date, last_on: date | None) -> str:
    known = {"currency": currency, "day": words.day(day), "last": words.day(last_on)}
    if last_on is None:
        return _("No rate of %(currency)s is known on %(day)s or before.") % known
    return _("The last rate of %(currency)s before %(day)s is of %(last)s: too old.") % known


def _drawn(year: YearMoney) -> YearOfMoney:
    spent = None if year.spent_usd is None or not year.spent_usd else float(year.spent_usd)
    return YearOfMoney(year.year, float(year.planned_usd), spent)


def _what(move: MoneyMove) -> str:
    kind = MoveKind(move.kind).label
    description = in_language(move.descriptions)
    return f"{kind}: {description}" if description else str(kind)


def _other(move: MoneyMove) -> str:
    other = move.receiver if move.receiver else move.provider
    return in_language(other.names) if other else ""


def _correction(move: MoneyMove, *, may_record: bool) -> Cell:
    if move.reverses_id:
        return _cell(pgettext("a movement", "takes one back"), is_quiet=True)
    if hasattr(move, "reversed_by"):
        return _cell(pgettext("a movement", "taken back"), is_quiet=True)
    if not may_record:
        return _cell("")
    href = reverse("projects:reverse_move", args=[move.project.code, move.pk])
    return {"text": pgettext("a movement", "Take back"), "href": href}


def _standing(deadline: Deadline, on: date) -> str:
    if deadline.done_on is not None:
        return _("Done on %(day)s.") % {"day": words.day(deadline.done_on)}
    if deadline.opens_on is not None and deadline.opens_on > on:
        return _("Not before %(day)s.") % {"day": words.day(deadline.opens_on)}
    days = (deadline.due_on - on).days
    if days < 0:
        return ngettext("%(days)s day late.", "%(days)s days late.", -days) % {"days": -days}
    return ngettext("In %(days)s day.", "In %(days)s days.", days) % {"days": days}


def _mark(deadline: Deadline, on: date) -> dict[str, str] | None:
    """The button of a deadline; None before the first day on which it can be done."""
    if deadline.done_on is not None:
        label = _("Not done after all: %(title)s") % {"title": deadline.title}
        return {"undo": "1", "text": pgettext("a deadline", "Not done"), "label": label}
    if deadline.opens_on is not None and deadline.opens_on > on:
        return None
    label = _("Done: %(title)s") % {"title": deadline.title}
    return {"undo": "", "text": pgettext("a deadline", "Done"), "label": label}


def _column(name: str, *, is_number: bool = False) -> Column:
    return {"name": name, "is_number": is_number}


def _cell(text: str, *, is_quiet: bool = False) -> Cell:
    return {"text": text, "is_quiet": is_quiet}
