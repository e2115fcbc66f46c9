"""The one SQL text that says which delivery fits which tally, for whom, and in which period.

It runs on SQLite and PostgreSQL; where they differ, a table by vendor stands right here. Its rules, in words:

* A reversal and what it takes back count as nothing.
* A person is the root of a judgement; sex and birth are the root's. A household is the root's household; who has
  none stands for a household of one.
* Age is in completed years on the day of the contact. Where only the year of birth is known, or the day was only
  estimated, the middle of the year (1 July) is taken; whoever was served in their year of birth is 0 then.
* The district is the one written down at the contact.
* A group without names has contacts and quantity, nobody to be counted once. It fits an age filter when its whole
  band does.

What it tells are whole numbers only, so that millions of rows can be read as columns of numbers:

* line: a number for all lines of tallies that ask for the same, whatever their days. Most deliveries fit one line of an
  indicator, of a project, of an area and of the mission, and all four ask for the same; so they are read once and not
  four times. The days of a line are looked at where rows are picked for its tally (`first_contact`, `contact_after`).
* contact: day and number of the delivery. The first contact is the smallest.
* look: district, age band and sex at a contact.
"""

from collections.abc import Sequence

from django.db import connection

from rohnamo.core.ages import BANDS, OLDEST, UNKNOWN_AGE
from rohnamo.core.periods import MONTHS
from rohnamo.results.models import SubjectKind

SEXES = "ufm"
AGES = (UNKNOWN_AGE, *(name for _, name in BANDS))
"""Sex and age band by their place in a look."""
# Deliveries below 10^11 leave room for the day within 63 bits.
ID_ROOM = 100_000_000_000
_DAY_NUMBER = {
    "sqlite": "CAST(replace({day}, '-', '') AS INTEGER)",
    "postgresql": "CAST(to_char({day}, 'YYYYMMDD') AS bigint)",
}
# Neither database works out a subquery twice that ends like this. Without it the day and the birth are computed
# again wherever the age is mentioned.
_ONCE = {"sqlite": "LIMIT -1 OFFSET 0", "postgresql": "OFFSET 0"}
# The plus keeps SQLite from starting at the index of reversals: to it an empty value looks rare.
_COUNTS = {"sqlite": "+d.reverses_id IS NULL", "postgresql": "d.reverses_id IS NULL"}

# Where the deliveries `d` come from, in the order in which SQLite shall join them: all of the ledger; what the lines of
# some tallies may fit, through the index on project and service; or those of a few subjects.
FROM_LEDGER = "deliveries_delivery d"
FROM_RULES = "(SELECT DISTINCT service_id, project_id FROM rule) wanted CROSS JOIN deliveries_delivery d"
FROM_CANDIDATES = "results_candidate candidate CROSS JOIN deliveries_delivery d"
_JOINED = {
    FROM_LEDGER: "",
    FROM_RULES: "AND d.project_id = wanted.project_id AND d.service_id = wanted.service_id",
    FROM_CANDIDATES: "AND d.id = candidate.id",
}


Condition = tuple[int, int, int | None, str, int | None, int | None]
"""Of a line: service, project, district, sex, lowest and highest age (None or empty: any)."""
FITTING = ("line", "subject", "home", "contact", "look", "contacts", "hundredths")
"""Columns of `deliveries_sql`. home: household, or the subject itself. hundredths: of the quantity."""


def rules_sql(tallies: str = "TRUE") -> str:
    """SELECT of what tallies ask for, in the order of tallies. tallies: a condition on `tally`, `line` and `project`.

    Columns: tally, unit, months of a period, from which contact and before which (NULL: any), then those of a
    `Condition`.
    """
    return (
        f"SELECT tally_id, unit, months, first_contact, contact_after, {', '.join(_CONDITION)} "  # noqa: S608
        f"FROM ({_rules(tallies)}) rule ORDER BY tally_id"
    )


