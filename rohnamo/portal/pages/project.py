"""What a project's own page says. Results come from released figures only; what was not released is a dash."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.languages import in_language
from rohnamo.figures.queries import Figure, listed
from rohnamo.portal.pages import project_cascades as cascades
from rohnamo.portal.pages import project_results as results
from rohnamo.portal.pages import wording
from rohnamo.portal.pages.frame import Context, current_language, path
from rohnamo.projects.models import Identity, MissionProfile, PartnerRole, Project, Status
from rohnamo.projects.queries import ProjectCard, YearOfMoney, project_card
from rohnamo.ui.drawing import Caption, money_by_year
from rohnamo.ui.drawing import YearOfMoney as DrawnYear
from rohnamo.ui.templatetags.furniture import day, number


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
        "groups": results.groups(figures.values()),
        "how_href": path("figures/"),
        "cascades": cascades.drawn(project, figures),
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
    """People reached and services delivered, once one of them was released."""
    words = {"reached": _("People reached"), "delivered": _("Services delivered")}
    found = {name: figures.get(f"{code}.{name}") for name in words}
    if all(figure is None or figure.number is None for figure in found.values()):
        return []
    return [{"name": words[name], "lines": _sum_lines(figure)} for name, figure in found.items() if figure]


def _sum_lines(figure: Figure) -> list[str]:
    if figure.number is None:
        return [wording.unreleased_words(is_withheld=figure.is_withheld)]
    return [number(figure.number), results.unit_and_days(figure)]


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
