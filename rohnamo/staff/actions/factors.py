"""Second factors: added by their owner, removed by two other people."""

import base64
import binascii

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit
from rohnamo.core.audit import SYSTEM, Actor
from rohnamo.core.errors import Refused, WrongData
from rohnamo.staff import rules
from rohnamo.staff.actions import accounts
from rohnamo.staff.models import SecondFactorReset, User


@transaction.atomic
def ask_factor_reset(user: User, *, by: User, reason: str) -> SecondFactorReset:
    """Wish that somebody's second factors be removed. Nothing happens until another person confirms.

    Asking again while a wish waits gives back the waiting one. Raises Refused, WrongData for the reason.
    """
    accounts.require(by, may=rules.may_ask_factor_reset(by, user))
    reason = accounts.nameless(reason, user)
    now = timezone.now()
    for waiting in SecondFactorReset.objects.filter(user=user, confirmed_at=None, refused_at=None):
        if waiting.is_open_at(now):
            return waiting
    reset = SecondFactorReset.objects.create(user=user, asked_by=by, reason=reason)
    audit.record(by, "staff.ask_factor_reset", user, reason=reason)
    return reset


@transaction.atomic
def confirm_factor_reset(reset: SecondFactorReset, *, by: User) -> None:
    """Remove all second factors of the account and end its sessions: at the next sign-in its owner adds new ones.

    Raises Refused for the one who asked, for the owner, and for a wish that is answered or lapsed.
    """
    reset = _locked(reset)
    accounts.require(by, may=rules.may_confirm_factor_reset(by, reset))
    Authenticator.objects.filter(user=reset.user).delete()
    accounts.end_sessions(reset.user)
    reset.confirmed_by, reset.confirmed_at = by, timezone.now()
    reset.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record(by, "staff.confirm_factor_reset", reset.user, fields=["second factor"])


@transaction.atomic
def refuse_factor_reset(reset: SecondFactorReset, *, by: User) -> None:
    """The wish is not granted, or taken back. Raises Refused."""
    reset = _locked(reset)
    accounts.require(by, may=rules.may_refuse_factor_reset(by, reset))
    reset.refused_at = timezone.now()
    reset.save(update_fields=["refused_at"])
    audit.record(by, "staff.refuse_factor_reset", reset.user)


@transaction.atomic
def give_totp(user: User, secret: str, *, by: Actor = SYSTEM) -> None:
    """Give an account an authenticator app with a known secret (base32): for the demonstration and for tests.

    Only the machine itself may: whoever knows the secret holds the factor. Raises Refused, WrongData.
    """
    accounts.require(by, may=by is SYSTEM)
    try:
        base64.b32decode(secret, casefold=True)
    except (binascii.Error, ValueError) as error:
        raise WrongData("The secret is not base32.") from error
    Authenticator.objects.update_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": encrypt(secret)}}
    )
    audit.record(by, "staff.give_totp", user, fields=["second factor"])


def note_factor_added(user: User) -> None:
    audit.record(user, "staff.add_factor", user, fields=["second factor"])


def note_factor_removed(user: User) -> None:
    audit.record(user, "staff.remove_factor", user, fields=["second factor"])


def _locked(reset: SecondFactorReset) -> SecondFactorReset:
    found = (
        SecondFactorReset.objects.select_for_update(of=("self",))
        .select_related("user", "asked_by")
        .filter(pk=reset.pk)
        .first()
    )
    if found is None:
        raise Refused(_("This wish is not there any more."))
    return found
