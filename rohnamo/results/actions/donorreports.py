"""How reports to donors come about: begun, written, frozen. What is frozen never changes; a correction is a new number."""

import hashlib
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit
from rohnamo.core.errors import Refused
from rohnamo.core.languages import LANGUAGES
from rohnamo.core.locks import one_at_a_time
from rohnamo.core.periods import Period as Days
from rohnamo.projects.models import Partner, Project
from rohnamo.results.models import DonorReport, WordTemplate
from rohnamo.results.queries.donorreports import contents, example_fields, fingerprint, form_data, form_of
from rohnamo.ui.papers import UnknownFields, unknown_fields

MOST_SIGNS = 20_000
Answers = Mapping[str, Mapping[str, str]]


@transaction.atomic
def begin_report(project: Project, days: Days, *, by: audit.Actor) -> DonorReport:
    """The draft of a report on a period: the one there is, or a new one with the next number."""
    one_at_a_time("results.report")
    ours = DonorReport.objects.filter(project=project, start=days.start, end=days.end)
    if draft := ours.filter(frozen_at=None).first():
        return draft
    last = ours.aggregate(last=Max("number"))["last"] or 0
    report = DonorReport.objects.create(
        project=project, start=days.start, end=days.end, number=last + 1, begun_by=str(by.pk)
    )
    audit.record(by, "results.begin_report", report)
    return report


@transaction.atomic
def write_report(report: DonorReport, answers: Answers, *, by: audit.Actor) -> DonorReport:
    """Keep what was answered in words. Languages and questions that are not given stay as they are.

    Raises Refused for a report that was frozen, and for a text that is endless.
    """
    draft = _draft(report)
    known = {question.code for question in form_of(draft.project).questions}
    for code, texts in answers.items():
        if code not in known:
            raise Refused(_("The donor's form has no question %(code)s.") % {"code": code})
        if any(len(text) > MOST_SIGNS for text in texts.values()):
            raise Refused(_("An answer is longer than %(count)d signs. Shorten it.") % {"count": MOST_SIGNS})
        kept = {language: text for language, text in texts.items() if language in LANGUAGES}
        draft.answers = {**draft.answers, code: {**draft.answers.get(code, {}), **kept}}
    draft.save(update_fields=["answers", "changed_at"])
    audit.record(by, "results.write_report", draft, fields=sorted(answers))
    return draft


@transaction.atomic
def freeze_report(report: DonorReport, *, by: audit.Actor) -> DonorReport:
    """Keep the data that the report says from now on, with its fingerprint.

    Raises Refused when the period has not ended, or when it was frozen before.
    """
    draft = _draft(report)
    today = timezone.localdate()
    if draft.end >= today:
        raise Refused(_("The period has not ended. A report on it can be frozen from the day after."))
    data = contents([draft.project], Days(draft.start, draft.end), as_of=today)
    draft.data = {**data, "form": form_data(form_of(draft.project)), "answers": draft.answers}
    draft.fingerprint = fingerprint(draft.data)
    draft.frozen_by, draft.frozen_at = str(by.pk), timezone.now()
    draft.save(update_fields=["data", "fingerprint", "frozen_by", "frozen_at"])
    audit.record(by, "results.freeze_report", draft, fields=[draft.fingerprint])
    return draft


@transaction.atomic
def discard_report(report: DonorReport, *, by: audit.Actor) -> None:
    """Throw a draft away. Raises Refused for a frozen one."""
    draft = _draft(report)
    audit.record(by, "results.discard_report", draft)
    draft.delete()


@transaction.atomic
def keep_template(
    donor: Partner,
    language: str,
    name: str,
    content: bytes,
    *,
    example: Project,
    by: audit.Actor,
) -> WordTemplate:
    """Keep a donor's form in Word. Every field it asks for is checked first. The same form twice is kept once.

    Another one under a name that is taken is refused: reports of other projects are printed in the one that stands.

    example: a project of this donor, whose data says which fields there are.
    Raises UnknownFields, which names each with the nearest we have, and UnreadableTemplate.
    """
    if missing := unknown_fields(content, example_fields(example)):
        raise UnknownFields(missing)
    mark = hashlib.sha256(content).hexdigest()
    one_at_a_time("results.template")
    standing = WordTemplate.objects.filter(donor=donor, language=language, name=name).first()
    if standing is not None and standing.fingerprint == mark:
        return standing
    if standing is not None:
        raise Refused(
            _("A form of this name is kept already. Give the new one another name, as “Half-year 2026”.")
        )
    template = WordTemplate.objects.create(
        donor=donor, language=language, name=name, content=content, fingerprint=mark, kept_by=str(by.pk)
    )
    audit.record(by, "results.keep_template", template, fields=[mark])
    return template


def _draft(report: DonorReport) -> DonorReport:
    """The report, held until the end of the transaction: two who freeze at once must not both succeed."""
    draft = DonorReport.objects.select_for_update().select_related("project").get(pk=report.pk)
    if draft.frozen_at is not None:
        raise Refused(_("The report was frozen and does not change any more. Begin the next one."))
    return draft
