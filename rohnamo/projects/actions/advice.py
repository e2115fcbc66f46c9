"""Advice: asked for, and then step by step. History is only added to."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit, changes
from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.missionfiles import support as files
from rohnamo.places.actions import Loaded, bring_in_line
from rohnamo.projects import queries, rules
from rohnamo.projects.actions.news import leave_news
from rohnamo.projects.models import (
    Advice,
    AdviceStep,
    AdviceSubject,
    Partner,
    Project,
    ProjectDocument,
    Step,
    SupportKind,
)
from rohnamo.staff.models import User

TOPIC = "advice.changed"
Words = Mapping[str, str]


@transaction.atomic
def ask_advice(
    project: Project,
    *,
    asked_by: Partner,
    subject: AdviceSubject,
    titles: Words,
    day: date,
    by: User,
    code: str = "",
) -> Advice:
    """Write down that a partner asked for advice on a day. The same code twice is one piece of advice."""
    _require(project, by)
    if code and (known := Advice.objects.filter(code=code, project=project).first()):
        return known
    if not any(titles.values()):
        raise WrongData(_("Say what the advice is about."))
    advice = Advice.objects.create(
        code=code or queries.new_code(project),
        project=project,
        asked_by=asked_by,
        subject=subject.value,
        titles=dict(titles),
    )
    record_step(advice, step=Step.ASKED, day=day, by=by)
    return advice


@transaction.atomic
def record_step(
    advice: Advice,
    *,
    step: Step,
    day: date,
    by: User,
    notes: Words | None = None,
    document: ProjectDocument | None = None,
) -> AdviceStep:
    """Write down the next step. Raises WrongData for one that cannot follow, or a day before the last or to come.

    Advice given to a security service is support: it needs a current risk assessment and no alert (Refused).
    """
    advice = (
        Advice.objects.select_for_update(of=("self",)).select_related("project", "asked_by").get(pk=advice.pk)
    )
    _require(advice.project, by)
    state = queries.state_of(advice)
    if step not in state.next_steps:
        raise WrongData(_("%(step)s cannot be the next step of this advice.") % {"step": step.label})
    if not (state.since or day) <= day <= timezone.localdate():
        raise WrongData(_("Choose a day from that of the last step until today."))
    if document and document.project_id != advice.project_id:
        raise WrongData(_("Choose a document of this project."))
    if step is Step.GIVEN:
        rules.require_support_allowed(advice.project, advice.asked_by, day, kind=SupportKind.ADVICE)
    made = AdviceStep.objects.create(
        advice=advice,
        order=len(state.history) + 1,
        step=step.value,
        day=day,
        document=document,
        notes=dict(notes or {}),
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    _write_down(made, advice, "projects.advice_step", by=by)
    return made


@transaction.atomic
def strike_step(step: AdviceStep, *, reason: str, by: User) -> AdviceStep:
    """Strike out the last step, if it was a mistake. It stays to be read, with the reason. Raises Refused."""
    advice = Advice.objects.select_for_update(of=("self",)).select_related("project").get(pk=step.advice_id)
    _require(advice.project, by)
    steps = queries.state_of(advice).steps
    if not steps or steps[-1].pk != step.pk:
        raise Refused(_("Only the last step of advice can be struck out."))
    if not reason.strip():
        raise WrongData(_("Say why the step is struck out."))
    struck = steps[-1]
    struck.struck_by, struck.struck_at, struck.struck_reason = by, timezone.now(), reason.strip()[:300]
    struck.save(update_fields=["struck_by", "struck_at", "struck_reason"])
    _write_down(struck, advice, "projects.strike_advice_step", by=by)
    return struck


@transaction.atomic
def load_advice(advice: Iterable[files.Advice]) -> Loaded:
    """Advice of the mission's files. Load projects, partners and documents first.

    What is no longer in the files stays. A piece in which somebody here recorded or struck a step is left alone.
    """
    projects = dict(Project.objects.values_list("code", "pk"))
    partners = dict(Partner.objects.values_list("code", "pk"))
    touched = set(Advice.objects.filter(steps__recorded_by__isnull=False).values_list("code", flat=True))
    touched |= set(Advice.objects.filter(steps__struck_by__isnull=False).values_list("code", flat=True))
    wanted = [one for one in advice if one.code not in touched]
    rows = [
        Advice(
            code=one.code,
            project_id=projects[one.project],
            asked_by_id=partners[one.asked_by],
            subject=one.subject.value,
            titles=dict(one.title),
        )
        for one in wanted
    ]
    loaded = bring_in_line(Advice.objects.all(), rows, key=["code"])
    return leave_news("advice", loaded + _load_steps(wanted))


def _load_steps(advice: list[files.Advice]) -> Loaded:
    ids = dict(Advice.objects.values_list("code", "pk"))
    documents = dict(ProjectDocument.objects.values_list("code", "pk"))
    rows = [
        AdviceStep(
            advice_id=ids[one.code],
            order=order,
            step=step.step.value,
            day=step.day,
            document_id=documents.get(step.document),
            notes=dict(step.note),
        )
        for one in advice
        for order, step in enumerate(one.steps, start=1)
    ]
    stored = AdviceStep.objects.filter(advice__code__in=[one.code for one in advice])
    return bring_in_line(stored, rows, key=["advice_id", "order"], may_remove=True)


def _require(project: Project, by: User) -> None:
    if not rules.may_record_advice(by, project):
        raise Refused(_("Advice in project %(project)s is not yours to record.") % {"project": project.code})


def _write_down(step: AdviceStep, advice: Advice, verb: str, *, by: User) -> None:
    audit.record(by, verb, step, reason=f"{advice.code}: {step.step}")
    changes.leave(TOPIC, [advice.code])
