"""Reads a mission's folder whole: first its profile, which says the languages, then everything else."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypedDict, TypeVar

from .codes import Identity
from .files import csv_rows, file_text, toml_row
from .ledger import Ledger
from .mission import Area, Mission
from .money import Move
from .money_files import (
    check_agreed,
    check_one_level,
    check_reversals,
    read_document,
    read_done,
    read_donor_rule,
    read_move,
    read_payment,
    read_rate,
)
from .problems import MissionDataError
from .profile_files import read_area, read_profile, read_tour_sentence
from .project import Project
from .project_files import read_project
from .report_files import read_report_form
from .rows import Row
from .series_files import read_series
from .support import Alert, Assessment, Support
from .support_files import check_supports, read_advice, read_alert, read_assessment, read_support
from .table_files import (
    read_crossings,
    read_partner,
    read_place,
    read_place_name,
    read_post,
    read_service,
    read_source,
    read_unit,
)
from .words import Words

Part = TypeVar("Part")


def read_mission(path: Path) -> Mission:
    """The mission in a folder. Only `profile.toml` and one area in `areas.toml` are needed.

    Raises MissionDataError with every problem found. Of a file that cannot be read at all, what points into it is
    listed as well: mend the file first. A broken profile is listed alone, because it says the languages.
    """
    ledger = Ledger()
    profile_row = toml_row(ledger, path, "profile.toml")
    if profile_row is None:
        if not ledger.problems:
            ledger.problem("profile.toml", 0, "the profile of the mission", "no such file")
        raise MissionDataError(ledger.problems)
    profile = read_profile(profile_row)
    services = _csv(ledger, path, "services.csv", read_service)
    projects, money = _projects_and_money(
        ledger, path, {service.code: service.identity for service in services}
    )
    mission = Mission(
        profile=profile,
        areas=_areas(ledger, path),
        welcome=_welcome(ledger, path),
        tour=_toml(ledger, path, "tour.toml", "sentence", read_tour_sentence),
        units=_csv(ledger, path, "units.csv", read_unit),
        posts=_csv(ledger, path, "posts.csv", read_post),
        partners=_csv(ledger, path, "partners.csv", read_partner),
        sources=_toml(ledger, path, "sources.toml", "source", read_source),
        services=services,
        projects=projects,
        places=_csv(ledger, path, "places.csv", read_place),
        place_names=_csv(ledger, path, "place-names.csv", read_place_name),
        crossings=read_crossings(
            csv_rows(ledger, path, "crossings.csv"), csv_rows(ledger, path, "crossing-status.csv")
        ),
        series=read_series(ledger, path),
        moves=money,
        rates=_csv(ledger, path, "rates.csv", read_rate),
        payments=_csv(ledger, path, "payments.csv", read_payment),
        documents=_csv(ledger, path, "documents.csv", read_document),
        donor_rules=_toml(ledger, path, "donor-rules.toml", "rule", read_donor_rule),
        report_forms=_toml(ledger, path, "report-forms.toml", "form", read_report_form),
        deadlines_done=_csv(ledger, path, "deadlines-done.csv", read_done),
        advice=_toml(ledger, path, "advice.toml", "advice", read_advice),
        **_support(ledger, path),
    )
    for code in profile.small_cells.places:
        ledger.refer("place", code, "small_cells", "profile.toml", profile_row.line("small_cells"))
    ledger.check_pointers()
    if ledger.problems:
        raise MissionDataError(ledger.problems)
    return mission


def _csv(ledger: Ledger, folder: Path, file: str, read: Callable[[Row], Part]) -> tuple[Part, ...]:
    return tuple(_read_to_the_end(row, read) for row in csv_rows(ledger, folder, file))


def _toml(ledger: Ledger, folder: Path, file: str, key: str, read: Callable[[Row], Part]) -> tuple[Part, ...]:
    whole = toml_row(ledger, folder, file)
    if whole is None:
        return ()
    parts = tuple(_read_to_the_end(row, read) for row in whole.tables(key))
    whole.done()
    return parts


def _read_to_the_end(row: Row, read: Callable[[Row], Part]) -> Part:
    part = read(row)
    row.done()
    return part


def _areas(ledger: Ledger, folder: Path) -> tuple[Area, ...]:
    areas = _toml(ledger, folder, "areas.toml", "area", read_area)
    if not areas:
        ledger.problem("areas.toml", 0, "at least one [[area]]", "none")
    return areas


def _welcome(ledger: Ledger, folder: Path) -> Words:
    """One Markdown file a language: all of them or none."""
    texts = {code: file_text(ledger, folder, f"welcome.{code}.md") for code in ledger.languages}
    found = {code: text.strip() for code, text in texts.items() if text and text.strip()}
    for code in ledger.languages:
        if found and code not in found:
            ledger.problem(f"welcome.{code}.md", 0, "the welcome letter in every language", "no text")
    return found


def _projects_and_money(
    ledger: Ledger, folder: Path, identities: Mapping[str, Identity]
) -> tuple[tuple[Project, ...], tuple[Move, ...]]:
    """Both at once, because one must agree with the other."""
    rows = _project_rows(ledger, folder)
    projects = tuple(_project(row, identities) for row in rows)
    move_rows = csv_rows(ledger, folder, "moves.csv")
    moves = tuple(_read_to_the_end(row, read_move) for row in move_rows)
    check_one_level(rows, projects, moves)
    check_agreed(move_rows, moves, projects)
    check_reversals(move_rows, moves)
    return projects, moves


def _project_rows(ledger: Ledger, folder: Path) -> list[Row]:
    files = sorted((folder / "projects").glob("*.toml"))
    rows = [toml_row(ledger, folder, f"projects/{file.name}") for file in files]
    return [row for row in rows if row is not None]


def _project(row: Row, identities: Mapping[str, Identity]) -> Project:
    project = read_project(row, identities)
    row.done()
    if project.code != Path(row.file).stem:
        row.wrong("code", f"the name of the file, {Path(row.file).stem}", project.code)
    return project


class _Support(TypedDict):
    assessments: tuple[Assessment, ...]
    alerts: tuple[Alert, ...]
    supports: tuple[Support, ...]


def _support(ledger: Ledger, folder: Path) -> _Support:
    whole = toml_row(ledger, folder, "support.toml")
    if whole is None:
        return {"assessments": (), "alerts": (), "supports": ()}
    assessments = tuple(_read_to_the_end(row, read_assessment) for row in whole.tables("assessment"))
    alerts = tuple(_read_to_the_end(row, read_alert) for row in whole.tables("alert"))
    support_rows = whole.tables("support")
    supports = tuple(_read_to_the_end(row, read_support) for row in support_rows)
    whole.done()
    check_supports(support_rows, supports, assessments)
    return {"assessments": assessments, "alerts": alerts, "supports": supports}
