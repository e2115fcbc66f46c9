"""projects/<code>.toml: one project, and what in it must agree with the rest of it."""

from collections.abc import Mapping
from decimal import Decimal

from .codes import Identity, PartnerRole, ProjectStatus
from .project import (
    BudgetYear,
    Cascade,
    CascadeStep,
    Funding,
    Marker,
    Project,
    ProjectPartner,
    ProjectPeriod,
    Sector,
)
from .result_files import read_indicator, read_results
from .rows import Row


def read_project(row: Row, identities: Mapping[str, Identity]) -> Project:
    """identities: service code -> identity, to refuse measures that the identity of a service cannot bear."""
    code = row.own_code("project")
    periods = tuple(_period(table, code) for table in row.tables("period"))
    results = read_results(row.tables("result"), code)
    indicators = row.tables("indicator")
    project = Project(
        code=code,
        area=row.reference("area", "area"),
        status=row.choice("status", ProjectStatus),
        title=row.words("title"),
        summary=row.words("summary"),
        history=row.words("history", needed=False),
        modelled_on=row.words("modelled_on", needed=False),
        modelled_on_source=row.text("modelled_on_source", default=""),
        first_on=row.day("first_on"),
        last_on=row.day("last_on"),
        is_humanitarian=row.flag("is_humanitarian", default=False),
        default_service=row.reference("default_service", "service", default=""),
        iom_type=row.text("iom_type", default=""),
        places=row.references("places", "place"),
        sdg_targets=row.codes("sdg_targets"),
        compact_objectives=_objectives(row),
        funding=tuple(_funding(table) for table in row.tables("funding")),
        partners=tuple(_partner(table, code) for table in row.tables("partner")),
        budget=tuple(_budget_year(table) for table in row.tables("budget")),
        sectors=tuple(_sector(table) for table in row.tables("sector")),
        markers=tuple(_marker(table) for table in row.tables("marker")),
        periods=periods,
        results=results,
        indicators=tuple(read_indicator(table, results, periods, identities) for table in indicators),
        cascades=tuple(_cascade(table, code) for table in row.tables("cascade")),
    )
    _check_days(row, project)
    _check_money(row, project)
    _check_shares(row, project)
    return project


def _period(row: Row, project: str) -> ProjectPeriod:
    period = ProjectPeriod(row.own_code(f"period of {project}"), row.day("first_on"), row.day("last_on"))
    row.done()
    return period


def _objectives(row: Row) -> tuple[int, ...]:
    """Objectives of the Global Compact for Migration, 1 to 23."""
    numbers = row.wholes("compact_objectives")
    for number in numbers:
        if not 1 <= number <= 23:
            row.wrong("compact_objectives", "numbers of objectives, 1 to 23", number)
    return numbers


def _funding(row: Row) -> Funding:
    funding = Funding(
        donor=row.reference("donor", "partner"),
        agreement=row.text("agreement"),
        amount_usd=row.number("amount_usd", least=0),
    )
    row.done()
    return funding


def _partner(row: Row, project: str) -> ProjectPartner:
    partner = ProjectPartner(row.reference("partner", "partner"), row.choice("role", PartnerRole))
    row.once(f"partner of {project}", f"{partner.partner} {partner.role}", key="partner")
    row.done()
    return partner


def _budget_year(row: Row) -> BudgetYear:
    year = BudgetYear(
        year=row.whole("year", least=1990),
        amount_usd=row.number("amount_usd", least=0),
        spent_usd=row.number_or_none("spent_usd"),
        spent_until=row.day_or_none("spent_until"),
    )
    if (year.spent_usd is None) != (year.spent_until is None):
        row.wrong("spent_until", "spent_usd and spent_until together, or neither", "only one")
    if year.spent_until and year.spent_until.year != year.year:
        row.wrong("spent_until", f"a day of {year.year}", year.spent_until)
    row.done()
    return year


def _sector(row: Row) -> Sector:
    sector = Sector(
        vocabulary=row.text("vocabulary"),
        code=row.text("code"),
        share=row.number("share", least=0),
        name=row.words("name", needed=False),
    )
    row.done()
    return sector


def _marker(row: Row) -> Marker:
    marker = Marker(row.text("vocabulary"), row.text("code"), row.text("significance", default=""))
    row.done()
    return marker


def _cascade(row: Row, project: str) -> Cascade:
    cascade = Cascade(
        code=row.own_code(f"cascade of {project}"),
        title=row.words("title"),
        steps=tuple(_step(step) for step in row.tables("step")),
    )
    if len(cascade.steps) < 2:
        row.wrong("step", "at least two steps", len(cascade.steps))
    row.done()
    return cascade


def _step(row: Row) -> CascadeStep:
    step = CascadeStep(row.reference("service", "service"), row.words("title"))
    row.done()
    return step


def _check_days(row: Row, project: Project) -> None:
    if project.first_on > project.last_on:
        row.wrong("last_on", f"a day not before {project.first_on}", project.last_on)
    for table, period in zip(row.tables("period"), project.periods, strict=True):
        if period.first_on > period.last_on:
            table.wrong("last_on", f"a day not before {period.first_on}", period.last_on)
        if period.first_on < project.first_on or period.last_on > project.last_on:
            table.wrong("", "a period inside the project", f"{period.first_on} to {period.last_on}")
    for table, before, now in zip(
        row.tables("period")[1:], project.periods, project.periods[1:], strict=False
    ):
        if now.first_on <= before.last_on:
            table.wrong("first_on", f"a day after {before.last_on}", now.first_on)


def _check_money(row: Row, project: Project) -> None:
    years = [year.year for year in project.budget]
    for table, year in zip(row.tables("budget"), years, strict=True):
        if not project.first_on.year <= year <= project.last_on.year:
            table.wrong("year", f"a year from {project.first_on.year} to {project.last_on.year}", year)
        if years.count(year) > 1:
            table.wrong("year", "each calendar year once", year)
    promised = sum((funding.amount_usd for funding in project.funding), Decimal(0))
    if project.funding and project.budget and promised != project.budget_usd:
        row.wrong("budget", f"the years to add up to the funding, {promised}", project.budget_usd)


def _check_shares(row: Row, project: Project) -> None:
    for vocabulary in {sector.vocabulary for sector in project.sectors}:
        shares = [sector.share for sector in project.sectors if sector.vocabulary == vocabulary]
        if sum(shares, Decimal(0)) != 100:
            row.wrong("sector", f"shares of vocabulary {vocabulary} that add to 100", sum(shares, Decimal(0)))
