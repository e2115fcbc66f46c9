"""How reach and its sums are filled: all of it, some tallies of it, or some subjects of it, in the same way.

The database says what fits (`queries.fitting`), `adding_up` makes rows of it, and `columns` carries both ways.
"""

from collections.abc import Iterable

import numpy as np
from django.db import connection, transaction

from rohnamo.core.errors import WrongData
from rohnamo.results.actions import adding_up, columns
from rohnamo.results.actions import working_tables as working
from rohnamo.results.actions.adding_up import Counted, Fitting
from rohnamo.results.actions.working_tables import run
from rohnamo.results.models import Count, Tally
from rohnamo.results.queries.fitting import (
    FROM_CANDIDATES,
    FROM_LEDGER,
    FROM_RULES,
    deliveries_sql,
    rules_sql,
)

_KEYS = "tally_id, period, sex, age, district"
_KEY_NUMBERS = "1, 2, 3, 4, 5"
_SUMS = ("persons", "firsts", "contacts", "quantity")
# One number for all recounts: on PostgreSQL two of them wait for each other, as they do on SQLite anyway.
_LOCK = 7_202_601
# How indexes of reach are taken away and made. To sort millions of rows once at the end is several times faster than
# to keep an index while they come in no order; PostgreSQL gains even where they come in order.
_BY_SUBJECT = (
    "DROP INDEX IF EXISTS results_reach_subject",
    "CREATE INDEX results_reach_subject ON results_reach (subject)",
)
_INDEXES = {
    "sqlite": [_BY_SUBJECT],
    "postgresql": [
        _BY_SUBJECT,
        (
            "ALTER TABLE results_reach DROP CONSTRAINT results_reach_once",
            "ALTER TABLE results_reach ADD CONSTRAINT results_reach_once UNIQUE (tally_id, subject, period)",
        ),
        (
            "ALTER TABLE results_reach DROP CONSTRAINT results_reach_pkey",
            "ALTER TABLE results_reach ADD CONSTRAINT results_reach_pkey PRIMARY KEY (id)",
        ),
    ],
}
_NO_LINE = (0, 0, None, "", None, None)
_TOUCHED = "subject IN (SELECT subject FROM results_touched)"
# What a count of everything reads. After a restore or a first register PostgreSQL knows nothing of them yet, and would look
# millions of rows up one by one: twenty times slower.
_TABLES_READ = (
    "deliveries_delivery",
    "people_person",
    "people_householdmember",
    "people_codedperson",
    "people_official",
)
# Lines that a few deliveries may fit: of thousands, the few dozens for their services and projects.
_OF_CANDIDATES = (
    "(line.service_id, project.id) IN (SELECT d.service_id, d.project_id FROM results_candidate candidate"
    " CROSS JOIN deliveries_delivery d WHERE d.id = candidate.id)"
)


@transaction.atomic
def recount_all() -> None:
    """Count everything again from the ledger. The result is the same as after any number of partial recounts.

    On PostgreSQL whoever reads reach itself waits until it is done; what is read from sums goes on as before.
    """
    _lock()
    require_lines_apart()
    working.look_at(*_TABLES_READ)
    fitting, tallies = _read(FROM_LEDGER)
    _empty()
    for gone, _ in _INDEXES[connection.vendor]:
        run(gone)
    _fill(fitting, tallies)
    # There need not be room for the ledger and for sorting the indexes.
    del fitting
    for _, made in _INDEXES[connection.vendor]:
        run(made)


@transaction.atomic
def recount_tallies(tallies: Iterable[int]) -> None:
    """Count some tallies again, after what they count was changed."""
    numbers = sorted(set(tallies))
    _lock()
    require_lines_apart()
    if not numbers:
        return
    asked = f"tally.id IN ({', '.join(map(str, numbers))})"
    for number in numbers:
        for table in ("results_reachedcell", "results_reachedtotal", "results_reach"):
            run(f"DELETE FROM {table} WHERE tally_id = %s", [number])  # noqa: S608
    _fill(*_read(FROM_RULES, asked))


@transaction.atomic
def recount(subjects: Iterable[int]) -> None:
    """Count some subjects again, in all tallies.

    subjects: as in `Reach.subject`. For somebody who was one person and is now another, or left a household, give
    both. What did not change in the end writes nothing into the sums.
    """
    touched = np.array(sorted(set(subjects)), dtype=np.int64)
    _lock()
    working.start(touched.tolist())
    working.find_candidates()
    fitting, tallies = _read(FROM_CANDIDATES, _OF_CANDIDATES)
    _note_reach(sign=-1)
    run(f"DELETE FROM results_reach WHERE {_TOUCHED}")  # noqa: S608
    reached = [adding_up.reach_of(fitting.of(how.lines), how) for how in tallies]
    if reached:
        columns.write("results_reach", adding_up.reach_columns(adding_up.of_subjects(reached, touched)))
    _note_reach(sign=1)
    _apply_delta()


