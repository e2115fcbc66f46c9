"""`rohnamo results`: what was counted, beside what was promised."""

import json
from typing import Any

import click
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from rohnamo.core import audit
from rohnamo.core.errors import WrongData
from rohnamo.core.languages import LANGUAGES, in_language
from rohnamo.core.periods import Period, calendar_period, parse_period
from rohnamo.projects.models import Project
from rohnamo.results import actions, published, queries
from rohnamo.results.models import Indicator

json_option = click.option("--json", "as_json", is_flag=True, help="Data only, as JSON.")
period_option = click.option(
    "--period", help="2025, 2025-H1, 2025-Q3, 2025-04; without it the current half-year."
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
    """All indicators of a project in a period."""
    found = Project.objects.filter(code=project).first()
    if found is None:
        raise WrongData(f"There is no project {project}. `rohnamo projects list` shows all.")
    report = queries.project_report(found, _period(period))
    if as_json:
        _print_json([_data(line, language) for line in report.lines])
        return
    for line in report.lines:
        click.echo(
            f"{line.key:<16} {_shown(line.actual):>10} / {_shown(line.target):<10} {_title(line, language)}"
        )


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


def _title(line: queries.Line, language: str) -> str:
    return in_language(line.indicator.titles, language)


def _shown(number: object) -> str:
    return "-" if number is None else str(number)


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
