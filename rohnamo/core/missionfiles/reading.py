"""Reads a mission's folder whole: first its profile, which says the languages, then everything else."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from .codes import Identity
from .files import csv_rows, file_text, toml_row
from .ledger import Ledger
from .mission import Area, Mission
from .problems import MissionDataError
from .profile_files import read_area, read_profile, read_tour_sentence
from .project import Project
from .project_files import read_project
from .rows import Row
from .series_files import read_series
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
        projects=_projects(ledger, path, {service.code: service.identity for service in services}),
        places=_csv(ledger, path, "places.csv", read_place),
        place_names=_csv(ledger, path, "place-names.csv", read_place_name),
        crossings=read_crossings(
            csv_rows(ledger, path, "crossings.csv"), csv_rows(ledger, path, "crossing-status.csv")
        ),
        series=read_series(ledger, path),
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


def _projects(ledger: Ledger, folder: Path, identities: Mapping[str, Identity]) -> tuple[Project, ...]:
    projects = []
    for file in sorted((folder / "projects").glob("*.toml")):
        row = toml_row(ledger, folder, f"projects/{file.name}")
        if row is not None:
            projects.append(read_project(row, identities))
            row.done()
            if projects[-1].code != file.stem:
                row.wrong("code", f"the name of the file, {file.stem}", projects[-1].code)
    return tuple(projects)
