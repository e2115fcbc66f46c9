"""Registers that were sent: which ones a user may see, how far they are, and what would become of each row."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from rohnamo.core import audit, files
from rohnamo.core.models import StoredFile
from rohnamo.deliveries.models import Delivery
from rohnamo.engines.linkage import LinkReason
from rohnamo.intake import rules
from rohnamo.intake.models import DoubtfulRow, Import, RowVerdict, Upload
from rohnamo.intake.queries.lines import Line, Why
from rohnamo.intake.queries.survey import Survey
from rohnamo.people import queries as people
from rohnamo.people.models import Judgement, Verdict
from rohnamo.projects.models import Project, Source
from rohnamo.projects.queries import visible_to as visible_projects
from rohnamo.results.models import Reach, Tally
from rohnamo.results.queries import Number
from rohnamo.staff.models import Role, User

# Larger registers are looked through and taken in by the worker: nobody should wait at a white page.
AT_ONCE_ROWS = 3_000
# A worker that was killed leaves its work "running" for ever. No register takes so long.
STOPPED_AFTER = timedelta(minutes=30)
CHUNK = 5_000
LIKENESS = frozenset(reason.value for reason in LinkReason)
MATCHED = frozenset({RowVerdict.NEW, RowVerdict.KNOWN, RowVerdict.DOUBTFUL})
# digest, lines, reports (None until they are looked through) and answers, as they lie in the sealed file.
Sealed = dict[str, Any]


class State(StrEnum):
    """How far a register is.

    looking: its rows are being looked through. failed: taking it in began and stopped; it can be accepted again and
    goes on where it stopped.
    """

    LOOKING = "looking"
    WAITING = "waiting"
    RUNNING = "running"
    FAILED = "failed"
    TAKEN = "taken"
    DISCARDED = "discarded"
    SENT_BACK = "sent_back"
    CLOSED = "closed"
    EXPIRED = "expired"


TASKS = {
    "rohnamo.intake.tasks.look_through": State.LOOKING,
    "rohnamo.intake.tasks.accept": State.RUNNING,
}


UNDO = "rohnamo.intake.tasks.undo"


class Told(StrEnum):
    """What a reader is told of a row.

    person: it will be registered, or added to who is there already. Which of the two is told only where the reader
    may see the person it was matched to: else a register would be a way to look people up by a list of names.
    """

    PERSON = "person"
    KNOWN = "known"
    DOUBTFUL = "doubtful"
    REPEAT = "repeat"
    CODED = "coded"
    COUNTED = "counted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Looked:
    """A row and what the reader is told of it. resembles: the record a doubtful row is like, one they may see."""

    line: Line
    verdict: Told
    reasons: tuple[Why, ...]
    resembles: int | None = None
    answer: str = ""


def is_large(rows: int) -> bool:
    """Whether a register of so many rows is left to the worker."""
    return rows > AT_ONCE_ROWS


def uploads_visible_to(user: User) -> QuerySet[Upload]:
    """Registers of the user's projects, and those they sent themselves; of a partner all that its reporters sent."""
    return _visible(Upload.objects.all(), user, sender="uploaded_by")


def imports_visible_to(user: User) -> QuerySet[Import]:
    """Registers that were taken in, by the same rule."""
    return _visible(Import.objects.all(), user, sender="upload__uploaded_by")


def listed(taken: QuerySet[Import]) -> QuerySet[Import]:
    """Without files that came once more and brought nothing new, while the first of them stands."""
    return taken.filter(Q(same_as=None) | Q(same_as__undo_since__isnull=False))


def shown_for(register: Import) -> Import:
    """The register whose page tells of this one: the first of a file that came again."""
    first = register.same_as
    return register if first is None or first.undo_since else first


def upload_choices(user: User) -> tuple[QuerySet[Project], QuerySet[Source]]:
    """Projects into which the user may bring registers, and sources they may name as the sender."""
    if not rules.may_see_registers(user):
        return Project.objects.none(), Source.objects.none()
    projects = visible_projects(user)
    if user.role == Role.PARTNER_REPORTER:
        return projects, Source.objects.filter(partner__code=user.partner)
    return projects, Source.objects.filter(Q(project=None) | Q(project__in=projects.values("pk")))


