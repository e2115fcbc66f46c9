"""Public forms: nobody is known, nothing is sent twice, other sites are refused, nobody floods us."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import path

from rohnamo.ui.publicforms import new_form_id, public_form

ADDRESS = "/tg/help/about-us/"
MEMORY = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "public-forms"}}
STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


pytestmark = pytest.mark.django_db  # a refusal names the mission, whose profile is a row


@pytest.fixture(autouse=True)
def _own_cache() -> Iterator[None]:
    with override_settings(CACHES=MEMORY, STORAGES=STATIC):
        cache.clear()
        yield
        cache.clear()


# All of the house but the server of static files, which wants them collected first.
HOUSE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]


class Letters:
    """A form that keeps what it got; an empty text is an error of the sender."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def __call__(self, request: HttpRequest) -> HttpResponse:
        text = request.POST.get("text", "")
        if not text:
            return HttpResponse("what happened?", status=422)
        self.kept.append(text)
        return HttpResponse(f"receipt {len(self.kept)}", status=201)


@public_form(name="whole-house")
def letter_box(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/tg/help/taken/") if request.method == "POST" else HttpResponse("form")


urlpatterns = [path("tg/help/about-us/", letter_box)]


def post(view: Letters, *, most_per_hour: int = 30, **given: str) -> HttpResponseBase:
    """One post of the form; given: form_id, text, address, and headers as HTTP_…"""
    fields = {"form_id": given.pop("form_id", new_form_id()), "text": given.pop("text", "салом")}
    request = RequestFactory().post(ADDRESS, fields, REMOTE_ADDR=given.pop("address", "192.0.2.7"), **given)
    return public_form(name="letters", most_per_hour=most_per_hour)(view)(request)


def test_given_a_form_sent_twice_when_the_second_arrives_then_it_gets_the_first_receipt_and_nothing_is_kept_twice() -> (
    None
):
    letters, form_id = Letters(), new_form_id()

    answers = [post(letters, form_id=form_id) for _ in range(2)]

    assert [(answer.status_code, answer.content) for answer in answers] == [(201, b"receipt 1")] * 2
    assert letters.kept == ["салом"]


def test_given_a_form_that_led_on_when_it_is_sent_again_then_it_leads_to_the_same_page() -> None:
    calls: list[int] = []

    @public_form(name="onwards")
    def onwards(request: HttpRequest) -> HttpResponse:
        calls.append(1)
        return HttpResponseRedirect(f"/tg/help/taken/{len(calls)}/")

    sent = {"form_id": new_form_id()}
    answers = [onwards(RequestFactory().post(ADDRESS, sent)) for _ in range(2)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, "/tg/help/taken/1/")
    ] * 2


def test_given_a_form_with_an_error_when_it_is_mended_and_sent_again_then_it_is_taken() -> None:
    letters, form_id = Letters(), new_form_id()

    statuses = [post(letters, form_id=form_id, text=text).status_code for text in ("", "салом")]

    assert statuses == [422, 201]


def test_given_a_view_that_broke_when_the_form_is_sent_again_then_it_is_tried_again() -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise RuntimeError("no disk")

    form_id, letters = new_form_id(), Letters()
    with pytest.raises(RuntimeError):
        post(broken, form_id=form_id)  # type: ignore[arg-type]

    assert post(letters, form_id=form_id).status_code == 201


def test_given_a_kept_answer_when_the_cache_is_read_then_the_receipt_is_not_in_it() -> None:
    form_id = new_form_id()

    post(Letters(), form_id=form_id)

    everything = repr(cache._cache)  # type: ignore[attr-defined]
    assert len(cache._cache) == 3  # type: ignore[attr-defined]  # salt, count, answer: there was something to leak
    assert [secret in everything for secret in ("receipt", form_id, "192.0.2.7", "салом")] == [False] * 4


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "null"}, 201),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_ORIGIN": "http://testserver"}, 201),
        ({"HTTP_ORIGIN": "https://evil.example"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_REFERER": "https://evil.example/tg/help/"}, 403),
        ({"HTTP_REFERER": "http://testserver/tg/help/"}, 201),
        ({}, 201),
    ],
)
def test_given_where_a_post_comes_from_when_it_arrives_then_other_sites_are_refused(
    headers: dict[str, str], status: int
) -> None:
    letters = Letters()

    assert post(letters, **headers).status_code == status
    assert len(letters.kept) == (status == 201)


def test_given_a_form_without_its_id_when_sent_then_it_is_not_taken() -> None:
    letters = Letters()

    assert [post(letters, form_id=form_id).status_code for form_id in ("", "short", "x" * 65)] == [400] * 3
    assert letters.kept == []


def test_given_one_address_that_sends_without_end_when_the_hour_is_full_then_it_waits_and_others_do_not() -> (
    None
):
    letters = Letters()

    statuses = [post(letters, most_per_hour=2).status_code for _ in range(3)]
    refused = post(letters, most_per_hour=2)

    assert statuses == [201, 201, 429]
    assert refused["Retry-After"] == "3600"
    assert post(letters, most_per_hour=2, address="192.0.2.8").status_code == 201


def test_given_a_phone_that_changes_its_ipv6_address_when_counted_then_its_network_counts() -> None:
    letters = Letters()

    statuses = [
        post(letters, most_per_hour=1, address=address).status_code
        for address in ("2001:db8::1", "2001:db8::2")
    ]

    assert statuses == [201, 429]


def test_given_a_member_of_staff_when_they_open_a_public_form_then_they_are_a_stranger_and_no_cookie_is_set() -> (
    None
):
    seen: list[object] = []

    @public_form(name="stranger")
    def view(request: HttpRequest) -> HttpResponse:
        seen.extend([request.user, hasattr(request, "session"), hasattr(request, "_messages")])
        response = HttpResponse()
        response.set_cookie("who", "me")
        return response

    request = RequestFactory().get(ADDRESS)
    request.session, request._messages, request.user = {"who": 7}, [], "staff"  # type: ignore[assignment]
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    response = view(request)

    assert seen == [AnonymousUser(), False, False]
    assert (dict(response.cookies), response["Cache-Control"]) == ({}, "no-store")
    assert "CSRF_COOKIE_NEEDS_UPDATE" not in request.META


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=HOUSE)
def test_given_the_whole_house_when_a_stranger_writes_twice_then_the_answer_is_one_and_no_cookie_comes_with_it() -> (
    None
):
    client, sent = Client(enforce_csrf_checks=True), {"form_id": new_form_id()}

    answers = [client.get(ADDRESS), client.post(ADDRESS, sent), client.post(ADDRESS, sent)]

    assert [answer.status_code for answer in answers] == [200, 302, 302]
    assert dict(client.cookies) == {}
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}
