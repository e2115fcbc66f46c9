"""Counting at full size: how long a recount, a project's report and the portfolio take, beside counting naively.

    .venv/bin/python -m bench.counting --deliveries 10000000 [--database postgres://…]

Makes its own rows from a seed, in a home of its own (or in the empty database that is named), checks the numbers
against the naive count and against the slow oracle of the tests, and prints what it measured as JSON.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

PROJECTS, INDICATORS, DISTRICTS = 12, 40, 68
FIRST_DAY, DAYS = date(2024, 1, 1), 1096
HALF_YEAR = (date(2025, 1, 1), date(2025, 6, 30))
BATCH = 250_000
DELIVERY_COLUMNS = (
    "id, service_id, project_id, source_id, source_key, day, day_precision, district_id, person_id, group_sex,"
    " group_age, group_language, quantity, reverses_id, recorded_by, recorded_at"
)
PERSON_COLUMNS = "id, root_id, sex, birth_year, birth_md, birth_precision, registered_at"
NOW = "2027-01-01 00:00:00+00:00"


def main() -> None:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="rohnamo-bench-") as folder:
        _open_house(folder, asked.database)
        measured = _measure(asked)
    print(json.dumps(measured, indent=1))
    if not measured["equal"]:
        sys.exit(1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--deliveries", type=int, default=1_000_000)
    parser.add_argument("--persons", type=int, default=600_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--database", default="", help="URL of an empty PostgreSQL database; SQLite without it"
    )
    return parser.parse_args()


def _open_house(folder: str, database: str) -> None:
    os.environ |= {"ROHNAMO_HOME": folder, "DJANGO_SETTINGS_MODULE": "rohnamo.config.settings"}
    os.environ.pop("DATABASE_URL", None)
    if database:
        os.environ["DATABASE_URL"] = database
    import django  # noqa: PLC0415 -- the home must be known first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)


def _measure(asked: argparse.Namespace) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415

    from rohnamo.results.actions import recount_all, set_up_tallies  # noqa: PLC0415
    from rohnamo.results.queries import portfolio, project_report  # noqa: PLC0415

    took: dict[str, float] = {}
    _timed(took, "make the rows", lambda: _make_rows(asked))
    _timed(took, "set up the tallies", lambda: set_up_tallies(count=False))
    _timed(took, "full recount", recount_all)
    if connection.vendor == "postgresql":
        _run("ANALYZE")
    project, span = _project(), _span()
    report = _best(took, "report", lambda: project_report(project, span))
    _best(took, "portfolio", lambda: portfolio(date(2026, 12, 31)))
    naive = _best(took, "naive report", lambda: _naive_report(project.pk), times=1)
    _timed(took, "recount 2000 new deliveries", lambda: _record(asked, 2_000))
    _timed(took, "recount 1 new delivery", lambda: _record(asked, 1))
    return {
        "database": connection.vendor,
        "deliveries": asked.deliveries,
        **_sizes(),
        "seconds": {name: round(seconds, 3) for name, seconds in took.items()},
        "ratio naive report / report": round(took["naive report"] / took["report"], 1),
        "equal": _is_equal(report, naive) and _is_like_oracle(project),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _make_rows(asked: argparse.Namespace) -> None:
    import numpy as np  # noqa: PLC0415

    random = np.random.default_rng(asked.seed)
    _make_frame()
    _insert("people_person", PERSON_COLUMNS, _persons(random, asked.persons))
    from rohnamo.deliveries.models import Delivery  # noqa: PLC0415

    with _without_indexes(Delivery):
        _insert("deliveries_delivery", DELIVERY_COLUMNS, _deliveries(random, asked))


def _make_frame() -> None:
    """Projects, services, districts and indicators: indicator n of each project counts persons of service n."""
    from rohnamo.results.tests import factories as make  # noqa: PLC0415

    make.source()
    areas = [make.area(f"area-{number}") for number in range(7)]
    for number in range(1, INDICATORS + 1):
        make.service(f"service-{number}", area=areas[number % 7])
    for number in range(1, DISTRICTS + 1):
        make.district(f"TJ-XX-{number}")
    for number in range(1, PROJECTS + 1):
        project = make.project(f"EX.{number:02d}", area=areas[number % 7])
        for service in range(1, INDICATORS + 1):
            measure = {"count": "persons", "services": [f"service-{service}"]}
            make.indicator(project, f"I{service}", measure=measure, is_cumulative=False)


def _persons(random: Any, number: int) -> Iterator[list[tuple[Any, ...]]]:
    for start in range(1, number + 1, BATCH):
        ids = range(start, min(start + BATCH, number + 1))
        size = len(ids)
        # One in fifty was judged to be the same as somebody registered earlier.
        roots = [number - 1 if number % 50 == 0 else number for number in ids]
        sexes = random.choice(["f", "m", "u"], size, p=[0.45, 0.53, 0.02]).tolist()
        years = random.integers(1945, 2012, size).tolist()
        month_days = (random.integers(1, 13, size) * 100 + random.integers(1, 29, size)).tolist()
        yield [
            (pk, root, sex, year, month_day, "day" if pk % 10 else "year", NOW)
            for pk, root, sex, year, month_day in zip(ids, roots, sexes, years, month_days, strict=True)
        ]


def _deliveries(random: Any, asked: argparse.Namespace) -> Iterator[list[tuple[Any, ...]]]:
    days = [(FIRST_DAY + timedelta(days=number)).isoformat() for number in range(DAYS)]
    source = _first("projects_source")
    services, projects = _first("projects_service"), _first("projects_project")
    districts = _first("places_place")
    # The last half percent takes back what was recorded first.
    reversals = asked.deliveries // 200
    plain = asked.deliveries - reversals
    kept: list[tuple[Any, ...]] = []
    for start in range(1, plain + 1, BATCH):
        size = min(BATCH, plain + 1 - start)
        columns = zip(
            range(start, start + size),
            (random.integers(0, INDICATORS, size) + services).tolist(),
            (random.integers(0, PROJECTS, size) + projects).tolist(),
            random.integers(0, DAYS, size).tolist(),
            (random.integers(0, DISTRICTS, size) + districts).tolist(),
            random.integers(1, asked.persons + 1, size).tolist(),
            strict=True,
        )
        rows = [
            (
                pk, service, project, source, pk.to_bytes(16, "big"), days[day], "day",
                district, person, "", "", "", None, None, "bench", NOW,
            )
            for pk, service, project, day, district, person in columns
        ]  # fmt: skip
        kept += rows[: reversals - len(kept)]
        yield rows
    yield [_taken_back(row, plain + place) for place, row in enumerate(kept, start=1)]


def _taken_back(row: tuple[Any, ...], pk: int) -> tuple[Any, ...]:
    return (pk, *row[1:4], pk.to_bytes(16, "big"), *row[5:13], row[0], *row[14:])


def _record(asked: argparse.Namespace, number: int) -> None:
    """Some deliveries come late; only what they touch is counted again."""
    import numpy as np  # noqa: PLC0415

    from rohnamo.results.actions import work_changes  # noqa: PLC0415

    with _cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM deliveries_delivery")
        last = cursor.fetchone()[0]
    fresh = argparse.Namespace(deliveries=number, persons=asked.persons)
    rows = [
        (last + row[0], *row[1:4], (last + row[0]).to_bytes(16, "big"), *row[5:])
        for batch in _deliveries(np.random.default_rng(last), fresh)
        for row in batch
        if row[13] is None
    ]
    _insert("deliveries_delivery", DELIVERY_COLUMNS, iter([rows]))
    work_changes([("delivery.recorded", str(row[0])) for row in rows])


NAIVE = """
SELECT d.service_id, {keys} COUNT(DISTINCT root.id)
FROM deliveries_delivery d
JOIN people_person person ON person.id = d.person_id JOIN people_person root ON root.id = person.root_id
LEFT JOIN deliveries_delivery reversal ON reversal.reverses_id = d.id
WHERE d.project_id = %s AND d.day BETWEEN %s AND %s AND d.reverses_id IS NULL AND reversal.id IS NULL
GROUP BY d.service_id {group}
"""


def _naive_report(project: int) -> dict[int, int]:
    """The same report, straight over deliveries. Only its totals can be right: breakdowns do not add up."""
    from rohnamo.results.queries.fitting import age_sql, birth_sql, day_number  # noqa: PLC0415

    exact = "(root.birth_precision = 'day' AND root.birth_md IS NOT NULL)"
    born = f"({birth_sql('root.birth_year', 'root.birth_md', is_exact=exact)})"
    age = f"({age_sql(day_number('d.day'), born, is_exact=exact)}) / 10"
    found: dict[int, int] = {}
    for keys in ("", "root.sex", age, "d.district_id", f"root.sex, {age}"):
        with _cursor() as cursor:
            cursor.execute(
                NAIVE.format(keys=keys and f"{keys},", group=keys and f", {keys}"), [project, *HALF_YEAR]
            )
            rows = cursor.fetchall()
        found = found or dict(rows)
    return found


def _is_equal(report: Any, naive: dict[int, int]) -> bool:
    first = _first("projects_service")
    actual = {first + int(line.indicator.code[1:]) - 1: line.actual for line in report.lines}
    return actual == naive and all(
        sum(part.values()) == line.actual
        for line in report.lines
        for part in (line.breakdowns.by_sex, line.breakdowns.by_age, line.breakdowns.by_district)
    )


def _is_like_oracle(project: Any) -> bool:
    """All cells of the first indicator, counted by the tests' oracle."""
    from rohnamo.deliveries.models import Delivery  # noqa: PLC0415
    from rohnamo.results.models import ReachedCell, Tally  # noqa: PLC0415
    from rohnamo.results.tests import oracle  # noqa: PLC0415

    tally = Tally.objects.get(key=f"{project.code}.I1")
    sample = Delivery.objects.filter(project=project, service__in=tally.rules.values("service"))
    kept = ReachedCell.objects.filter(tally=tally)
    keys = ("period", "sex", "age", "district")
    counted = {row[:4]: row[4:] for row in kept.values_list(*keys, "persons", "firsts", "contacts")}
    expected = oracle.count_cells(sample, Tally.objects.filter(pk=tally.pk))
    return counted == {key[1:]: numbers[:3] for key, numbers in expected.items()}


