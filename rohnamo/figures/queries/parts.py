"""Breakdowns of many releases at once, as reports and files want them."""

from collections.abc import Iterable, Mapping, Sequence

from rohnamo.figures.models import Cell, Release

# Categories with their counts; None where a count is hidden.
Counts = list[tuple[str, int | None]]


def breakdown_cells(
    releases: Iterable[int], *, names: Sequence[str] = ("sex", "age", "district")
) -> Mapping[int, Mapping[str, Counts]]:
    """Number of a release → attribute → its categories, of breakdowns by one attribute alone. Two queries, however many.

    A release whose breakdown was kept from an earlier one shows that earlier one.
    """
    shown = {
        pk: cells_of or pk
        for pk, cells_of in Release.objects.filter(pk__in=releases).values_list("pk", "cells_of")
    }
    by_source: dict[int, dict[str, Counts]] = {}
    rows = Cell.objects.filter(release__in=set(shown.values())).order_by("pk")
    for source, count, *categories in rows.values_list("release_id", "count", *names):
        told = [(name, category) for name, category in zip(names, categories, strict=True) if category]
        if len(told) == 1:
            ((name, category),) = told
            by_source.setdefault(source, {}).setdefault(name, []).append((category, count))
    return {pk: by_source[source] for pk, source in shown.items() if source in by_source}
