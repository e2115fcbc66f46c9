"""Public addresses: three languages, no cookie, no session, help that nobody keeps."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rohnamo.core.models import ClockRound
from rohnamo.portal.pages import all_pages
from rohnamo.ui.stylesheet import public_css_hash

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def test_given_the_root_when_it_is_opened_then_it_leads_to_tajik(client: Client) -> None:
    response = client.get("/", HTTP_ACCEPT_LANGUAGE="en")

    assert (response.status_code, response.headers["Location"]) == (302, "/tg/")


@pytest.mark.usefixtures("mission")
def test_given_every_page_when_it_is_opened_then_it_answers_as_it_is_published_and_sets_no_cookie() -> None:
    client = Client()
    for page in all_pages():
        response = client.get(page.address)

        assert response.status_code == 200, page.address
        assert response.content == page.render(), page.address
        assert response.headers["Content-Language"] == page.language
        assert "Cookie" not in response.headers["Vary"]
    assert dict(client.cookies) == {}


@pytest.mark.usefixtures("mission")
def test_given_a_page_when_it_is_opened_then_its_policy_allows_the_one_style_sheet_and_no_script(
    client: Client,
) -> None:
    policy = client.get("/en/").headers["Content-Security-Policy"]

    assert f"'{public_css_hash()}'" in policy
    assert "unsafe" not in policy


@pytest.mark.usefixtures("mission")
def test_given_all_pages_when_their_links_are_followed_then_none_is_dead() -> None:
    client, seen, dead = Client(), set(), []
    waiting = ["/tg/", "/ru/", "/en/"]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        # Staff sign in first: that page is the workspace's own.
        if response.status_code != 200 and not address.startswith("/work/"):
            dead.append(address)
        links = re.findall(rb'(?:href|action)="(/[^"]*)"', response.content)
        waiting += [urlsplit(link.decode()).path for link in links]

    assert dead == []
    assert {page.address for page in all_pages()} <= seen


@pytest.mark.usefixtures("mission")
def test_given_home_when_it_is_made_on_demand_then_it_takes_few_queries(client: Client) -> None:
    client.get("/en/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/en/")

    assert len(queries) <= MOST_QUERIES, [query["sql"][:90] for query in queries]


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("/tg/nothing/", "tg"), ("/en/projects/EX.99/", "en"), ("/ru/areas/none/", "ru"), ("/en/figures/none/", "en"),
        ("/en/figures/none/data.csv", "en"), ("/ru/projects/EX.99/results.json", "ru"), ("/nothing/", "ru"),
    ],
)  # fmt: skip
def test_given_an_unknown_address_when_it_is_opened_then_the_house_says_so_in_its_language(
    client: Client, address: str, language: str
) -> None:
    response = client.get(address)

    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.content.decode()
    assert next(template.name for template in response.templates) == "404.html"


@pytest.mark.usefixtures("mission")
def test_given_a_page_for_help_when_it_is_opened_then_nobody_keeps_it_and_its_title_tells_nothing(
    client: Client,
) -> None:
    response = client.get("/en/help/")
    html = response.content.decode()
    title = re.search(r"<title>(.*?)</title>", html)

    assert response.headers["Cache-Control"] == "no-store"
    assert title
    assert title[1] == "Small Mission"
    assert 'href="https://en.wikipedia.org/" rel="noreferrer"' in html
    assert "EXAMPLE 0000" in html
    assert "/en/help/" not in {page.address for page in all_pages()}


@pytest.mark.usefixtures("mission")
def test_given_the_site_map_when_it_is_read_then_every_page_is_in_it_with_its_other_languages(
    client: Client,
) -> None:
    xml = client.get("/sitemap.xml").content.decode()

    assert re.findall(r"<loc>http://testserver([^<]+)</loc>", xml) == [
        page.address for page in sorted(all_pages(), key=lambda page: page.address)
    ]
    assert xml.count('hreflang="tg"') == len(all_pages())


@pytest.mark.usefixtures("mission")
def test_given_robots_when_they_ask_then_work_and_help_are_closed_to_them(client: Client) -> None:
    assert client.get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *", "Disallow: /work/", "Disallow: /tg/help/", "Disallow: /ru/help/", "Disallow: /en/help/",
        "Sitemap: /sitemap.xml",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "status", "clock"), [(None, 503, "down"), (1, 200, "up"), (60, 503, "down")]
)
def test_given_a_clock_when_health_is_asked_then_only_up_or_down_is_said(
    client: Client, minutes: int | None, status: int, clock: str
) -> None:
    if minutes is not None:
        ClockRound.objects.create(work="x", done_at=timezone.now() - timedelta(minutes=minutes))

    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (status, {"database": "up", "clock": clock})
