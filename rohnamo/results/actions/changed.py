"""What results does when something below it has changed. The reader of `core.changes` calls `work_changes`.

Topics and what their keys are:

* delivery.recorded, delivery.reversed: number of the delivery, of the reversal or of what it took back;
* person.judged: numbers of the persons concerned, old roots and new ones among them;
* person.corrected: number of the person whose sex, birth or household changed;
* official.corrected, coded.corrected: number of the official, or of the coded person, who is described otherwise now;
* household.changed: number of the household that won or lost a member (for one who moved: of both);
* indicator.changed, mission.changed, places.changed: any; the set-up finds out itself what is another one.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models.functions import Coalesce

from rohnamo.core import changes
from rohnamo.deliveries.models import Delivery
from rohnamo.people.models import HouseholdMember, Person
from rohnamo.results.actions.recounting import has_households, recount, recount_all
from rohnamo.results.actions.tallies import set_up_tallies
from rohnamo.results.models import SubjectKind

DELIVERY_TOPICS = frozenset({"delivery.recorded", "delivery.reversed"})
PERSON_TOPICS = frozenset({"person.judged", "person.corrected"})
HOUSEHOLD_TOPICS = frozenset({"household.changed"})
# Of those who have no roots and no household the subject follows from the number.
PLAIN_TOPICS = {"official.corrected": SubjectKind.OFFICIAL, "coded.corrected": SubjectKind.CODED}
SET_UP_TOPICS = frozenset({"indicator.changed", "mission.changed", "places.changed"})
# Well below the number of values that SQLite takes in one statement.
_CHUNK = 5_000


def work_changes(lines: Sequence[tuple[str, str]]) -> None:
    """Bring the counts up to date with these changes: a few statements for each few thousand lines."""
    if _keys(lines, SET_UP_TOPICS):
        set_up_tallies()
    deliveries = [int(key) for key in _keys(lines, DELIVERY_TOPICS)]
    persons = [int(key) for key in _keys(lines, PERSON_TOPICS)]
    households = [int(key) for key in _keys(lines, HOUSEHOLD_TOPICS)]
    subjects = {
        *_subjects_of_deliveries(deliveries),
        *_subjects_of_persons(persons),
        *_subjects_of_households(households),
        *(PLAIN_TOPICS[topic].subject(int(key)) for topic, key in lines if topic in PLAIN_TOPICS),
    }
    if has_households():
        roots = [subject // 8 for subject in subjects if subject % 8 == SubjectKind.PERSON]
        subjects.update(_households_of(roots))
    if subjects:
        recount(subjects)


SUBJECT_TOPICS = DELIVERY_TOPICS | PERSON_TOPICS | HOUSEHOLD_TOPICS | PLAIN_TOPICS.keys()
READER = changes.Reader("results", SUBJECT_TOPICS | SET_UP_TOPICS, work_changes)


@transaction.atomic
def count_anew() -> None:
    """Count everything from the ledger; lines about single subjects that still wait are done with it."""
    changes.forget(READER.name, SUBJECT_TOPICS)
    recount_all()


def _keys(lines: Iterable[tuple[str, str]], topics: frozenset[str]) -> list[str]:
    return [key for topic, key in lines if topic in topics]


def _subjects_of_deliveries(numbers: Sequence[int]) -> Iterator[int]:
    for chunk in _chunks(numbers):
        # Asked in two steps: "this one or what it took back" in one condition makes a database read the whole ledger.
        taken_back = Delivery.objects.filter(pk__in=chunk, reverses__isnull=False)
        wanted = {*chunk, *taken_back.values_list("reverses_id", flat=True)}
        rows = Delivery.objects.filter(pk__in=wanted).values_list(
            "pk", Coalesce("person__root_id", "person_id"), "coded_id", "official_id"
        )
        for delivery, root, coded, official in rows:
            if root is not None:
                yield SubjectKind.PERSON.subject(root)
            elif coded is not None:
                yield SubjectKind.CODED.subject(coded)
            elif official is not None:
                yield SubjectKind.OFFICIAL.subject(official)
            else:
                yield SubjectKind.GROUP.subject(delivery)


def _subjects_of_persons(numbers: Sequence[int]) -> Iterator[int]:
    """The persons themselves, who may have been roots, and what they are judged to be now."""
    for chunk in _chunks(numbers):
        for person, root in Person.objects.filter(pk__in=chunk).values_list("pk", "root_id"):
            yield SubjectKind.PERSON.subject(person)
            yield SubjectKind.PERSON.subject(root or person)


def _subjects_of_households(numbers: Sequence[int]) -> Iterator[int]:
    for chunk in _chunks(numbers):
        yield from map(SubjectKind.HOUSEHOLD.subject, chunk)
        members = HouseholdMember.objects.filter(household__in=chunk)
        roots = members.values_list(Coalesce("person__root_id", "person_id"), flat=True)
        yield from map(SubjectKind.PERSON.subject, roots)


def _households_of(persons: Sequence[int]) -> Iterator[int]:
    for chunk in _chunks(persons):
        homes = HouseholdMember.objects.filter(person__in=chunk).values_list("household_id", flat=True)
        yield from map(SubjectKind.HOUSEHOLD.subject, homes)


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _CHUNK):
        yield numbers[start : start + _CHUNK]