def require_lines_apart() -> None:
    """Raises WrongData when two lines of a tally could fit one delivery, which would be counted twice."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERLAPPING_LINES)
        found = cursor.fetchone()
    if found:
        raise WrongData(f"Two lines of tally {found[0]} fit the same deliveries. Run its set-up again.")


_OVERLAPPING_LINES = """
SELECT tally.key FROM results_tallyrule a
JOIN results_tallyrule b ON b.tally_id = a.tally_id AND b.service_id = a.service_id AND b.id > a.id
JOIN results_tally tally ON tally.id = a.tally_id
WHERE (a.project_id IS NULL OR b.project_id IS NULL OR a.project_id = b.project_id)
  AND (a.district_id IS NULL OR b.district_id IS NULL OR a.district_id = b.district_id)
  AND (a.valid_to IS NULL OR b.valid_from IS NULL OR a.valid_to >= b.valid_from)
  AND (b.valid_to IS NULL OR a.valid_from IS NULL OR b.valid_to >= a.valid_from)
  AND (a.sex = '' OR b.sex = '' OR a.sex = b.sex)
  AND (a.age_max IS NULL OR b.age_min IS NULL OR a.age_max >= b.age_min)
  AND (b.age_max IS NULL OR a.age_min IS NULL OR b.age_max >= a.age_min)
"""


def _read(deliveries: str, asked: str = "TRUE") -> tuple[Fitting, list[Counted]]:
    """What fits some tallies, and how each of them counts."""
    with connection.cursor() as cursor:
        cursor.execute(rules_sql(asked))
        tallies, lines = adding_up.counted_tallies(cursor.fetchall())
    # Without any tally nothing fits, whatever the line.
    sql = deliveries_sql(deliveries, lines or [_NO_LINE])
    return Fitting(columns.read(sql, adding_up.FITTING_KINDS)), tallies


def _empty() -> None:
    run("DELETE FROM results_reachedcell")
    run("DELETE FROM results_reachedtotal")
    # To take out millions of rows one by one would double the table.
    run("TRUNCATE results_reach" if connection.vendor == "postgresql" else "DELETE FROM results_reach")


def _fill(fitting: Fitting, tallies: Iterable[Counted]) -> None:
    """Count some tallies of which nothing stands."""
    for how in tallies:
        reached = adding_up.reach_of(fitting.of(how.lines), how)
        if len(reached.tally):
            columns.write("results_reach", adding_up.reach_columns(reached))
            columns.write("results_reachedcell", adding_up.cell_columns(reached))
            columns.write("results_reachedtotal", adding_up.total_columns(reached))


def _cell_of_reach(sign: int) -> str:
    # Rounded, because SQLite adds hundredths as floating point and their dust must not gather.
    return (
        "tally_id, period, sex, age, COALESCE(district_id, 0),"
        f" {sign} * SUM(persons), {sign} * SUM(CASE WHEN is_first THEN persons ELSE 0 END),"
        f" {sign} * SUM(contacts), {sign} * ROUND(SUM(quantity), 2)"
    )


def _lock() -> None:
    if connection.vendor == "postgresql":
        run("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        # The SQL text joins many tables. With the usual limit of eight PostgreSQL would first work out all
        # deliveries and look for the few candidates afterwards.
        run("SET LOCAL from_collapse_limit = 12")
        run("SET LOCAL join_collapse_limit = 12")


def _note_reach(*, sign: int) -> None:
    run(
        f"INSERT INTO results_delta ({_KEYS}, {', '.join(_SUMS)}) SELECT {_cell_of_reach(sign)} "  # noqa: S608
        f"FROM results_reach WHERE {_TOUCHED} GROUP BY {_KEY_NUMBERS}"
    )


def _apply_delta() -> None:
    working.look_at("results_delta")
    _add_delta("results_reachedcell", _KEYS)
    _add_delta("results_reachedtotal", "tally_id, period")


def _add_delta(table: str, keys: str) -> None:
    changed = " OR ".join(f"ROUND(SUM({name}), 2) <> 0" for name in _SUMS)
    sums = ", ".join(f"SUM({name})" for name in _SUMS[:3])
    added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in _SUMS[:3])
    run(
        f"INSERT INTO {table} ({keys}, {', '.join(_SUMS)}) "  # noqa: S608
        f"SELECT {keys}, {sums}, ROUND(SUM(quantity), 2) FROM results_delta GROUP BY {keys} HAVING {changed} "
        f"ON CONFLICT ({keys}) DO UPDATE SET {added}, quantity = ROUND({table}.quantity + excluded.quantity, 2)"
    )
    same = " AND ".join(f"delta.{key} = kept.{key}" for key in keys.split(", "))
    run(
        f"DELETE FROM {table} WHERE id IN (SELECT kept.id FROM results_delta delta "  # noqa: S608
        f"JOIN {table} kept ON {same} WHERE kept.contacts = 0)"
    )


def has_households() -> bool:
    """Whether anything is counted by households, so that a person's change touches their household."""
    return Tally.objects.filter(count=Count.HOUSEHOLDS).exists()
