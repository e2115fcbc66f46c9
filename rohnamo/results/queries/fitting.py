"""The one SQL text that says which delivery fits which tally, for whom, and in which period.

It runs on SQLite and PostgreSQL; where they differ, a table by vendor stands right here. All else is whole-number
arithmetic, because sorting whole numbers is what a recount mostly does. Its rules, in words:

* A reversal and what it takes back count as nothing.
* A person is the root of a judgement; sex and birth are the root's. A household is the root's household; who has
  none stands for a household of one.
* Age is in completed years on the day of the contact. Where only the year of birth is known, or the day was only
  estimated, the middle of the year (1 July) is taken; whoever was served in their year of birth is 0 then.
* The district is the one written down at the contact.
* A group without names has contacts and quantity, nobody to be counted once. It fits an age filter when its whole
  band does.

Three numbers are packed, so that rows stay narrow:

* contact: day and number of the delivery. The first contact is the smallest.
* look: district, age band and sex at a contact.
* slot: subject and first month of the period, in months since the year 0.
"""

from django.db import connection

from rohnamo.core.ages import BANDS, OLDEST, UNKNOWN_AGE
from rohnamo.core.periods import MONTHS
from rohnamo.results.models import Count, SubjectKind

# Deliveries below 10^11 leave room for the day within 63 bits.
_ID_ROOM = 100_000_000_000
# Months since the year 0 stay below 2^15 until the year 2730.
_MONTH_ROOM = 32_768
_BAND_NAMES = tuple(name for _, name in BANDS)
_SEXES = "ufm"
_DAY_NUMBER = {
    "sqlite": "CAST(replace({day}, '-', '') AS INTEGER)",
    "postgresql": "CAST(to_char({day}, 'YYYYMMDD') AS bigint)",
}
# What a delivery looks like at the first contact. SQLite documents that columns beside a single MIN come from the row
# that has it; on PostgreSQL both are compared as one. Either spares a join back to millions of rows.
_FIRST = {
    "sqlite": "MIN(contact) AS contact, look",
    "postgresql": "(MIN(ARRAY[contact, look]))[1] AS contact, (MIN(ARRAY[contact, look]))[2] AS look",
}
# SQLite would sort all rows again for a window; there LATER_SQL marks what is not first.
_IS_FIRST = {
    "sqlite": "TRUE",
    "postgresql": f"slot = MIN(slot) OVER (PARTITION BY tally_id, slot / {_MONTH_ROOM})",
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


def met_sql(deliveries: str, *, tallies: str = "TRUE") -> str:
    """SELECT of what was met: the rows of the working table `results_met`, in an order in which SQLite groups fast.

    deliveries: one of FROM_…. tallies: a condition, of use with FROM_RULES only.
    """
    once = _ONCE[connection.vendor]
    return (
        f"WITH rule AS ({_rules(tallies)}) {_met(deliveries, once)} ORDER BY project_id, service_id, subject"
    )


def sums_sql(*, tallies: str = "TRUE", subjects: str = "TRUE") -> str:
    """SELECT of one row per tally and slot from `results_met`, in the order of the columns of `results_sum`.

    tallies, subjects: conditions, "TRUE" for all.
    """
    return f"""
WITH rule AS MATERIALIZED ({_rules(tallies)}), fitting AS ({_fitting("results_met met")}),
summed AS (
  SELECT tally_id, slot, {_FIRST[connection.vendor]}, SUM(contacts) AS contacts,
         ROUND(SUM(quantity), 2) AS quantity
  FROM fitting WHERE {subjects} GROUP BY slot, tally_id
)
SELECT tally_id, slot, contact, look, {_IS_FIRST[connection.vendor]}, contacts, quantity FROM summed
"""  # noqa: S608 -- all parts are texts of this module and of its callers


LATER_SQL = f"""
UPDATE results_sum SET is_first = FALSE WHERE EXISTS (
  SELECT 1 FROM results_sum earlier WHERE earlier.tally_id = results_sum.tally_id
  AND earlier.slot BETWEEN results_sum.slot / {_MONTH_ROOM} * {_MONTH_ROOM} AND results_sum.slot - 1)
"""  # noqa: S608
"""On SQLite only: marks all but the first period of each subject of a tally."""


def reach_sql() -> str:
    """SELECT of the rows of reach from `results_sum`, in the order of `Reach`'s columns without its number."""
    return f"""
SELECT tally_id, {_period("slot")}, slot / {_MONTH_ROOM}, {_delivery("contact")},
       {_sex("look")}, {_age("look")}, NULLIF(look / 100, 0), is_first,
       {_persons("slot")}, contacts, quantity
FROM results_sum
"""  # noqa: S608


def cells_sql() -> str:
    """SELECT of the cells from `results_sum`, in the order of the columns of `ReachedCell` without its number."""
    return f"""
SELECT tally_id, {_period("cell")}, {_sex(f"(cell / {_MONTH_ROOM})")}, {_age(f"(cell / {_MONTH_ROOM})")},
       cell / {_MONTH_ROOM} / 100, persons, firsts, contacts, quantity
FROM (
  SELECT tally_id, look * {_MONTH_ROOM} + slot - slot / {_MONTH_ROOM} * {_MONTH_ROOM} AS cell,
         SUM({_persons("slot")}) AS persons,
         SUM(CASE WHEN is_first THEN {_persons("slot")} ELSE 0 END) AS firsts,
         SUM(contacts) AS contacts, ROUND(SUM(quantity), 2) AS quantity
  FROM results_sum GROUP BY cell, tally_id
) cells
"""  # noqa: S608


def fitting_sql(tallies: str, *, periods: str) -> str:
    """SELECT of the numbers of all deliveries that fit. tallies, periods: conditions on `tally` and `period`."""
    return (
        f"WITH rule AS MATERIALIZED ({_rules(tallies)}), met AS NOT MATERIALIZED ({_met(FROM_LEDGER, '')}), "  # noqa: S608
        f"fitting AS ({_fitting('met')}) SELECT delivery_id FROM "
        f"(SELECT {_delivery('contact')} AS delivery_id, {_period('slot')} AS period FROM fitting) fitting WHERE {periods}"
    )


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


def _rules(tallies: str) -> str:
    # A rule for any project is written out for each, so that rules and deliveries meet on two equal columns.
    kinds = " ".join(f"WHEN '{kind}' THEN {months}" for kind, months in MONTHS.items())
    return f"""
  SELECT line.service_id, project.id AS project_id, line.district_id, line.sex, line.age_min, line.age_max,
         {day_number("line.valid_from")} * {_ID_ROOM} AS first_contact,
         ({day_number("line.valid_to")} + 1) * {_ID_ROOM} AS contact_after,
         tally.id AS tally_id, tally.count AS unit, CASE tally.period_kind {kinds} END AS months
  FROM results_tallyrule line
  JOIN results_tally tally ON tally.id = line.tally_id
  JOIN projects_project project ON project.id = line.project_id OR line.project_id IS NULL
  WHERE {tallies}
"""  # noqa: S608


def _met(deliveries: str, once: str) -> str:
    years = age_sql("day_number", "born", is_exact="is_exact")
    age_low = f"COALESCE(years, {_band_end(0)})"
    sexes = " ".join(f"WHEN '{sex}' THEN {place}" for place, sex in enumerate(_SEXES))
    return f"""
SELECT project_id, service_id, subject, household, day_number * {_ID_ROOM} + id AS contact,
       day_number / 10000 * 12 + day_number / 100 - day_number / 10000 * 100 - 1 AS month,
       COALESCE(district_id, 0) * 100 + {_band_number(age_low)} * 10 + CASE sex {sexes} ELSE 0 END AS look,
       district_id, sex, {age_low} AS age_low, COALESCE(years, {_band_end(1)}) AS age_high, group_count, quantity
FROM (SELECT known.*, {years} AS years FROM ({_known(deliveries)} {once}) known {once}) aged
"""  # noqa: S608


def _known(deliveries: str) -> str:
    is_exact = "(root.birth_precision = 'day' AND root.birth_md IS NOT NULL)"
    born = birth_sql("root.birth_year", "root.birth_md", is_exact=is_exact)
    return f"""
  SELECT d.id, d.service_id, d.project_id, {day_number("d.day")} AS day_number, d.district_id,
         d.group_count, d.group_age, COALESCE(d.quantity, 0) AS quantity,
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


def _fitting(met: str) -> str:
    subject = f"CASE WHEN rule.unit = '{Count.HOUSEHOLDS.value}' THEN COALESCE(met.household, met.subject) ELSE met.subject END"
    return f"""
  SELECT rule.tally_id, {subject} AS subject, met.contact, met.look,
         {subject} * {_MONTH_ROOM} + met.month / rule.months * rule.months AS slot,
         CASE WHEN rule.unit = '{Count.EVENTS.value}' THEN 1 ELSE COALESCE(met.group_count, 1) END AS contacts,
         met.quantity
  FROM rule CROSS JOIN {met}
  WHERE met.project_id = rule.project_id AND met.service_id = rule.service_id
    AND (rule.district_id IS NULL OR rule.district_id = met.district_id)
    AND (rule.sex = '' OR rule.sex = met.sex)
    AND (rule.age_min IS NULL OR met.age_low >= rule.age_min)
    AND (rule.age_max IS NULL OR met.age_high <= rule.age_max)
    AND (rule.first_contact IS NULL OR met.contact >= rule.first_contact)
    AND (rule.contact_after IS NULL OR met.contact < rule.contact_after)
"""  # noqa: S608


def _period(packed: str) -> str:
    """The period, as in `Reach`, of a slot or a cell: both end with the month."""
    month = f"({packed} - {packed} / {_MONTH_ROOM} * {_MONTH_ROOM})"
    return f"{month} / 12 * 10000 + ({month} - {month} / 12 * 12 + 1) * 100 + 1"


def _delivery(contact: str) -> str:
    return f"{contact} - {contact} / {_ID_ROOM} * {_ID_ROOM}"


def _persons(slot: str) -> str:
    """1, or 0 for a group without names: the kind is the last three bits of the subject."""
    subject = f"({slot} / {_MONTH_ROOM})"
    return f"CASE WHEN {subject} - {subject} / 8 * 8 = {SubjectKind.GROUP} THEN 0 ELSE 1 END"


def _sex(look: str) -> str:
    return f"substr('{_SEXES}', CAST({look} - {look} / 10 * 10 AS integer) + 1, 1)"


def _age(look: str) -> str:
    number = f"({look} / 10 - {look} / 100 * 10)"
    names = " ".join(f"WHEN {place} THEN '{name}'" for place, name in enumerate(_BAND_NAMES, start=1))
    return f"CASE {number} {names} ELSE '{UNKNOWN_AGE}' END"


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
