"""What a project's own page says. Results come from released figures only; what was not released is a dash."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.languages import in_language
from rohnamo.figures.queries import Figure, listed
from rohnamo.portal import queries
from rohnamo.portal.pages import wording
from rohnamo.portal.pages.frame import Context, current_language, path
from rohnamo.projects.models import Identity, MissionProfile, PartnerRole, Project, Status
from rohnamo.projects.queries import ProjectCard, YearOfMoney, project_card
from rohnamo.ui.drawing import Caption, Layout, Step, cascade_bars, money_by_year, result_bar
from rohnamo.ui.drawing import YearOfMoney as DrawnYear
from rohnamo.ui.templatetags.furniture import day, number, percent

INDICATOR = "indicator"
LAYOUTS: tuple[Layout, Layout] = ("phone", "wide")


def project_context(project: Project, _mission: MissionProfile | None) -> Context:
    card = project_card(project)
    figures = {figure.key: figure for figure in listed(project=project.code)}
    as_of = max((figure.as_of for figure in figures.values() if figure.as_of), default=None)
    return {
        "page_title": card.title,
        "page_description": card.summary,
        "trail": [
            {"href": path("projects/"), "text": _("Projects")},
            {"href": path(f"areas/{card.area.code}/"), "text": card.area.name},
            {"href": "", "text": card.code},
        ],
        "card": card,
        "modelled_on_source": _("Source: %(source)s.") % {"source": card.modelled_on_source}
        if card.modelled_on_source
        else "",
        "facts": [*_facts(card), *_sums(project.code, figures), *_as_of(as_of)],
        "groups": _groups(
            project.code, [one for key, one in figures.items() if key not in _keys_of_cascades(project)]
        ),
        "how_href": path("figures/"),
        "cascades": [drawn for one in project.cascades if (drawn := _cascade(project.code, one, figures))],
        "money": _money(card.money) if card.money else None,
        "documents": _documents(project.code) if as_of else [],
        # Who offers what lies in the vault, and where, must not be found out here.
        "services": [
            in_language(service.names)
            for service in project.services.all()
            if service.identity != Identity.VAULT
        ],
    }


def _facts(card: ProjectCard) -> list[Mapping[str, object]]:
    rows: list[tuple[str, list[str]]] = [
        (pgettext("fact about a project", "Code"), [card.code]),
        (pgettext("fact about a project", "State"), [str(Status(card.status).label)]),
        (
            pgettext("fact about a project", "Time"),
            [_("from %(day)s") % {"day": day(card.starts_on)}, _("to %(day)s") % {"day": day(card.ends_on)}],
        ),
        (pgettext("fact about a project", "Donor"), [donor.name for donor in card.donors]),
        (
            pgettext("fact about a project", "Partners"),
            [one.name for one in card.partners if one.role != PartnerRole.ACCOUNTABLE],
        ),
        (
            pgettext("fact about a project", "Where"),
            [", ".join(place.name for place in card.districts)] if card.districts else [],
        ),
        (
            pgettext("fact about a project", "Budget"),
            [_("%(amount)s US dollars") % {"amount": number(card.planned_usd, 0)}] if card.money else [],
        ),
    ]
    return [{"name": name, "lines": lines} for name, lines in rows if lines]


def _as_of(as_of: date | None) -> list[Mapping[str, object]]:
    return [{"name": pgettext("fact about a project", "Data as of"), "lines": [day(as_of)]}] if as_of else []


def _sums(code: str, figures: Mapping[str, Figure]) -> list[Mapping[str, object]]:
    """People reached and services delivered, as far as they were released."""
    words = {"reached": _("People reached"), "delivered": _("Services delivered")}
    found = {name: figures.get(f"{code}.{name}") for name in words}
    return [
        {"name": words[name], "lines": [number(figure.number), _unit_and_days(figure)]}
        for name, figure in found.items()
        if figure and figure.number is not None
    ]


def _groups(code: str, figures: Sequence[Figure]) -> list[Mapping[str, object]]:
    """Indicators under the result they belong to: 1.1.a belongs to 1.1."""
    rows: dict[str, list[Mapping[str, object]]] = {}
    for figure in figures:
        result, _dot, _letter = figure.key.removeprefix(f"{code}.").rpartition(".")
        if result:
            rows.setdefault(result, []).append(_row(figure))
    return [{"title": _result_title(result), "rows": of_result} for result, of_result in sorted(rows.items())]


def _result_title(result: str) -> str:
    if "." in result:
        return _("Output %(code)s") % {"code": result}
    return _("Outcome %(code)s") % {"code": result}


def _row(figure: Figure) -> Mapping[str, object]:
    return {
        "title": in_language(figure.what),
        "href": path(f"figures/{queries.slug_of(figure.key)}/"),
        "unit": _unit_and_days(figure),
        "baseline": figure.baseline,
        "target": figure.target,
        "actual": figure.number,
        "bar": result_bar(
            baseline=float(figure.baseline or 0),
            target=_float(figure.target),
            actual=_float(figure.number),
        ),
        "rest": distance_words(figure),
    }


def _unit_and_days(figure: Figure) -> str:
    unit = wording.unit_words(figure.unit, figure.unit_names)
    if figure.release is None:
        return unit
    when = wording.when_words(figure.release, is_cumulative=figure.is_cumulative)
    return _("%(unit)s, %(when)s") % {"unit": unit, "when": when}


def distance_words(figure: Figure) -> str:
    """How far it is to the target, in words; where less is better, how far it has come."""
    if figure.number is None:
        return _("not released yet")
    if figure.target is None:
        return ""
    is_reached = figure.number >= figure.target if figure.is_rising_good else figure.number <= figure.target
    if is_reached:
        return _("target reached")
    if not figure.is_rising_good and figure.baseline is not None and figure.number < figure.baseline:
        return _("better by %(number)s") % {"number": number(figure.baseline - figure.number)}
    return _("%(number)s to go") % {"number": number(abs(figure.target - figure.number))}


def _cascade(code: str, cascade: Mapping[str, object], figures: Mapping[str, Figure]) -> Context | None:
    """The steps as far as they were released; None before the first two are."""
    steps = _steps(code, cascade, figures)
    if len(steps) < 2:
        return None
    title = in_language(cascade["titles"])  # type: ignore[arg-type]
    phone, wide = (
        cascade_bars(
            steps,
            caption=Caption(
                f"{cascade['code']}-{layout}",
                _("%(title)s, people") % {"title": title},
                "; ".join(f"{step.name}: {number(step.count)}" for step in steps),
            ),
            layout=layout,
            language=current_language(),
        )
        for layout in LAYOUTS
    )
    return {
        "name": f"cascade-{cascade['code']}",
        "title": title,
        "lead": _("Each step is a part of the one before, so the numbers are never added up."),
        "phone": phone,
        "wide": wide,
        "columns": [pgettext("step of a cascade", "Step"), _("People"), _("Part of the step before")],
        "rows": [[step.name, number(step.count), step.share or "–"] for step in steps],
        "caption": title,
    }


def _steps(code: str, cascade: Mapping[str, object], figures: Mapping[str, Figure]) -> list[Step]:
    steps: list[Step] = []
    for step in cascade["steps"]:  # type: ignore[attr-defined]
        figure = figures.get(cascade_key(code, str(cascade["code"]), step["service"]))
        if figure is None or figure.number is None:
            break
        share = ""
        if steps and steps[-1].count:
            part = percent(figure.number / steps[-1].count * 100)
            share = _("%(share)s of the step before") % {"share": part}
        steps.append(Step(in_language(step["titles"]), int(figure.number), share))
    return steps


def _keys_of_cascades(project: Project) -> set[str]:
    return {
        cascade_key(project.code, cascade["code"], step["service"])
        for cascade in project.cascades
        for step in cascade["steps"]
    }


def cascade_key(project: str, cascade: str, service: str) -> str:
    """The measure that a step of a cascade is released under."""
    return f"{project}.{cascade}.{service}"


def _money(years: Sequence[YearOfMoney]) -> Context:
    drawn = [DrawnYear(one.year, _thousands(one.planned_usd), _thousands(one.spent_usd)) for one in years]
    title = _("Money by year")
    until = [one.spent_until for one in years if one.spent_until]
    lead = _("Thousand US dollars. The outline is the plan, the filled bar what was spent.")
    if until:
        known = _("Spending is known up to %(day)s.") % {"day": day(max(until))}
        lead = f"{lead} {known}"
    description = "; ".join(f"{one.year}: {wording.in_thousands(one.planned_usd)}" for one in years)
    return {
        "title": title,
        "lead": lead,
        "drawn": money_by_year(
            drawn, caption=Caption("money", title, description), language=current_language()
        ),
        "columns": [_("Year"), _("Planned, US dollars"), _("Spent, US dollars"), _("Spent up to")],
        "rows": [
            [
                str(one.year),
                number(one.planned_usd, 0),
                "–" if one.spent_usd is None else number(one.spent_usd, 0),
                day(one.spent_until) or "–",
            ]
            for one in years
        ],
        "caption": title,
    }


def _documents(code: str) -> list[Mapping[str, str]]:
    return [
        {
            "href": path(f"projects/{code}/results.{kind}"),
            "text": _("Results of this project, without names"),
            "icon": "download",
            "format": kind.upper(),
        }
        for kind in ("csv", "json")
    ]


def _thousands(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount / 1000)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
