"""`rohnamo iati`: our projects out as IATI 2.03, activities of others in, and the public rules over either."""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click
from django.utils import translation

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import WrongData
from rohnamo.core.languages import LANGUAGES
from rohnamo.core.writing import write_file
from rohnamo.engines.iati import KNOWN_RULES, Fate, File, NotReadable
from rohnamo.iati import actions
from rohnamo.iati.models import Import, Verdict
from rohnamo.iati.queries import exporting, imports, profiles
from rohnamo.iati.queries.checking import Checked, Tally, check_path
from rohnamo.iati.queries.looking import looked, problem_of
from rohnamo.iati.queries.sentences import fate, sentence, unreadable

QUIET_SECONDS = 1.0
file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Data only, as JSON.")
language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", help="Language of sentences."
)


@click.group("iati")
def group() -> None:
    """IATI 2.03: what we publish, what others publish."""


@group.command("export", epilog="Example: rohnamo iati export --out activities.xml --profile donor-a")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File; without it standard output."
)
@click.option(
    "--profile", default="", help="full, one-indicator-per-category, totals, or the code of a donor."
)
@click.option("--others", is_flag=True, help="Instead: what others published, as it was taken in.")
def export(*, out: Path | None, profile: str, others: bool) -> None:
    """Our projects with all results, from published figures, and with their money."""
    content = b"".join(exporting.of_others(imports.activities()) if others else _ours(profile))
    if out is None:
        sys.stdout.buffer.write(content)
        return
    write_file(out, content)
    click.echo(f"{content.count(b'</iati-activity>')} activities in {out}.", err=True)


@group.command("import", epilog="Example: rohnamo iati import activities.xml.gz --dry-run --language ru")
@file_argument
@click.option("--dry-run", is_flag=True, help="Say what would become of each activity; change nothing.")
@json_option
@language_option
def import_(*, file: Path, dry_run: bool, as_json: bool, language: str) -> None:
    """Take in activities that others publish: what is right, and a list of what is wrong.

    XML or gzip, IATI 2.01 to 2.03. The same file again changes nothing. Our own projects are never overwritten.
    Exit status 1 when the file breaks off or an activity of it cannot be taken.
    """
    with translation.override(language):
        try:
            outcome = _preview(file) if dry_run else _import(file)
        except NotReadable as problem:
            raise WrongData(unreadable(problem)) from problem
        _print_outcome(outcome, as_json=as_json, dry_run=dry_run)
    if any(one["fate"] in {"broken", Fate.REFUSED} for one in outcome["problems"]):
        sys.exit(1)


@group.command("check", epilog="Example: rohnamo iati check activities.xml --ours --show 50")
@file_argument
@click.option("--ours", is_flag=True, help="Ask for completeness too (R1 to R6), as of our own export.")
@click.option("--warnings", is_flag=True, help="Warnings count as errors for the exit status.")
@click.option("--show", type=int, default=20, help="Most sentences to print.")
@json_option
@language_option
def check(*, file: Path, ours: bool, warnings: bool, show: int, as_json: bool, language: str) -> None:
    """Check a file by the public rules: structure, ruleset, codelists.

    Exit status 1 when errors were found. The rules and their ids are those that IATI publishes for version 2.03;
    `rohnamo iati rules` lists them.
    """
    with translation.override(language):
        about, tally = File(), Tally()
        shown: list[dict[str, Any]] = []
        try:
            for one in check_path(file, about, is_ours=ours):
                tally.add(one)
                shown += _sentences(one)[: max(0, show - len(shown))]
        except NotReadable as problem:
            raise WrongData(unreadable(problem)) from problem
        _print_check(about, tally, shown, as_json=as_json)
    if about.broken or tally.errors or (warnings and tally.warnings):
        sys.exit(1)


@group.command("rules", epilog="Example: rohnamo iati rules")
def rules() -> None:
    """The ids of all rules that are known here."""
    click.echo("\n".join(KNOWN_RULES))


@group.command("profiles", epilog="Example: rohnamo iati profiles --json")
@json_option
def list_profiles(as_json: bool) -> None:
    """The profiles by which our file can be written."""
    listed = [{"name": one.name, "way": one.way.value, "donor": one.donor} for one in profiles.profiles()]
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False))
        return
    for one in listed:
        click.echo(f"{one['name']:<30} {one['way']}")


