"""The walk through the door: password, second factor, and everything that must not open it."""

import logging

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from rohnamo.core.audit import SYSTEM
from rohnamo.core.models import AuditEntry
from rohnamo.staff import actions, queries
from rohnamo.staff.models import Role, User
from rohnamo.staff.tests.conftest import PASSWORD, Enter, MakeUser

pytestmark = pytest.mark.django_db
LOGIN = "/work/account/login/"
FACTOR = "/work/account/2fa/authenticate/"
ADD_APP = "/work/account/2fa/totp/activate/"


def sign_in(browser: Client, username: str, password: str = PASSWORD):
    return browser.post(LOGIN, {"login": username, "password": password})


def sign_in_in_english(browser: Client, username: str, password: str):
    return browser.post(f"{LOGIN}?language=en", {"login": username, "password": password})


def test_given_nobody_when_the_workspace_is_asked_for_then_sign_in_opens_with_the_way_back(
    client: Client,
) -> None:
    answer = client.get("/work/people/?q=Намунаӣ")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LOGIN}?next=%2Fwork%2Fpeople%2F")


def test_given_nobody_when_a_language_is_chosen_then_the_next_page_before_the_door_speaks_it(
    make_user: MakeUser, client: Client
) -> None:
    user = make_user()
    spoken = [
        client.get(f"{LOGIN}{query}").headers["Content-Language"]
        for query in ("", "?language=fr", "?language=tg")
    ]

    client.post(LOGIN, {"login": user.username, "password": PASSWORD})

    assert [*spoken, client.get(FACTOR).headers["Content-Language"]] == ["ru", "ru", "tg", "tg"]


@pytest.mark.parametrize(
    ("address", "browser", "spoken"),
    [
        ("/work/intake/?language=tg", "en-GB,en;q=0.9", "tg"),
        ("/work/intake/", "en-GB,en;q=0.9,ru;q=0.5", "en"),
        ("/work/intake/", "fr,tg;q=0.3", "tg"),
        ("/work/intake/", "fr", "ru"),
        ("/work/intake/?language=fr", "", "ru"),
    ],
)
def test_given_somebody_from_a_public_page_when_sign_in_opens_then_it_speaks_its_language_else_the_browsers(
    client: Client, address: str, browser: str, spoken: str
) -> None:
    door = client.get(address, headers={"Accept-Language": browser}, follow=True)

    assert (door.request["PATH_INFO"], door.headers["Content-Language"]) == (LOGIN, spoken)


@pytest.mark.parametrize(("own", "spoken"), [("", "en"), ("tg", "tg")])
def test_given_a_language_chosen_at_sign_in_when_the_code_is_given_then_only_one_of_the_accounts_own_replaces_it(
    make_user: MakeUser, client: Client, own: str, spoken: str
) -> None:
    user = make_user()
    User.objects.filter(pk=user.pk).update(language=own)
    client.get(f"{LOGIN}?language=en")
    client.post(LOGIN, {"login": user.username, "password": PASSWORD})
    assert client.get(FACTOR).headers["Content-Language"] == "en"

    client.post(FACTOR, {"code": queries.totp_code(user)})

    assert client.get("/work/staff/me/").headers["Content-Language"] == spoken


def test_given_a_wrong_password_when_signing_in_then_it_says_not_signed_in(
    make_user: MakeUser, client: Client
) -> None:
    answer = sign_in_in_english(client, make_user().username, "wrong")

    assert "You are not signed in. Please correct:" in answer.content.decode()
    assert "This was not saved" not in answer.content.decode()


def test_given_password_and_code_when_signing_in_then_the_workspace_opens(
    make_user: MakeUser, client: Client
) -> None:
    user = make_user()

    after_password = client.post(
        f"{LOGIN}?next=/work/people/", {"login": user.username, "password": PASSWORD}
    )
    assert after_password.headers["Location"] == FACTOR
    assert client.get("/work/").status_code == 302

    after_code = client.post(FACTOR, {"code": queries.totp_code(user)})
    assert after_code.headers["Location"] == "/work/people/"
    assert client.get("/work/people/").status_code == 200
    assert AuditEntry.objects.filter(verb="staff.sign_in", subject_id=str(user.pk)).count() == 1


def test_given_a_wrong_code_when_signing_in_then_the_workspace_stays_shut(
    make_user: MakeUser, client: Client
) -> None:
    user = make_user()
    sign_in(client, user.username)
    wrong = f"{(int(queries.totp_code(user)) + 1) % 1_000_000:06}"

    answer = client.post(FACTOR, {"code": wrong})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["code"]
    assert client.get("/work/").status_code == 302


