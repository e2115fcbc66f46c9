"""How tallies are set up from what projects, services and frameworks say."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from rohnamo.results.actions.plans import Line, Plan, all_plans
from rohnamo.results.actions.recounting import recount_tallies, require_lines_apart
from rohnamo.results.models import Reach, ReachedCell, ReachedTotal, Tally, TallyRule

_LINE_COLUMNS = tuple(Line.__dataclass_fields__)
_DESCRIPTION = ("part", "count", "is_cumulative", "period_kind", "indicator_id", "project_id", "area_id")
_BATCH = 1_000


@transaction.atomic
def set_up_tallies(*, count: bool = True) -> frozenset[int]:
    """Make the tallies what projects, services and frameworks say. What stands already is left alone.

    count: recount at once what was changed; False for somebody who recounts everything afterwards.
    Returns the numbers of the tallies whose rows had to be counted again.
    Raises WrongData when a measure cannot be counted, naming the indicator; nothing is changed then.
    """
    plans = all_plans()
    standing = {tally.key: tally for tally in Tally.objects.select_related("rows_of")}
    lines = _standing_lines()
    gone = standing.keys() - {plan.key for plan in plans}
    _remove([standing[key].pk for key in gone])
    changed = {
        tally.pk
        for plan in sorted(plans, key=lambda plan: bool(plan.rows_of))
        if (tally := _set_up(plan, standing, lines)) is not None
    }
    require_lines_apart()
    if count:
        recount_tallies(changed)
    return frozenset(changed)


def _standing_lines() -> dict[int, frozenset[Line]]:
    found: dict[int, set[Line]] = {}
    for tally, *columns in TallyRule.objects.values_list("tally_id", *_LINE_COLUMNS):
        found.setdefault(tally, set()).add(Line(*columns))
    return {tally: frozenset(lines) for tally, lines in found.items()}


def _set_up(plan: Plan, standing: dict[str, Tally], lines: dict[int, frozenset[Line]]) -> Tally | None:
    """Returns the tally when its rows must be counted again."""
    tally = standing.get(plan.key)
    before = (tally.count, tally.period_kind) if tally else None
    tally = tally or Tally(key=plan.key)
    wanted = {name: getattr(plan, name) for name in _DESCRIPTION}
    wanted["rows_of_id"] = standing[plan.rows_of].pk if plan.rows_of else None
    if tally.pk is None or any(getattr(tally, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(tally, name, value)
        tally.save()
        standing[plan.key] = tally
    if before == (plan.count, plan.period_kind) and lines.get(tally.pk, frozenset()) == plan.lines:
        return None
    tally.rules.all().delete()
    rules = [TallyRule(tally=tally, **asdict(line)) for line in sorted(plan.lines, key=repr)]
    TallyRule.objects.bulk_create(rules, batch_size=_BATCH)
    return None if plan.rows_of else tally


def _remove(tallies: Iterable[int]) -> None:
    numbers = list(tallies)
    for model in (Reach, ReachedCell, ReachedTotal):
        model.objects.filter(tally__in=numbers).delete()
    Tally.objects.filter(pk__in=numbers).delete()
