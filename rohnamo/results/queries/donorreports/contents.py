"""What a report says, as plain data in all languages: frozen, it is made again from the same data a year later.

A report leaves the house, so it says what was released: breakdowns with small cells hidden, and of a period that was
released the released number. Beside open data another number would tell of the few who came between (decision 0007).
What was never released is as approved, or as counted and marked as preliminary.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rohnamo.core.periods import Period as Days
from rohnamo.engines.disclosure import Threshold
from rohnamo.figures.models import Release
from rohnamo.figures.queries.parts import breakdown_cells
from rohnamo.figures.queries.small import OF_PEOPLE, small_numbers
from rohnamo.places.models import Place
from rohnamo.projects.models import PartnerRole, Project, ProjectPartner, ProjectPlace
from rohnamo.projects.queries import ProjectMoney, YearMoney, portfolio_money
from rohnamo.results.models import Indicator, Result
from rohnamo.results.queries.lines import DENOMINATOR, Line, is_small_share, tallies_of
from rohnamo.results.queries.reports import Report, project_reports
from rohnamo.results.queries.sums import Number

SHAPE = 1
ATTRIBUTES = ("sex", "age", "district")
Data = dict[str, Any]


def contents(projects: Sequence[Project], days: Days, *, as_of: date) -> Data:
    """Projects with all indicators of a period. The number of queries does not grow with the indicators."""
    reports = project_reports(projects, days)
    told = _told(days)
    money = {one.code: one for one in portfolio_money(projects, min(days.end, as_of)).projects}
    donors, places = _donors(projects), _places(projects)
    districts = {code for by_name in told.parts.values() for code, _count in by_name.get("district", ())}
    return {
        "shape": SHAPE,
        "as_of": as_of.isoformat(),
        "period": {"label": days.label, "start": days.start.isoformat(), "end": days.end.isoformat()},
        "districts": {one.code: one.names for one in Place.objects.filter(code__in=districts)},
        "projects": [
            {
                "code": report.project.code,
                "titles": report.project.titles,
                "starts_on": report.project.starts_on.isoformat(),
                "ends_on": report.project.ends_on.isoformat(),
                "is_example": report.project.is_example,
                "donors": donors.get(report.project.pk, []),
                "places": places.get(report.project.pk, []),
                "results": _results(report, told),
                "money": _money(money[report.project.code], donors.get(report.project.pk, [])),
            }
            for report in reports
        ],
    }


def fingerprint(data: Mapping[str, Any]) -> str:
    """SHA-256 of the data, however its keys are ordered."""
    written = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _results(report: Report, told: "_Told") -> list[Data]:
    by_result: dict[Result, list[Line]] = {}
    for line in report.lines:
        by_result.setdefault(line.indicator.result, []).append(line)
    return [
        {
            "code": result.code,
            "kind": result.kind,
            "titles": result.titles,
            "indicators": [_indicator(line, told) for line in lines],
        }
        for result, lines in by_result.items()
    ]


def _indicator(line: Line, told: "_Told") -> Data:
    indicator: Indicator = line.indicator
    # Without a period of these very days there is nothing but what was released: the year is not the half-year.
    actual = told.values.get(line.key, line.actual if line.period else None)
    is_hidden = actual is not None and _points_at_somebody(line, actual, told)
    return {
        "key": line.key,
        "code": indicator.code,
        "titles": indicator.titles,
        "unit": line.unit,
        "unit_names": indicator.unit_names,
        "notes": indicator.notes,
        "is_rising_good": indicator.direction == "up",
        "is_cumulative": indicator.is_cumulative,
        "baseline": _written(line.baseline),
        "target": _written(line.target),
        "actual": None if is_hidden else _written(actual),
        "is_hidden": is_hidden,
        "is_approved": line.is_approved,
        "parts": told.parts.get(line.key, {}),
    }


def _points_at_somebody(line: Line, actual: Number, told: "_Told") -> bool:
    """Whether it is of a handful of people, or a share of so few that it was never released."""
    if line.numerator is not None and line.denominator is not None and line.key not in told.values:
        whole = tallies_of(line.indicator).get(DENOMINATOR)
        return is_small_share(line.numerator, line.denominator, whole, told.small)
    return line.unit in OF_PEOPLE and 0 < actual < told.small.default


@dataclass(frozen=True)
class _Told:
    """What stands in public for some days, by the key of the measure.

    values: released numbers. parts: attribute → [[category, count or None where it is hidden]]. small: a number of
    people below this is not told.
    """

    values: Mapping[str, Decimal]
    parts: Mapping[str, Data]
    small: Threshold


def _told(days: Days) -> _Told:
    standing = Release.objects.filter(is_current=True, start=days.start, end=days.end)
    rows = list(standing.values_list("pk", "measure__key", "value"))
    keys = {pk: key for pk, key, _value in rows}
    parts = {
        keys[release]: {name: [[one, count] for one, count in cells] for name, cells in by_name.items()}
        for release, by_name in breakdown_cells(keys, names=ATTRIBUTES).items()
    }
    return _Told({key: value for _pk, key, value in rows}, parts, small_numbers())


def _donors(projects: Iterable[Project]) -> dict[int, list[Data]]:
    found: dict[int, list[Data]] = {}
    rows = ProjectPartner.objects.filter(project__in=projects, role=PartnerRole.FUNDING)
    for row in rows.select_related("partner"):
        found.setdefault(row.project_id, []).append(
            {"code": row.partner.code, "names": row.partner.names, "agreement": row.agreement}
        )
    return found


def _places(projects: Iterable[Project]) -> dict[int, list[Data]]:
    found: dict[int, list[Data]] = {}
    for row in ProjectPlace.objects.filter(project__in=projects).select_related("place"):
        found.setdefault(row.project_id, []).append({"code": row.place.code, "names": row.place.names})
    return found


def _money(money: ProjectMoney, donors: Sequence[Data]) -> Data | None:
    """By calendar year. Of a project with several donors none: one would read what another gave."""
    if not money.years or len({donor["code"] for donor in donors}) > 1:
        return None
    return {
        "until": (money.as_of or money.on).isoformat(),
        "planned_usd": _written(money.planned_usd),
        "spent_usd": _written(money.sums.spent_usd),
        "years": [
            {"year": one.year, "planned_usd": _written(one.planned_usd), "spent_usd": _spent(one, money)}
            for one in money.years
        ],
        "missing_rates": [[one.currency, one.day.isoformat()] for one in money.missing],
    }


def _spent(year: YearMoney, money: ProjectMoney) -> str | None:
    """Nothing for years of which nothing can be known yet: zero would say that nothing was spent."""
    return None if year.year > (money.as_of or money.on).year else _written(year.spent_usd)


def _written(number: Decimal | int | None) -> str | None:
    return None if number is None else format(Decimal(number).normalize(), "f")
