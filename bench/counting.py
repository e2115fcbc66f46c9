"""Counting at full size: how long a full recount, one after a late row or a merge of two persons, a project's report
and the portfolio take, beside counting naively.

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
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

PROJECTS, INDICATORS, DISTRICTS = 12, 40, 68
FIRST_DAY, DAYS = date(2024, 1, 1), 1096
HALF_YEAR = (date(2025, 1, 1), date(2025, 6, 30))
DELIVERY_COLUMNS = (
    "id, service_id, project_id, source_id, source_key, day, day_precision, district_id, person_id, group_sex,"
    " group_age, group_language, reverses_id, recorded_by, recorded_at"
)
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
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _measure(asked: argparse.Namespace) -> dict[str, Any]:
    from django.db import connection

    from rohnamo.results.actions import recount_all, set_up_tallies
    from rohnamo.results.queries import portfolio, project_report

    clock = Clock()
    clock.time("make the rows", lambda: _make_rows(asked))
    clock.time("set up the tallies", lambda: set_up_tallies(count=False))
    clock.time("full recount", recount_all)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if connection.vendor == "postgresql":
        _run("ANALYZE")
    project, span = _project(), _span()
    report = clock.time("report", lambda: project_report(project, span), times=3)
    clock.time("portfolio", lambda: portfolio(date(2026, 12, 31)), times=3)
    naive = clock.time("naive report", lambda: _naive_report(project.pk), times=3)
    equal = _is_equal(report, naive) and _is_like_oracle(project)
    clock.time("2000 late rows", lambda: _record(asked, 2_000))
    clock.time("one late row", lambda: _record(asked, 1), times=9)
    pairs = iter(range(1_001, 1_001 + 9 * 97, 97))
    clock.time("merge of two persons", lambda: _merge(next(pairs)), times=9)
    equal = (
        equal
        and _is_equal(project_report(project, span), _naive_report(project.pk))
        and _is_like_oracle(project)
    )
    clock.time("naive full recount", lambda: _naive_cells(*WHOLE))
    clock.time("naive recount of one row's tallies", lambda: _naive_cells(*_of_one_row()))
    return {
        "database": connection.vendor,
        "deliveries": asked.deliveries,
        **_sizes(),
        "seconds": clock.seconds,
        "cpu seconds": clock.cpu_seconds,
        "ratio naive report / report": clock.ratio("naive report", "report"),
        "ratio naive full recount / full recount": clock.ratio("naive full recount", "full recount"),
        "ratio naive recount / one late row": clock.ratio(
            "naive recount of one row's tallies", "one late row"
        ),
        "ratio naive recount / merge": clock.ratio(
            "naive recount of one row's tallies", "merge of two persons"
        ),
        "equal": equal,
        "memory_mb of the recount": memory,
    }


class Clock:
    """How long things took, the median of several times, and what processor time they used here and in the database."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu_seconds: dict[str, float] = {}

    def time(self, name: str, work: Callable[[], Any], *, times: int = 1) -> Any:
        """Returns what the work returned the last time."""
        took: list[tuple[float, float]] = []
        for _ in range(times):
            start, cpu_start = perf_counter(), _cpu_seconds()
            result = work()
            took.append((perf_counter() - start, _cpu_seconds() - cpu_start))
        middle = sorted(took)[times // 2]
        self.seconds[name], self.cpu_seconds[name] = round(middle[0], 3), round(middle[1], 3)
        print(f"{name}: {middle[0]:.3f} s, processor {middle[1]:.3f} s", file=sys.stderr, flush=True)
        return result

    def ratio(self, slow: str, fast: str) -> float:
        return round(self.seconds[slow] / self.seconds[fast], 1)


def _cpu_seconds() -> float:
    """Of this process and of the PostgreSQL process that works for it, when that runs here. Its helpers are left out."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return process_time()
    with _cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        statistics = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not statistics.exists():
        return process_time()
    user, system = statistics.read_text().rpartition(")")[2].split()[11:13]
    return process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _make_rows(asked: argparse.Namespace) -> None:
    from rohnamo.deliveries.models import Delivery

    _make_frame()
    with _without_checks():
        _run(_persons_sql(asked))
        with _without_indexes(Delivery):
            # The last half percent takes back what was recorded first.
            reversals = asked.deliveries // 200
            plain = asked.deliveries - reversals
            _run(_deliveries_sql(asked, range(1, plain + 1)))
            _run(_reversals_sql(reversals, after=plain))


def _make_frame() -> None:
    """Projects, services, districts and indicators: indicator n of each project counts persons of service n."""
    from rohnamo.results.tests import factories as make

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


# A prime below 2^31: its squares fit into 63 bits.
_PRIME = 2_147_483_647


def _drawn(asked: argparse.Namespace, column: int, choices: int) -> str:
    """SQL of a number from 0 below `choices`, by chance for each id and column, the same on every database."""
    mixed = f"((id * {1_103_515_245 + 2 * column * 104_729} + {12_345 + asked.seed}) % {_PRIME})"
    return f"(({mixed} * {mixed} % {_PRIME}) * {choices} / {_PRIME})"


def _numbers(ids: range) -> str:
    if _is_sqlite():
        return (
            f"(WITH RECURSIVE number(id) AS (SELECT {ids.start} UNION ALL SELECT id + 1 FROM number"
            f" WHERE id < {ids.stop - 1}) SELECT id FROM number) number"
        )
    return f"(SELECT generate_series({ids.start}::bigint, {ids.stop - 1}) AS id) number"


def _persons_sql(asked: argparse.Namespace) -> str:
    # One in fifty was judged to be the same as somebody registered earlier; of one in ten only the year is known.
    sex = f"CASE WHEN {_drawn(asked, 1, 100)} < 45 THEN 'f' WHEN {_drawn(asked, 1, 100)} < 98 THEN 'm' ELSE 'u' END"
    return f"""
INSERT INTO people_person (id, root_id, sex, birth_year, birth_md, birth_precision, registered_at)
SELECT id, id - CASE WHEN id % 50 = 0 THEN 1 ELSE 0 END, {sex}, 1945 + {_drawn(asked, 2, 67)},
       (1 + {_drawn(asked, 3, 12)}) * 100 + 1 + {_drawn(asked, 4, 28)},
       CASE WHEN id % 10 = 0 THEN 'year' ELSE 'day' END, '{NOW}'
FROM {_numbers(range(1, asked.persons + 1))}
"""


def _deliveries_sql(asked: argparse.Namespace, ids: range) -> str:
    days = _drawn(asked, 5, DAYS)
    day = (
        f"date('{FIRST_DAY}', '+' || {days} || ' days')"
        if _is_sqlite()
        else f"date '{FIRST_DAY}' + {days}::int"
    )
    return f"""
INSERT INTO deliveries_delivery ({DELIVERY_COLUMNS})
SELECT id, {_first("projects_service")} + {_drawn(asked, 6, INDICATORS)},
       {_first("projects_project")} + {_drawn(asked, 7, PROJECTS)}, {_first("projects_source")}, {_source_key("id")},
       {day}, 'day', {_first("places_place")} + {_drawn(asked, 8, DISTRICTS)},
       1 + {_drawn(asked, 9, asked.persons)}, '', '', '', NULL, 'bench', '{NOW}'
FROM {_numbers(ids)}
"""


def _reversals_sql(number: int, *, after: int) -> str:
    return f"""
INSERT INTO deliveries_delivery ({DELIVERY_COLUMNS})
SELECT id + {after}, service_id, project_id, source_id, {_source_key(f"(id + {after})")}, day, day_precision,
       district_id, person_id, '', '', '', id, recorded_by, recorded_at
FROM deliveries_delivery WHERE id <= {number}
"""


def _source_key(number: str) -> str:
    if _is_sqlite():
        return f"CAST(printf('%016d', {number}) AS BLOB)"
    return f"convert_to(lpad({number}::text, 16, '0'), 'UTF8')"


def _record(asked: argparse.Namespace, number: int) -> None:
    """Some deliveries come late; only what they touch is counted again."""
    from rohnamo.results.actions import work_changes

    with _cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM deliveries_delivery")
        start = cursor.fetchone()[0] + 1
    ids = range(start, start + number)
    _run(_deliveries_sql(asked, ids))
    work_changes([("delivery.recorded", str(pk)) for pk in ids])


def _merge(person: int) -> None:
    """Two persons are judged to be one; the register itself is changed as its action would, which is measured elsewhere."""
    from rohnamo.people.models import Person
    from rohnamo.results.actions import work_changes

    roots = (
        Person.objects.filter(pk__in=[person, person + 48]).order_by("pk").values_list("root_id", flat=True)
    )
    kept, lost = roots
    Person.objects.filter(root=lost).update(root=kept)
    work_changes([("person.judged", str(kept)), ("person.judged", str(lost))])


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
    age = _naive_age()
    found: dict[int, int] = {}
    for keys in ("", "root.sex", age, "d.district_id", f"root.sex, {age}"):
        with _cursor() as cursor:
            cursor.execute(
                NAIVE.format(keys=keys and f"{keys},", group=keys and f", {keys}"), [project, *HALF_YEAR]
            )
            rows = cursor.fetchall()
        found = found or dict(rows)
    return found


NAIVE_CELLS = """
SELECT COUNT(*), SUM(persons), SUM(contacts) FROM (
SELECT COUNT(DISTINCT root.id) AS persons, COUNT(*) AS contacts
FROM deliveries_delivery d JOIN projects_service service ON service.id = d.service_id
JOIN people_person person ON person.id = d.person_id JOIN people_person root ON root.id = person.root_id
LEFT JOIN deliveries_delivery reversal ON reversal.reverses_id = d.id
WHERE d.reverses_id IS NULL AND reversal.id IS NULL AND {condition}
GROUP BY {keys}{half_year}, root.sex, {age}, d.district_id) cells
"""
# What a recount makes for an indicator, a project, an area and the mission, each counted on its own.
WHOLE = (
    ("d.project_id, d.service_id,", "TRUE"),
    ("d.project_id,", "TRUE"),
    ("service.area_id,", "TRUE"),
    ("", "TRUE"),
)


def _naive_cells(*counts: tuple[str, str]) -> None:
    """All cells straight over deliveries. It keeps nothing, so it has less to do; and persons are in several cells."""
    from rohnamo.results.queries.fitting import day_number

    day = day_number("d.day")
    for keys, condition in counts:
        parts = {
            "keys": keys,
            "condition": condition,
            "age": _naive_age(),
            "half_year": f"{day} / 10000, {day} / 100 - {day} / 10000 * 100 < 7",
        }
        _run(NAIVE_CELLS.format(**parts))


def _of_one_row() -> tuple[tuple[str, str], ...]:
    """One service of one project, and all that it is part of."""
    project, service = _first("projects_project"), _first("projects_service")
    same = f"d.project_id = {project}"
    area = f"service.area_id = (SELECT area_id FROM projects_service WHERE id = {service})"
    return ("", f"{same} AND d.service_id = {service}"), ("", same), ("", area), ("", "TRUE")


def _naive_age() -> str:
    from rohnamo.results.queries.fitting import age_sql, birth_sql, day_number

    exact = "(root.birth_precision = 'day' AND root.birth_md IS NOT NULL)"
    born = f"({birth_sql('root.birth_year', 'root.birth_md', is_exact=exact)})"
    return f"({age_sql(day_number('d.day'), born, is_exact=exact)}) / 10"


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
    from rohnamo.deliveries.models import Delivery
    from rohnamo.results.models import ReachedCell, Tally
    from rohnamo.results.tests import oracle

    tally = Tally.objects.get(key=f"{project.code}.I1")
    sample = Delivery.objects.filter(project=project, service__in=tally.rules.values("service"))
    kept = ReachedCell.objects.filter(tally=tally)
    keys = ("period", "sex", "age", "district")
    counted = {row[:4]: row[4:] for row in kept.values_list(*keys, "persons", "firsts", "contacts")}
    expected = oracle.count_cells(sample, Tally.objects.filter(pk=tally.pk))
    return counted == {key[1:]: numbers[:3] for key, numbers in expected.items()}


def _sizes() -> dict[str, int]:
    from django.conf import settings
    from django.db import connection

    from rohnamo.results.models import Reach, ReachedCell

    sizes = {"rows of reach": Reach.objects.count(), "cells": ReachedCell.objects.count()}
    if connection.vendor == "sqlite":
        path = Path(settings.DATABASES["default"]["NAME"])
        sizes["database_mb"] = path.stat().st_size // 2**20
    return sizes


def _project() -> Any:
    from rohnamo.projects.models import Project

    return Project.objects.get(code="EX.01")


def _span() -> Any:
    from rohnamo.core.periods import Period

    return Period(*HALF_YEAR)


def _first(table: str) -> int:
    with _cursor() as cursor:
        cursor.execute(f"SELECT MIN(id) FROM {table}")
        return int(cursor.fetchone()[0])


@contextmanager
def _without_checks() -> Iterator[None]:
    """PostgreSQL would look up five foreign keys for each row. The role must be a superuser."""
    if not _is_sqlite():
        _run("SET session_replication_role = replica")
    yield
    if not _is_sqlite():
        _run("SET session_replication_role = DEFAULT")


class _without_indexes:  # noqa: N801 -- reads as a phrase after "with"
    """Indexes are made again at the end: filling them in no order takes several times longer."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def __enter__(self) -> None:
        from django.db import connection

        with connection.schema_editor() as editor:
            for index in self.model._meta.indexes:
                editor.remove_index(self.model, index)

    def __exit__(self, *_: object) -> None:
        from django.db import connection

        with connection.schema_editor() as editor:
            for index in self.model._meta.indexes:
                editor.add_index(self.model, index)


def _cursor() -> Any:
    from django.db import connection

    return connection.cursor()


def _run(sql: str) -> None:
    with _cursor() as cursor:
        cursor.execute(sql)


def _is_sqlite() -> bool:
    from django.db import connection

    return connection.vendor == "sqlite"


if __name__ == "__main__":
    main()
