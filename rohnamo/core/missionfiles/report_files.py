"""report-forms.toml: what donors ask in words, and which parts a report to them has."""

from dataclasses import dataclass
from enum import StrEnum

from .rows import Row
from .words import Words


class Section(StrEnum):
    """A part of a report."""

    NARRATIVE = "narrative"
    RESULTS = "results"
    BREAKDOWN = "breakdown"
    MONEY = "money"


@dataclass(frozen=True)
class Question:
    """most_words: as many as the donor takes; None where they do not say."""

    code: str
    title: Words
    most_words: int | None


@dataclass(frozen=True)
class ReportForm:
    """donor empty: for donors without a form of their own. sections: in the order of the paper."""

    code: str
    donor: str
    title: Words
    questions: tuple[Question, ...]
    sections: tuple[str, ...]


def read_report_form(row: Row) -> ReportForm:
    form = ReportForm(
        code=row.own_code("report form"),
        donor=row.reference("donor", "partner", default=""),
        title=row.words("title"),
        questions=tuple(_question(question) for question in row.tables("question")),
        sections=row.codes("sections", [section.value for section in Section]),
    )
    row.once("report form of", form.donor, key="donor")
    codes = [question.code for question in form.questions]
    if len(set(codes)) < len(codes):
        row.wrong("question", "each code once in a form", ", ".join(codes))
    if form.questions and Section.NARRATIVE not in form.sections:
        row.wrong("sections", "narrative among them where the form has questions", ", ".join(form.sections))
    return form


def _question(row: Row) -> Question:
    question = Question(row.text("code"), row.words("title"), row.whole_or_none("most_words"))
    if question.most_words == 0:
        row.wrong("most_words", "words from 1", 0)
    row.done()
    return question
