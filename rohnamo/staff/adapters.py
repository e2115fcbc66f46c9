"""How sign-in by django-allauth behaves in this house."""

import base64
import io
import time
from typing import Any

import segno
from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rohnamo.core import keys
from rohnamo.staff import actions, queries
from rohnamo.staff.models import User

CONTEXT = "mfa.authenticator"
WAYS = {
    "reauthenticate": _("With your password"),
    "mfa_reauthenticate": _("With a code"),
    "mfa_reauthenticate:webauthn": _("With a key"),
}


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: accounts are made from an invitation."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right. Wait for the next one and try again."),
        "incorrect_password": _("This password is not right."),
        "too_many_login_attempts": _("Too many wrong tries. Wait five minutes and try again."),
        "username_password_mismatch": _("The user name or the password is not right."),
        "rate_limited": _("Too many tries in a short time. Wait a little."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in a moment ago is not asked for the password again to add a second factor."""
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required and not _signed_in_just_now(self.request)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        ways: list[dict[str, str]] = super().get_reauthentication_methods(user)
        return [{**way, "description": str(WAYS.get(way["id"], way["description"]))} for way in ways]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 -- as above
        return reverse("staff:me")

    def set_password(self, user: User, password: str) -> None:
        actions.set_password(user, password, by=user)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        actions.note_sign_in(user)
        return response


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps and recovery codes are sealed with the data key; the last factor stays."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("This is your only second factor. Add another one first."),
        "cannot_generate_recovery_codes": _("Add a second factor first; recovery codes belong to one."),
        "incorrect_code": InvitedOnly.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(keys.encrypt(text, ring="data", context=CONTEXT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keys.decrypt(base64.b64decode(encrypted_text), ring="data", context=CONTEXT)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not queries.is_last_factor(authenticator)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 -- allauth's word
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Key %(number)d") % {"number": number}

    def get_totp_label(self, user: User) -> str:
        return user.username

    def build_totp_svg(self, url: str) -> str:
        """On white: allauth's own picture is transparent, and on a dark page no phone reads it."""
        picture = io.BytesIO()
        segno.make(url).save(picture, kind="svg", border=4, scale=4, light="white")
        return picture.getvalue().decode()


def _signed_in_just_now(request: HttpRequest) -> bool:
    moments = [record["at"] for record in get_authentication_records(request, request.user)]
    timeout: int = account_settings.REAUTHENTICATION_TIMEOUT
    return bool(moments) and time.time() - max(moments) < timeout
