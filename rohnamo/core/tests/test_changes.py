"""Changes: a line for each reader, worked off once, never lost."""

import pytest
from django.db import transaction

from rohnamo.core import changes
from rohnamo.core.changes import Reader
from rohnamo.core.models import Change

pytestmark = pytest.mark.django_db


def test_given_two_readers_of_a_topic_when_a_change_is_left_then_each_works_it_off_once() -> None:
    seen: dict[str, list[tuple[str, str]]] = {"a": [], "b": []}
    readers = [Reader(name, frozenset({"delivery"}), seen[name].extend) for name in ("a", "b")]

    with changes.readers_replaced(*readers):
        changes.leave("delivery", [1, 2, 2])
        done = [changes.work_off("a"), changes.work_off("a"), changes.work_off("b")]

    assert done == [3, 0, 3]
    assert seen == {"a": [("delivery", "1"), ("delivery", "2")], "b": [("delivery", "1"), ("delivery", "2")]}
    assert Change.objects.count() == 0


def test_given_nobody_reads_a_topic_when_a_change_is_left_then_no_line_is_kept() -> None:
    with changes.readers_replaced(Reader("a", frozenset({"other"}), lambda lines: None)):
        changes.leave("delivery", [1])

    assert Change.objects.count() == 0


def test_given_one_line_that_fails_when_the_reader_works_then_the_others_are_done_and_it_is_left_aside() -> (
    None
):
    seen: list[str] = []

    def work(lines: list[tuple[str, str]]) -> None:
        if ("delivery", "2") in lines:
            raise RuntimeError("stopped")
        seen.extend(key for _topic, key in lines)

    with changes.readers_replaced(Reader("a", frozenset({"delivery"}), work)):
        changes.leave("delivery", [1, 2, 3])
        first = changes.work_off("a")
        for _ in range(5):
            changes.work_off("a")
        changes.leave("delivery", [4])
        last = changes.work_off("a")

    assert (first, last, seen) == (2, 1, ["1", "3", "4"])
    assert list(Change.objects.values_list("key", "failures")) == [("2", 3)]


def test_given_a_change_that_is_rolled_back_when_readers_look_then_its_line_is_gone_too() -> None:
    with changes.readers_replaced(Reader("a", frozenset({"delivery"}), lambda lines: None)):
        with pytest.raises(RuntimeError), transaction.atomic():
            changes.leave("delivery", [1])
            raise RuntimeError

        assert changes.waiting("a") == 0


@pytest.mark.django_db(transaction=True)
def test_given_a_prompt_reader_when_the_change_is_committed_then_it_has_worked_already() -> None:
    seen: list[tuple[str, str]] = []

    with changes.readers_replaced(Reader("a", frozenset({"page"}), seen.extend, is_prompt=True)):
        with transaction.atomic():
            changes.leave("page", ["x"])
            changes.leave("page", ["y"])
            assert seen == []

        assert seen == [("page", "x"), ("page", "y")]


def test_given_a_reader_that_reads_everything_anew_when_it_forgets_some_topics_then_the_others_stay() -> None:
    with changes.readers_replaced(Reader("a", frozenset({"delivery", "mission"}), lambda lines: None)):
        changes.leave("delivery", [1, 2])
        changes.leave("mission", ["profile"])

        assert changes.forget("a", ["delivery"]) == 2
        assert list(Change.objects.values_list("topic", flat=True)) == ["mission"]