def test_given_a_code_that_was_used_when_it_is_typed_again_then_it_is_refused(
    make_user: MakeUser, enter: Enter, client: Client
) -> None:
    user = make_user()
    enter(user)
    sign_in(client, user.username)

    client.post(FACTOR, {"code": queries.totp_code(user)})

    assert client.get("/work/").status_code == 302


def test_given_a_wrong_password_when_signing_in_then_no_log_and_no_session_holds_the_name_and_both_look_alike(
    make_user: MakeUser, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    make_user(username="right.name")
    with caplog.at_level(logging.DEBUG):
        unknown = sign_in(client, "canary.typo")
        wrong = sign_in(client, "right.name", "a wrong password")

    assert (unknown.status_code, wrong.status_code) == (200, 200)
    assert unknown.context["form"].non_field_errors() == wrong.context["form"].non_field_errors()
    kept = caplog.text + str(list(AuditEntry.objects.values())) + str(list(Session.objects.values()))
    assert "canary" not in kept


def test_given_six_wrong_passwords_when_the_right_one_comes_then_it_must_wait(
    make_user: MakeUser, client: Client
) -> None:
    user = make_user()
    for _ in range(5):
        sign_in(client, user.username, "a wrong password")

    answer = sign_in(client, user.username)

    assert answer.status_code == 200
    assert client.get("/work/").status_code == 302


def test_given_a_user_without_a_factor_when_signed_in_then_only_adding_one_is_open(
    make_user: MakeUser, client: Client
) -> None:
    user = make_user(has_factor=False)
    sign_in(client, user.username)

    shut = [
        client.get(page).headers.get("Location") for page in ("/work/", "/work/people/", "/work/staff/me/")
    ]
    page = client.get(ADD_APP)

    assert shut == [ADD_APP] * 3
    assert page.status_code == 200
    assert b"data:image/svg+xml;base64," in page.content


def test_given_a_user_without_a_factor_when_an_app_is_added_then_codes_are_shown_and_the_workspace_opens(
    make_user: MakeUser, client: Client
) -> None:
    user = make_user(has_factor=False)
    sign_in(client, user.username)
    secret = client.get(ADD_APP).context["form"].secret

    answer = client.post(
        ADD_APP, {"code": format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))}
    )

    assert answer.headers["Location"] == "/work/account/2fa/recovery-codes/"
    assert len(client.get(answer.headers["Location"]).context["unused_codes"]) == 10
    assert client.get("/work/").status_code == 200
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    assert AuditEntry.objects.filter(verb="staff.add_factor", subject_id=str(user.pk)).count() == 1


def test_given_a_recovery_code_when_signing_in_then_it_opens_once(
    make_user: MakeUser, client: Client
) -> None:
    user = make_user(has_factor=False)
    sign_in(client, user.username)
    secret = client.get(ADD_APP).context["form"].secret
    client.post(
        ADD_APP, {"code": format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))}
    )
    code = client.get("/work/account/2fa/recovery-codes/").context["unused_codes"][0]

    opened = []
    for browser in (Client(), Client()):
        sign_in(browser, user.username)
        browser.post(FACTOR, {"code": code})
        opened.append(browser.get("/work/").status_code)

    assert opened == [200, 302]


def test_given_a_session_of_before_the_first_factor_when_it_goes_on_then_it_ends_and_can_add_nothing(
    make_user: MakeUser,
) -> None:
    user = make_user(has_factor=False)
    owner, thief = Client(), Client()
    sign_in(thief, user.username)
    sign_in(owner, user.username)
    secret = owner.get(ADD_APP).context["form"].secret
    owner.post(
        ADD_APP, {"code": format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))}
    )

    answer = thief.get("/work/account/2fa/webauthn/add/")

    assert answer.headers["Location"] == f"{LOGIN}?next=%2Fwork%2F"
    assert "_auth_user_id" not in thief.session
    assert owner.get("/work/").status_code == 200


def test_given_a_session_forced_open_without_a_factor_when_it_goes_on_then_it_ends(
    make_user: MakeUser, client: Client
) -> None:
    client.force_login(make_user())

    assert client.get("/work/").headers["Location"] == f"{LOGIN}?next=%2Fwork%2F"
    assert "_auth_user_id" not in client.session


def test_given_an_open_session_when_the_account_is_disabled_then_it_is_dead_at_once_and_after_enabling(
    make_user: MakeUser, enter: Enter
) -> None:
    user, other = make_user(), make_user(Role.TRAINER)
    browser, bystander = enter(user), enter(other)
    assert browser.get("/work/").status_code == 200

    actions.disable_account(user, by=SYSTEM, reason="left the mission")
    assert browser.get("/work/").status_code == 302

    actions.enable_account(user, by=SYSTEM)
    assert browser.get("/work/").status_code == 302
    assert bystander.get("/work/").status_code == 200


