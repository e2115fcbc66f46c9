"""The results and indicators of a project, and what a measure may ask of a service."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from .codes import (
    SEXES,
    Counted,
    Direction,
    Identity,
    IndicatorKind,
    ResultKind,
    UniqueWithin,
    Way,
)
from .project import Filter, Indicator, Measure, ProjectPeriod, Result
from .rows import Row

# To count somebody once, a service must know somebody: a name or, in the same programme, a code.
_KNOWS_PERSONS = (Identity.NAMED, Identity.CODED)


def read_results(rows: list[Row], project: str) -> tuple[Result, ...]:
    results: list[Result] = []
    for row in rows:
        result = Result(
            code=row.own_code(f"result of {project}"),
            kind=row.choice("kind", ResultKind),
            parent=row.text("parent", default=""),
            title=row.words("title"),
        )
        outcomes = [earlier.code for earlier in results if earlier.kind is ResultKind.OUTCOME]
        if result.parent and result.parent not in outcomes:
            row.wrong("parent", "the code of an outcome above", result.parent)
        row.done()
        results.append(result)
    return tuple(results)


def read_indicator(
    row: Row,
    results: tuple[Result, ...],
    periods: tuple[ProjectPeriod, ...],
    identities: Mapping[str, Identity],
) -> Indicator:
    indicator = Indicator(
        code=row.own_code(f"indicator of {row.file}"),
        result=row.one_of("result", [result.code for result in results]),
        title=row.words("title"),
        unit=row.reference("unit", "unit"),
        direction=row.choice("direction", Direction, default=Direction.UP),
        kind=row.choice("kind", IndicatorKind, default=IndicatorKind.CUMULATIVE),
        way=row.choice("way", Way, default=Way.COUNTED),
        measure=_measure(row, identities),
        baseline=row.number_or_none("baseline"),
        baseline_year=row.whole_or_none("baseline_year"),
        targets=_targets(row, periods),
        note=row.words("note", needed=False),
    )
    _check_way(row, indicator)
    _check_targets(row, indicator)
    row.done()
    return indicator


def _measure(row: Row, identities: Mapping[str, Identity]) -> Measure | None:
    table = row.table("measure")
    if not table.values:
        return None
    measure = Measure(
        count=table.choice("count", Counted),
        services=table.references("services", "service"),
        unique_within=table.choice("unique_within", UniqueWithin, default=UniqueWithin.INDICATOR),
        only=_filter(table.table("filter")),
    )
    table.done()
    if not measure.services:
        table.wrong("services", "at least one service", "none")
    for service in measure.services:
        if service in identities:
            _check_identity(table, measure, service, identities[service])
    return measure


def _filter(row: Row) -> Filter:
    only = Filter(
        sex=row.one_of("sex", SEXES, default=""),
        age_min=row.whole_or_none("age_min"),
        age_max=row.whole_or_none("age_max"),
        places=row.references("places", "place"),
    )
    if only.age_min is not None and only.age_max is not None and only.age_min > only.age_max:
        row.wrong("age_max", f"an age from {only.age_min}", only.age_max)
    row.done()
    return only


def _check_identity(row: Row, measure: Measure, service: str, identity: Identity) -> None:
    if identity is Identity.VAULT:
        row.wrong("services", "no service of the vault: only its released figures leave it", service)
    elif measure.count is Counted.PERSONS and identity not in _KNOWS_PERSONS:
        row.wrong("count", f"contacts or events, because nobody is known in {service}", "persons")
    elif measure.count is Counted.HOUSEHOLDS and identity is not Identity.NAMED:
        row.wrong("services", "named services when households are counted", service)
    elif measure.unique_within is UniqueWithin.MISSION and identity is Identity.CODED:
        row.wrong(
            "unique_within", f"project or indicator: codes of {service} end with their programme", "mission"
        )


def _targets(row: Row, periods: tuple[ProjectPeriod, ...]) -> dict[str, Decimal]:
    table = row.table("targets")
    codes = [period.code for period in periods]
    for code in table.values:
        if code not in codes:
            table.wrong(code, f"a period of the project: {', '.join(codes)}", code)
    return {code: table.number(code) for code in table.values}


def _check_way(row: Row, indicator: Indicator) -> None:
    if (indicator.way is Way.COUNTED) != (indicator.measure is not None):
        row.wrong("measure", "a measure if the indicator is counted, and only then", indicator.way.value)
    if indicator.way is Way.WORDS and (indicator.targets or indicator.baseline is not None):
        row.wrong("targets", "no numbers for an indicator told in words", "numbers")
    if indicator.way is not Way.WORDS and (indicator.baseline is None or indicator.baseline_year is None):
        row.wrong("baseline", "a baseline and its year", "nothing")


def _check_targets(row: Row, indicator: Indicator) -> None:
    """A total that only grows cannot have a target below the one before."""
    if indicator.kind is not IndicatorKind.CUMULATIVE or indicator.direction is not Direction.UP:
        return
    targets = list(indicator.targets.items())
    for (_, before), (code, now) in pairwise(targets):
        if now < before:
            row.wrong("targets", f"at least {before} in {code}, because the indicator is cumulative", now)
