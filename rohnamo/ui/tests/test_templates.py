"""Parts and bases: what they say, whom they escape, and that each can be drawn with nothing in it."""

import re
from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template, loader
from django.test import RequestFactory
from django.test.utils import override_settings
from django.utils import translation

from rohnamo.ui.icons import ICONS
from rohnamo.ui.templatetags.furniture import path_in

TEMPLATES = Path(__file__).parents[1] / "templates"
PARTS = sorted(path.name for path in (TEMPLATES / "ui" / "parts").glob("*.html"))
MISSION = {
    "names": {"tg": "Миссия", "ru": "Миссия по-русски", "en": "Mission"},
    "hotline": {"tg": "НАМУНА 0000"},
    "is_example": True,
}
STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def written(source: str, language: str = "tg", **values: object) -> str:
    with translation.override(language):
        return Template("{% load i18n furniture %}" + source).render(Context(values))


def drawn(name: str, language: str = "tg", **values: object) -> str:
    request = RequestFactory().get(str(values.get("page_path", f"/{language}/")))
    with translation.override(language), override_settings(STORAGES=STATIC):
        return loader.render_to_string(name, values, request=request)


def test_given_values_of_each_kind_when_filtered_then_they_read_as_in_tajik() -> None:
    source = "{{ n|number }}|{{ words|number }}|{{ none|number }}|{{ p|percent }}|{{ on|day }}|{{ on|day:'month' }}|{{ text|in_language }}"

    assert written(
        source, n=652014, words="30+", none=None, p=9.9, on=date(2026, 5, 3), text={"ru": "да", "en": "yes"}
    ) == ("652\u202f014|30+||9,9\u202f%|3\u00a0майи 2026|майи 2026|да")


@override_settings(TIME_ZONE="Asia/Dushanbe")
def test_given_a_moment_late_in_the_evening_of_greenwich_when_its_day_is_written_then_it_is_the_missions_day() -> (
    None
):
    late = datetime(2026, 11, 20, 21, 30, tzinfo=timezone.utc)  # noqa: UP017 -- as Django gives it

    assert written("{{ at|day }}", "en", at=late) == "21\u00a0November 2026"


def test_given_a_page_when_the_reader_changes_the_language_then_it_stays_the_same_page() -> None:
    assert [path_in("/tg/projects/ex-03/", code) for code in ("tg", "ru", "en")] == [
        "/tg/projects/ex-03/",
        "/ru/projects/ex-03/",
        "/en/projects/ex-03/",
    ]
    assert [path_in(path, "ru") for path in ("/", "/work/", "/tg/")] == ["/ru/", "/ru/", "/ru/"]


def test_given_a_page_written_without_a_request_when_it_names_its_path_then_its_links_follow_it() -> None:
    links = written(
        "{% language_links as links %}{% for link in links %}{{ link.href }} {% endfor %}",
        page_path="/ru/help/",
    )

    assert links == "/tg/help/ /ru/help/ /en/help/ "


def test_given_every_icon_when_drawn_then_readers_of_the_screen_pass_it_by() -> None:
    assert [name for name in ICONS if 'aria-hidden="true"' not in written(f'{{% icon "{name}" %}}')] == []


@pytest.mark.parametrize("name", PARTS)
def test_given_any_part_when_opened_then_its_first_line_names_what_it_takes(name: str) -> None:
    source = (TEMPLATES / "ui" / "parts" / name).read_text(encoding="utf-8")

    assert re.match(r"\{# .{12,} #\}|\{% comment %\}\n.{12,}", source)


@pytest.mark.parametrize("name", sorted({"page.html", "work.html", "plain.html"}))
def test_given_a_base_when_drawn_then_it_is_marked_as_example_and_has_no_inline_script_or_style(
    name: str,
) -> None:
    html = drawn(f"ui/{name}", mission=MISSION, page_title="Саҳифа")

    assert '<html lang="tg" dir="ltr">' in html
    assert 'class="example"' in html
    assert re.findall(r"<script(?![^>]*src=)| style=| on\w+=", html) == []


