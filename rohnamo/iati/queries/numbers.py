"""Results of our projects from published figures: totals, and what may be shown of who was counted.

Only releases are read. A cell that was hidden has no number here and is no element in the file; nobody can tell it
from one that was never asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rohnamo.engines.iati.activity import Indicator, Period, Result, Value
from rohnamo.figures.models import Cell, Measure, Release, Target, Unit
from rohnamo.iati.models import Way
from rohnamo.iati.queries import words

ATTRIBUTES = ("sex", "age", "district")
INDICATOR = "indicator"
OUTPUT, OUTCOME = "1", "2"
UNIT, PERCENT = "1", "2"
_PERCENT_SIGNS = frozenset({"%", "percent", "per cent"})
_MAY_BE_ADDED_UP = frozenset({Unit.CONTACTS, Unit.EVENTS, Unit.QUANTITY, Unit.USD})


@dataclass(frozen=True)
class Category:
    """One shown number of a breakdown. attributes: (name, code) in the order of ATTRIBUTES."""

    attributes: tuple[tuple[str, str], ...]
    count: int


@dataclass
class Shelf:
    """All that was published of indicators, read in four queries.

    places: code of a district → its names. silent: indicators with a period that ended without anything published,
    by project.
    """

    measures: dict[str, list[Measure]] = field(default_factory=lambda: defaultdict(list))
    targets: dict[int, list[Target]] = field(default_factory=lambda: defaultdict(list))
    releases: dict[tuple[int, date, date], Release] = field(default_factory=dict)
    categories: dict[int, list[Category]] = field(default_factory=lambda: defaultdict(list))
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    silent: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def shelf(projects: Iterable[str], places: Mapping[str, Mapping[str, str]]) -> Shelf:
    """Published indicators of projects, by their codes."""
    found = Shelf(places=places)
    measures = list(
        Measure.objects.filter(scope=INDICATOR, project__in=list(projects)).order_by("order", "key")
    )
    for measure in measures:
        found.measures[measure.project].append(measure)
    for target in Target.objects.filter(measure__in=measures).order_by("start", "end"):
        found.targets[target.measure_id].append(target)
    standing = list(Release.objects.filter(measure__in=measures, is_current=True))
    for release in standing:
        found.releases[release.measure_id, release.start, release.end] = release
    for cell in Cell.objects.filter(release__in={one.cells_of_id or one.pk for one in standing}).order_by(
        "pk"
    ):
        if cell.count is not None:
            found.categories[cell.release_id].append(Category(_attributes(cell), cell.count))
    return found


def results(
    project: str, found: Shelf, *, way: Way, today: date, locations: frozenset[str]
) -> tuple[Result, ...]:
    """The framework of a project with all that was promised and published, in the donor's way.

    An indicator of which nothing can be said (no period with a target) is left out. locations: places that the
    activity names, so that a number of a district can point at one.
    """
    groups: dict[str, list[Measure]] = defaultdict(list)
    for measure in found.measures.get(project, ()):
        groups[measure.group].append(measure)
    listed = []
    for group in groups.values():
        indicators = [
            indicator
            for measure in group
            for indicator in _Reader(found, way, today, locations).indicators(measure)
        ]
        if indicators:
            kind = OUTCOME if group[0].group_kind == "outcome" else OUTPUT
            listed.append(Result(kind, dict(group[0].group_titles), tuple(indicators)))
    return tuple(listed)


def last_published(project: str, found: Shelf) -> Iterable[Release]:
    """The releases that stand for a project."""
    known = {measure.pk for measure in found.measures.get(project, ())}
    return [release for (measure, _start, _end), release in found.releases.items() if measure in known]


@dataclass(frozen=True)
class _Reader:
    shelf: Shelf
    way: Way
    today: date
    locations: frozenset[str]

    def indicators(self, measure: Measure) -> list[Indicator]:
        """The indicator itself and, where the donor reads no dimensions, one more for each category."""
        whole = self._indicator(measure, measure.titles, ())
        if whole is None:
            return []
        if self.way is not Way.INDICATORS:
            return [whole]
        return [
            whole,
            *(one for each in self._categories(measure) if (one := self._of_category(measure, each))),
        ]

    def _of_category(self, measure: Measure, attributes: tuple[tuple[str, str], ...]) -> Indicator | None:
        parts = [words.category(name, code, self.shelf.places) for name, code in attributes]
        return self._indicator(measure, words.with_category(measure.titles, parts), attributes)

    def _indicator(
        self, measure: Measure, titles: Mapping[str, str], only: tuple[tuple[str, str], ...]
    ) -> Indicator | None:
        targets = self.shelf.targets.get(measure.pk, [])
        periods = tuple(one for target in targets if (one := self._period(measure, target, only)))
        if not periods:
            return None
        first = next((target for target in targets if target.baseline is not None), None)
        return Indicator(
            titles=dict(titles),
            measure=_kind(measure),
            periods=periods,
            descriptions=dict(measure.definitions),
            baseline=_baseline(first, only),
            baseline_on=first.start if first else None,
            reference=("99", _reference(measure.key, only), ""),
            is_rising_good=measure.is_rising_good,
            may_be_added_up=measure.unit in _MAY_BE_ADDED_UP and not measure.is_cumulative,
        )

    def _period(self, measure: Measure, target: Target, only: tuple[tuple[str, str], ...]) -> Period | None:
        if target.target is None:
            return None
        release = self.shelf.releases.get((measure.pk, target.start, target.end))
        if release is None and target.end < self.today:
            if not only:
                self.shelf.silent[measure.project].append(measure.key)
            return None
        if only:
            actuals = self._of(release, only)
            return Period(target.start, target.end, actuals=actuals) if actuals else None
        actuals = self._actuals(release) if release else ()
        return Period(target.start, target.end, (Value(target.target),), actuals)

    def _actuals(self, release: Release) -> tuple[Value, ...]:
        comment = {} if release.end < self.today else words.so_far(release.as_of.isoformat())
        whole = Value(release.value, comment=comment)
        if self.way is not Way.DIMENSIONS:
            return (whole,)
        return (whole, *(self._part(one) for one in self._shown(release)))

    def _part(self, one: Category) -> Value:
        district = dict(one.attributes).get("district", "")
        return Value(Decimal(one.count), one.attributes, district if district in self.locations else "")

    def _of(self, release: Release | None, only: tuple[tuple[str, str], ...]) -> tuple[Value, ...]:
        listed = self._shown(release) if release else []
        return tuple(Value(Decimal(one.count)) for one in listed if one.attributes == only)

    def _shown(self, release: Release) -> list[Category]:
        return self.shelf.categories.get(release.cells_of_id or release.pk, [])

    def _categories(self, measure: Measure) -> list[tuple[tuple[str, str], ...]]:
        """Every category of which a number is shown in some period, each once."""
        listed = [
            one.attributes
            for target in self.shelf.targets.get(measure.pk, [])
            if (release := self.shelf.releases.get((measure.pk, target.start, target.end)))
            for one in self._shown(release)
            # Women of each age would be an indicator each: nobody reads a hundred of them.
            if len(one.attributes) == 1
        ]
        return list(dict.fromkeys(listed))


def _baseline(first: Target | None, only: tuple[tuple[str, str], ...]) -> Value | None:
    """Where it began. Of a category it is known only where it began with nobody: nobody of any kind then."""
    if first is None or (only and first.baseline != 0):
        return None
    return Value(first.baseline)


def _attributes(cell: Cell) -> tuple[tuple[str, str], ...]:
    return tuple((name, getattr(cell, name)) for name in ATTRIBUTES if getattr(cell, name))


def _reference(key: str, only: tuple[tuple[str, str], ...]) -> str:
    return ":".join([key, *(code for _name, code in only)])


def _kind(measure: Measure) -> str:
    unit_in_words = measure.unit_names.get("en", "").strip().lower()
    return PERCENT if measure.unit == Unit.PERCENT or unit_in_words in _PERCENT_SIGNS else UNIT
