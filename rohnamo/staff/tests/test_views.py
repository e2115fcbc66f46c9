"""The pages of this room, without JavaScript."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from rohnamo.core.audit import SYSTEM
from rohnamo.staff import actions, queries
from rohnamo.staff.models import Invitation, Role, SecondFactorReset, User
from rohnamo.staff.tests.conftest import PASSWORD, Enter, MakeUser

pytestmark = pytest.mark.django_db
KEEPERS = {Role.ADMINISTRATOR, Role.CHIEF_OF_MISSION, Role.DATA_PROTECTION_OFFICER}
NEW = {
    "username": "invented.new",
    "first_name": "Намуна",
    "last_name": "Намунаӣ",
    "language": "tg",
    "password": PASSWORD,
    "password_again": PASSWORD,
}


def test_given_a_link_when_it_is_opened_then_its_language_speaks_and_the_account_is_made_once(
    client: Client,
) -> None:
    link = actions.invite("invented@example.org", Role.TRAINER, by=SYSTEM, language="tg")
    page = client.get(link)
    assert (page.status_code, page.headers["Cache-Control"]) == (
        200,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )

    answer = client.post(link, NEW)

    assert answer.headers["Location"] == "/work/account/login/"
    user = User.objects.get()
    assert (user.username, user.role, user.language) == ("invented.new", "trainer", "tg")
    assert "_auth_user_id" not in client.session
    assert (client.get(link).status_code, client.post(link, NEW).status_code) == (404, 404)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password_again": "another one"}, "password_again"),
        ({"password": "short", "password_again": "short"}, "__all__"),
    ],
)
def test_given_a_wrong_password_when_the_account_is_made_then_the_form_says_so_and_the_link_works_on(
    wrong: dict[str, str], field: str, client: Client
) -> None:
    link = actions.invite("invented@example.org", Role.TRAINER, by=SYSTEM)

    answer = client.post(link, {**NEW, **wrong})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert client.post(link, NEW).status_code == 302


def test_given_a_link_for_a_password_when_it_is_used_then_the_new_one_opens(
    make_user: MakeUser, client: Client
) -> None:
    user = make_user()
    link = actions.renew_password(user, by=SYSTEM)
    new = "nine other apricots"

    client.get(link)
    answer = client.post(link, {"password": new, "password_again": new})

    assert answer.headers["Location"] == "/work/account/login/"
    user.refresh_from_db()
    assert user.check_password(new)


def test_given_my_account_when_the_language_is_changed_then_the_next_page_speaks_it(
    make_user: MakeUser, enter: Enter
) -> None:
    user = make_user()
    browser = enter(user)
    assert browser.get("/work/staff/me/").headers["Content-Language"] == "en"

    browser.post("/work/staff/me/", {"language": "tg"})

    assert browser.get("/work/staff/me/").headers["Content-Language"] == "tg"


def test_given_forty_accounts_when_the_list_is_read_then_it_takes_six_queries(
    make_user: MakeUser, enter: Enter, django_assert_num_queries
) -> None:
    browser = enter(make_user(Role.ADMINISTRATOR))
    asker = make_user(Role.CHIEF_OF_MISSION)
    for number in range(38):
        user = make_user(username=f"invented.{number}", has_factor=number % 2 == 0)
        actions.invite(f"{number}@example.org", Role.TRAINER, by=SYSTEM)
        actions.ask_factor_reset(user, by=asker, reason="phone lost")

    # session, reader, accounts, invitations, wishes, the mission's profile
    with django_assert_num_queries(6):
        page = browser.get("/work/staff/accounts/")

    assert (len(page.context["rows"]), len(page.context["resets"])) == (40, 38)


@pytest.mark.parametrize("role", sorted(set(Role) - KEEPERS))
def test_given_a_role_that_may_not_when_it_asks_for_pages_of_accounts_then_they_are_not_there(
    role: str, make_user: MakeUser, enter: Enter
) -> None:
    reader = make_user(role)
    User.objects.filter(pk=reader.pk).update(is_superuser=True, is_staff=True)
    other = make_user(Role.TRAINER, username="invented.other")
    reset = actions.ask_factor_reset(
        other,
        by=make_user(Role.CHIEF_OF_MISSION if role == Role.ADMINISTRATOR else Role.ADMINISTRATOR),
        reason="lost",
    )
    actions.invite("invented@example.org", Role.TRAINER, by=SYSTEM)
    invitation = Invitation.objects.get()
    browser = enter(reader)

    read = [
        browser.get(f"/work/staff/{page}").status_code
        for page in ("accounts/", f"accounts/{other.pk}/", "invite/")
    ]
    written = [
        browser.post(f"/work/staff/{page}", {"reason": "because"}).status_code
        for page in (
            f"accounts/{other.pk}/disable/",
            f"accounts/{other.pk}/enable/",
            f"accounts/{other.pk}/password-link/",
            f"accounts/{other.pk}/ask-factor-reset/",
            f"factor-resets/{reset.pk}/confirm/",
            f"factor-resets/{reset.pk}/refuse/",
            f"invitations/{invitation.pk}/withdraw/",
            "invite/",
        )
    ]

    assert read == [404] * 3
    assert written == [404] * 8
    assert queries.has_factor(other)
    assert browser.get("/work/staff/me/").status_code == 200


def test_given_a_page_that_is_missing_or_denied_when_asked_for_then_both_keep_the_menu_and_say_the_same(
    enter: Enter, make_user: MakeUser
) -> None:
    browser = enter(make_user(Role.TRAINER))

    missing, denied = (browser.get(address) for address in ("/work/no/such/page/", "/work/staff/accounts/"))

    assert (missing.status_code, denied.status_code) == (404, 404)
    html, of_denied = (re.sub(r'value="\w{64}"', "", one.content.decode()) for one in (missing, denied))
    assert html == of_denied
    assert 'href="/work/">My day</a>' in html
    assert 'class="site-nav"' in html
    assert 'href="/en/help/"' not in html


def test_given_nobody_when_a_page_is_missing_then_it_leads_to_the_first_page_and_to_help(
    client: Client,
) -> None:
    html = client.get("/en/no/such/page/").content.decode()

    assert 'href="/en/help/"' in html
    assert 'class="site-nav"' not in html


def test_given_the_data_protection_officer_when_asking_then_stopping_is_open_and_letting_in_is_not(
    make_user: MakeUser, enter: Enter
) -> None:
    other = make_user(Role.TRAINER)
    browser = enter(make_user(Role.DATA_PROTECTION_OFFICER))

    shut = [
        browser.get("/work/staff/invite/").status_code,
        browser.post(f"/work/staff/accounts/{other.pk}/enable/").status_code,
        browser.post(f"/work/staff/accounts/{other.pk}/password-link/").status_code,
    ]
    browser.post(f"/work/staff/accounts/{other.pk}/disable/", {"reason": "phone stolen"})

    other.refresh_from_db()
    assert shut == [404, 404, 404]
    assert not other.is_active


def test_given_an_administrator_when_inviting_then_the_link_stands_on_the_page_and_works(
    make_user: MakeUser, enter: Enter, client: Client
) -> None:
    browser = enter(make_user(Role.ADMINISTRATOR))
    assert browser.get("/work/staff/invite/").status_code == 200

    page = browser.post(
        "/work/staff/invite/",
        {"email": "invented@example.org", "role": "trainer", "partner": "", "language": "ru"},
    )

    link = page.context["link"]
    assert link in page.content.decode()
    assert client.get(link).status_code == 200
    assert b"invented@example.org" in browser.get("/work/staff/accounts/").content


def test_given_an_outside_role_without_its_organisation_when_inviting_then_the_form_says_so(
    make_user: MakeUser, enter: Enter
) -> None:
    browser = enter(make_user(Role.ADMINISTRATOR))

    page = browser.post(
        "/work/staff/invite/", {"email": "invented@example.org", "role": "donor_reader", "language": "ru"}
    )

    assert list(page.context["form"].errors) == ["partner"]
    assert Invitation.objects.count() == 0


def test_given_an_account_when_it_is_stopped_with_its_name_as_reason_then_the_page_says_what_to_mend(
    make_user: MakeUser, enter: Enter
) -> None:
    other = make_user(Role.TRAINER)
    browser = enter(make_user(Role.ADMINISTRATOR))

    page = browser.post(f"/work/staff/accounts/{other.pk}/disable/", {"reason": "invented.trainer left"})

    other.refresh_from_db()
    assert page.status_code == 200
    assert "without the person" in page.content.decode()
    assert other.is_active


def test_given_an_account_when_it_is_stopped_and_brought_back_by_the_pages_then_it_is_so(
    make_user: MakeUser, enter: Enter
) -> None:
    other = make_user(Role.TRAINER)
    browser = enter(make_user(Role.ADMINISTRATOR))
    page = f"/work/staff/accounts/{other.pk}/"
    states = []

    for deed in ("disable/", "enable/"):
        browser.post(page + deed, {"reason": "left the mission"})
        states.append(User.objects.get(pk=other.pk).is_active)
        assert browser.get(page).status_code == 200

    assert states == [False, True]


def test_given_a_lost_phone_when_two_people_press_their_buttons_then_the_factor_is_gone(
    make_user: MakeUser, enter: Enter
) -> None:
    owner = make_user(Role.TRAINER)
    asking, confirming = enter(make_user(Role.ADMINISTRATOR)), enter(make_user(Role.CHIEF_OF_MISSION))
    asking.post(f"/work/staff/accounts/{owner.pk}/ask-factor-reset/", {"reason": "phone lost"})
    confirm = f"/work/staff/factor-resets/{SecondFactorReset.objects.get().pk}/confirm/"

    alone = asking.post(confirm)
    assert (alone.status_code, queries.has_factor(owner)) == (404, True)

    confirming.post(confirm)
    assert not queries.has_factor(owner)


def test_given_a_link_that_waits_when_it_is_withdrawn_by_the_page_then_it_leads_nowhere(
    make_user: MakeUser, enter: Enter, client: Client
) -> None:
    browser = enter(make_user(Role.ADMINISTRATOR))
    link = actions.invite("invented@example.org", Role.TRAINER, by=SYSTEM)

    browser.post(f"/work/staff/invitations/{Invitation.objects.get().pk}/withdraw/")

    assert client.get(link).status_code == 404


def test_given_two_forms_on_the_page_of_an_account_when_shown_then_no_id_stands_twice(
    make_user: MakeUser, enter: Enter
) -> None:
    other = make_user(Role.TRAINER)

    page = enter(make_user(Role.ADMINISTRATOR)).get(f"/work/staff/accounts/{other.pk}/")

    ids = re.findall(r' id="([^"]+)"', page.content.decode())
    assert ids.count("id_disable_form_reason") == 1
    assert len(ids) == len(set(ids))


class Scripts(HTMLParser):
    """Collects what a content security policy of script-src 'self' would stop."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped: list[str] = []
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.headings += tag == "h1"
        is_data = given.get("type") == "application/json"
        if tag == "style" or (tag == "script" and not given.get("src") and not is_data):
            self.stopped.append(tag)
        self.stopped += [name for name in given if name.startswith("on") or name == "style"]


