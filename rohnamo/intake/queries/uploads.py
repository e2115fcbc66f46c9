"""Registers that were sent: which ones a user may see, how far they are, and what would become of each row."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django_tasks_db.models import DBTaskResult

from rohnamo.core import audit, files
from rohnamo.deliveries.models import Delivery
from rohnamo.intake import rules
from rohnamo.intake.models import DoubtfulRow, Import, RowVerdict, Upload
from rohnamo.intake.queries.lines import Line, Why
from rohnamo.people.models import Judgement, Verdict
from rohnamo.projects.models import Project, Source
from rohnamo.projects.queries import visible_to as visible_projects
from rohnamo.results.models import Reach, Tally
from rohnamo.results.queries import Number
from rohnamo.staff.models import Role, User

ACCEPT_TASK = "rohnamo.intake.tasks.accept"
UNDER_WAY = ("READY", "RUNNING")
FAILED = "FAILED"


class State(StrEnum):
    """How far a register is. failed: the work stopped; it can be accepted again and goes on where it stopped."""

    WAITING = "waiting"
    RUNNING = "running"
    FAILED = "failed"
    TAKEN = "taken"
    DISCARDED = "discarded"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Looked:
    """A row and what would become of it. resembles: number of the record a doubtful row is like."""

    line: Line
    verdict: RowVerdict
    person: int | None
    resembles: int | None
    reasons: tuple[Why, ...]
    answer: str = ""


def uploads_visible_to(user: User) -> QuerySet[Upload]:
    """Registers of the user's projects, and those they sent themselves; of a partner all that its reporters sent."""
    return _visible(Upload.objects.all(), user, sender="uploaded_by")


def imports_visible_to(user: User) -> QuerySet[Import]:
    """Registers that were taken in, by the same rule."""
    return _visible(Import.objects.all(), user, sender="upload__uploaded_by")


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
    if one.decided_at is not None:
        return State.TAKEN if one.register_id else State.DISCARDED
    work = DBTaskResult.objects.filter(task_path=ACCEPT_TASK, args_kwargs__args__0=one.pk)
    statuses = set(work.values_list("status", flat=True))
    if statuses & set(UNDER_WAY):
        return State.RUNNING
    if one.stored_id is None:
        return State.EXPIRED
    return State.FAILED if FAILED in statuses else State.WAITING


def running(uploads: Sequence[Upload]) -> set[int]:
    """Which of these are being taken in now. One query."""
    work = DBTaskResult.objects.filter(task_path=ACCEPT_TASK, status__in=UNDER_WAY)
    numbers = {arguments["args"][0] for arguments in work.values_list("args_kwargs", flat=True)}
    return {one.pk for one in uploads if one.pk in numbers}


def looked_at(one: Upload, *, by: audit.Actor) -> list[Looked]:
    """Every row of a preview in the order of the file, as it was sealed; nothing when the thirty days are over."""
    if one.stored is None:
        return []
    sealed: dict[str, Any] = json.loads(files.read(one.stored, by=by, reason="intake"))
    answers = sealed.get("answers", {})
    reports = {report[0]: report for report in sealed.get("reports", ())}
    lines = (Line.from_json(plain) for plain in sealed["lines"])
    return [_looked(line, reports[line.row], answers) for line in lines if line.row in reports]


def counts_of(rows: Sequence[Looked]) -> Counter[str]:
    return Counter(row.verdict.value for row in rows)


def undecided_rows(register: Import) -> QuerySet[DoubtfulRow]:
    """Doubtful rows about whose pair nobody is sure yet. That stands with the judgement, so undoing brings them back."""
    unsure = Judgement.objects.filter(superseded_at=None, verdict=Verdict.UNSURE)
    in_order = unsure.filter(left_id=OuterRef("person_id"), right_id=OuterRef("other_id"))
    turned = unsure.filter(left_id=OuterRef("other_id"), right_id=OuterRef("person_id"))
    return register.doubtful_rows.filter(Exists(in_order) | Exists(turned)).order_by("row")


def effect_on(register: Import) -> tuple[Number, Number] | None:
    """(people that the project reached without this register, with it), each counted once since the project began.

    None while the project is not counted.
    """
    tally = Tally.objects.filter(key=f"{register.project.code}.reached").first()
    if tally is None or register.finished_at is None:
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


def _looked(line: Line, report: list[Any], answers: dict[str, list[Any]]) -> Looked:
    _row, verdict, person, resembles, reasons = report
    return Looked(
        line=line,
        verdict=RowVerdict(verdict),
        person=person,
        resembles=resembles,
        reasons=tuple(Why(code, params) for code, params in reasons),
        answer=answers.get(str(line.row), [""])[0],
    )
