"""What is measured again and again under one definition, and what was promised of it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction

from rohnamo.core import changes
from rohnamo.figures.models import Measure, Target, Unit
from rohnamo.places.actions import bring_in_line

DECLARED, PROMISED = "figure.declared", "figure.promised"


@dataclass(frozen=True)
class Declaration:
    """The columns of a Measure; see there. Texts are dicts of languages."""

    key: str
    scope: str
    unit: Unit
    titles: Mapping[str, str]
    definitions: Mapping[str, str]
    unit_names: Mapping[str, str] = field(default_factory=dict)
    area: str = ""
    project: str = ""
    is_cumulative: bool = False
    is_rising_good: bool = True
    is_example: bool = False
    group: str = ""
    group_kind: str = ""
    group_titles: Mapping[str, str] = field(default_factory=dict)
    order: int = 0


@dataclass(frozen=True)
class Promise:
    """A target with its baseline for some days; empty where none was given."""

    start: date
    end: date
    baseline: Decimal | None = None
    target: Decimal | None = None


@transaction.atomic
def declare_measure(declaration: Declaration) -> Measure:
    """Make a measure what the declaration says. What stands already is left alone."""
    wanted = asdict(declaration)
    measure = Measure.objects.select_for_update().filter(key=declaration.key).first()
    if measure is None:
        measure = Measure.objects.create(**wanted)
    elif not (changed := [name for name, value in wanted.items() if getattr(measure, name) != value]):
        return measure
    else:
        for name in changed:
            setattr(measure, name, wanted[name])
        measure.save(update_fields=changed)
    changes.leave(DECLARED, [measure.key])
    return measure


@transaction.atomic
def set_targets(measure: Measure, promises: Iterable[Promise]) -> None:
    """Let these be the measure's targets, and no others. A target is never a result."""
    rows = [Target(measure=measure, **asdict(promise)) for promise in promises]
    loaded = bring_in_line(
        Target.objects.filter(measure=measure), rows, key=["measure_id", "start", "end"], may_remove=True
    )
    if loaded.is_news:
        changes.leave(PROMISED, [measure.key])