def state_of(one: Upload) -> State:
    """Asks the queue of tasks for a register that nobody decided about."""
    return state_in(one, under_way([one]) if one.decided_at is None else {})


def state_in(one: Upload, at_work: Mapping[int, State]) -> State:
    """The same, when the queue was asked for many at once (`under_way`)."""
    if one.decided_at is not None:
        return _decided(one)
    if one.pk in at_work:
        return at_work[one.pk]
    if one.stored_id is None:
        return State.EXPIRED
    return State.FAILED if one.taking_since else State.WAITING


def _decided(one: Upload) -> State:
    if one.sent_back_at:
        return State.SENT_BACK
    if one.register_id:
        return State.TAKEN
    # Ended before its first rows were in.
    return State.CLOSED if one.taking_since else State.DISCARDED


def under_way(uploads: Sequence[Upload]) -> dict[int, State]:
    """Which of these are being looked through or taken in now. One query."""
    is_alive = Q(status="READY") | Q(status="RUNNING", started_at__gt=timezone.now() - STOPPED_AFTER)
    work = DBTaskResult.objects.filter(is_alive, task_path__in=TASKS).values_list("task_path", "args_kwargs")
    found = {arguments["args"][0]: TASKS[path] for path, arguments in work}
    return {one.pk: found[one.pk] for one in uploads if one.pk in found}


def is_being_undone(register: Import) -> bool:
    """Whether the worker takes a register back now, or will."""
    is_alive = Q(status="READY") | Q(status="RUNNING", started_at__gt=timezone.now() - STOPPED_AFTER)
    work = DBTaskResult.objects.filter(is_alive, task_path=UNDO).values_list("args_kwargs", flat=True)
    return any(arguments["args"][0] == register.pk for arguments in work)


def unsealed(stored: StoredFile | None, *, by: audit.Actor) -> Sealed | None:
    """What was sealed with a register; None when its thirty days are over or it was cancelled."""
    if stored is None:
        return None
    try:
        sealed: Sealed = json.loads(files.read(stored, by=by, reason="intake"))
    except FileNotFoundError:
        return None
    return sealed


def sealed_of(one: Upload, *, by: audit.Actor) -> Sealed | None:
    """What was sealed with a register as it stands now; for pages that show several things of it."""
    # An answer puts a new file in the place of the old one. Locked, nobody reaches for a file that has just gone.
    with transaction.atomic():
        locked = Upload.objects.select_for_update(of=("self",)).select_related("stored").get(pk=one.pk)
        return unsealed(locked.stored, by=by)


def looked_at(one: Upload, *, by: User) -> list[Looked]:
    """Every row of a preview in the order of the file, as far as this reader may know of it.

    Nothing while it is not looked through, and when the thirty days are over.
    """
    return looked_in(sealed_of(one, by=by), by=by)


def looked_in(sealed: Sealed | None, *, by: User) -> list[Looked]:
    """As `looked_at`, of what is open already."""
    if sealed is None or sealed["reports"] is None:
        return []
    back = sealed.get("returned", {})
    reports = {report[0]: report for report in sealed["reports"]}
    seen = _seen({_match(report) for report in reports.values()}, by)
    lines = (Line.from_json(plain) for plain in sealed["lines"])
    return [
        _sent_back(line, back[str(line.row)])
        if str(line.row) in back
        else _looked(line, reports[line.row], sealed["answers"], seen)
        for line in lines
        if line.row in reports
    ]


@dataclass(frozen=True)
class About:
    """What is to be said of a sheet as a whole. reading: where services and days were found (`Opened.reading`). is_old:
    registers came in or went since it was looked through."""

    notes: tuple[Why, ...]
    reading: Mapping[str, str]
    survey: Survey
    is_old: bool


def about(one: Upload, *, by: audit.Actor) -> About:
    """The sheet as a whole, while its rows are kept."""
    return about_in(sealed_of(one, by=by) or {})


def about_in(sealed: Sealed) -> About:
    """As `about`, of what is open already."""
    return About(
        notes=tuple(Why(code, params) for code, params in sealed.get("notes", [])),
        reading=sealed.get("reading", {}),
        survey=Survey.from_json(sealed.get("survey", {})),
        is_old=is_old(sealed),
    )


