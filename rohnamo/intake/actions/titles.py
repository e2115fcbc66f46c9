"""Remembering what the titles of a source's registers mean."""

from collections.abc import Iterable

from django.utils import timezone

from rohnamo.intake.models import KnownTitle
from rohnamo.intake.queries.titles import ColumnAsRead
from rohnamo.projects.models import Source


def remember(source: Source, columns: Iterable[ColumnAsRead]) -> None:
    """Keep what the columns of a register that was taken in mean. Of a column without a meaning only that it was there."""
    now = timezone.now()
    KnownTitle.objects.bulk_create(
        [
            KnownTitle(
                source=source,
                digest=bytes.fromhex(one["digest"]),
                title=one["title"],
                field=one["field"],
                seen_at=now,
            )
            for one in _once(columns)
        ],
        update_conflicts=True,
        unique_fields=["source", "digest"],
        update_fields=["title", "field", "seen_at"],
    )


def _once(columns: Iterable[ColumnAsRead]) -> list[ColumnAsRead]:
    return list({one["digest"]: one for one in columns if one.get("digest")}.values())
