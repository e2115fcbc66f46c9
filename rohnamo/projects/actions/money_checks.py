"""Whether the money of a mission's files agrees with itself; what is wrong is named with file and line."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from rohnamo.core.errors import WrongData
from rohnamo.core.missionfiles import Mission, codes
from rohnamo.core.missionfiles.project import Project
from rohnamo.engines.finance import RateMissing, Rates
from rohnamo.projects import queries

SPENT = frozenset({codes.MoveKind.PAID, codes.MoveKind.SPENT})


def check_money(mission: Mission) -> None:
    """Raises WrongData for the first agreement, movement or year that does not agree. Load the rates first."""
    rates = queries.rates(oldest_days=mission.profile.oldest_rate_days)
    for project in mission.projects:
        _check_agreements(project, rates)
    spent: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for move in mission.moves:
        worth = _worth(rates, f"moves.csv, line {move.line}", move.value, move.currency, move.day)
        if move.kind in SPENT:
            spent[move.project][move.day.year] += worth
    for project in mission.projects:
        if project.code in spent:
            _check_years(project, spent[project.code])


def _check_agreements(project: Project, rates: Rates) -> None:
    for funding in project.funding:
        where = f"projects/{project.code}.toml, line {funding.line}"
        worth = _worth(rates, where, funding.amount, funding.currency, funding.signed_on)
        if worth != funding.amount_usd:
            raise WrongData(
                f"{where}: amount_usd is {funding.amount_usd}, but {funding.amount} {funding.currency} are "
                f"worth {worth} US dollars on {funding.signed_on}."
            )


def _check_years(project: Project, spent: dict[int, Decimal]) -> None:
    for year in project.budget:
        moved = spent.get(year.year, Decimal(0))
        if year.spent_usd is not None and year.spent_usd != moved:
            raise WrongData(
                f"projects/{project.code}.toml, line {year.line}: spent_usd of {year.year} is {year.spent_usd}, "
                f"but the movements in moves.csv add up to {moved}."
            )


def _worth(rates: Rates, where: str, value: Decimal, currency: str, day: date) -> Decimal:
    try:
        return rates.in_usd(value, currency, day)
    except RateMissing as missing:
        raise WrongData(f"{where}: {missing} Add one to rates.csv.") from None