def deliveries_sql(deliveries: str, lines: Sequence[Condition]) -> str:
    """SELECT of the columns FITTING: one row for each delivery and line that it fits, in no order.

    deliveries: one of FROM_…. lines: at least one; they are numbered from 1. They stand in the text, because read
    again they might be others than those that the tallies were read with.
    """
    values = ", ".join(f"({number}, {_values(line)})" for number, line in enumerate(lines, start=1))
    return (
        f"WITH written (line, {', '.join(_CONDITION)}) AS (VALUES {values}), rule AS ({_RULE}) "  # noqa: S608
        f"SELECT {', '.join(FITTING)} FROM ({_met(deliveries, _ONCE[connection.vendor])}) met CROSS JOIN rule WHERE {_FITS}"
    )


def fitting_sql(tallies: str, *, periods: str) -> str:
    """SELECT of the numbers of all deliveries that fit. tallies, periods: conditions on `tally` and `period`."""
    year = f"(met.contact / {ID_ROOM * 10_000})"
    month = f"(met.contact / {ID_ROOM * 100} - {year} * 100 - 1)"
    period = f"{year} * 10000 + ({month} / rule.months * rule.months + 1) * 100 + 1"
    return (
        f"WITH rule AS MATERIALIZED ({_rules(tallies)}), met AS NOT MATERIALIZED ({_met(FROM_LEDGER, '')}) "  # noqa: S608
        f"SELECT delivery_id FROM (SELECT met.id AS delivery_id, {period} AS period "
        f"FROM rule CROSS JOIN met WHERE {_FITS} AND {_IN_ITS_DAYS}) fitting WHERE {periods}"
    )


def day_number(day: str) -> str:
    """SQL of a day as year × 10000 + month × 100 + day."""
    return _DAY_NUMBER[connection.vendor].format(day=day)


def age_sql(day: str, birth: str, *, is_exact: str) -> str:
    """SQL of completed years on a day; both are day numbers. NULL when unknown, not yet born, or above 120."""
    days = f"({day} - {birth})"
    return (
        f"CASE WHEN {days} BETWEEN 0 AND {OLDEST}9999 THEN {days} / 10000 "
        f"WHEN NOT {is_exact} AND {day} / 10000 = {birth} / 10000 THEN 0 END"
    )


def birth_sql(year: str, month_day: str, *, is_exact: str) -> str:
    """SQL of a birth as a day number: 1 July where only the year is known."""
    return f"{year} * 10000 + CASE WHEN {is_exact} THEN {month_day} ELSE 701 END"


_CONDITION = ("service_id", "project_id", "district_id", "sex", "age_min", "age_max")
# SQLite looks rows up by columns of the same type only, and of a table of its own: hence CAST and DISTINCT. Without
# them every delivery would be held against every line.
_RULE = (
    "SELECT DISTINCT line, CAST(service_id AS bigint) AS service_id, CAST(project_id AS bigint) AS project_id,"
    " district_id, sex, age_min, age_max FROM written"
)
_FITS = """
met.project_id = rule.project_id AND met.service_id = rule.service_id
AND (rule.district_id IS NULL OR rule.district_id = met.district_id)
AND (rule.sex = '' OR rule.sex = met.sex)
AND (rule.age_min IS NULL OR met.age_low >= rule.age_min)
AND (rule.age_max IS NULL OR met.age_high <= rule.age_max)
"""
_IN_ITS_DAYS = """
(rule.first_contact IS NULL OR met.contact >= rule.first_contact)
AND (rule.contact_after IS NULL OR met.contact < rule.contact_after)
"""


def _values(line: Condition) -> str:
    """As SQL; the type of an empty value is told, because PostgreSQL takes it for text."""
    return ", ".join(
        "CAST(NULL AS bigint)" if value is None else f"'{value}'" if isinstance(value, str) else str(value)
        for value in line
    )


