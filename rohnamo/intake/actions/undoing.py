"""Taking a whole register back, in batches that survive being killed: what is taken back already stays so, and the same
command goes on with the rest.

Lines of the ledger are reversed, never deleted. Approved periods stay as approved. Of people only those go whom nobody
else has touched; of all others only what this register said.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit, files
from rohnamo.core.errors import Refused
from rohnamo.deliveries.actions import Draft, Group, record, reverse, reverse_many
from rohnamo.deliveries.models import Delivery
from rohnamo.intake.models import Entry, Import, Upload
from rohnamo.intake.queries import undoing as asked
from rohnamo.people.actions.taking_back import (
    describe_coded,
    describe_officials,
    empty_coded,
    empty_officials,
    empty_persons,
    forget_call_backs,
    lock_register,
    unsay,
)
from rohnamo.projects.models import Source

BATCH = 200
# A run from the command line leaves no other sign of life.
MAY_STILL_RUN = timedelta(minutes=30)
SHORTEST_REASON = 3


@dataclass(frozen=True)
class _Undoing:
    register: Import
    family: list[int]
    by: audit.Actor

    @property
    def reason(self) -> str:
        """What the log says: somebody's words may name people, and stand encrypted with the register alone."""
        return _as_reason(self.register)


def begin_undo(register: Import, *, by: audit.Actor, reason: str) -> None:
    """Say that a register is being taken back, and why: from now on it counts for nobody, and nothing more of it is
    taken in. It may begin again after it was killed; the first reason stays.

    Raises Refused, in the reader's words, without a reason, when it was taken back before, or may still be coming in.
    """
    _begun(register, by=by, reason=reason)


def undo(
    register: Import, *, by: audit.Actor, reason: str, progress: Callable[[int], None] | None = None
) -> Import:
    """Take a register back; `undone` of what is returned says in numbers what became of it. Raises as `begin_undo`.

    progress: told after each batch, which is one transaction, how many lines this run has done.
    """
    work, whole = _begun(register, by=by, reason=reason), 0
    while done := _undo_batch(work):
        whole += done
        if progress:
            progress(whole)
    return _finished(work)


@transaction.atomic
def _begun(register: Import, *, by: audit.Actor, reason: str) -> _Undoing:
    locked = Import.objects.select_for_update().get(pk=register.pk)
    if locked.undone_at is not None:
        raise Refused(_("This register was taken back before. Nothing was changed."))
    if locked.undo_since is None:
        _require_reason(reason)
        _require_at_rest(locked)
        family = asked.family_of(locked)
        Import.objects.filter(pk__in=family).update(undo_since=timezone.now(), undone_by=str(by.pk))
        locked.undo_reason = reason.strip()
        locked.save(update_fields=["undo_reason"])
        _adopt(locked)
        audit.record(by, "intake.undo", locked, reason=_as_reason(locked))
    return _Undoing(locked, asked.family_of(locked), by)


def _as_reason(register: Import) -> str:
    return f"register {register.pk}"


def _require_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("Say in a sentence why the register is taken back."))


def _require_at_rest(register: Import) -> None:
    is_fresh = register.started_at > timezone.now() - MAY_STILL_RUN
    sent = Upload.objects.filter(register=register).first()
    is_decided = sent is not None and sent.decided_at is not None
    if register.finished_at is None and not is_decided and (is_fresh or sent is not None):
        raise Refused(_("The register may still be coming in. Wait until it is in, or half an hour."))


def _adopt(register: Import) -> None:
    """Entries for a register that was taken in before rows were noted. Nothing is known of what they said, so of people
    nobody is removed."""
    Entry.objects.bulk_create(
        [
            Entry(
                register=register,
                batch=0,
                row=0,
                delivery=line,
                quantity=line.quantity,
                district_id=line.district_id,
            )
            for line in asked.lines_without_entries(register).iterator()
        ],
        batch_size=asked.CHUNK,
    )


@transaction.atomic
def _undo_batch(work: _Undoing) -> int:
    """Take some lines back, and every record whose last line that was. Returns how many; 0 when none is left."""
    # Taking in waits for the same rows in the same order: neither sees half of the other.
    Source.objects.select_for_update().get(pk=work.register.source_id)
    lock_register()
    entries = list(asked.open_entries(work.family).select_related("delivery").order_by("pk")[:BATCH])
    counts = Counter(work.register.undone)
    counts.update(_take_lines(entries, work))
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(is_taken_back=True)
    for kind in asked.SUBJECTS:
        counts.update(_take_subjects(kind, entries, work))
    work.register.undone = dict(counts)
    work.register.save(update_fields=["undone"])
    return len(entries)


def _with_vouchers(entries: list[Entry], work: _Undoing) -> list[tuple[Entry, Entry | None, bool]]:
    """Each entry with the oldest entry of another register for the same line, and whether the line is a register's that
    is taken back: what stood before registers were noted is not ours to reverse."""
    lines = [entry.delivery_id for entry in entries]
    others = asked.vouching(work.family, work.register.project_id).filter(delivery__in=lines)
    vouchers: dict[int, Entry] = {}
    for other in others.order_by("pk"):
        vouchers.setdefault(other.delivery_id, other)
    written = Entry.objects.filter(asked.is_ours(work.family), asked.WROTE, delivery__in=lines)
    ours = set(written.values_list("delivery_id", flat=True))
    return [(entry, vouchers.get(entry.delivery_id), entry.delivery_id in ours) for entry in entries]


