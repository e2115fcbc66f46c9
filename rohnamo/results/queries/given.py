"""What is typed of a framework, as plain values between forms and actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rohnamo.results.models import Result
from rohnamo.results.queries.lines import CategoryTarget

Words = Mapping[str, str]


@dataclass(frozen=True)
class ResultWords:
    """What is typed of an outcome or output. parent: the outcome of an output."""

    code: str
    titles: Words
    parent: Result | None = None


@dataclass(frozen=True)
class IndicatorWords:
    """What is typed of an indicator, its measure apart."""

    code: str
    titles: Words
    unit_names: Words
    direction: str
    is_cumulative: bool
    notes: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Promised:
    """Baseline and target of a period, and the targets of categories."""

    baseline: Decimal | None
    target: Decimal | None
    targets: Sequence[CategoryTarget] = ()
