"""The one SQL text that says which delivery fits which tally, for whom, and in which period.

It runs on SQLite and PostgreSQL. Only the day as a number differs between them (`_DAY_NUMBER`); ages, bands and
periods are whole-number arithmetic on it. Its rules, in words:

* A reversal and what it takes back count as nothing.
* A person is the root of a judgement; sex and birth are the root's. A household is the root's household; who has
  none stands for a household of one.
* Age is in completed years on the day of the contact. Where only the year of birth is known, or the day was only
  estimated, the middle of the year (1 July) is taken; whoever was served in their year of birth is 0 then.
* The district is the one written down at the contact.
* A group without names has contacts and quantity, nobody to be counted once. It fits an age filter when its whole
  band does.
"""

from dataclasses import dataclass

from django.db import connection

from rohnamo.core.ages import BANDS, OLDEST, UNKNOWN_AGE
from rohnamo.core.periods import MONTHS
from rohnamo.results.models import Count, SubjectKind

# First contact = smallest (day, number) as one integer, so that the database finds it while it adds up.
# Deliveries below 10^11 leave room for the day within 63 bits.
_ID_ROOM = 100_000_000_000
_DAY_NUMBER = {
    "sqlite": "CAST(replace({day}, '-', '') AS INTEGER)",
    "postgresql": "CAST(to_char({day}, 'YYYYMMDD') AS bigint)",
}

# The plus keeps SQLite from starting at the index of reversals: to it an empty value looks rare.
_COUNTS = {"sqlite": "+d.reverses_id IS NULL", "postgresql": "d.reverses_id IS NULL"}


@dataclass(frozen=True)
class Scope:
    """Which part of all reach is asked for.

    deliveries: FROM clause of rules and deliveries, with the order in which SQLite shall join them.
    tallies, subjects: conditions, "TRUE" for all.
    """

    deliveries: str
    tallies: str = "TRUE"
    subjects: str = "TRUE"


# Rules lead to deliveries through the index on project and service.
FROM_RULES = "rule CROSS JOIN met"
# The candidates are few; each looks up its rules.
FROM_CANDIDATES = "results_candidate candidate CROSS JOIN met CROSS JOIN rule"


def reach_sql(scope: Scope) -> str:
    """SELECT of the rows of reach, in the order of `Reach`'s columns without its number."""
    return f"""
{_ctes(scope)},
summed AS (
  SELECT tally_id, period, subject, MIN(contact) AS contact, MAX(persons) AS persons,
         SUM(contacts) AS contacts, ROUND(SUM(quantity), 2) AS quantity
  FROM fitting WHERE {scope.subjects} GROUP BY tally_id, period, subject
)
SELECT summed.tally_id, summed.period, summed.subject, met.id, met.sex, {_band("met.age_low")},
       met.district_id, summed.period = MIN(summed.period) OVER (PARTITION BY summed.tally_id, summed.subject),
       summed.persons, summed.contacts, summed.quantity
FROM summed CROSS JOIN met
WHERE met.id = summed.contact - summed.contact / {_ID_ROOM} * {_ID_ROOM}
ORDER BY summed.tally_id, summed.period, summed.subject
"""  # noqa: S608 -- all parts are texts of this module and of its callers


def fitting_sql(scope: Scope, *, periods: str) -> str:
    """SELECT of the numbers of all deliveries that fit. periods: a condition on `period`."""
    return f"{_ctes(scope)} SELECT delivery_id FROM fitting WHERE {periods}"  # noqa: S608


def day_number(day: str) -> str:
    """SQL of a day as year × 10000 + month × 100 + day."""
    return _DAY_NUMBER[connection.vendor].format(day=day)


def age_sql(day: str, birth: str, *, is_exact: str) -> str:
    """SQL of completed years on a day; both are day numbers. NULL when unknown, not yet born, or above 120."""
    years = f"({day} - {birth}) / 10000"
    return (
        f"CASE WHEN {birth} IS NULL OR {day} / 10000 < {birth} / 10000 OR ({is_exact} AND {day} < {birth}) "
        f"OR {years} > {OLDEST} THEN NULL ELSE {years} END"
    )


def birth_sql(year: str, month_day: str, *, is_exact: str) -> str:
    """SQL of a birth as a day number: 1 July where only the year is known."""
    return f"{year} * 10000 + CASE WHEN {is_exact} THEN {month_day} ELSE 701 END"


def _ctes(scope: Scope) -> str:
    return f"WITH rule AS MATERIALIZED ({_rules(scope)}), met AS NOT MATERIALIZED ({_met()}), fitting AS ({_fitting(scope)})"


