"""projects/<code>.toml: one project, and what in it must agree with the rest of it."""

from collections.abc import Mapping
from decimal import Decimal

from .codes import Identity, PartnerRole, ProjectStatus
from .funding_files import check_money, read_budget_year, read_funding
from .project import (
    Cascade,
    CascadeStep,
    Country,
    Marker,
    OtherIdentifier,
    Project,
    ProjectPartner,
    ProjectPeriod,
    Sector,
)
from .result_files import read_indicator, read_results
from .rows import Row

# IATI ActivityScope, from global to a single place.
SCOPES = ("1", "2", "3", "4", "5", "6", "7", "8")
NATIONAL = "4"


def read_project(row: Row, identities: Mapping[str, Identity]) -> Project:
    """identities: service code -> identity, to refuse measures that the identity of a service cannot bear."""
    code = row.own_code("project")
    first_on, last_on = row.day("first_on"), row.day("last_on")
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
        first_on=first_on,
        last_on=last_on,
        is_humanitarian=row.flag("is_humanitarian", default=False),
        default_service=row.reference("default_service", "service", default=""),
        iom_type=row.text("iom_type", default=""),
        places=row.references("places", "place"),
        sdg_targets=row.codes("sdg_targets"),
        compact_objectives=_objectives(row),
        funding=tuple(read_funding(table, code, first_on, last_on) for table in row.tables("funding")),
        partners=tuple(_partner(table, code) for table in row.tables("partner")),
        budget=tuple(read_budget_year(table) for table in row.tables("budget")),
        sectors=tuple(_sector(table) for table in row.tables("sector")),
        markers=tuple(_marker(table) for table in row.tables("marker")),
        periods=periods,
        results=results,
        indicators=tuple(read_indicator(table, results, periods, identities) for table in indicators),
        cascades=tuple(_cascade(table, code) for table in row.tables("cascade")),
        parent=row.reference("parent", "project", default=""),
        objectives=row.words("objectives", needed=False),
        target_groups=row.words("target_groups", needed=False),
        scope=row.one_of("scope", SCOPES, default=NATIONAL),
        countries=tuple(_country(table) for table in row.tables("country")),
        other_identifiers=tuple(_identifier(table) for table in row.tables("identifier")),
    )
    _check_days(row, project)
    check_money(row, project)
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


def _partner(row: Row, project: str) -> ProjectPartner:
    partner = ProjectPartner(row.reference("partner", "partner"), row.choice("role", PartnerRole))
    row.once(f"partner of {project}", f"{partner.partner} {partner.role}", key="partner")
    row.done()
    return partner


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


def _country(row: Row) -> Country:
    country = Country(row.text("code"), row.number("share", least=0))
    row.done()
    return country


def _identifier(row: Row) -> OtherIdentifier:
    identifier = OtherIdentifier(row.text("ref"), row.text("type"))
    row.done()
    return identifier


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


def _check_shares(row: Row, project: Project) -> None:
    for vocabulary in {sector.vocabulary for sector in project.sectors}:
        shares = [sector.share for sector in project.sectors if sector.vocabulary == vocabulary]
        if sum(shares, Decimal(0)) != 100:
            row.wrong("sector", f"shares of vocabulary {vocabulary} that add to 100", sum(shares, Decimal(0)))
    countries = sum((country.share for country in project.countries), Decimal(0))
    if project.countries and countries != 100:
        row.wrong("country", "shares of the countries that add to 100", countries)