def is_old(sealed: Sealed) -> bool:
    """Whether any register was taken in or back since the rows were looked through."""
    since = sealed.get("seen_at")
    if since is None:
        return False
    moved = ("started_at", "finished_at", "undo_since", "undone_at")
    is_newer = reduce(or_, (Q(**{f"{moment}__gt": since}) for moment in moved))
    return Import.objects.filter(is_newer).exists()


def counts_of(rows: Sequence[Looked]) -> Counter[str]:
    return Counter(row.verdict.value for row in rows)


def undecided_rows(register: Import, *, by: User) -> QuerySet[DoubtfulRow]:
    """Doubtful rows about whose pair nobody is sure yet, where the reader may see both records.

    That nobody is sure stands with the judgement, so undoing brings them back.
    """
    unsure = Judgement.objects.filter(superseded_at=None, verdict=Verdict.UNSURE)
    in_order = unsure.filter(left_id=OuterRef("person_id"), right_id=OuterRef("other_id"))
    turned = unsure.filter(left_id=OuterRef("other_id"), right_id=OuterRef("person_id"))
    seen = people.visible_to(by).filter(erased_at=None)
    both = [Exists(seen.filter(pk=OuterRef(side))) for side in ("person_id", "other_id")]
    return register.doubtful_rows.filter(Exists(in_order) | Exists(turned), *both).order_by("row")


def effect_on(register: Import) -> tuple[Number, Number] | None:
    """(people that the project reached without this register, with it), each counted once since the project began.

    None while the project is not counted.
    """
    tally = Tally.objects.filter(key=f"{register.project.code}.reached").first()
    if tally is None or register.finished_at is None or register.undo_since:
        return None
    first_met = Reach.objects.filter(tally=tally.rows_of_id or tally.pk, is_first=True, persons=1)
    written = Delivery.objects.filter(
        source=register.source,
        project=register.project,
        recorded_at__range=(register.started_at, register.finished_at),
    )
    whole = first_met.count()
    return whole - first_met.filter(first_contact__in=written.values("pk")).count(), whole


def _visible(registers: QuerySet[Any], user: User, *, sender: str) -> QuerySet[Any]:
    if not rules.may_see_registers(user):
        return registers.none()
    seen = visible_projects(user).values("pk")
    if user.role == Role.PARTNER_REPORTER:
        return registers.filter(project__in=seen, **{f"{sender}__partner": user.partner})
    mine = Q(project__in=user.memberships.values("project"))
    return registers.filter(mine | Q(project__in=seen, **{sender: user}))


def _match(report: Sequence[Any]) -> int | None:
    """The person that a row was matched to: who it is, or whom it resembles."""
    _row, verdict, person, resembles, _reasons = report
    match: int | None = resembles if verdict == RowVerdict.DOUBTFUL else person
    return match


def _seen(numbers: Collection[int | None], by: User) -> set[int]:
    """Those of these people whom the reader may see."""
    asked = sorted(number for number in numbers if number is not None)
    return {
        number
        for start in range(0, len(asked), CHUNK)
        for number in people.visible_to(by)
        .filter(pk__in=asked[start : start + CHUNK], erased_at=None)
        .values_list("pk", flat=True)
    }


def _sent_back(line: Line, words: str) -> Looked:
    return Looked(line, Told.REFUSED, (Why("sent_back", {"words": words}),))


def _looked(line: Line, report: Sequence[Any], answers: dict[str, list[Any]], seen: set[int]) -> Looked:
    _row, verdict, _person, resembles, codes = report
    reasons = tuple(Why(code, params) for code, params in codes)
    if verdict not in MATCHED:
        return Looked(line, Told(verdict), reasons)
    if verdict == RowVerdict.NEW or _match(report) not in seen:
        # Nobody, another row of this register, an official or somebody the reader may not see: all look alike.
        return Looked(line, Told.PERSON, tuple(why for why in reasons if why.code not in LIKENESS))
    answer = answers.get(str(line.row), [""])[0]
    return Looked(line, Told(verdict), reasons, resembles, answer)
