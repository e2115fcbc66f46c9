"""The tables that a recount of some subjects works in. They live as long as the connection and belong to it alone."""

from collections.abc import Iterable, Sequence

from django.db import connection

from rohnamo.results.models import SubjectKind

_TABLES = {
    "results_touched": "subject bigint PRIMARY KEY",
    "results_candidate": "id bigint PRIMARY KEY",
    "results_person": "id bigint PRIMARY KEY",
    "results_delta": (
        "tally_id bigint, period integer, sex varchar(1), age varchar(8), district bigint,"
        " persons bigint, firsts bigint, contacts bigint, quantity numeric(18, 2)"
    ),
}
_ROWS_AT_ONCE = 400


def start(subjects: Iterable[int]) -> None:
    """Make the tables, or empty them, and note which subjects are counted."""
    for table, columns in _TABLES.items():
        run(f"CREATE TEMPORARY TABLE IF NOT EXISTS {table} ({columns})")
        run(f"DELETE FROM {table}")  # noqa: S608
    wanted = sorted(set(subjects))
    for place in range(0, len(wanted), _ROWS_AT_ONCE):
        _add("results_touched", wanted[place : place + _ROWS_AT_ONCE])
    look_at("results_touched")


def find_candidates() -> None:
    """Deliveries that may belong to the touched subjects: all of theirs, and some of their households' too."""
    # CROSS JOIN is the order for SQLite: the few persons first. Left to itself it reads the whole ledger.
    run(f"""
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
    look_at("results_person")
    run(f"""
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
    look_at("results_candidate")


def look_at(*tables: str) -> None:
    """Tell PostgreSQL how many rows tables have; of a new one it expects thousands."""
    if connection.vendor == "postgresql":
        run(f"ANALYZE {', '.join(tables)}")


def run(sql: str, params: Sequence[int] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def _kind(kind: SubjectKind) -> str:
    return f"touched.subject - touched.subject / 8 * 8 = {kind.value}"


def _add(table: str, numbers: Sequence[int]) -> None:
    marks = ", ".join(["(%s)"] * len(numbers))
    run(f"INSERT INTO {table} VALUES {marks}", list(numbers))  # noqa: S608
