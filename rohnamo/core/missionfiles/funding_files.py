"""The money in a project's file: agreements, calendar years, and that both are the same sum."""

import re
from datetime import date
from decimal import Decimal

from .project import BudgetYear, Funding, Project
from .rows import Row

USD = "USD"
_CURRENCY = re.compile(r"[A-Z]{3}")


def read_funding(row: Row, project: str, first_on: date, last_on: date) -> Funding:
    """Where the file says no more, the agreement is in dollars and lasts as long as the project."""
    agreement = row.text("agreement")
    row.once(f"agreement of {project}", agreement, key="agreement")
    amount_usd = row.number("amount_usd", least=0)
    currency = read_currency(row, default=USD)
    start = row.day_or_none("first_on") or first_on
    funding = Funding(
        donor=row.reference("donor", "partner"),
        agreement=agreement,
        amount_usd=amount_usd,
        amount=_own_amount(row, currency, amount_usd),
        currency=currency,
        signed_on=row.day_or_none("signed_on") or start,
        first_on=start,
        last_on=row.day_or_none("last_on") or last_on,
        donor_activity=row.text("donor_activity", default=""),
        collaboration_type=row.text("collaboration_type", default=""),
        flow_type=row.text("flow_type", default=""),
        finance_type=row.text("finance_type", default=""),
        aid_type=row.text("aid_type", default=""),
        tied_status=row.text("tied_status", default=""),
        line=row.line("amount_usd"),
    )
    if not first_on <= funding.first_on <= funding.last_on <= last_on:
        found = f"{funding.first_on} to {funding.last_on}"
        row.wrong("last_on", f"days of the project, {first_on} to {last_on}", found)
    row.done()
    return funding


def read_budget_year(row: Row) -> BudgetYear:
    year = BudgetYear(
        year=row.whole("year", least=1990),
        amount_usd=row.number("amount_usd", least=0),
        spent_usd=row.number_or_none("spent_usd"),
        spent_until=row.day_or_none("spent_until"),
        is_indicative=row.flag("is_indicative", default=False),
        is_revised=row.flag("is_revised", default=False),
        line=row.line("spent_usd") or row.line(),
    )
    if (year.spent_usd is None) != (year.spent_until is None):
        row.wrong("spent_until", "spent_usd and spent_until together, or neither", "only one")
    if year.spent_until and year.spent_until.year != year.year:
        row.wrong("spent_until", f"a day of {year.year}", year.spent_until)
    row.done()
    return year


def read_currency(row: Row, *, default: str | None = None) -> str:
    currency = row.text("currency", default=default)
    if currency and not _CURRENCY.fullmatch(currency):
        row.wrong("currency", "three capital letters (ISO 4217)", currency)
    return currency


def check_money(row: Row, project: Project) -> None:
    years = [year.year for year in project.budget]
    for table, year in zip(row.tables("budget"), years, strict=True):
        if not project.first_on.year <= year <= project.last_on.year:
            table.wrong("year", f"a year from {project.first_on.year} to {project.last_on.year}", year)
        if years.count(year) > 1:
            table.wrong("year", "each calendar year once", year)
    promised = sum((funding.amount_usd for funding in project.funding), Decimal(0))
    if project.funding and project.budget and promised != project.budget_usd:
        row.wrong("budget", f"the years to add up to the funding, {promised}", project.budget_usd)


def _own_amount(row: Row, currency: str, amount_usd: Decimal) -> Decimal:
    if currency != USD:
        return row.number("amount", least=0)
    amount = row.number_or_none("amount")
    if amount is not None and amount != amount_usd:
        row.wrong("amount", f"the same as amount_usd, {amount_usd}, in an agreement in dollars", amount)
    return amount_usd
