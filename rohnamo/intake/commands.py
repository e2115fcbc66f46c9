"""`rohnamo intake`: a partner's register in, a verdict for every row out; and the whole register back again."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import click
from django.utils import timezone, translation

from rohnamo.core import changes
from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import WrongData
from rohnamo.engines.registers import RegisterError, read_mapping
from rohnamo.intake import actions
from rohnamo.intake.actions import RowReport
from rohnamo.intake.models import Every, Import, RowVerdict
from rohnamo.intake.queries import Opened, open_register
from rohnamo.intake.queries.about import only_project_for
from rohnamo.intake.queries.problems import problem
from rohnamo.intake.queries.sentences import sentences
from rohnamo.intake.queries.survey import OTHER_SERVICES, Survey, Surveyor
from rohnamo.intake.queries.undoing import UndoPlan, plan_of
from rohnamo.projects.models import Project, Source

MOST_BYTES = 200 * 1024 * 1024
QUIET_SECONDS = 1.0
TAKE = "take"


class Registers(click.Group):
    """A group whose first verb needs no name: `rohnamo intake register.xlsx` takes a register in."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            return super().resolve_command(ctx, [TAKE, *args])
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # Options of the verb without a name would be taken for options of the group.
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [TAKE, *args]
        return super().parse_args(ctx, args)


@click.group(
    name="intake",
    cls=Registers,
    epilog="Example: rohnamo intake consultations.xlsx --source migration-service --project EX.01 --report rows.jsonl",
)
def intake() -> None:
    """Take in a partner's register (XLSX or CSV), list what came in, take a whole register back."""