def _rules(tallies: str) -> str:
    # A rule for any project is written out for each, so that rules and deliveries meet on two equal columns.
    kinds = " ".join(f"WHEN '{kind}' THEN {months}" for kind, months in MONTHS.items())
    return f"""
  SELECT line.service_id, project.id AS project_id, line.district_id, line.sex, line.age_min, line.age_max,
         {day_number("line.valid_from")} * {ID_ROOM} AS first_contact,
         ({day_number("line.valid_to")} + 1) * {ID_ROOM} AS contact_after,
         tally.id AS tally_id, tally.count AS unit, CASE tally.period_kind {kinds} END AS months
  FROM results_tallyrule line
  JOIN results_tally tally ON tally.id = line.tally_id
  JOIN projects_project project ON project.id = line.project_id OR line.project_id IS NULL
  WHERE {tallies}
"""  # noqa: S608


def _met(deliveries: str, once: str) -> str:
    years = age_sql("day_number", "born", is_exact="is_exact")
    age_low = f"COALESCE(years, {_band_end(0)})"
    sexes = " ".join(f"WHEN '{sex}' THEN {place}" for place, sex in enumerate(SEXES))
    return f"""
SELECT id, project_id, service_id, subject, COALESCE(household, subject) AS home,
       day_number * {ID_ROOM} + id AS contact,
       COALESCE(district_id, 0) * 100 + {_band_number(age_low)} * 10 + CASE sex {sexes} ELSE 0 END AS look,
       district_id, sex, {age_low} AS age_low, COALESCE(years, {_band_end(1)}) AS age_high, contacts, hundredths
FROM (SELECT known.*, {years} AS years FROM ({_known(deliveries)} {once}) known {once}) aged
"""  # noqa: S608


def _known(deliveries: str) -> str:
    is_exact = "(root.birth_precision = 'day' AND root.birth_md IS NOT NULL)"
    born = birth_sql("root.birth_year", "root.birth_md", is_exact=is_exact)
    return f"""
  SELECT d.id, d.service_id, d.project_id, {day_number("d.day")} AS day_number, d.district_id,
         COALESCE(d.group_count, 1) AS contacts, d.group_age,
         CASE WHEN d.quantity IS NULL THEN 0 ELSE CAST(ROUND(d.quantity * 100) AS bigint) END AS hundredths,
         CASE WHEN d.person_id IS NOT NULL THEN root.id * 8 + {SubjectKind.PERSON}
              WHEN d.coded_id IS NOT NULL THEN d.coded_id * 8 + {SubjectKind.CODED}
              WHEN d.official_id IS NOT NULL THEN d.official_id * 8 + {SubjectKind.OFFICIAL}
              ELSE d.id * 8 + {SubjectKind.GROUP} END AS subject,
         home.household_id * 8 + {SubjectKind.HOUSEHOLD} AS household,
         COALESCE(root.sex, coded.sex, official.sex, NULLIF(d.group_sex, ''), 'u') AS sex,
         COALESCE({born}, coded.birth_year * 10000 + 701) AS born, COALESCE({is_exact}, FALSE) AS is_exact
  FROM {deliveries}
  LEFT JOIN deliveries_delivery reversal ON reversal.reverses_id = d.id
  LEFT JOIN people_person person ON person.id = d.person_id
  LEFT JOIN people_person root ON root.id = COALESCE(person.root_id, person.id)
  LEFT JOIN people_householdmember home ON home.person_id = root.id
  LEFT JOIN people_codedperson coded ON coded.id = d.coded_id
  LEFT JOIN people_official official ON official.id = d.official_id
  WHERE {_COUNTS[connection.vendor]} AND reversal.reverses_id IS NULL {_JOINED[deliveries]}
"""  # noqa: S608


def _band_number(age: str) -> str:
    """0 for an unknown age, else the place of its band, from 1."""
    places = reversed(list(enumerate(BANDS, start=1)))
    steps = " ".join(f"WHEN {age} >= {least} THEN {place}" for place, (least, _) in places)
    return f"CASE {steps} ELSE 0 END"


def _band_end(end: int) -> str:
    highs = [least - 1 for least, _ in BANDS[1:]] + [OLDEST]
    ends = [(least, high) for (least, _), high in zip(BANDS, highs, strict=True)]
    steps = " ".join(f"WHEN '{name}' THEN {ends[place][end]}" for place, (_, name) in enumerate(BANDS))
    return f"CASE group_age {steps} END"