def _sizes() -> dict[str, int]:
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from rohnamo.results.models import Reach, ReachedCell  # noqa: PLC0415

    sizes = {"rows of reach": Reach.objects.count(), "cells": ReachedCell.objects.count()}
    if connection.vendor == "sqlite":
        path = Path(settings.DATABASES["default"]["NAME"])
        sizes["database_mb"] = path.stat().st_size // 2**20
    return sizes


def _project() -> Any:
    from rohnamo.projects.models import Project  # noqa: PLC0415

    return Project.objects.get(code="EX.01")


def _span() -> Any:
    from rohnamo.core.periods import Period  # noqa: PLC0415

    return Period(*HALF_YEAR)


def _first(table: str) -> int:
    with _cursor() as cursor:
        cursor.execute(f"SELECT MIN(id) FROM {table}")
        return int(cursor.fetchone()[0])


def _insert(table: str, columns: str, batches: Iterator[list[tuple[Any, ...]]]) -> None:
    from django.db import connection, transaction  # noqa: PLC0415

    for rows in batches:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                cursor.executemany(
                    f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * (columns.count(',') + 1))})",
                    rows,
                )


class _without_indexes:  # noqa: N801 -- reads as a phrase after "with"
    """Indexes are made again at the end: filling them in no order takes several times longer."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def __enter__(self) -> None:
        from django.db import connection  # noqa: PLC0415

        with connection.schema_editor() as editor:
            for index in self.model._meta.indexes:
                editor.remove_index(self.model, index)

    def __exit__(self, *_: object) -> None:
        from django.db import connection  # noqa: PLC0415

        with connection.schema_editor() as editor:
            for index in self.model._meta.indexes:
                editor.add_index(self.model, index)


def _cursor() -> Any:
    from django.db import connection  # noqa: PLC0415

    return connection.cursor()


def _run(sql: str) -> None:
    with _cursor() as cursor:
        cursor.execute(sql)


def _timed(took: dict[str, float], name: str, work: Callable[[], object]) -> None:
    start = perf_counter()
    work()
    took[name] = perf_counter() - start
    print(f"{name}: {took[name]:.2f} s", file=sys.stderr, flush=True)


def _best(took: dict[str, float], name: str, work: Callable[[], Any], *, times: int = 3) -> Any:
    best = float("inf")
    for _ in range(times):
        start = perf_counter()
        result = work()
        best = min(best, perf_counter() - start)
    took[name] = best
    print(f"{name}: {best:.3f} s", file=sys.stderr, flush=True)
    return result


if __name__ == "__main__":
    main()
