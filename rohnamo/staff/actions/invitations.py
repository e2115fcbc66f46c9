"""Links by which accounts are made and passwords renewed. A mission has no mail server: people carry the link."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit
from rohnamo.core.audit import SYSTEM, Actor
from rohnamo.core.errors import Refused, WrongData
from rohnamo.staff import queries, rules
from rohnamo.staff.actions import accounts
from rohnamo.staff.models import INVITATION_LAPSES_AFTER, Invitation, User


@transaction.atomic
def invite(email: str, role: str, *, by: Actor, partner: str = "", language: str = "ru") -> str:
    """Make a link for one new account and return it as a path. It is shown now or never: only its hash is kept.

    It lapses after a week and works once. An earlier link for the same address stops working.
    Raises Refused without the right, WrongData for a wrong address, role or language.
    """
    accounts.require(by, may=_may_invite(by))
    accounts.check_role(role, partner=partner)
    accounts.check_language(language)
    try:
        validate_email(email)
    except ValidationError as error:
        raise WrongData(_("This is not an e-mail address.")) from error
    _withdraw(email__iexact=email, renews=None)
    draft = Invitation(email=email, role=role, partner=partner, language=language)
    return _link(draft, by=by, verb="staff.invite", fields=["email", "role", "partner", "language"])


@transaction.atomic
def renew_password(user: User, *, by: Actor) -> str:
    """Make a link by which the owner of an account sets a new password. As `invite` in everything else.

    The second factor stays: the link alone opens nothing.
    """
    accounts.require(by, may=_may_invite(by))
    if not user.is_active:
        raise Refused(_("Account %(number)s is disabled. Enable it first.") % {"number": user.pk})
    _withdraw(renews=user)
    language = user.language or settings.LANGUAGE_CODE
    draft = Invitation(role=user.role, partner=user.partner, language=language, renews=user)
    return _link(draft, by=by, verb="staff.renew_password", fields=[])


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Actor) -> None:
    """The link does not work any more."""
    accounts.require(by, may=_may_invite(by))
    _withdraw(pk=invitation.pk)
    audit.record(by, "staff.withdraw_invitation", invitation)


@transaction.atomic
def accept_invitation(
    token: str, *, username: str, password: str, first_name: str = "", last_name: str = "", language: str = ""
) -> User:
    """Make the account a link is for. Raises Refused when the link does not work, WrongData as make_account."""
    invitation = _taken(token, is_renewal=False)
    user = accounts.make_account(
        username,
        invitation.role,
        password=password,
        email=invitation.email,
        first_name=first_name,
        last_name=last_name,
        language=language or invitation.language,
        partner=invitation.partner,
    )
    _finish(invitation, user)
    return user


@transaction.atomic
def accept_renewal(token: str, *, password: str) -> User:
    """Set the password of the account a link is for. Raises Refused, WrongData for a weak password."""
    invitation = _taken(token, is_renewal=True)
    user = User.objects.select_for_update().get(renewals=invitation)
    accounts.set_password(user, password, by=user)
    _finish(invitation, user)
    return user


def _may_invite(by: Actor) -> bool:
    return by is SYSTEM or (isinstance(by, User) and rules.may_invite(by))


def _link(draft: Invitation, *, by: Actor, verb: str, fields: list[str]) -> str:
    token = secrets.token_urlsafe(32)
    draft.token_hash = queries.hash_of(token)
    draft.invited_by = by if isinstance(by, User) else None
    draft.expires_at = timezone.now() + INVITATION_LAPSES_AFTER
    draft.save()
    audit.record(by, verb, draft, fields=fields)
    return reverse("staff:welcome", args=[token])


def _taken(token: str, *, is_renewal: bool) -> Invitation:
    """The invitation, now used up. Two who press the button at the same moment do not both get it."""
    found = queries.invitation_of(token)
    if found is None or bool(found.renews_id) != is_renewal:
        raise Refused(_("This link does not work any more. Ask for a new one."))
    taken = queries.usable_invitations().filter(pk=found.pk).update(accepted_at=timezone.now())
    if not taken:
        raise Refused(_("This link does not work any more. Ask for a new one."))
    return found


def _finish(invitation: Invitation, user: User) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user, email="")
    audit.record(user, "staff.accept_invitation", invitation)


def _withdraw(**which: object) -> None:
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, **which)
    waiting.update(withdrawn_at=timezone.now(), email="")
