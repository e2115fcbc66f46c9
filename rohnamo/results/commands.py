"""`rohnamo results`: what was counted, beside what was promised."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from rohnamo.core import audit
from rohnamo.core.errors import WrongData
from rohnamo.core.languages import LANGUAGES, in_language
from rohnamo.core.periods import Period, calendar_period, parse_period
from rohnamo.core.writing import write_file
from rohnamo.figures.models import Release
from rohnamo.projects.models import Project
from rohnamo.results import actions, published, queries
from rohnamo.results.models import Indicator
from rohnamo.results.models import Period as ReportingPeriod
from rohnamo.results.queries import donorreports
from rohnamo.staff.models import User
from rohnamo.ui import spelling

json_option = click.option("--json", "as_json", is_flag=True, help="Data only, as JSON.")
period_option = click.option(
    "--period", help="2025, 2025-H1, 2025-Q3, 2025-04; without it the current half-year."
)
decided_period_option = click.option(
    "--period", required=True, help="A reporting period: 2025, 2025-H1, 2025-Q3, 2025-04."
)
as_option = click.option(
    "--as", "user", required=True, metavar="USER", help="Name to sign in of who decides."
)
language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", help="Language of titles."
)


@click.group("results")
def group() -> None:
    """Indicators: baseline, target, and what was counted for whom, once."""


@group.command("list", epilog="Example: rohnamo results list EX.03 --period 2025-H1 --json")
@click.argument("project")
@period_option
@json_option
@language_option
def list_results(project: str, period: str | None, as_json: bool, language: str) -> None:
    """All indicators of a project in a period: what was approved, or else what is counted now, released or not.

    What was released last says `rohnamo figures list`.
    """
    found = Project.objects.filter(code=project).first()
    if found is None:
        raise WrongData(f"There is no project {project}. `rohnamo projects list` shows all.")
    report = queries.project_report(found, _period(period))
    if as_json:
        _print_json([_data(line, language) for line in report.lines])
        return
    click.echo(f"{project}, {_days(period)}, counted on {timezone.localdate()}")
    click.echo(f"{'indicator':<16} {'actual':>10} / {'target':<10} {'stands':<12} title")
    for line in report.lines:
        shown = f"{_shown(line.actual):>10} / {_shown(line.target):<10} {_stands(line):<12}"
        click.echo(f"{line.key:<16} {shown} {_title(line, language)}")


@group.command("value", epilog="Example: rohnamo results value EX.03.1.1.a --period 2025-H1")
@click.argument("key")
@period_option
@json_option
def value(key: str, period: str | None, as_json: bool) -> None:
    """One number: what an indicator amounts to. "-" when nothing is counted or approved for it."""
    line = queries.value_of(_indicator(key), _period(period))
    if as_json:
        _print_json(_data(line, "en"))
    else:
        click.echo(_shown(line.actual))


@group.command("submit", epilog="Example: rohnamo results submit EX.03 --period 2025-H1 --as munira")
@click.argument("project")
@decided_period_option
@as_option
def submit(project: str, period: str, user: str) -> None:
    """Submit every value of a project in a period, or none and say why."""
    periods = _periods(project, period)
    actions.submit_many(periods, by=_user(user))
    click.echo(f"{project} {period}: {len(periods)} submitted.")


@group.command("approve", epilog="Example: rohnamo results approve EX.03 --period 2025-H1 --as daler")
@click.argument("project")
@decided_period_option
@as_option
def approve(project: str, period: str, user: str) -> None:
    """Approve every value of a project in a period, or none and say why. Who submitted them cannot."""
    periods = _periods(project, period)
    actions.approve_many(periods, by=_user(user))
    click.echo(f"{project} {period}: {len(periods)} approved.")


@group.command("overdue", epilog="Example: rohnamo results overdue --json")
@json_option
@click.option("--as", "user", help="Only what this user sees, with the deadlines of donors.")
def overdue(as_json: bool, user: str | None) -> None:
    """What is late: values that are not approved, projects that ended or rest, and what donors wait for."""
    found = queries.overdue(_user(user) if user else None)
    if as_json:
        _print_json([_late(one) for one in found])
        return
    for one in found:
        what = f"{one.count} × {one.state}" if one.kind == "no_actual" else one.title
        label = one.period.label if one.period else ""
        click.echo(
            f"{one.since or '-'!s:<12} {one.kind:<14} {one.project.code:<8} {label:<10} {what}".rstrip()
        )


@group.command("recount", epilog="Example: rohnamo results recount")
def recount() -> None:
    """Set up what is counted, and count all of it again from the ledger."""
    actions.set_up_tallies(count=False)
    actions.count_anew()
    click.echo("Everything was counted again.")


@group.command("publish", epilog="Example: rohnamo results publish")
def publish() -> None:
    """Release what is counted as figures: totals as of today, breakdowns of periods that have ended."""
    click.echo(f"{published.publish_all(by=audit.SYSTEM)} measures are up to date.")


def _indicator(key: str) -> Indicator:
    for indicator in Indicator.objects.select_related("result__project"):
        if f"{indicator.result.project.code}.{indicator.code}" == key:
            return indicator
    raise WrongData(f"There is no indicator {key}. `rohnamo results list PROJECT` shows those of a project.")


def _period(label: str | None) -> Period:
    if label is None:
        return calendar_period(timezone.localdate(), "half")
    try:
        return parse_period(label)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--period") from error


def _periods(code: str, label: str) -> list[ReportingPeriod]:
    """The reporting periods of all indicators of a project with these days."""
    days = _period(label)
    found = ReportingPeriod.objects.filter(
        indicator__result__project__code=code, start=days.start, end=days.end
    )
    periods = list(found.select_related("indicator__result__project"))
    if not periods:
        raise WrongData(f"Project {code} has no reporting period {label}.")
    return periods


def _user(name: str) -> User:
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise WrongData(f"There is no account {name}. `rohnamo staff list` shows all.")
    return user


def _late(one: queries.Overdue) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "project": one.project.code,
        "since": one.since,
        "period": one.period.label if one.period else None,
        "state": one.state or None,
        "count": one.count,
        "title": one.title or None,
    }


def _title(line: queries.Line, language: str) -> str:
    return in_language(line.indicator.titles, language)


def _shown(number: Decimal | int | None) -> str:
    """Without zeros after the point: nobody is 379.00 persons."""
    if number is None:
        return "-"
    return f"{number:f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"


def _stands(line: queries.Line) -> str:
    """Approved, or counted now; of what is typed or told and not approved, nothing stands."""
    if line.is_approved:
        return "approved"
    return "counted now" if line.way in {"counted", "percent"} else "not approved"


def _days(label: str | None) -> str:
    days = _period(label)
    return f"{days.start} to {days.end}"


def _data(line: queries.Line, language: str) -> dict[str, Any]:
    parts = line.breakdowns
    return {
        "key": line.key,
        "title": _title(line, language),
        "unit": line.unit,
        "start": line.period.start if line.period else None,
        "end": line.period.end if line.period else None,
        "baseline": line.baseline,
        "target": line.target,
        "actual": line.actual,
        "counted": line.counted,
        "is_approved": line.is_approved,
        "way": line.way,
        "state": line.state,
        "numerator": line.numerator,
        "denominator": line.denominator,
        "why_empty": line.why_empty,
        "told": line.told,
        "by_sex": parts.by_sex if parts else {},
        "by_age": parts.by_age if parts else {},
        "by_district": parts.by_district if parts else {},
        "by_sex_and_age": [
            {"sex": sex, "age": age, "value": number} for (sex, age), number in parts.by_sex_and_age.items()
        ]
        if parts
        else [],
    }


def _print_json(data: object) -> None:
    click.echo(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))


@group.command(
    "report", epilog="Example: rohnamo results report EX.03 --period 2025-H1 --language tg --out report.pdf"
)
@click.argument("project")
@click.option("--period", required=True, help="2025, 2025-H1, 2025-Q3, 2025-04.")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="A .xlsx, .docx or .pdf file.",
)
@language_option
def report(project: str, period: str, out: Path, language: str) -> None:
    """Write a report on a project as a file, or on all of them for PROJECT "all".

    Where a report on this project and period was frozen, the last frozen one is written again from its own data.
    """
    kind = out.suffix.lstrip(".").lower()
    if kind not in donorreports.WRITERS:
        raise WrongData(f"{out.name}: a report is a .xlsx, .docx or .pdf file.")
    days = _period(period)
    known = spelling.known(language)
    frozen = donorreports.last_frozen(project, days)
    if frozen is not None:
        content = donorreports.file_of(frozen, kind, known)
    else:
        projects = _projects(project)
        _require_something(projects, days)
        data = donorreports.contents(projects, days, as_of=timezone.localdate())
        content = donorreports.WRITERS[kind](donorreports.paper_of(data, language=known))
    write_file(out, content)
    state = f"number {frozen.number}, {frozen.fingerprint}" if frozen else "not frozen"
    click.echo(f"{out}: {len(content):,} bytes, {state}")


def _require_something(projects: list[Project], days: Period) -> None:
    """A report on days that no plan and no released number knows would say that nothing was done."""
    planned = ReportingPeriod.objects.filter(indicator__result__project__in=projects)
    released = Release.objects.filter(
        measure__project__in=[one.code for one in projects], start=days.start, end=days.end
    )
    if planned.filter(start=days.start, end=days.end).exists() or released.exists():
        return
    known = sorted(set(planned.values_list("start", "end")))
    labels = ", ".join(Period(*one).label for one in known)
    raise WrongData(
        f"Nothing was planned or released for {days.label}. Reporting periods are: {labels or 'none'}."
    )


def _projects(code: str) -> list[Project]:
    found = list(Project.objects.all() if code == "all" else Project.objects.filter(code=code))
    if not found:
        raise WrongData(f"There is no project {code}. `rohnamo projects list` shows all.")
    return found