Outcome = dict[str, Any]


def _ours(profile: str) -> Iterable[bytes]:
    missed: list[str] = []
    yield from exporting.exported(profiles.profile(profile), missed=missed.append)
    if missed:
        click.echo(exporting.missed_in_words(missed), err=True)


def _preview(path: Path) -> Outcome:
    about, counts, problems = File(), Counter[str](), []
    with path.open("rb") as source:
        for batch in looked(source, about):
            counts.update(one.verdict.value for one in batch)
            problems += [{**each, "identifier": one.identifier} for one in batch for each in one.problems]
    return _outcome(counts, [*_of_file(about), *problems], about.version)


def _import(path: Path) -> Outcome:
    done = actions.import_file(path, by=SYSTEM, progress=_progress())
    problems = [
        {**each, "identifier": one.identifier}
        for one in done.incoming.exclude(problems=[]).order_by("number")
        for each in one.problems
    ]
    return _outcome(done.counts, [*done.problems, *problems], done.version)


def _of_file(about: File) -> Iterable[dict[str, Any]]:
    yield from map(problem_of, about.findings)
    if about.broken:
        broken = about.broken
        yield {"key": broken.key, "line": broken.line, "values": broken.values, "rule": "", "fate": "broken"}


def _outcome(counts: dict[str, int], problems: list[dict[str, Any]], version: str) -> Outcome:
    told = [
        {
            "line": one["line"],
            "rule": one["rule"],
            "severity": one.get("severity", "critical"),
            "identifier": one.get("identifier", ""),
            "where": one.get("where", ""),
            "sentence": sentence(one),
            "fate": str(one["fate"]),
            "fate_in_words": fate(one),
        }
        for one in problems
    ]
    return {
        "version": version,
        "verdicts": {each: counts.get(each, 0) for each in Verdict.values},
        "problems": told,
    }


def _print_outcome(outcome: Outcome, *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        click.echo(json.dumps({**outcome, "dry_run": dry_run}, ensure_ascii=False))
        return
    whole = sum(outcome["verdicts"].values())
    click.echo(
        f"{whole} activities"
        + (" looked at; nothing was changed" if dry_run else " looked at, news taken in")
    )
    for verdict, count in outcome["verdicts"].items():
        if count:
            click.echo(f"  {count:>7} {verdict}")
    for one in outcome["problems"]:
        click.echo(
            f"line {one['line']} {one['rule']} {one['identifier']} {one['where']}: {one['sentence']} ({one['fate_in_words']})"
        )


def _sentences(one: Checked) -> list[dict[str, Any]]:
    return [
        {
            "line": each.line,
            "rule": each.rule,
            "severity": each.severity.value,
            "identifier": one.identifier,
            "where": each.where,
            "sentence": sentence(problem_of(each)),
        }
        for each in one.findings
    ]


def _print_check(about: File, tally: Tally, shown: list[dict[str, Any]], *, as_json: bool) -> None:
    by_rule = {f"{rule}/{severity}": count for (rule, severity), count in sorted(tally.by_rule.items())}
    broken = unreadable(about.broken) if about.broken else ""
    if as_json:
        found = {
            "version": about.version,
            "activities": tally.activities,
            "errors": tally.errors,
            "warnings": tally.warnings,
            "by_rule": by_rule,
            "broken": broken,
            "first": shown,
        }
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(
        f"version {about.version}, {tally.activities} activities, {tally.errors} errors, {tally.warnings} warnings"
    )
    for rule, count in by_rule.items():
        click.echo(f"  {count:>7} {rule}")
    for one in shown:
        click.echo(f"line {one['line']} {one['rule']} {one['identifier']} {one['where']}: {one['sentence']}")
    if broken:
        click.echo(broken)


def _progress() -> Callable[[Import], None]:
    started = time.monotonic()

    def show(one: Import) -> None:
        if time.monotonic() - started > QUIET_SECONDS:
            words = f"{one.activities_done} taken in" if one.taking_since else f"{one.activities} looked at"
            click.echo(f"{words} ...", err=True)

    return show