PAGES = (
    "account/login/",
    "account/logout/",
    "account/reauthenticate/",
    "account/password/change/",
    "account/2fa/",
    "account/2fa/reauthenticate/",
    "account/2fa/totp/deactivate/",
    "account/2fa/webauthn/",
    "account/2fa/webauthn/add/",
    "account/2fa/recovery-codes/generate/",
    "staff/me/",
    "staff/accounts/",
    "staff/invite/",
)


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_given_every_page_when_shown_then_it_has_one_heading_and_nothing_the_policy_stops(
    language: str, make_user: MakeUser, enter: Enter, client: Client
) -> None:
    user = make_user(Role.ADMINISTRATOR)
    actions.set_language(user, language)
    browser = enter(user)
    found = {}

    for page in PAGES:
        answer = (client if page == "account/login/" else browser).get(f"/work/{page}")
        scripts = Scripts()
        scripts.feed(answer.content.decode())
        found[page] = (answer.status_code, scripts.headings, scripts.stopped)

    assert found == {page: (200, 1, []) for page in PAGES}


def test_given_the_pages_before_the_door_when_shown_then_the_policy_stops_nothing(
    make_user: MakeUser, client: Client
) -> None:
    client.post("/work/account/login/", {"login": make_user().username, "password": PASSWORD})
    answer = client.get("/work/account/2fa/authenticate/")
    scripts = Scripts()
    scripts.feed(answer.content.decode())

    assert (answer.status_code, scripts.headings, scripts.stopped) == (200, 1, [])
    assert b'id="mfa_webauthn_authenticate"' in answer.content
