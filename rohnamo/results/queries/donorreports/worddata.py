"""What a donor's Word template may ask for: everything as printed words, so that a template decides the looks alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from rohnamo.core.languages import in_language
from rohnamo.core.periods import Period as Days
from rohnamo.projects.models import Project
from rohnamo.results.queries.donorreports.contents import contents
from rohnamo.results.queries.donorreports.paper import Data, achieved, money, paper_of, parts
from rohnamo.ui.papers import Table, cell_text
from rohnamo.ui.spelling import Language

_INDICATOR = ("code", "title", "unit", "baseline", "target", "actual", "share", "state")
_PART = ("code", "title", "by", "category", "number")
_YEAR = ("year", "planned", "spent")


def word_data(
    data: Data, *, language: Language, narrative: Sequence[tuple[str, str]] = (), state: str = ""
) -> Mapping[str, Any]:
    """Fields by name: {{ project.title }}, {%tr for row in indicators %} {{ row.actual }} {%tr endfor %}, and so on.

    For the report of one project. results holds the outcomes and outputs, each with its own indicators; indicators all
    of them in one list; narrative a list of question and answer; state says whether it is a draft.
    """
    (project,) = data["projects"]
    paper = paper_of(data, language=language)
    with override(language):
        results = [_result(project, result, language) for result in project["results"]]
        return {
            "title": paper.title,
            "period": paper.subtitle,
            "as_of": paper.facts[-1][1],
            "time": paper.facts[-2][1],
            "note": paper.foot,
            "state": state,
            "project": _project(project),
            "results": results,
            "indicators": [indicator for result in results for indicator in result["indicators"]],
            "parts": _rows(parts(project, data["districts"]), _PART, language),
            "money": _rows(money(project), _YEAR, language) if project["money"] else [],
            "narrative": [{"question": question, "answer": answer} for question, answer in narrative],
        }


def example_fields(project: Project) -> Mapping[str, Any]:
    """Every field there is, with something in every list: what templates are checked against, and people look up."""
    days = Days(project.starts_on, project.ends_on)
    data = contents([project], days, as_of=timezone.localdate())
    (of_project,) = data["projects"]
    for result in of_project["results"]:
        for indicator in result["indicators"]:
            indicator["parts"] = indicator["parts"] or {"sex": [["u", None]]}
    nothing = {"until": data["as_of"], "planned_usd": "0", "spent_usd": "0", "years": [], "missing_rates": []}
    of_project["money"] = of_project["money"] or nothing
    return word_data(data, language="en", narrative=[("-", "-")])


def _project(project: Data) -> dict[str, str]:
    donors = project["donors"]
    return {
        "code": project["code"],
        "title": in_language(project["titles"]),
        "donor": ", ".join(in_language(donor["names"]) for donor in donors),
        "agreement": ", ".join(donor["agreement"] for donor in donors if donor["agreement"]),
        "places": ", ".join(sorted(in_language(place["names"]) for place in project["places"])),
    }


def _result(project: Data, result: Data, language: Language) -> dict[str, Any]:
    alone = achieved({**project, "results": [result]})
    return {
        "code": result["code"],
        "kind": result["kind"],
        "title": in_language(result["titles"]),
        "indicators": _rows(alone, _INDICATOR, language)[1:],
    }


def _rows(table: Table, names: Sequence[str], language: Language) -> list[dict[str, str]]:
    return [
        {
            name: cell_text(cell, column, language)
            for name, cell, column in zip(names, row, table.columns, strict=True)
        }
        for row in table.rows
    ]
