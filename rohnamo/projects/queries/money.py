"""Money of projects: agreed, received, spent, by year and by agreement, each movement at its own day's rate.

A sum for which a rate is missing is not given (None), and `missing` names the rate: nothing is guessed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rohnamo.core.languages import in_language
from rohnamo.engines.finance import Burn, burn, carriers, year_spans
from rohnamo.projects.models import Grant, Project
from rohnamo.projects.queries.books import ZERO, Books, MissingRate, Sums


@dataclass(frozen=True)
class YearMoney:
    year: int
    planned_usd: Decimal
    received_usd: Decimal | None
    spent_usd: Decimal | None


@dataclass(frozen=True)
class GrantMoney:
    """An agreement. burn is None where a rate is missing, nothing was reported, or it had not begun by then."""

    reference: str
    project: str
    donor: str
    donor_name: str
    currency: str
    amount: Decimal
    signed_on: date
    starts_on: date
    ends_on: date
    sums: Sums
    burn: Burn | None


@dataclass(frozen=True)
class ProjectMoney:
    """Money of one project on a day.

    carried_by: codes of the projects whose money this is: its own, or its parts' if it is a programme, or none if
    its programme carries it (`programme` then names it). untied: what belongs to no one agreement. as_of: the last
    day for which spending was reported, up to the day asked for; burn speaks of it.
    """

    code: str
    title: str
    area: str
    on: date
    carried_by: tuple[str, ...]
    programme: str
    sums: Sums
    untied: Sums
    years: tuple[YearMoney, ...]
    grants: tuple[GrantMoney, ...]
    as_of: date | None
    burn: Burn | None
    missing: tuple[MissingRate, ...]

    @property
    def planned_usd(self) -> Decimal:
        return sum((year.planned_usd for year in self.years), ZERO)


@dataclass(frozen=True)
class PortfolioMoney:
    """Money of many projects, each amount once. by_area, by_donor: by code; "" belongs to no one agreement.

    Both add up to `sums`; the single projects need not, where a programme and its parts are both among them.
    """

    on: date
    sums: Sums
    by_area: dict[str, Sums]
    by_donor: dict[str, Sums]
    projects: tuple[ProjectMoney, ...]
    missing: tuple[MissingRate, ...]


@dataclass(frozen=True)
class BudgetPeriod:
    """A year of a budget inside the days of its project. Both days included."""

    first_on: date
    last_on: date
    value_usd: Decimal
    status: str
    is_revised: bool


def money_of(project: Project, on: date, language: str | None = None) -> ProjectMoney:
    """Money of one project on a day. Six queries, and one more if the area of the project is not at hand."""
    return portfolio_money([project], on, language).projects[0]


def portfolio_money(projects: Iterable[Project], on: date, language: str | None = None) -> PortfolioMoney:
    """Money of the projects on a day. Six queries and the one for the projects, however much there is.

    Where a programme and its parts are both asked for, what one of them carries counts once.
    """
    asked = list(projects)
    books = Books(on)
    carried = list(carriers([project.pk for project in asked], books.parents, books.has_money))
    return PortfolioMoney(
        on=on,
        sums=sum((books.sums(pk) for pk in carried), Sums()),
        by_area=_by_area(carried, books),
        by_donor=_by_donor(carried, books),
        projects=tuple(_project_money(project, books, language) for project in asked),
        missing=tuple(one for pk in carried for one in books.missing[pk]),
    )


def budget_periods(project: Project) -> list[BudgetPeriod]:
    """The calendar years of a project's budget, cut at the days of the project. One query."""
    spans = year_spans(project.starts_on, project.ends_on)
    return [
        BudgetPeriod(*spans[year.year], year.planned_usd, year.status, year.is_revised)
        for year in project.budget_years.all()
        if year.year in spans
    ]


def _by_area(carried: list[int], books: Books) -> dict[str, Sums]:
    by_area: dict[str, Sums] = defaultdict(Sums)
    for pk in carried:
        by_area[books.areas[pk]] += books.sums(pk)
    return dict(by_area)


def _by_donor(carried: list[int], books: Books) -> dict[str, Sums]:
    by_donor: dict[str, Sums] = defaultdict(Sums)
    for pk in carried:
        for grant in books.grants[pk]:
            by_donor[grant.donor.code] += books.of_grant(grant)
        if (untied := books.untied(pk)) != Sums():
            by_donor[""] += untied
    return dict(by_donor)


def _project_money(project: Project, books: Books, language: str | None) -> ProjectMoney:
    carried = list(carriers([project.pk], books.parents, books.has_money))
    grants = [grant for pk in carried for grant in books.grants[pk]]
    sums = sum((books.sums(pk) for pk in carried), Sums())
    as_of = max((day for pk in carried if (day := books.reported_until(pk))), default=None)
    return ProjectMoney(
        code=project.code,
        title=in_language(project.titles, language),
        area=books.areas[project.pk],
        on=books.on,
        carried_by=tuple(books.codes[pk] for pk in carried),
        programme=_programme(project.pk, carried, books),
        sums=sums,
        untied=sum((books.untied(pk) for pk in carried), Sums()),
        years=_years(carried, books),
        grants=tuple(_grant_money(grant, books, as_of, language) for grant in grants),
        as_of=as_of,
        burn=_burn(sums, grants, as_of),
        missing=tuple(one for pk in carried for one in books.missing[pk]),
    )


def _programme(pk: int, carried: list[int], books: Books) -> str:
    """The code of the programme that has the money, of a project that carries none itself."""
    above = books.parents.get(pk)
    while not carried and above is not None:
        if books.has_money(above):
            return books.codes[above]
        above = books.parents.get(above)
    return ""


def _years(carried: list[int], books: Books) -> tuple[YearMoney, ...]:
    planned: dict[int, Decimal] = defaultdict(Decimal)
    for pk in carried:
        for budget in books.budgets[pk]:
            planned[budget.year] += budget.planned_usd
        for entry in books.entries[pk]:
            planned[entry.day.year] += ZERO
    moved = {year: sum((books.of_year(pk, year) for pk in carried), Sums()) for year in planned}
    return tuple(
        YearMoney(year, planned[year], moved[year].received_usd, moved[year].spent_usd)
        for year in sorted(planned)
    )


def _grant_money(grant: Grant, books: Books, as_of: date | None, language: str | None) -> GrantMoney:
    sums = books.of_grant(grant)
    return GrantMoney(
        reference=grant.reference,
        project=books.codes[grant.project_id],
        donor=grant.donor.code,
        donor_name=in_language(grant.donor.names, language),
        currency=grant.currency,
        amount=grant.amount,
        signed_on=grant.signed_on,
        starts_on=grant.starts_on,
        ends_on=grant.ends_on,
        sums=sums,
        burn=_burn(sums, [grant], as_of),
    )


def _burn(sums: Sums, grants: list[Grant], as_of: date | None) -> Burn | None:
    begun = [(grant.starts_on, grant.ends_on) for grant in grants if as_of and grant.starts_on <= as_of]
    if as_of is None or sums.spent_usd is None or not begun:
        return None
    spans = [(grant.starts_on, grant.ends_on) for grant in grants]
    return burn(sums.agreed_usd, sums.spent_usd, spans, as_of)