@intake.command(
    name=TAKE,
    epilog="Example: rohnamo intake register.xlsx --source migration-service --project EX.01 --dry-run",
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
def take(
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
    a person is dropped before anything is stored. The same file again changes nothing. Rows that another sender brought
    before, and services of other projects, are taken in with a warning; `rohnamo intake undo` takes a register back.
    """
    with translation.override(language):
        source, project = _source(source_code), _project(project_code)
        opened = _open(file, source, project, mapping)
        surveyor = Surveyor(opened.digest, source=source, project=project)
        opened = replace(opened, lines=surveyor.watch(opened.lines))
        work = actions.preview if dry_run else actions.take_in
        taken = work(
            opened,
            source=source,
            project=project,
            by=SYSTEM,
            report=_writer(report) if report else None,
            progress=_progress(),
        )
        _warn(surveyor.survey(), project)
        if not dry_run:
            changes.work_off_all()
    _print_counts(taken.counts, as_json=as_json, dry_run=dry_run)


@intake.command(name="list", epilog="Example: rohnamo intake list --project EX.01 --json")
@click.option("--project", "project_code", help="Registers of one project only.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def list_registers(*, project_code: str | None, as_json: bool) -> None:
    """Registers that were taken in, the newest first, with the numbers that `undo` asks for."""
    registers = Import.objects.select_related("source", "project").order_by("-pk")
    if project_code:
        registers = registers.filter(project=_project(project_code))
    rows = [_as_row(one) for one in registers]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows or [{}]:
        click.echo(_in_a_line(row) if row else "No register has been taken in yet.")


@intake.command(name="undo", epilog="Example: rohnamo intake undo 17 --reason 'sent for the wrong project'")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why; kept with the register, encrypted.")
@click.option("--dry-run", is_flag=True, help="Say in numbers what would happen; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON and nothing else.")
def undo(*, number: int, reason: str, dry_run: bool, as_json: bool) -> None:
    """Take a whole register back: its lines are reversed, people whom nobody else has touched are removed.

    Approved periods stay as approved. Killed half-way, the same command goes on.
    """
    register = Import.objects.select_related("source", "project").filter(pk=number).first()
    if register is None:
        raise WrongData(f"No register {number} is known. `rohnamo intake list` shows all.")
    plan = plan_of(register)
    if not dry_run:
        with translation.override("en"):
            actions.undo(register, by=SYSTEM, reason=reason, progress=_progress())
        changes.work_off_all()
    _print_plan(plan, as_json=as_json, dry_run=dry_run)


@intake.command(
    name="rhythm", epilog="Example: rohnamo intake rhythm migration-service EX.01 --every month --due-day 10"
)
@click.argument("source_code")
@click.argument("project_code")
@click.option("--every", type=click.Choice([one.value for one in Every]), default=Every.MONTH.value)
@click.option("--due-day", type=click.IntRange(1, 60), default=10, help="Days after the period ends.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The first day it holds for.")
def rhythm(*, source_code: str, project_code: str, every: str, due_day: int, since: datetime) -> None:
    """Say how often a source's registers for a project are due."""
    source, project = _source(source_code), _project(project_code)
    actions.set_rhythm(source, project, every=Every(every), due_day=due_day, since=since.date(), by=SYSTEM)
    click.echo(f"Registers of {source_code} for {project_code} are due {due_day} days after every {every}.")


group = intake


def _as_row(one: Import) -> dict[str, Any]:
    state = "taken back" if one.undone_at else "being taken back" if one.undo_since else "in"
    return {
        "number": one.pk,
        "source": one.source.code,
        "project": one.project.code,
        "day": timezone.localdate(one.started_at).isoformat(),
        "rows": one.rows_done,
        "verdicts": one.counts,
        "state": state if one.finished_at or one.undo_since else "unfinished",
        "same_as": one.same_as_id,
    }


def _in_a_line(row: dict[str, Any]) -> str:
    return f"{row['number']:>6}  {row['day']}  {row['project']:<8} {row['source']:<28} {row['rows']:>7} rows  {row['state']}"


def _print_plan(plan: UndoPlan, *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        click.echo(json.dumps({"dry_run": dry_run, **asdict(plan)}))
        return
    will = "would be" if dry_run else "were"
    click.echo(f"{plan.lines:>7} lines of the ledger {will} taken back")
    click.echo(f"{plan.kept:>7} lines stay: another register brought them too")
    for kind, removed in plan.removed.items():
        click.echo(f"{removed:>7} {NAMES[kind]} {will} removed, {plan.stay[kind]} stay")
    click.echo(f"{plan.approved:>7} approved periods stay as they were approved")


NAMES = {"person": "records of people", "official": "officials", "coded": "codes"}


def _open(file: Path, source: Source, project: Project, mapping: Path | None) -> Opened:
    if file.stat().st_size > MOST_BYTES:
        raise WrongData(
            f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Divide it into several files."
        )
    try:
        titles = read_mapping(mapping) if mapping else None
        return open_register(file.read_bytes(), file.name, source=source, project=project, mapping=titles)
    except RegisterError as error:
        raise WrongData(problem(error)) from error


def _warn(survey: Survey, project: Project) -> None:
    """Whoever works on the command line is told, and can take the register back; a page asks for a tick before."""
    for what in survey.to_confirm:
        click.echo(f"Warning: {' '.join(_doubts(what, survey, project))}", err=True)


def _doubts(what: str, survey: Survey, project: Project) -> list[str]:
    if what == OTHER_SERVICES:
        codes = ", ".join(f"{code} ({rows} rows)" for code, rows in sorted(survey.elsewhere.items()))
        other = only_project_for(survey, Project.objects.all())
        hint = [f"Project {other.code} offers them."] if other else []
        return [f"Project {project.code} does not offer these services: {codes}.", *hint]
    sources = dict(Source.objects.values_list("pk", "code"))
    projects = dict(Project.objects.values_list("pk", "code"))
    return [
        f"{'The same file' if twin.is_same_file else f'{twin.rows} of {survey.rows} rows'} came before from "
        f"{sources[twin.source]} for {projects[twin.project]}."
        for twin in survey.twins
    ]


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
    click.echo(_in_a_sentence(counts, dry_run=dry_run))
    for verdict in RowVerdict:
        if counts.get(str(verdict)):
            click.echo(f"  {counts[str(verdict)]:>7} {verdict}")
    sys.stdout.flush()


def _in_a_sentence(counts: dict[str, int], *, dry_run: bool) -> str:
    rows = sum(counts.values())
    refused, repeats = counts.get(RowVerdict.REFUSED, 0), counts.get(RowVerdict.REPEAT, 0)
    taken = rows - refused - repeats
    if rows and not taken:
        kept = (
            "all were taken in before"
            if not refused
            else f"{repeats} were taken in before, {refused} refused"
        )
        return f"Nothing new in {rows} rows: {kept}. Nothing was changed."
    return f"{rows} rows looked at: {taken} {'would be' if dry_run else 'were'} taken in" + (
        "; nothing was changed" if dry_run else ""
    )
