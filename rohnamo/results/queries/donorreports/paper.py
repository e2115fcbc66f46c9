"""A report laid out: facts, what was achieved beside what was promised, who was reached, money, and the narrative."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from rohnamo.core.languages import in_language
from rohnamo.core.periods import Period
from rohnamo.ui import words
from rohnamo.ui.papers import Block, Cell, Column, Hidden, Kind, Paper, Table, Text
from rohnamo.ui.spelling import Language

Data = Mapping[str, Any]


def paper_of(
    data: Data,
    *,
    language: Language,
    narrative: Sequence[tuple[str, str]] = (),
    sections: Sequence[str] = ("narrative", "results", "breakdown", "money"),
    state: str = "",
) -> Paper:
    """The paper that the data makes, in one language.

    narrative: questions with their answers, in order. sections: what the donor's form wants, in its order. state: what must stand below the title, as "Draft".
    """
    with override(language):
        projects = data["projects"]
        return Paper(
            language=language,
            title=_title(projects),
            subtitle=" · ".join(filter(None, [_period(data), state])),
            facts=tuple(_facts(data)),
            blocks=tuple(_blocks(data, narrative, sections)),
            foot=_foot(data),
            is_landscape=True,
        )


def _title(projects: Sequence[Data]) -> str:
    if len(projects) == 1:
        (project,) = projects
        return _("Report: %(code)s %(title)s") % {
            "code": project["code"],
            "title": in_language(project["titles"]),
        }
    return ngettext("Report on %(count)d project", "Report on %(count)d projects", len(projects)) % {
        "count": len(projects)
    }


def _period(data: Data) -> str:
    period = data["period"]
    return words.period(Period(date.fromisoformat(period["start"]), date.fromisoformat(period["end"])))


def _facts(data: Data) -> Iterable[tuple[str, str]]:
    if len(data["projects"]) == 1:
        (project,) = data["projects"]
        if project["donors"]:
            yield (
                pgettext("fact about a project", "Donor"),
                ", ".join(_donor(one) for one in project["donors"]),
            )
        if project["places"]:
            places = sorted(in_language(place["names"]) for place in project["places"])
            yield pgettext("fact about a project", "Where"), ", ".join(places)
        yield (
            pgettext("fact about a project", "Time"),
            _("from %(start)s to %(end)s")
            % {"start": _day(project["starts_on"]), "end": _day(project["ends_on"])},
        )
    yield _("Data as of"), _day(data["as_of"])


def _donor(donor: Data) -> str:
    name = in_language(donor["names"])
    return f"{name} ({donor['agreement']})" if donor["agreement"] else name


def _day(written: str) -> str:
    return words.day(date.fromisoformat(written))


def _foot(data: Data) -> str:
    if any(project["is_example"] for project in data["projects"]):
        return _("Example installation. People, donors and numbers are made up.")
    return ""


def _blocks(data: Data, narrative: Sequence[tuple[str, str]], sections: Sequence[str]) -> Iterable[Block]:
    several = len(data["projects"]) > 1
    for place, project in enumerate(data["projects"]):
        if several:
            yield Text(f"{project['code']} {in_language(project['titles'])}", level=1)
        for section in sections:
            if section != "narrative":
                yield from _tables(section, project, data)
            elif place == 0:
                for question, answer in narrative:
                    yield from (Text(question, level=1), Text(answer))


def _tables(section: str, project: Data, data: Data) -> Iterable[Table]:
    if section == "results":
        yield achieved(project)
    elif section == "breakdown":
        reached = parts(project, data["districts"])
        if reached.rows:
            yield reached
    elif section == "money" and project["money"]:
        yield money(project)


def achieved(project: Data) -> Table:
    rows: list[tuple[Cell, ...]] = []
    strong = set()
    for result in project["results"]:
        strong.add(len(rows))
        rows.append((result["code"], in_language(result["titles"]), *[""] * 6))
        rows += [_line(indicator) for indicator in result["indicators"]]
    return Table(
        name=_sheet(project, pgettext("name of a sheet", "results")),
        title=_("What was achieved, beside what was promised"),
        columns=(
            Column(pgettext("column", "Code")),
            Column(pgettext("column", "Indicator"), share=4),
            Column(pgettext("column", "Unit"), share=2),
            Column(pgettext("column", "Baseline"), Kind.NUMBER),
            Column(pgettext("column", "Target"), Kind.NUMBER),
            Column(pgettext("column", "Actual"), Kind.NUMBER),
            Column(pgettext("column", "Share of the target"), Kind.PERCENT),
            Column(pgettext("column", "State")),
        ),
        rows=tuple(rows),
        strong=frozenset(strong),
        note=_(
            "Everybody is counted once in an indicator and period. Preliminary: not approved yet. * Fewer than five people."
        ),
    )


def _line(indicator: Data) -> tuple[Cell, ...]:
    target, actual = _number(indicator["target"]), _number(indicator["actual"])
    return (
        indicator["code"],
        in_language(indicator["titles"]),
        in_language(indicator["unit_names"]),
        _number(indicator["baseline"]),
        target,
        Hidden.HIDDEN if indicator["is_hidden"] else actual,
        share_of(actual, target) if indicator["is_rising_good"] else None,
        pgettext("state of a value", "approved") if indicator["is_approved"] else _open_state(indicator),
    )


def _open_state(indicator: Data) -> str:
    if indicator["actual"] is None and not indicator["is_hidden"]:
        return pgettext("state of a value", "no value")
    return pgettext("state of a value", "preliminary")


def share_of(actual: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Actual in per cent of the target, to one place; nothing where either is missing or the target is zero."""
    return None if actual is None or not target else (100 * actual / target).quantize(Decimal("0.1"))