def test_given_a_public_page_when_drawn_then_languages_help_and_complaints_stand_on_it() -> None:
    html = drawn("ui/page.html", mission=MISSION, page_path="/tg/areas/")

    assert re.findall(r'hreflang="(\w+)"( aria-current="true")?', html) == [
        ("tg", ' aria-current="true"'),
        ("ru", ""),
        ("en", ""),
    ]
    assert 'href="/tg/help/"' in html
    assert "НАМУНА 0000" in html
    assert 'href="/tg/help/about-us/"' in html


def test_given_a_house_without_example_when_drawn_then_no_banner_stands() -> None:
    assert 'class="example"' not in drawn("ui/page.html", mission={**MISSION, "is_example": False})


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html", "500.html", "ui/refused.html"])
def test_given_an_error_when_its_page_is_drawn_with_nothing_then_it_has_one_heading(name: str) -> None:
    with override_settings(STORAGES=STATIC):
        html = loader.get_template(name).render({})

    assert html.count("<h1>") == 1


@pytest.mark.parametrize(
    ("name", "values"),
    [
        (
            "areas",
            {"areas": [{"href": "/", "name": "<b>x", "text": "", "number": 5, "what": "<b>x", "when": ""}]},
        ),
        ("doors", {"doors": [{"href": "/", "title": "<b>x", "text": "<b>x", "icon": "road"}]}),
        ("rows", {"columns": [{"name": "<b>x"}], "rows": [[{"text": "<b>x"}]], "caption": "<b>x"}),
        (
            "comparison",
            {"comparison": {"rows": [{"name": "<b>x", "left": "<b>x", "right": "<b>x"}], "question": "<b>x"}},
        ),
        ("notice", {"text": "<b>x"}),
        ("map", {"lead": "<b>x", "credits": "<b>x", "top": [{"name": "<b>x", "number": 5}]}),
    ],
)
def test_given_a_value_with_markup_when_a_part_is_drawn_then_it_stays_a_value(
    name: str, values: dict[str, object]
) -> None:
    html = drawn(f"ui/parts/{name}.html", **values)

    assert "&lt;b&gt;x" in html
    assert "<b>x" not in html


@pytest.mark.parametrize("name", ["library", "documents", "results", "projects", "rows", "tasks", "arrivals"])
def test_given_a_list_with_nothing_in_it_when_drawn_then_it_says_so(name: str) -> None:
    html = drawn(f"ui/parts/{name}.html", nothing="Ҳеҷ чиз.")

    assert re.search(r'class="empty"><p>[^<]{5,}</p>', html)


def test_given_a_form_with_errors_when_drawn_then_they_stand_on_top_and_at_the_field() -> None:
    class Session(forms.Form):
        title = forms.CharField(label="Ном")

    html = drawn("ui/parts/form.html", form=Session({"title": ""}), submit="Нигоҳ доред")

    assert '<a href="#id_title">Ном: ' in html
    assert '<ul class="errorlist" id="id_title_error">' in html
    assert 'aria-describedby="id_title_error"' in html


def test_given_a_public_form_when_drawn_then_it_carries_an_id_and_no_token() -> None:
    html = drawn("ui/parts/form.html", form=forms.Form(), submit="Фиристед", is_public=True)

    assert re.findall(r'name="(\w+)"', html) == ["form_id"]


def test_given_three_answers_when_drawn_then_they_weigh_the_same_and_have_keys() -> None:
    choices = [{"value": value, "text": value} for value in ("same", "different", "unsure")]

    html = drawn("ui/parts/comparison.html", comparison={"choices": choices, "field": "answer", "rows": []})

    assert re.findall(r'<button class="([\w -]+)" name="answer" value="(\w+)" data-key="(\d)"', html) == [
        ("button", "same", "1"),
        ("button", "different", "2"),
        ("button", "unsure", "3"),
    ]
