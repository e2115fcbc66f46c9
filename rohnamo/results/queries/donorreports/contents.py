"""What a report says, as plain data in all languages: frozen, it is made again from the same data a year later.

A report leaves the house, so it carries breakdowns as they were released, small cells hidden, and never the exact ones
that members see. Its totals are those that stand: approved, or counted and marked as preliminary.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from rohnamo.core.periods import Period as Days
from rohnamo.figures.actions.releases import small_numbers
from rohnamo.figures.models import Release
from rohnamo.figures.queries.parts import breakdown_cells
from rohnamo.places.models import Place
from rohnamo.projects.models import PartnerRole, Project, ProjectPartner, ProjectPlace
from rohnamo.projects.queries import ProjectMoney, YearMoney, portfolio_money
from rohnamo.results.models import Indicator, Result
from rohnamo.results.queries.lines import Line
from rohnamo.results.queries.reports import Report, project_reports
from rohnamo.results.queries.sums import UNIQUE

SHAPE = 1
ATTRIBUTES = ("sex", "age", "district")
Data = dict[str, Any]


def contents(projects: Sequence[Project], days: Days, *, as_of: date) -> Data:
    """Projects with all indicators of a period. The number of queries does not grow with the indicators."""
    reports = project_reports(projects, days)
    parts, least = _released_parts(days), small_numbers().default
    money = {one.code: one for one in portfolio_money(projects, min(days.end, as_of)).projects}
    donors, places = _donors(projects), _places(projects)
    districts = {code for by_name in parts.values() for code, _count in by_name.get("district", ())}
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
                "results": _results(report, parts, least),
                "money": _money(money[report.project.code]),
            }
            for report in reports
        ],
    }


def fingerprint(data: Mapping[str, Any]) -> str:
    """SHA-256 of the data, however its keys are ordered."""
    written = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _results(report: Report, parts: Mapping[str, Data], least: int) -> list[Data]:
    by_result: dict[Result, list[Line]] = {}
    for line in report.lines:
        by_result.setdefault(line.indicator.result, []).append(line)
    return [
        {
            "code": result.code,
            "kind": result.kind,
            "titles": result.titles,
            "indicators": [_indicator(line, parts, least) for line in lines],
        }
        for result, lines in by_result.items()
    ]


def _indicator(line: Line, parts: Mapping[str, Data], least: int) -> Data:
    indicator: Indicator = line.indicator
    is_hidden = _is_small(line, least)
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
        "actual": None if is_hidden else _written(line.actual),
        "is_hidden": is_hidden,
        "is_approved": line.is_approved,
        "parts": parts.get(line.key, {}),
    }


def _is_small(line: Line, least: int) -> bool:
    """A handful of people is somebody: what is not released does not leave the house in a report either."""
    return line.unit in UNIQUE and line.actual is not None and 0 < line.actual < least


def _released_parts(days: Days) -> dict[str, Data]:
    """Key of a measure → attribute → [[category, count or None where it is hidden]], of what stands for these days."""
    standing = Release.objects.filter(is_current=True, start=days.start, end=days.end)
    keys = dict(standing.values_list("pk", "measure__key"))
    return {
        keys[release]: {name: [[one, count] for one, count in cells] for name, cells in by_name.items()}
        for release, by_name in breakdown_cells(keys, names=ATTRIBUTES).items()
    }


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


def _money(money: ProjectMoney) -> Data | None:
    if not money.years:
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
