"""A report as a file, from its frozen data or from what stands today."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import override, pgettext

from rohnamo.core.languages import in_language
from rohnamo.core.periods import Period as Days
from rohnamo.results.models import DonorReport, WordTemplate
from rohnamo.results.queries.donorreports.contents import contents
from rohnamo.results.queries.donorreports.forms import Form, form_kept, form_of
from rohnamo.results.queries.donorreports.paper import paper_of
from rohnamo.results.queries.donorreports.worddata import word_data
from rohnamo.ui.papers import as_pdf, as_spreadsheet, as_word, fill_word
from rohnamo.ui.spelling import Language

WRITERS = {"xlsx": as_spreadsheet, "docx": as_word, "pdf": as_pdf}


def data_of(report: DonorReport, *, today: date | None = None) -> Mapping[str, Any]:
    """What the report says: as it was frozen, or as it stands today."""
    if report.data is not None:
        frozen: Mapping[str, Any] = report.data
        return frozen
    return contents([report.project], Days(report.start, report.end), as_of=today or timezone.localdate())


def last_frozen(code: str, days: Days) -> DonorReport | None:
    """The last report on a project and period that was closed."""
    ours = DonorReport.objects.filter(project__code=code, start=days.start, end=days.end)
    return ours.exclude(frozen_at=None).select_related("project").order_by("-number").first()


def file_of(report: DonorReport, kind: str, language: Language) -> bytes:
    """The report as xlsx, docx or pdf."""
    form = form_in(report)
    paper = paper_of(
        data_of(report),
        language=language,
        narrative=narrative_of(report, language),
        sections=form.sections,
        state=state_words(report, language),
    )
    return WRITERS[kind](paper)


def filled(report: DonorReport, template: WordTemplate) -> bytes:
    """The report in the donor's own form. Raises ui.papers.UnknownFields for a template that is older than our fields."""
    language: Language = template.language  # type: ignore[assignment]
    data = word_data(
        data_of(report),
        language=language,
        narrative=narrative_of(report, language),
        state=state_words(report, language),
    )
    return fill_word(bytes(template.content), data)


def file_name(report: DonorReport, kind: str, language: str) -> str:
    """EX.01-2025-H1-1-tg.pdf; days instead of a label where the period has none."""
    label = Days(report.start, report.end).label.replace("/", "-to-")
    return f"{report.project.code}-{label}-{report.number}-{language}.{kind}"


def form_in(report: DonorReport) -> Form:
    """The form of the donor; of a frozen report the one that it was written in."""
    if report.data is not None and "form" in report.data:
        return form_kept(report.data["form"])
    return form_of(report.project)


def narrative_of(report: DonorReport, language: str) -> Sequence[tuple[str, str]]:
    """Questions that were answered, with their answers in the language or the nearest that there is."""
    return [
        (in_language(question.titles, language), answer)
        for question in form_in(report).questions
        if (answer := in_language(report.answers.get(question.code, {}), language))
    ]


def state_words(report: DonorReport, language: str) -> str:
    """What a paper says of itself: a draft must not be taken for what was sent."""
    with override(language):
        if report.frozen_at is None:
            return pgettext("a report", "Draft, numbers may still change")
        return pgettext("a report", "Number %(number)d, %(mark)s") % {
            "number": report.number,
            "mark": report.fingerprint[:12],
        }