def parts(project: Data, districts: Mapping[str, Mapping[str, str]]) -> Table:
    """Every released breakdown, one line a category: what a spreadsheet can filter and a donor's form can take."""
    rows = [
        (indicator["code"], in_language(indicator["titles"]), *cells)
        for result in project["results"]
        for indicator in result["indicators"]
        for cells in _categories(indicator["parts"], districts)
    ]
    return Table(
        name=_sheet(project, pgettext("name of a sheet", "breakdown")),
        title=_("Who was reached"),
        columns=(
            Column(pgettext("column", "Code")),
            Column(pgettext("column", "Indicator"), share=4),
            Column(pgettext("column", "By")),
            Column(pgettext("column", "Category"), share=2),
            Column(pgettext("column", "Number"), Kind.NUMBER),
        ),
        rows=tuple(rows),
        note=_("* Small numbers, and those that would give them away, are not shown."),
    )


def _categories(of_indicator: Data, districts: Mapping[str, Mapping[str, str]]) -> Iterable[tuple[Cell, ...]]:
    titles = {
        "sex": pgettext("attribute", "sex"),
        "age": pgettext("attribute", "age"),
        "district": pgettext("attribute", "district"),
    }
    for attribute, cells in of_indicator.items():
        for category, count in cells:
            told = _category(attribute, category, districts)
            yield titles[attribute], told, Hidden.HIDDEN if count is None else count


def _category(attribute: str, code: str, districts: Mapping[str, Mapping[str, str]]) -> str:
    if attribute == "sex":
        return words.sex(code)
    if attribute == "age":
        return words.age(code)
    return in_language(districts[code]) if code in districts else pgettext("district", "unknown")


def money(project: Data) -> Table:
    """Planned and spent by calendar year."""
    spent = project["money"]
    rows: list[tuple[Cell, ...]] = [
        (str(year["year"]), _number(year["planned_usd"]), _number(year["spent_usd"]))
        for year in spent["years"]
    ]
    rows.append((pgettext("row", "Total"), _number(spent["planned_usd"]), _number(spent["spent_usd"])))
    return Table(
        name=_sheet(project, pgettext("name of a sheet", "money")),
        title=_("Money, US dollars"),
        columns=(
            Column(pgettext("column", "Year"), share=2),
            Column(pgettext("column", "Planned"), Kind.NUMBER),
            Column(pgettext("column", "Spent"), Kind.NUMBER),
        ),
        rows=tuple(rows),
        strong=frozenset({len(rows) - 1}),
        note=" ".join(
            [
                _("Spent up to %(day)s.") % {"day": _day(spent["until"])},
                *(
                    _("No exchange rate of %(currency)s is known for %(day)s, so a sum is left out.")
                    % {"currency": currency, "day": _day(day)}
                    for currency, day in spent["missing_rates"]
                ),
            ]
        ),
    )


def _sheet(project: Data, what: str) -> str:
    return f"{project['code']} {what}"


def _number(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)
