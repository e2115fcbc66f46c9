"""Counting, slow and obvious: it reads rows one by one and knows nothing of SQL, reach or deltas."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from rohnamo.core.ages import BANDS, OLDEST, band, completed_years
from rohnamo.core.periods import calendar_period
from rohnamo.deliveries.models import Delivery
from rohnamo.people.models import HouseholdMember, Person
from rohnamo.results.models import SubjectKind, Tally, TallyRule

Numbers = tuple[int, int, int, Decimal]
"""persons, firsts, contacts, quantity"""


@dataclass(frozen=True)
class Contact:
    """A delivery as it counts, with the person behind it already looked up."""

    number: int
    service: int
    project: int
    day: date
    subject: int
    household: int | None
    sex: str
    ages: tuple[int, int] | None
    district: int
    members: int | None
    quantity: Decimal


def count_cells(
    rows: QuerySet[Delivery] | None = None, tallies: QuerySet[Tally] | None = None
) -> dict[tuple[int, int, str, str, int], Numbers]:
    """(tally, period, sex, age, district) → numbers, of everything in the database or of a part of it."""
    contacts = read_contacts(Delivery.objects.all() if rows is None else rows)
    cells: dict[tuple[int, int, str, str, int], list[Numbers]] = defaultdict(list)
    for tally in Tally.objects.filter(rows_of=None) if tallies is None else tallies:
        for key, numbers in _count_tally(tally, contacts):
            cells[key].append(numbers)
    return {
        key: (
            sum(numbers[0] for numbers in found),
            sum(numbers[1] for numbers in found),
            sum(numbers[2] for numbers in found),
            sum((numbers[3] for numbers in found), Decimal(0)),
        )
        for key, found in cells.items()
    }


def read_contacts(deliveries: QuerySet[Delivery]) -> list[Contact]:
    taken_back = {row.reverses_id for row in Delivery.objects.exclude(reverses=None)}
    homes = {member.person_id: member.household_id for member in HouseholdMember.objects.all()}
    people = {person.pk: person for person in Person.objects.all()}
    rows = deliveries.select_related("coded", "official").order_by("day", "pk")
    return [
        _contact(row, people, homes) for row in rows if row.reverses_id is None and row.pk not in taken_back
    ]


def _contact(row: Delivery, people: dict[int, Person], homes: dict[int, int]) -> Contact:
    subject, sex, ages, household = SubjectKind.GROUP.subject(row.pk), row.group_sex or "u", None, None
    if row.person_id is not None:
        root = people[people[row.person_id].root_id or row.person_id]
        subject, sex, ages = SubjectKind.PERSON.subject(root.pk), root.sex, _age_of_person(root, row.day)
        household = homes.get(root.pk)
    elif row.coded is not None:
        subject, sex = SubjectKind.CODED.subject(row.coded.pk), row.coded.sex
        ages = _age_of_year(row.coded.birth_year, row.day)
    elif row.official is not None:
        subject, sex = SubjectKind.OFFICIAL.subject(row.official.pk), row.official.sex
    elif row.group_age and row.group_age != "u":
        low = next(low for low, name in BANDS if name == row.group_age)
        ages = (low, min([other - 1 for other, _ in BANDS if other > low], default=OLDEST))
    return Contact(
        number=row.pk,
        service=row.service_id,
        project=row.project_id,
        day=row.day,
        subject=subject,
        household=household,
        sex=sex,
        ages=ages,
        district=row.district_id or 0,
        members=row.group_count,
        quantity=row.quantity or Decimal(0),
    )


def _age_of_person(person: Person, day: date) -> tuple[int, int] | None:
    if person.birth_year is None or person.birth_precision != "day" or person.birth_md is None:
        return _age_of_year(person.birth_year, day)
    born = date(person.birth_year, person.birth_md // 100, person.birth_md % 100)
    age = completed_years(born, day)
    return None if band(age) == "u" else (age, age)


def _age_of_year(year: int | None, day: date) -> tuple[int, int] | None:
    if year is None or day.year < year:
        return None
    age = max(0, completed_years(date(year, 7, 1), day))
    return None if age > OLDEST else (age, age)


def _count_tally(
    tally: Tally, contacts: list[Contact]
) -> list[tuple[tuple[int, int, str, str, int], Numbers]]:
    rules = list(tally.rules.all())
    met: dict[tuple[int, int], list[Contact]] = defaultdict(list)
    for contact in contacts:
        if any(_fits(contact, rule) for rule in rules):
            start = calendar_period(contact.day, tally.period_kind).start
            met[start.year * 10000 + start.month * 100 + start.day, _subject(tally, contact)].append(contact)
    rows = []
    seen: set[int] = set()
    for (period, subject), found in sorted(met.items(), key=lambda item: item[0][0]):
        first = found[0]
        persons = 0 if all(contact.members for contact in found) else 1
        numbers = (
            persons,
            0 if subject in seen else persons,
            sum(1 if tally.count == "events" else contact.members or 1 for contact in found),
            sum((contact.quantity for contact in found), Decimal(0)),
        )
        age = band(first.ages[0] if first.ages else None)
        rows.append(((tally.pk, period, first.sex, age, first.district), numbers))
        seen.add(subject)
    return rows


def _subject(tally: Tally, contact: Contact) -> int:
    if tally.count == "households" and contact.household is not None:
        return SubjectKind.HOUSEHOLD.subject(contact.household)
    return contact.subject


def _fits(contact: Contact, rule: TallyRule) -> bool:
    return (
        rule.service_id == contact.service
        and rule.project_id in {None, contact.project}
        and (rule.district_id is None or rule.district_id == contact.district)
        and rule.sex in {"", contact.sex}
        and (rule.age_min is None or (contact.ages is not None and contact.ages[0] >= rule.age_min))
        and (rule.age_max is None or (contact.ages is not None and contact.ages[1] <= rule.age_max))
        and (rule.valid_from is None or contact.day >= rule.valid_from)
        and (rule.valid_to is None or contact.day <= rule.valid_to)
    )
