"""Which questions and parts a donor's report has: the donor's own form, the mission's usual one, or ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from rohnamo.core.languages import LANGUAGES
from rohnamo.projects.models import PartnerRole, Project
from rohnamo.results.models import ReportForm

SECTIONS = ("narrative", "results", "breakdown", "money")
_USUAL = (
    ("done", gettext_noop("What was done in this period")),
    ("changes", gettext_noop("What changed against the plan, and why")),
    ("difficulties", gettext_noop("Difficulties, and what was done about them")),
    ("learned", gettext_noop("What was learned")),
    ("next", gettext_noop("What comes next")),
)


@dataclass(frozen=True)
class Question:
    """most_words: what the donor allows; None where they do not say."""

    code: str
    titles: Mapping[str, str]
    most_words: int | None = None


@dataclass(frozen=True)
class Form:
    questions: Sequence[Question]
    sections: Sequence[str]


def form_of(project: Project) -> Form:
    """The form of the project's donor; of two donors the first by code, since one paper has one form."""
    donors = project.partners.filter(role=PartnerRole.FUNDING).values("partner")
    own = ReportForm.objects.filter(donor__in=donors) | ReportForm.objects.filter(donor=None)
    found = own.order_by(F("donor__code").asc(nulls_last=True), "code").first()
    if found is None:
        return Form([Question(code, _in_all(words)) for code, words in _USUAL], SECTIONS)
    questions = [Question(one["code"], one["titles"], one.get("most_words")) for one in found.questions]
    return Form(questions, found.sections or SECTIONS)


def form_data(form: Form) -> dict[str, object]:
    """As plain data: a frozen report keeps the form it was written in."""
    questions = [
        {"code": one.code, "titles": dict(one.titles), "most_words": one.most_words} for one in form.questions
    ]
    return {"questions": questions, "sections": list(form.sections)}


def form_kept(data: Mapping[str, Any]) -> Form:
    """The other way round."""
    questions = [Question(one["code"], one["titles"], one["most_words"]) for one in data["questions"]]
    return Form(questions, data["sections"])


def _in_all(words: str) -> dict[str, str]:
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = _(words)
    return said
