"""`rohnamo intake`: a partner's register in, a verdict for every row out."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import click
from django.utils import translation

from rohnamo.core import changes
from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import WrongData
from rohnamo.engines.registers import RegisterError, read_mapping
from rohnamo.intake import actions
from rohnamo.intake.actions import RowReport
from rohnamo.intake.models import RowVerdict
from rohnamo.intake.queries import Opened, open_register
from rohnamo.intake.queries.sentences import sentences
from rohnamo.projects.models import Project, Source

MOST_BYTES = 200 * 1024 * 1024
QUIET_SECONDS = 1.0


@click.command(
    name="intake",
    epilog="Example: rohnamo intake consultations.xlsx --source migration-service --project EX.01 --report rows.jsonl",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", "source_code", required=True, help="Code of the source that sent the register.")
@click.option("--project", "project_code", required=True, help="Code of the project it belongs to.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Titles and their fields: TOML, CSV.",
)
@click.option("--dry-run", is_flag=True, help="Say what would become of each row; change nothing.")
@click.option("--report", type=click.File("w", encoding="utf-8"), help="Write one JSON line a row.")
@click.option(
    "--language", default="en", type=click.Choice(["tg", "ru", "en"]), help="Language of the reasons."
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON and nothing else.")
def intake(
    *,
    file: Path,
    source_code: str,
    project_code: str,
    mapping: Path | None,
    report: IO[str] | None,
    language: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take in a partner's register (XLSX or CSV).

    Every row gets a verdict: new, known, doubtful, repeat, coded, counted or refused. What a service may not know of
    a person is dropped before anything is stored. The same file again changes nothing.
    """
    with translation.override(language):
        source, project = _source(source_code), _project(project_code)
        opened = _open(file, source, project, mapping)
        take = actions.preview if dry_run else actions.take_in
        taken = take(
            opened,
            source=source,
            project=project,
            by=SYSTEM,
            report=_writer(report) if report else None,
            progress=_progress(),
        )
        if not dry_run:
            changes.work_off_all()
    _print_counts(taken.counts, as_json=as_json, dry_run=dry_run)


group = intake


def _open(file: Path, source: Source, project: Project, mapping: Path | None) -> Opened:
    if file.stat().st_size > MOST_BYTES:
        raise WrongData(
            f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Divide it into several files."
        )
    try:
        titles = read_mapping(mapping) if mapping else None
        return open_register(file.read_bytes(), file.name, source=source, project=project, mapping=titles)
    except RegisterError as problem:
        raise WrongData(str(problem)) from problem


def _source(code: str) -> Source:
    found = Source.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Source.objects.values_list("code", flat=True)) or "none yet"
        raise WrongData(f"No source {code!r} is known. Known sources: {known}.")
    return found


def _project(code: str) -> Project:
    found = Project.objects.filter(code=code).select_related("area").first()
    if found is None:
        known = ", ".join(Project.objects.values_list("code", flat=True)) or "none yet"
        raise WrongData(f"No project {code!r} is known. Known projects: {known}.")
    return found


def _writer(handle: IO[str]) -> Callable[[RowReport], None]:
    def write(one: RowReport) -> None:
        line: dict[str, Any] = {
            "row": one.row,
            "verdict": str(one.verdict),
            "person": one.person,
            "reasons": sentences(one.reasons),
            "codes": list(dict.fromkeys(why.code for why in one.reasons)),
        }
        handle.write(json.dumps(line, ensure_ascii=False) + "\n")

    return write


def _progress() -> Callable[[int], None]:
    started = time.monotonic()

    def show(rows: int) -> None:
        if time.monotonic() - started > QUIET_SECONDS:
            click.echo(f"{rows} rows ...", err=True)

    return show


def _print_counts(counts: dict[str, int], *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        click.echo(json.dumps({"rows": sum(counts.values()), "dry_run": dry_run, "verdicts": dict(counts)}))
        return
    click.echo(
        f"{sum(counts.values())} rows" + (" looked at; nothing was changed" if dry_run else " taken in")
    )
    for verdict in RowVerdict:
        if counts.get(str(verdict)):
            click.echo(f"  {counts[str(verdict)]:>7} {verdict}")
    sys.stdout.flush()
