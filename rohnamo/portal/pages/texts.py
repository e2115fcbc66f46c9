"""Pages of words: the welcome letter, about the mission, the two doors, and where to turn to for help."""

from collections.abc import Iterable, Mapping
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core.languages import in_language
from rohnamo.core.pages import Page
from rohnamo.portal import queries
from rohnamo.portal.pages import frame, wording
from rohnamo.portal.pages.frame import Context, path
from rohnamo.portal.pages.letters import read_letter
from rohnamo.projects import queries as projects
from rohnamo.projects.models import MissionProfile, Project
from rohnamo.staff.queries import posts_count
from rohnamo.ui.templatetags.furniture import day

WELCOME, ABOUT, HELP, FEEDBACK = "welcome/", "about-us/", "help/", "help/about-us/"
# Which area of work stands behind a door.
DOORS = {"going-abroad/": "labour", "families/": "families"}

# Where "leave this page" leads: a place that everybody may have open.
EXITS = {code: f"https://{code}.wikipedia.org/" for code in ("tg", "ru", "en")}


def text_pages(language: str, subjects: queries.Subjects) -> list[Page]:
    """Help is not among them: those pages are never written to a disk and never kept by a browser."""
    until = queries.last_day_as_it_stands(subjects.projects, timezone.localdate())
    of_doors = frame.marks(
        "mission.changed:services", "mission.changed:projects", "mission.changed:areas", "places.changed"
    )
    doors = {"going-abroad/": _("Going abroad"), "families/": _("Families")}
    return [
        Page(
            address=path(WELCOME, language),
            language=language,
            title=_("Welcome"),
            render=partial(render_welcome, language),
            topics=frame.marks("mission.changed:texts"),
            text=projects.text("welcome", language),
        ),
        Page(
            address=path(ABOUT, language),
            language=language,
            title=_("About the mission"),
            render=partial(render_about, language),
            topics=frame.marks("posts.changed"),
        ),
        *(
            Page(
                address=path(tail, language),
                language=language,
                title=title,
                render=partial(render_door, language, tail),
                topics=of_doors,
                valid_until=until,
            )
            for tail, title in doors.items()
        ),
    ]


def render_welcome(language: str) -> bytes:
    return frame.written("portal/welcome.html", language, WELCOME, _welcome)


def render_about(language: str) -> bytes:
    return frame.written("portal/about.html", language, ABOUT, _about)


def render_door(language: str, tail: str) -> bytes:
    """tail: one of DOORS."""
    return frame.written("portal/door.html", language, tail, partial(_door, tail))


def render_help(language: str) -> bytes:
    return frame.written("portal/help.html", language, HELP, _help)


def render_feedback(language: str) -> bytes:
    return frame.written("portal/feedback.html", language, FEEDBACK, _help)


def _welcome(_mission: MissionProfile | None) -> Context:
    letter = read_letter(projects.text("welcome"))
    return {"page_title": letter.title or _("Welcome"), "letter": letter, "page_description": letter.opening}


def _about(mission: MissionProfile | None) -> Context:
    return {
        "page_title": _("About the mission"),
        "lead": in_language(mission.aims) if mission else "",
        "facts": _facts(mission) if mission else [],
        "claims": [_claim(fact) for fact in mission.facts] if mission else [],
        "privileges": in_language(mission.privileges) if mission else "",
    }


def _facts(mission: MissionProfile) -> list[Mapping[str, object]]:
    posts = posts_count()
    rows: list[tuple[str, list[str]]] = [
        *_office(mission),
        (_("Hotline"), [in_language(mission.hotline), _tested(mission)]),
        (
            _("Staff"),
            [_("%(number)s posts, filled or not") % {"number": wording.in_tens(posts)} if posts else ""],
        ),
        (
            _("Member State since"),
            [day(mission.member_state_since), mission.member_state_source]
            if mission.member_state_since
            else [],
        ),
    ]
    return _filled(rows)


def _office(mission: MissionProfile) -> list[tuple[str, list[str]]]:
    return [
        (_("Address"), [in_language(mission.contact_address)]),
        (_("Telephone"), [in_language(mission.contact_phone)]),
        (_("E-mail"), [mission.contact_email]),
    ]


def _how_to_ask(mission: MissionProfile | None) -> list[Mapping[str, object]]:
    """How one reaches somebody who knows what the pages do not say. Empty in a house without a mission."""
    if mission is None:
        return []
    return _filled([(_("Hotline"), [in_language(mission.hotline), _tested(mission)]), *_office(mission)])


def _filled(rows: Iterable[tuple[str, list[str]]]) -> list[Mapping[str, object]]:
    """Facts of which something is known."""
    filled = [(name, [line for line in lines if line]) for name, lines in rows]
    return [{"name": name, "lines": lines} for name, lines in filled if lines]


def _tested(mission: MissionProfile) -> str:
    if not mission.hotline_tested_on:
        return ""
    return _("last called to see whether it works: %(day)s") % {"day": day(mission.hotline_tested_on)}


def _claim(fact: Mapping[str, object]) -> Mapping[str, str]:
    """What an old page of the mission said of its size. value is text: "30+" is not 30."""
    titles = fact["titles"]
    return {
        "number": str(fact["value"]),
        "what": in_language(titles if isinstance(titles, dict) else None),
        "source": _("Source: %(source)s.") % {"source": fact["source"]},
    }


def _door(tail: str, mission: MissionProfile | None) -> Context:
    words = {
        "going-abroad/": (
            _("Going abroad"),
            _("What you can get from us before you leave, free of charge, and where."),
        ),
        "families/": (
            _("Families"),
            _(
                "What you can get from us while somebody in your family works abroad, free of charge, and where."
            ),
        ),
    }
    title, lead = words[tail]
    return {
        "page_title": title,
        "lead": lead,
        "page_description": lead,
        "offers": _offers(DOORS[tail]),
        "facts": _how_to_ask(mission),
    }


def _offers(area: str) -> list[Mapping[str, object]]:
    """What the running projects of an area give to people, project by project."""
    services: dict[Project, list[str]] = {}
    for service in queries.services_for_people(area, timezone.localdate()):
        for project in service.projects.all():
            services.setdefault(project, []).append(in_language(service.names))
    return [
        {
            "href": path(f"projects/{project.code}/"),
            "title": in_language(project.titles),
            "where": ", ".join(in_language(part.place.names) for part in project.places.all()),
            "services": names,
        }
        for project, names in sorted(services.items(), key=lambda pair: pair[0].code)
    ]


def _help(mission: MissionProfile | None) -> Context:
    """The title says nothing that a browser's history could tell somebody else."""
    return {
        "page_title": "",
        "page_description": "",
        "exit_href": EXITS[frame.current_language()],
        "hotline": in_language(mission.hotline) if mission else "",
        "tested": _tested(mission) if mission else "",
        "facts": _filled(_office(mission)) if mission else [],
        "email": mission.contact_email if mission else "",
        "phone": in_language(mission.contact_phone) if mission else "",
        "address": in_language(mission.contact_address) if mission else "",
    }
