"""Publishing: everything is written, just what a change makes untrue is taken back, and nothing old comes after it."""

from datetime import date

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from rohnamo.core import changes
from rohnamo.core.pages import Page, all_pages, announce
from rohnamo.figures.models import Measure
from rohnamo.portal import actions, files, pages
from rohnamo.portal.tasks import READER
from rohnamo.portal.tests.factories import released
from rohnamo.projects.models import Project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mission")]
LANGUAGES = ("tg", "ru", "en")


def publish_blank_pages() -> None:
    """Every page as a file, without the work of making it."""
    for page in all_pages():
        files.write(page.address, b"blank", valid_until=page.valid_until)


def in_all(*tails: str) -> set[str]:
    return {f"/{language}/{tail}" for language in LANGUAGES for tail in tails}


def test_given_all_pages_when_they_are_written_then_each_lies_as_it_would_be_made() -> None:
    written = actions.rewrite_all()

    assert written == len(all_pages())
    assert files.published() == {page.address for page in all_pages()}
    assert (
        files.file_of("/en/").read_bytes()
        == next(page for page in all_pages() if page.address == "/en/").render()
    )


@pytest.mark.parametrize(
    ("topic", "key", "tails"),
    [
        (
            "figure.released", "mission.reached", ("", "figures/", "figures/people-reached/", "tour/"),
        ),
        (
            "figure.released", "EX.03.1.a", ("figures/", "figures/ex-03-1-a/", "projects/EX.03/", "tour/"),
        ),
        ("figure.released", "area.health.reached", ("", "areas/health/", "figures/", "figures/area-health-reached/", "tour/")),
        ("figure.loaded", "labour-migrants", ("", "areas/health/", "areas/labour/", "figures/", "figures/labour-migrants/", "tour/")),
        ("mission.changed", "texts", ("", "welcome/")),
        ("mission.changed", "tour", ("", "tour/")),
        ("mission.changed", "services", ("", "areas/health/", "areas/labour/", "families/", "going-abroad/", "projects/EX.01/", "projects/EX.03/")),
        ("posts.changed", "P-01", ("", "about-us/")),
        ("delivery.recorded", "1", ()),
    ],
)  # fmt: skip
def test_given_published_pages_when_something_changes_then_exactly_what_depends_on_it_is_taken_back(
    topic: str, key: str, tails: tuple[str, ...]
) -> None:
    publish_blank_pages()
    before = files.published()

    taken = actions.take_back([(topic, key)])

    assert set(taken) == in_all(*tails)
    assert before - files.published() == in_all(*tails)


def test_given_a_new_profile_when_it_changes_then_every_page_is_taken_back() -> None:
    publish_blank_pages()

    actions.take_back([("mission.changed", "profile")])

    assert files.published() == set()


def test_given_a_new_release_when_it_is_committed_then_the_old_number_is_gone_at_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    publish_blank_pages()

    with changes.readers_replaced(READER), django_capture_on_commit_callbacks(execute=True):
        released(Measure.objects.get(key="mission.reached"), 18_300, as_of=date(2026, 11, 20))

    assert "/en/" not in files.published()
    assert "/en/projects/EX.03/" in files.published()
    assert b"18,300" in next(page for page in all_pages() if page.address == "/en/").render()


def test_given_a_project_that_is_gone_when_anything_is_taken_back_then_its_pages_go_too() -> None:
    publish_blank_pages()
    Project.objects.get(code="EX.01").services.clear()
    Project.objects.filter(code="EX.01").delete()

    taken = actions.take_back([("delivery.recorded", "1")])

    assert set(taken) == in_all("projects/EX.01/")


def test_given_pages_taken_back_when_the_clock_comes_then_only_these_are_written() -> None:
    publish_blank_pages()
    actions.take_back([("mission.changed", "texts")])

    assert actions.rewrite_stale() == len(in_all("", "welcome/"))
    assert actions.rewrite_stale() == 0


def test_given_a_page_that_speaks_of_this_year_when_the_year_has_passed_then_it_is_written_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    actions.rewrite_all()
    until = {page.address: page.valid_until for page in all_pages()}
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2027, 1, 1))

    assert until["/en/"] == date(2026, 12, 31)
    assert actions.rewrite_stale() == sum(day is not None for day in until.values())
    assert b"people reached, 2026" in files.file_of("/en/").read_bytes()


def test_given_a_change_while_a_page_is_being_made_when_it_is_done_then_the_old_page_is_not_published() -> (
    None
):
    def render() -> bytes:
        actions.take_back([("mission.changed", "texts")])
        return b"old"

    announce("portal", lambda: [_page("/en/tour/", render), _page("/en/welcome/", lambda: b"new")])
    try:
        written = actions.rewrite_all()
    finally:
        announce("portal", pages.all_pages)

    assert written == 1
    assert files.published() == {"/en/welcome/"}


def test_given_one_page_that_fails_when_all_are_written_then_the_others_stand() -> None:
    def fail() -> bytes:
        raise LookupError("nothing there")

    announce("portal", lambda: [_page("/en/tour/", fail), _page("/en/welcome/", lambda: b"new")])
    try:
        written = actions.rewrite_all()
    finally:
        announce("portal", pages.all_pages)

    assert written == 1
    assert files.published() == {"/en/welcome/"}


def _page(address: str, render: object) -> Page:
    return Page(address, "en", "", render, frozenset({"mission.changed:texts"}))  # type: ignore[arg-type]
