"""How reach and its sums are filled: all of it, some tallies of it, or some subjects of it, by the same SQL.

Everything here is a few statements over sets, whatever the number of deliveries.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from rohnamo.core.errors import WrongData
from rohnamo.results.models import Count, SubjectKind, Tally
from rohnamo.results.queries.fitting import FROM_CANDIDATES, FROM_RULES, Scope, reach_sql

_REACH = (
    "INSERT INTO results_reach (tally_id, period, subject, first_contact_id, sex, age, district_id, is_first,"
    " persons, contacts, quantity) "
)
_KEYS = "tally_id, period, sex, age, district"
_SUMS = ("persons", "firsts", "contacts", "quantity")
# One number for all recounts: on PostgreSQL two of them wait for each other, as they do on SQLite anyway.
_LOCK = 7_202_601
_ROWS_AT_ONCE = 400
# The working tables live as long as the connection, belong to it alone, and are emptied before each use.
_WORKING_TABLES = {
    "results_touched": "subject bigint PRIMARY KEY",
    "results_candidate": "id bigint PRIMARY KEY",
    "results_person": "id bigint PRIMARY KEY",
    "results_delta": (
        "tally_id bigint, period integer, sex varchar(1), age varchar(8), district bigint,"
        " persons bigint, firsts bigint, contacts bigint, quantity numeric(18, 2)"
    ),
}


@transaction.atomic
def recount_all() -> None:
    """Count everything again from the ledger. The result is the same as after any number of partial recounts."""
    _lock()
    require_lines_apart()
    _run("DELETE FROM results_reachedcell")
    _run("DELETE FROM results_reachedtotal")
    _run("DELETE FROM results_reach")
    # Millions of subjects in no order: to sort them once at the end is several times faster.
    _run("DROP INDEX IF EXISTS results_reach_subject")
    for tally in Tally.objects.filter(rows_of=None):
        _fill(tally.pk)
    _run("CREATE INDEX results_reach_subject ON results_reach (subject)")


@transaction.atomic
def recount_tallies(tallies: Iterable[int]) -> None:
    """Count some tallies again, after what they count was changed."""
    _lock()
    require_lines_apart()
    for number in sorted(set(tallies)):
        for table in ("results_reachedcell", "results_reachedtotal", "results_reach"):
            _run(f"DELETE FROM {table} WHERE tally_id = %s", [number])  # noqa: S608
        _fill(number)


@transaction.atomic
def recount(subjects: Iterable[int]) -> None:
    """Count some subjects again, in all tallies.

    subjects: as in `Reach.subject`. For somebody who was one person and is now another, or left a household, give
    both. What did not change in the end writes nothing into the sums.
    """
    _lock()
    _start(subjects)
    _find_candidates()
    _note_reach(sign=-1)
    _run("DELETE FROM results_reach WHERE subject IN (SELECT subject FROM results_touched)")
    scope = Scope(FROM_CANDIDATES, subjects="subject IN (SELECT subject FROM results_touched)")
    _run(_REACH + reach_sql(scope))
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


def _fill(tally: int) -> None:
    _run(_REACH + reach_sql(Scope(FROM_RULES, tallies=f"tally.id = {tally:d}")))
    _run(
        f"INSERT INTO results_reachedcell ({_KEYS}, {', '.join(_SUMS)}) "  # noqa: S608
        f"SELECT {_cell_of_reach(1)} FROM results_reach WHERE tally_id = %s GROUP BY {_KEY_NUMBERS}",
        [tally],
    )
    _run(
        "INSERT INTO results_reachedtotal (tally_id, period, persons, firsts, contacts, quantity) "
        "SELECT tally_id, period, SUM(persons), SUM(firsts), SUM(contacts), ROUND(SUM(quantity), 2) "
        "FROM results_reachedcell WHERE tally_id = %s GROUP BY tally_id, period",
        [tally],
    )


_KEY_NUMBERS = "1, 2, 3, 4, 5"


def _cell_of_reach(sign: int) -> str:
    # Rounded, because SQLite adds hundredths as floating point and their dust must not gather.
    return (
        "tally_id, period, sex, age, COALESCE(district_id, 0),"
        f" {sign} * SUM(persons), {sign} * SUM(CASE WHEN is_first THEN persons ELSE 0 END),"
        f" {sign} * SUM(contacts), {sign} * ROUND(SUM(quantity), 2)"
    )


def _lock() -> None:
    if connection.vendor == "postgresql":
        _run("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        # The SQL text joins nine tables. With the usual limit of eight PostgreSQL would first work out all
        # deliveries and look for the few candidates afterwards.
        _run("SET LOCAL from_collapse_limit = 12")
        _run("SET LOCAL join_collapse_limit = 12")


def _look_at(*tables: str) -> None:
    """Tell PostgreSQL how few rows a working table has; of a new one it expects thousands."""
    if connection.vendor == "postgresql":
        _run(f"ANALYZE {', '.join(tables)}")


def _start(subjects: Iterable[int]) -> None:
    for table, columns in _WORKING_TABLES.items():
        _run(f"CREATE TEMPORARY TABLE IF NOT EXISTS {table} ({columns})")
        _run(f"DELETE FROM {table}")  # noqa: S608
    wanted = sorted(set(subjects))
    for start in range(0, len(wanted), _ROWS_AT_ONCE):
        _add("results_touched", wanted[start : start + _ROWS_AT_ONCE])
    _look_at("results_touched")


def _find_candidates() -> None:
    """Deliveries that may belong to the touched subjects: all of theirs, and some of their households' too."""
    # CROSS JOIN is the order for SQLite: the few persons first. Left to itself it reads the whole ledger.
    _run(f"""
        INSERT INTO results_person (id)
        SELECT person.id FROM results_touched touched
        JOIN people_person root ON root.id = touched.subject / 8
        JOIN people_person person ON person.root_id = root.id OR (person.id = root.id AND person.root_id IS NULL)
        WHERE {_kind(SubjectKind.PERSON)}
        UNION
        SELECT person.id FROM results_touched touched
        JOIN people_householdmember home ON home.household_id = touched.subject / 8
        JOIN people_person person
          ON person.root_id = home.person_id OR (person.id = home.person_id AND person.root_id IS NULL)
        WHERE {_kind(SubjectKind.HOUSEHOLD)}
    """)  # noqa: S608
    _look_at("results_person")
    _run(f"""
        INSERT INTO results_candidate (id)
        SELECT d.id FROM results_person person CROSS JOIN deliveries_delivery d WHERE d.person_id = person.id
        UNION
        SELECT d.id FROM results_touched touched JOIN deliveries_delivery d ON d.coded_id = touched.subject / 8
        WHERE {_kind(SubjectKind.CODED)}
        UNION
        SELECT d.id FROM results_touched touched JOIN deliveries_delivery d ON d.official_id = touched.subject / 8
        WHERE {_kind(SubjectKind.OFFICIAL)}
        UNION
        SELECT d.id FROM results_touched touched JOIN deliveries_delivery d ON d.id = touched.subject / 8
        WHERE {_kind(SubjectKind.GROUP)}
    """)  # noqa: S608
    _look_at("results_candidate")


