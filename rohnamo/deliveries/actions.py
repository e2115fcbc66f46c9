"""How the ledger is written: recorded once, never changed, taken back by a reversal."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rohnamo.core import audit, changes, keys
from rohnamo.core.errors import Refused
from rohnamo.deliveries.models import DayPrecision, Delivery
from rohnamo.deliveries.queries import CHUNK, standing
from rohnamo.deliveries.rules import CODED, GROUP, OFFICIAL, PERSON, subject_allowed
from rohnamo.projects.models import Project, Service, Source

BATCH = 1_000


@dataclass(frozen=True)
class Group:
    """People counted without names. age: a band of core.ages; language: as they spoke, or empty."""

    count: int
    sex: str = "u"
    age: str = "u"
    language: str = ""


@dataclass(frozen=True)
class Draft:
    """What is to be written. Exactly one of person, coded, official (numbers of records) and group.

    source_key: made by `source_key` from what identifies the row at its source.
    """

    service: Service
    project: Project
    source_key: bytes
    day: date
    day_precision: str = DayPrecision.DAY
    place_id: int | None = None
    district_id: int | None = None
    person_id: int | None = None
    coded_id: int | None = None
    official_id: int | None = None
    group: Group | None = None
    quantity: Decimal | None = None

    @property
    def subject(self) -> str:
        """Which of the four subjects is set. Raises Refused when it is not exactly one."""
        subjects = {
            PERSON: self.person_id,
            CODED: self.coded_id,
            OFFICIAL: self.official_id,
            GROUP: self.group,
        }
        given = [kind for kind, value in subjects.items() if value is not None]
        if len(given) != 1:
            raise Refused(
                f"A delivery has one subject, not {len(given)}: a person, a code, an official or a group."
            )
        return given[0]


@dataclass(frozen=True)
class Recorded:
    """One line of the ledger. is_repeat: it was there before, and nothing was written."""

    delivery_id: int
    is_repeat: bool


def source_key(source: Source, parts: Iterable[object], *, occurrence: int = 1) -> bytes:
    """Sixteen bytes for a row of a source: the same whatever the row's place in the file.

    parts: what identifies the row. occurrence: 1 for the first row with these parts, 2 for the second. A keyed
    hash, so that the ledger does not answer whether somebody known from elsewhere is in it.
    """
    spelled = "\x1f".join(str(part) for part in (source.code, *parts, occurrence))
    return keys.keyed_hash(spelled, purpose="delivery", ring="rows")


def record(draft: Draft, *, source: Source, by: audit.Actor) -> Recorded:
    """Write one line; see `record_many`."""
    return record_many([draft], source=source, by=by)[0]


@transaction.atomic
def record_many(drafts: Sequence[Draft], *, source: Source, by: audit.Actor) -> list[Recorded]:
    """Write lines into the ledger, all or none. A line whose source key is there already is a repeat.

    Raises Refused when a service may not know as much of a person as a draft says.
    """
    for draft in drafts:
        _check(draft)
    _queue_behind_others(source)
    before = standing(source, [draft.source_key for draft in drafts])
    fresh = {draft.source_key: draft for draft in drafts if before[draft.source_key][1] is None}
    created = Delivery.objects.bulk_create(
        [_row(draft, before[key][0], source, by) for key, draft in fresh.items()], batch_size=BATCH
    )
    changes.leave("delivery.recorded", (delivery.pk for delivery in created))
    lines = {key: delivery.pk for key, delivery in zip(fresh, created, strict=True)}
    recorded, seen = [], set()
    for draft in drafts:
        line = before[draft.source_key][1]
        is_repeat = line is not None or draft.source_key in seen
        recorded.append(Recorded(line or lines[draft.source_key], is_repeat=is_repeat))
        seen.add(draft.source_key)
    return recorded


def reverse(delivery: Delivery, *, by: audit.Actor, reason: str) -> Delivery:
    """Take a delivery back by a line of its own; see `reverse_many`."""
    return reverse_many([delivery], by=by, reason=reason)[0]


@transaction.atomic
def reverse_many(deliveries: Sequence[Delivery], *, by: audit.Actor, reason: str) -> list[Delivery]:
    """Take deliveries back, all or none, each by a line of its own; both stay, together they count as nothing.

    Raises Refused when one of them was taken back before, is given twice, or is itself a reversal.
    """
    _require_reversible(deliveries)
    reversals = Delivery.objects.bulk_create(
        [_reversal(delivery, by) for delivery in deliveries], batch_size=BATCH
    )
    numbers = [delivery.pk for delivery in deliveries]
    audit.record_many(by, "deliveries.reverse", Delivery._meta.label_lower, numbers, reason=reason)
    changes.leave("delivery.reversed", numbers)
    return reversals


def _require_reversible(deliveries: Sequence[Delivery]) -> None:
    for delivery in deliveries:
        if delivery.reverses_id is not None:
            raise Refused(
                _("Delivery %(number)d is a reversal. Record the service again instead.")
                % {"number": delivery.pk}
            )
    before = _reversed_before([delivery.pk for delivery in deliveries])
    if before:
        raise Refused(
            _("Delivery %(number)d was taken back before. Nothing was changed.") % {"number": min(before)}
        )


def _reversed_before(numbers: list[int]) -> set[int]:
    """Which of these lines were taken back, or are given more than once."""
    found = {number for number, times in Counter(numbers).items() if times > 1}
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        found.update(
            Delivery.objects.filter(pk__in=chunk, reversed_by__isnull=False).values_list("pk", flat=True)
        )
    return found


def _reversal(delivery: Delivery, by: audit.Actor) -> Delivery:
    return Delivery(
        service_id=delivery.service_id,
        project_id=delivery.project_id,
        source_id=delivery.source_id,
        source_key=keys.keyed_hash(f"reversal\x1f{delivery.pk}", purpose="delivery", ring="rows"),
        day=delivery.day,
        day_precision=delivery.day_precision,
        place_id=delivery.place_id,
        district_id=delivery.district_id,
        person_id=delivery.person_id,
        coded_id=delivery.coded_id,
        official_id=delivery.official_id,
        group_sex=delivery.group_sex,
        group_age=delivery.group_age,
        group_language=delivery.group_language,
        group_count=delivery.group_count,
        quantity=delivery.quantity,
        reverses=delivery,
        recorded_by=str(by.pk),
    )


def _check(draft: Draft) -> None:
    if not subject_allowed(draft.service, draft.subject):
        raise Refused(
            f"Service {draft.service.code} is {draft.service.identity}: a {draft.subject} cannot be kept for it."
        )
    if draft.day > timezone.localdate():
        raise Refused(
            _("A delivery of %(day)s lies in the future. Record it on the day it is done.")
            % {"day": date_format(draft.day)}
        )
    if draft.group is not None and draft.group.count < 1:
        raise Refused(_("A group has at least one member."))


def _queue_behind_others(source: Source) -> None:
    # Two imports of one source at once would both see a key missing and the slower would fail on the unique
    # rule. PostgreSQL waits on this row; SQLite has one writer at a time anyway.
    Source.objects.select_for_update().get(pk=source.pk)


def _row(draft: Draft, source_key: bytes, source: Source, by: audit.Actor) -> Delivery:
    group = draft.group
    return Delivery(
        service=draft.service,
        project=draft.project,
        source=source,
        source_key=source_key,
        day=draft.day,
        day_precision=draft.day_precision,
        place_id=draft.place_id,
        district_id=draft.district_id,
        person_id=draft.person_id,
        coded_id=draft.coded_id,
        official_id=draft.official_id,
        group_sex=group.sex if group else "",
        group_age=group.age if group else "",
        group_language=group.language if group else "",
        group_count=group.count if group else None,
        quantity=draft.quantity,
        recorded_by=str(by.pk),
    )
