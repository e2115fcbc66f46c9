"""Private files: sealed, kept once, deleted on their day."""

import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from rohnamo.core import files
from rohnamo.core.audit import SYSTEM
from rohnamo.core.home import folder
from rohnamo.core.models import AuditEntry, StoredFile

pytestmark = pytest.mark.django_db


def test_given_a_stored_file_when_it_is_read_then_it_is_whole_and_the_read_is_logged() -> None:
    stored = files.store("Ном;Насаб\n".encode(), content_type="text/csv")

    assert files.read(stored, by=SYSTEM, reason="test") == "Ном;Насаб\n".encode()
    assert list(AuditEntry.objects.values_list("verb", "subject_id")) == [("files.read", str(stored.pk))]


def test_given_a_stored_file_when_the_disk_is_read_then_its_content_is_not_there() -> None:
    files.store("Номи махфӣ".encode(), content_type="text/csv")

    assert all("Номи махфӣ".encode() not in path.read_bytes() for path in folder("files").iterdir())


def test_given_the_same_content_twice_when_it_is_stored_then_there_is_one_file_and_the_later_day_holds() -> (
    None
):
    today = timezone.localdate()
    files.store(b"x", content_type="text/csv", kept_until=today)
    files.store(b"x", content_type="text/csv", kept_until=today + timedelta(days=30))

    assert list(StoredFile.objects.values_list("kept_until", flat=True)) == [today + timedelta(days=30)]


@pytest.mark.django_db(transaction=True)
def test_given_a_file_that_was_written_but_never_committed_when_the_clock_comes_later_then_it_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        files.store("Номи гумшуда".encode(), content_type="text/csv")
        raise RuntimeError
    left = set(folder("files").iterdir())
    early = files.delete_expired()

    later = time.time() + files.ORPHAN_AFTER_SECONDS + 60
    monkeypatch.setattr(files.time, "time", lambda: later)
    late = files.delete_expired()

    assert (len(left) >= 1, early, late >= 1) == (True, 0, True)
    assert list(folder("files").iterdir()) == []


def test_given_a_file_whose_day_has_passed_when_the_clock_comes_then_it_is_gone() -> None:
    stored = files.store(b"old", content_type="text/csv", kept_until=timezone.localdate() - timedelta(days=1))
    kept = files.store(b"new", content_type="text/csv", kept_until=timezone.localdate())

    assert files.delete_expired() == 1
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    assert files.read(kept, by=SYSTEM, reason="test") == b"new"