def _kind(kind: SubjectKind) -> str:
    return f"touched.subject - touched.subject / 8 * 8 = {kind.value}"


def _note_reach(*, sign: int) -> None:
    _run(
        f"INSERT INTO results_delta ({_KEYS}, {', '.join(_SUMS)}) SELECT {_cell_of_reach(sign)} "  # noqa: S608
        f"FROM results_reach WHERE subject IN (SELECT subject FROM results_touched) GROUP BY {_KEY_NUMBERS}"
    )


def _apply_delta() -> None:
    _look_at("results_delta")
    _add_delta("results_reachedcell", _KEYS)
    _add_delta("results_reachedtotal", "tally_id, period")


def _add_delta(table: str, keys: str) -> None:
    changed = " OR ".join(f"ROUND(SUM({name}), 2) <> 0" for name in _SUMS)
    sums = ", ".join(f"SUM({name})" for name in _SUMS[:3])
    added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in _SUMS[:3])
    _run(
        f"INSERT INTO {table} ({keys}, {', '.join(_SUMS)}) "  # noqa: S608
        f"SELECT {keys}, {sums}, ROUND(SUM(quantity), 2) FROM results_delta GROUP BY {keys} HAVING {changed} "
        f"ON CONFLICT ({keys}) DO UPDATE SET {added}, quantity = ROUND({table}.quantity + excluded.quantity, 2)"
    )
    same = " AND ".join(f"delta.{key} = kept.{key}" for key in keys.split(", "))
    _run(
        f"DELETE FROM {table} WHERE id IN (SELECT kept.id FROM results_delta delta "  # noqa: S608
        f"JOIN {table} kept ON {same} WHERE kept.contacts = 0)"
    )


def _add(table: str, numbers: Sequence[int]) -> None:
    marks = ", ".join(["(%s)"] * len(numbers))
    _run(f"INSERT INTO {table} VALUES {marks}", list(numbers))  # noqa: S608


def _run(sql: str, params: Sequence[int] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def has_households() -> bool:
    """Whether anything is counted by households, so that a person's change touches their household."""
    return Tally.objects.filter(count=Count.HOUSEHOLDS).exists()