def test_given_two_sessions_when_disabled_and_enabled_before_their_next_page_then_both_are_dead(
    make_user: MakeUser, enter: Enter
) -> None:
    user = make_user()
    first = enter(user)
    cache.clear()  # else the code is refused, being used
    second = enter(user)

    actions.disable_account(user, by=SYSTEM, reason="left the mission")
    actions.enable_account(user, by=SYSTEM)

    assert [browser.get("/work/").status_code for browser in (first, second)] == [302, 302]


def test_given_a_disabled_account_when_signing_in_then_the_door_stays_shut(
    make_user: MakeUser, client: Client
) -> None:
    user = make_user()
    actions.disable_account(user, by=SYSTEM, reason="left the mission")

    answer = sign_in(client, user.username)

    assert answer.headers["Location"] == "/work/account/inactive/"
    assert client.get("/work/account/inactive/").status_code == 200
    assert client.get("/work/").status_code == 302


def test_given_a_reset_by_two_when_the_owner_signs_in_then_a_new_factor_must_be_added(
    make_user: MakeUser, enter: Enter, client: Client
) -> None:
    user, asker, second = make_user(), make_user(Role.ADMINISTRATOR), make_user(Role.CHIEF_OF_MISSION)
    browser = enter(user)
    actions.confirm_factor_reset(actions.ask_factor_reset(user, by=asker, reason="phone lost"), by=second)

    assert browser.get("/work/").headers["Location"].startswith(LOGIN)
    sign_in(client, user.username)
    assert client.get("/work/").headers["Location"] == ADD_APP


def test_given_one_factor_when_its_removal_is_asked_for_then_it_stays(
    make_user: MakeUser, enter: Enter
) -> None:
    user = make_user()
    browser = enter(user)

    answer = browser.post("/work/account/2fa/totp/deactivate/")

    assert answer.status_code == 200
    assert queries.has_factor(user)


def test_given_one_passkey_when_its_removal_is_asked_for_then_it_stays(
    make_user: MakeUser, enter: Enter
) -> None:
    user = make_user()
    browser = enter(user)
    Authenticator.objects.filter(user=user).update(
        type=Authenticator.Type.WEBAUTHN, data={"name": "invented key"}
    )
    key = Authenticator.objects.get(user=user)

    answer = browser.post(f"/work/account/2fa/webauthn/keys/{key.pk}/remove/")

    assert answer.headers["Location"] == "/work/account/2fa/webauthn/"
    assert list(Authenticator.objects.filter(user=user)) == [key]


def test_given_two_factors_when_the_app_is_removed_then_the_passkey_stays(
    make_user: MakeUser, enter: Enter
) -> None:
    user = make_user()
    browser = enter(user)
    key = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "invented key"}
    )

    browser.post("/work/account/2fa/totp/deactivate/")

    assert list(Authenticator.objects.filter(user=user)) == [key]
    assert AuditEntry.objects.filter(verb="staff.remove_factor", subject_id=str(user.pk)).count() == 1


def test_given_a_part_of_a_page_when_the_session_is_gone_then_the_whole_page_goes_to_sign_in(
    client: Client,
) -> None:
    answer = client.get(
        "/work/people/part/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/work/people/?q=Намуна"},
    )

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == f"{LOGIN}?next=%2Fwork%2Fpeople%2F"


def test_given_a_changed_password_when_other_sessions_go_on_then_they_are_dead(
    make_user: MakeUser, enter: Enter
) -> None:
    user = make_user()
    first = enter(user)
    cache.clear()  # else the code is refused, being used
    second = enter(user)
    assert second.get("/work/").status_code == 200
    new = "nine other apricots"

    answer = first.post(
        "/work/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert answer.headers["Location"] == "/work/staff/me/"
    assert first.get("/work/").status_code == 200
    assert second.get("/work/").status_code == 302
    assert AuditEntry.objects.filter(verb="staff.set_password").count() == 1


@pytest.mark.parametrize(
    "page", ["signup/", "email/", "password/reset/", "password/set/", "confirm-email/", "login/code/confirm/"]
)
def test_given_pages_this_house_does_not_use_when_asked_for_then_they_are_not_there(
    page: str, client: Client
) -> None:
    assert client.get(f"/work/account/{page}").status_code == 404


def test_given_a_signed_in_user_when_signing_out_then_the_workspace_is_shut(
    make_user: MakeUser, enter: Enter
) -> None:
    browser = enter(make_user())

    browser.post("/work/account/logout/")

    assert browser.get("/work/").status_code == 302