def _take_lines(entries: list[Entry], work: _Undoing) -> Counter[str]:
    """Reverse what nobody else vouches for, all at once; hand the rest over."""
    numbers = [entry.delivery_id for entry in entries]
    gone = set(
        Delivery.objects.filter(pk__in=numbers, reversed_by__isnull=False).values_list("pk", flat=True)
    )
    counts: Counter[str] = Counter()
    going: list[Delivery] = []
    for entry, voucher, is_ours in _with_vouchers(entries, work):
        line = entry.delivery
        if line.pk in gone:
            counts["before"] += 1
        elif voucher is None and is_ours:
            counts["lines"] += 1
            going.append(line)
            gone.add(line.pk)
        else:
            counts["kept"] += 1
            if voucher is not None and is_ours and _hand_over(line, voucher, work):
                gone.add(line.pk)
    reverse_many(going, by=work.by, reason=work.reason)
    return counts


def _hand_over(line: Delivery, voucher: Entry, work: _Undoing) -> bool:
    """From now on the line is the other register's, as that one wrote it. Returns whether it had to be written anew."""
    voucher.heir_to = work.register
    voucher.save(update_fields=["heir_to"])
    sex = voucher.sex if line.group_count is not None else ""
    if (line.district_id, line.quantity, line.group_sex) == (voucher.district_id, voucher.quantity, sex):
        return False
    reverse(line, by=work.by, reason=work.reason)
    anew = record(_as_written(line, voucher), source=line.source, by=work.by)
    others = asked.vouching(work.family, work.register.project_id).filter(delivery=line)
    others.update(delivery=anew.delivery_id)
    return True


def _as_written(line: Delivery, voucher: Entry) -> Draft:
    group = None
    if line.group_count is not None:
        group = Group(line.group_count, voucher.sex, line.group_age, line.group_language)
    return Draft(
        service=line.service,
        project=line.project,
        source_key=bytes(line.source_key),
        day=line.day,
        day_precision=line.day_precision,
        place_id=line.place_id,
        district_id=voucher.district_id,
        person_id=line.person_id,
        coded_id=line.coded_id,
        official_id=line.official_id,
        group=group,
        quantity=voucher.quantity,
    )


def _take_subjects(kind: str, entries: list[Entry], work: _Undoing) -> Counter[str]:
    """Remove records of a kind whose last line was in this batch, or unsay what the register said of them."""
    numbers = {getattr(entry.delivery, f"{kind}_id") for entry in entries} - {None}
    left = asked.open_entries(work.family).filter(**{f"delivery__{kind}__in": numbers})
    through = numbers - set(left.values_list(f"delivery__{kind}", flat=True))
    if not through:
        return Counter()
    gone = asked.removable(kind, through, work.family)
    if kind == "person":
        empty_persons(gone, by=work.by, reason=work.reason)
        _unsay(through - gone, work)
    elif kind == "official":
        empty_officials(gone, by=work.by, reason=work.reason)
        describe_officials(
            {number: one.sex for number, one in _first_said(kind, through - gone, work).items()}
        )
    else:
        empty_coded(gone, by=work.by, reason=work.reason)
        said = _first_said(kind, through - gone, work)
        describe_coded({number: (one.sex, one.district_id) for number, one in said.items()})
        forget_call_backs(set(said) - _agreed(set(said)))
    return Counter({f"removed.{kind}": len(gone), f"stay.{kind}": len(through) - len(gone)})


def _first_said(kind: str, stay: set[int], work: _Undoing) -> dict[int, Entry]:
    """The oldest entry of a register that stands, for each record which a row of ours made."""
    subject = f"delivery__{kind}"
    ours = Entry.objects.filter(register__in=work.family, is_new=True, **{f"{subject}__in": stay})
    standing = Entry.objects.filter(
        register__undo_since=None, **{f"{subject}__in": set(ours.values_list(subject, flat=True))}
    )
    entries = standing.select_related("delivery").order_by("-pk")
    return {getattr(one.delivery, f"{kind}_id"): one for one in entries}


def _agreed(coded: set[int]) -> set[int]:
    """Codes of which a row that stands says that they may be called back."""
    yes = Entry.objects.filter(register__undo_since=None, has_consent=True, delivery__coded__in=coded)
    return {number for number in yes.values_list("delivery__coded", flat=True) if number is not None}


def _unsay(persons: set[int], work: _Undoing) -> None:
    taken = asked.said_of(persons, Entry.objects.filter(register__in=work.family), heirs_of=work.register)
    standing = Entry.objects.filter(register__undo_since=None, is_taken_back=False)
    unsay(
        taken,
        asked.said_of(persons, standing.exclude(register__in=work.family), heirs_of=work.register),
        made=asked.made_by_registers(persons),
        outside=asked.outside_registers(persons),
        by=work.by,
    )


@transaction.atomic
def _finished(work: _Undoing) -> Import:
    """Say that it is done. The sealed rows go too: they name people who are gone."""
    now = timezone.now()
    Import.objects.filter(pk__in=work.family).update(
        undone_at=now, undo_since=work.register.undo_since or now
    )
    for sent in Upload.objects.filter(register__in=work.family).select_related("stored"):
        if sent.stored:
            files.delete(sent.stored)
    register = Import.objects.get(pk=work.register.pk)
    fields = [f"{number} {what}" for what, number in sorted(register.undone.items())]
    audit.record(work.by, "intake.undone", register, fields=fields, reason=work.reason)
    return register
