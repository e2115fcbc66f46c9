"""Accounts: made, stopped, brought back; password and language."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit
from rohnamo.core.audit import SYSTEM, Actor
from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.languages import LANGUAGES
from rohnamo.staff import rules
from rohnamo.staff.models import Invitation, Role, User


@transaction.atomic
def make_account(
    username: str,
    role: str,
    *,
    password: str,
    email: str = "",
    first_name: str = "",
    last_name: str = "",
    language: str = "",
    partner: str = "",
    post: str = "",
) -> User:
    """An account that may sign in and must then add a second factor.

    For the machine itself: the demonstration, the first administrator, an accepted invitation. People invite.
    partner: code of an organisation, needed for partner reporters and donor readers. language: empty leaves the
    choice to the owner. Raises WrongData.
    """
    check_role(role, partner=partner)
    if language:
        check_language(language)
    user = User(
        username=username,
        role=role,
        email=email,
        first_name=first_name,
        last_name=last_name,
        language=language,
        partner=partner,
        post=post,
    )
    _check_username(user)
    check_password(password, user)
    user.set_password(password)
    user.save()
    audit.record(SYSTEM, "staff.make_account", user, fields=["role"])
    return user


@transaction.atomic
def disable_account(user: User, *, by: Actor, reason: str) -> None:
    """Stop an account: all its sessions and links end at this moment.

    reason: why, without naming anybody. Raises Refused without the right, and for the last active
    administrator, after whom nobody could let anybody in again.
    """
    require(by, may=by is SYSTEM or (isinstance(by, User) and rules.may_disable(by, user)))
    reason = nameless(reason, user)
    user = User.objects.select_for_update().get(pk=user.pk)
    if _is_last_administrator(user):
        raise Refused(_("This is the last administrator who can sign in. Invite another one first."))
    User.objects.filter(pk=user.pk).update(is_active=False, session_round=F("session_round") + 1)
    Invitation.objects.filter(renews=user, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
    audit.record(by, "staff.disable_account", user, fields=["is_active"], reason=reason)


@transaction.atomic
def enable_account(user: User, *, by: Actor) -> None:
    """Let an account sign in again. No session of before comes back to life."""
    require(by, may=by is SYSTEM or (isinstance(by, User) and rules.may_enable(by, user)))
    User.objects.filter(pk=user.pk).update(is_active=True, session_round=F("session_round") + 1)
    audit.record(by, "staff.enable_account", user, fields=["is_active"])


@transaction.atomic
def set_language(user: User, language: str) -> None:
    """The language the workspace speaks with this user."""
    check_language(language)
    User.objects.filter(pk=user.pk).update(language=language)
    user.language = language
    audit.record(user, "staff.set_language", user, fields=["language"])


@transaction.atomic
def set_password(user: User, password: str, *, by: Actor) -> None:
    """A new password; every other open session ends, because it was opened with the old one."""
    check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(by, "staff.set_password", user, fields=["password"])


def note_sign_in(user: User) -> None:
    audit.record(user, "staff.sign_in", user)


def end_sessions(user: User) -> None:
    """Every open session of the account ends at its next request."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)


def require(by: Actor, *, may: bool) -> None:
    """Raises Refused; the message names the account by its number only."""
    if not may:
        raise Refused(_("Account %(number)s may not do this.") % {"number": by.pk})


def check_role(role: str, *, partner: str) -> None:
    """Raises WrongData for a role that is none, and for an outside account without its organisation."""
    if role not in Role.values:
        raise WrongData(_("There is no such role. Roles: %(roles)s.") % {"roles": ", ".join(Role.values)})
    if role in rules.NEEDS_PARTNER and not partner:
        raise WrongData(_("This role needs the code of the organisation."))


def check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise WrongData(
            _("There is no such language. Languages: %(codes)s.") % {"codes": ", ".join(LANGUAGES)}
        )


def check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WrongData(" ".join(error.messages)) from error


def nameless(reason: str, user: User) -> str:
    """A reason that may stand in the log. The log outlives the account, so no name of its owner may be in it.

    Raises WrongData for an empty reason and for one with the owner's username, names or address.
    """
    reason = reason.strip()
    if not reason:
        raise WrongData(_("Say why. The log keeps the reason."))
    names = (user.username, user.first_name, user.last_name, user.email)
    if any(name and name.casefold() in reason.casefold() for name in names):
        raise WrongData(_("Say why without the person's name: the log is kept longer than the account."))
    return reason


def _is_last_administrator(user: User) -> bool:
    """The rows are locked: two administrators who disable each other at one moment must not both succeed."""
    active = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    return list(active.select_for_update().values_list("pk", flat=True)) == [user.pk]


def _check_username(user: User) -> None:
    """Sign-in does not tell capitals apart, so no two accounts may differ by them alone."""
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise WrongData(" ".join(error.messages)) from error
    if User.objects.filter(username__iexact=user.username).exists():
        raise WrongData(_("This user name is taken. Choose another one."))
