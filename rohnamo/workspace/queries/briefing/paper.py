"""The page itself. It travels, so it says released numbers only, whoever prints it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from rohnamo.core.languages import in_language
from rohnamo.figures.models import Release, Target
from rohnamo.figures.queries.figures import breakdown, told
from rohnamo.projects import rules as project_rules
from rohnamo.projects.models import Advice, MissionProfile, PartnerRole, Project, ProjectPartner, Step
from rohnamo.projects.queries import deadlines, state_of
from rohnamo.staff.models import User
from rohnamo.ui import words
from rohnamo.ui.papers import Block, Column, Hidden, Kind, Paper, Table, Text
from rohnamo.ui.papers import Cell as PaperCell
from rohnamo.ui.spelling import Language, number
from rohnamo.workspace import rules
from rohnamo.workspace.models import About, BriefingNote
from rohnamo.workspace.queries.briefing.subjects import Subject, projects_of
from rohnamo.workspace.queries.released import people_reached

MOST_PROJECTS, MOST_RESULTS, MOST_PROMISES = 8, 8, 6
SOON = timedelta(days=90)
WAITS = frozenset({Step.ASKED})


def paper_about(
    asked: Subject, user: User, language: Language, *, today: date, is_restricted: bool = False
) -> Paper:
    """One A4 page. is_restricted: with what not to say, for those who may read it."""
    with override(language):
        projects = list(projects_of(asked, user))
        may_read = is_restricted and rules.may_read_restricted(user)
        return Paper(
            language=language,
            title=_("Before the meeting: %(subject)s") % {"subject": in_language(asked.names) or asked.code},
            subtitle=words.day(today),
            facts=tuple(_facts(asked, projects)),
            blocks=tuple(_blocks(asked, projects, today, user, with_restricted=may_read)),
            foot=_foot(with_restricted=may_read),
        )


def notes_about(asked: Subject, *, is_restricted: bool) -> list[BriefingNote]:
    """What was noted, the newest first."""
    return list(
        BriefingNote.objects.filter(
            about=asked.about, code=asked.code, is_restricted=is_restricted, struck_at=None
        )
    )


def _facts(asked: Subject, projects: Sequence[Project]) -> Iterable[tuple[str, str]]:
    yield _("Projects under way"), number(len(projects), words.language())
    found = _reached(asked)
    if found is not None:
        release, count = found
        shown = "*" if count is None else number(count, words.language())
        yield (
            _("People reached, %(period)s") % {"period": words.period(release)},
            shown,
        )


def _reached(asked: Subject) -> tuple[Release, Decimal | None] | None:
    """The last released number of people for the place or the area; the count empty where it is hidden."""
    if asked.about is About.AREA:
        release = _last(f"area.{asked.code}.reached")
        return (release, release.value) if release else None
    if not asked.place:
        return None
    for release in told().filter(measure__key="mission.reached").order_by("-end"):
        for part in breakdown(release).get(("district",), []):
            if part.attributes["district"] == asked.place:
                return release, None if part.count is None else Decimal(part.count)
    return None


def _last(key: str) -> Release | None:
    return told().filter(measure__key=key).order_by("-end").first()


def _blocks(
    asked: Subject, projects: Sequence[Project], today: date, user: User, *, with_restricted: bool
) -> Iterable[Block]:
    if not projects:
        yield Text(_("None of the projects that you see is under way there."))
    else:
        yield _what_we_do(projects)
        results = _results(projects)
        if results.rows:
            yield results
    promises = _promises(projects, today, user)
    if promises.rows:
        yield promises
    yield from _notes(_("To bring along"), notes_about(asked, is_restricted=False))
    if with_restricted:
        yield from _notes(_("Not to be said"), notes_about(asked, is_restricted=True))


def _what_we_do(projects: Sequence[Project]) -> Table:
    shown = projects[:MOST_PROJECTS]
    reached, donors = people_reached(shown), _donors(shown)
    rows: list[tuple[PaperCell, ...]] = [
        (
            one.code,
            in_language(one.titles),
            ", ".join(donors.get(one.pk, [])),
            words.month(one.ends_on),
            _decimal(reached.get(one.pk)),
        )
        for one in shown
    ]
    return Table(
        name=_("What we do there"),
        title=_("What we do there"),
        columns=(
            Column(pgettext("column", "Code")),
            Column(pgettext("column", "Project"), share=4),
            Column(pgettext("column", "Donor"), share=2),
            Column(pgettext("column", "Until"), share=2),
            Column(pgettext("column", "People reached"), Kind.NUMBER),
        ),
        rows=tuple(rows),
        note=_and_more(len(projects) - len(shown)),
    )


def _results(projects: Sequence[Project]) -> Table:
    """Released results beside their targets, outcomes before outputs, some of each project."""
    standing = (
        told()
        .filter(measure__project__in=[one.code for one in projects], measure__scope="indicator")
        .select_related("measure")
    )
    latest: dict[int, Release] = {}
    for release in standing.order_by("end", "start"):
        latest[release.measure_id] = release
    targets = {
        (target.measure_id, target.start, target.end): target.target
        for target in Target.objects.filter(measure__in=latest)
    }
    found = [
        (release, target)
        for release in sorted(latest.values(), key=lambda one: (one.measure.order, one.measure.key))
        if (target := targets.get((release.measure_id, release.start, release.end)))
    ]
    rows: list[tuple[PaperCell, ...]] = [
        (
            release.measure.key,
            in_language(release.measure.titles),
            target,
            Hidden.HIDDEN if release.value is None else release.value,
            words.period(release),
        )
        for release, target in found[:MOST_RESULTS]
    ]
    return Table(
        name=_("Results"),
        title=_("Results beside what was promised"),
        columns=(
            Column(pgettext("column", "Code")),
            Column(pgettext("column", "Indicator"), share=4),
            Column(pgettext("column", "Target"), Kind.NUMBER),
            Column(pgettext("column", "Actual"), Kind.NUMBER),
            Column(pgettext("column", "Period"), share=2),
        ),
        rows=tuple(rows),
        note=_and_more(len(found) - len(rows)),
    )


def _promises(projects: Sequence[Project], today: date, user: User) -> Table:
    """What a donor waits for soon, and advice that was asked for and not given yet; each for those who see it anyway."""
    open_ones: list[tuple[date, str, str]] = []
    if user.role in project_rules.MAY_SEE_MONEY:
        codes = {project.code for project in projects}
        open_ones += [
            (one.due_on, one.project, f"{one.title} ({one.donor_name})")
            for one in deadlines(user, today, words.language())
            if one.project in codes and one.due_on <= today + SOON
        ]
    if user.role in project_rules.MAY_SEE_SUPPORT:
        open_ones += _advice_asked_for(projects)
    shown = sorted(open_ones)[:MOST_PROMISES]
    return Table(
        name=_("Open promises"),
        title=_("Open promises"),
        columns=(
            Column(pgettext("column", "Code")),
            Column(pgettext("column", "Promise"), share=5),
            Column(pgettext("column", "Day"), Kind.DAY),
        ),
        rows=tuple((code, what, day) for day, code, what in shown),
        note=_and_more(len(open_ones) - len(shown)),
    )


def _advice_asked_for(projects: Sequence[Project]) -> list[tuple[date, str, str]]:
    asked = Advice.objects.filter(project__in=projects).select_related("project").prefetch_related("steps")
    return [
        (
            state.since,
            state.advice.project.code,
            _("Advice asked for, not given yet: %(title)s") % {"title": in_language(state.advice.titles)},
        )
        for state in map(state_of, asked)
        if state.step in WAITS and state.since
    ]


def _notes(title: str, notes: Sequence[BriefingNote]) -> Iterable[Block]:
    if notes:
        yield Text(title, level=2)
        yield from (Text(f"– {note.words}") for note in notes)


def _and_more(count: int) -> str:
    return _("and %(count)d more") % {"count": count} if count > 0 else ""


def _donors(projects: Iterable[Project]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = ProjectPartner.objects.filter(project__in=projects, role=PartnerRole.FUNDING)
    for row in rows.select_related("partner"):
        found.setdefault(row.project_id, []).append(in_language(row.partner.names))
    return found


def _decimal(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _foot(*, with_restricted: bool) -> str:
    profile = MissionProfile.objects.first()
    example = _("Example installation. People, donors and numbers are made up.")
    parts = [example if profile and profile.is_example else ""]
    if with_restricted:
        parts.append(_("For the reader's eyes only. Do not leave it on the table."))
    return " ".join(filter(None, parts))