def _rules(scope: Scope) -> str:
    # A rule for any project is written out for each, so that rules and deliveries meet on two equal columns.
    months = " ".join(f"WHEN '{kind}' THEN {months}" for kind, months in MONTHS.items())
    return f"""
  SELECT line.service_id, project.id AS project_id, line.district_id, line.sex, line.age_min, line.age_max,
         line.valid_from, line.valid_to, tally.id AS tally_id, tally.count AS unit,
         CASE tally.period_kind {months} END AS months
  FROM results_tallyrule line
  JOIN results_tally tally ON tally.id = line.tally_id
  JOIN projects_project project ON project.id = line.project_id OR line.project_id IS NULL
  WHERE {scope.tallies}
"""  # noqa: S608


def _met() -> str:
    day = day_number("d.day")
    is_exact = "(root.birth_precision = 'day' AND root.birth_md IS NOT NULL)"
    of_person = age_sql(
        day, f"({birth_sql('root.birth_year', 'root.birth_md', is_exact=is_exact)})", is_exact=is_exact
    )
    of_code = age_sql(day, "(coded.birth_year * 10000 + 701)", is_exact="FALSE")
    age = f"COALESCE({of_person}, {of_code}"
    return f"""
  SELECT d.id, d.service_id, d.project_id, d.day, {day} AS day_number, d.district_id,
         d.group_count, COALESCE(d.quantity, 0) AS quantity,
         CASE WHEN d.person_id IS NOT NULL THEN root.id * 8 + {SubjectKind.PERSON}
              WHEN d.coded_id IS NOT NULL THEN d.coded_id * 8 + {SubjectKind.CODED}
              WHEN d.official_id IS NOT NULL THEN d.official_id * 8 + {SubjectKind.OFFICIAL}
              ELSE d.id * 8 + {SubjectKind.GROUP} END AS subject,
         home.household_id * 8 + {SubjectKind.HOUSEHOLD} AS household,
         COALESCE(root.sex, coded.sex, official.sex, NULLIF(d.group_sex, ''), 'u') AS sex,
         {age}, {_band_end(0)}) AS age_low, {age}, {_band_end(1)}) AS age_high
  FROM deliveries_delivery d
  LEFT JOIN deliveries_delivery reversal ON reversal.reverses_id = d.id
  LEFT JOIN people_person person ON person.id = d.person_id
  LEFT JOIN people_person root ON root.id = COALESCE(person.root_id, person.id)
  LEFT JOIN people_householdmember home ON home.person_id = root.id
  LEFT JOIN people_codedperson coded ON coded.id = d.coded_id
  LEFT JOIN people_official official ON official.id = d.official_id
  WHERE {_COUNTS[connection.vendor]} AND reversal.id IS NULL
"""  # noqa: S608


def _fitting(scope: Scope) -> str:
    month = "(met.day_number / 100 - met.day_number / 10000 * 100)"
    candidates = "AND met.id = candidate.id" if "candidate" in scope.deliveries else ""
    return f"""
  SELECT rule.tally_id,
         met.day_number / 10000 * 10000 + (({month} - 1) / rule.months * rule.months + 1) * 100 + 1 AS period,
         CASE WHEN rule.unit = '{Count.HOUSEHOLDS.value}' THEN COALESCE(met.household, met.subject)
              ELSE met.subject END AS subject,
         met.day_number * {_ID_ROOM} + met.id AS contact, met.id AS delivery_id,
         CASE WHEN met.group_count IS NULL THEN 1 ELSE 0 END AS persons,
         CASE WHEN rule.unit = '{Count.EVENTS.value}' THEN 1 ELSE COALESCE(met.group_count, 1) END AS contacts,
         met.quantity
  FROM {scope.deliveries}
  WHERE met.project_id = rule.project_id AND met.service_id = rule.service_id {candidates}
    AND (rule.district_id IS NULL OR rule.district_id = met.district_id)
    AND (rule.sex = '' OR rule.sex = met.sex)
    AND (rule.age_min IS NULL OR met.age_low >= rule.age_min)
    AND (rule.age_max IS NULL OR met.age_high <= rule.age_max)
    AND (rule.valid_from IS NULL OR met.day >= rule.valid_from)
    AND (rule.valid_to IS NULL OR met.day <= rule.valid_to)
"""  # noqa: S608


def _band(age: str) -> str:
    steps = " ".join(f"WHEN {age} >= {least} THEN '{name}'" for least, name in reversed(BANDS))
    return f"CASE {steps} ELSE '{UNKNOWN_AGE}' END"


def _band_end(end: int) -> str:
    highs = [least - 1 for least, _ in BANDS[1:]] + [OLDEST]
    ends = [(least, high) for (least, _), high in zip(BANDS, highs, strict=True)]
    steps = " ".join(f"WHEN '{name}' THEN {ends[place][end]}" for place, (_, name) in enumerate(BANDS))
    return f"CASE d.group_age {steps} END"
