"""One invented mission's users, and a house that has only this room and a door."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from rohnamo.staff import actions, queries
from rohnamo.staff.models import Role, User

PASSWORD = "seven quiet apricots"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

MakeUser = Callable[..., User]
Enter = Callable[[User], Client]


@pytest.fixture(autouse=True)
def house(settings: LazySettings) -> Iterator[None]:
    """scrypt takes 60 ms a password, the cache in files remembers tries of the test before: neither is needed here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def make_user(db: None) -> MakeUser:
    """An account; with an authenticator app unless has_factor is False. Outside roles get an organisation."""

    def make(
        role: str = Role.FIELD_OFFICER, *, username: str = "", has_factor: bool = True, **more: str
    ) -> User:
        partner = more.pop("partner", "invented-partner")
        user = actions.make_account(
            username or f"invented.{role}", role, password=PASSWORD, partner=partner, language="en", **more
        )
        if has_factor:
            actions.give_totp(user, SECRET)
        return user

    return make


@pytest.fixture
def enter() -> Enter:
    """A browser in which a user has signed in with password and code."""

    def sign_in(user: User) -> Client:
        browser = Client()
        browser.post("/work/account/login/", {"login": user.username, "password": PASSWORD})
        browser.post("/work/account/2fa/authenticate/", {"code": queries.totp_code(user)})
        return browser

    return sign_in
