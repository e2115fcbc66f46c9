"""How accounts, invitations and posts are read."""

import hashlib

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from rohnamo.core.errors import Refused
from rohnamo.staff import rules
from rohnamo.staff.models import RESET_LAPSES_AFTER, Invitation, Post, SecondFactorReset, User

# Recovery codes alone are no factor: they belong to one.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def accounts_visible_to(user: rules.Visitor) -> QuerySet[User]:
    """All accounts, each with `has_factor`, for those who look after accounts; none for everybody else."""
    if not rules.may_see_accounts(user):
        return User.objects.none()
    return all_accounts()


def all_accounts() -> QuerySet[User]:
    """Every account, each with `has_factor`. For the machine itself; pages ask `accounts_visible_to`."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    return User.objects.annotate(has_factor=Exists(factors)).order_by("-is_active", "username")


def open_invitations(user: rules.Visitor) -> QuerySet[Invitation]:
    """Links that would work now, for those who may make some."""
    if not rules.may_invite(user):
        return Invitation.objects.none()
    return usable_invitations().select_related("renews")


def usable_invitations() -> QuerySet[Invitation]:
    """Not used, not withdrawn, not lapsed. Disabling an account withdraws the links for it."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


def invitation_of(token: str) -> Invitation | None:
    """The invitation a link belongs to, when the link works now."""
    return usable_invitations().select_related("renews").filter(token_hash=hash_of(token)).first()


def hash_of(token: str) -> str:
    """What is stored of a link. The token is 256 random bits: a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_resets(user: rules.Visitor) -> QuerySet[SecondFactorReset]:
    """Wishes to remove a second factor that wait for the second person, the reader's own left out."""
    if not rules.may_see_accounts(user):
        return SecondFactorReset.objects.none()
    return (
        SecondFactorReset.objects.filter(
            confirmed_at=None, refused_at=None, asked_at__gt=timezone.now() - RESET_LAPSES_AFTER
        )
        .exclude(user=user.pk)
        .select_related("user", "asked_by")
    )


def users_of_partner(code: str) -> QuerySet[User]:
    """Active accounts that belong to an organisation."""
    return (
        User.objects.filter(partner=code, is_active=True).order_by("username")
        if code
        else User.objects.none()
    )


def posts_count() -> int:
    """Posts of the mission, filled or not: what is published as "staff"."""
    return Post.objects.count()


def has_factor(user: User) -> bool:
    found: bool = Authenticator.objects.filter(user=user, type__in=FACTORS).exists()
    return found


def is_last_factor(authenticator: Authenticator) -> bool:
    others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS)
    has_others: bool = others.exclude(pk=authenticator.pk).exists()
    return not has_others


def totp_code(user: User) -> str:
    """The code that the user's authenticator app shows now. For the demonstration and for tests.

    Raises Refused when the account has no authenticator app.
    """
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if app is None:
        raise Refused(f"Account {user.pk} has no authenticator app.")
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(decrypt(app.data["secret"]), counters[len(counters) // 2])))
