"""How accounts, invitations, second factors and posts are changed. Nothing else writes them."""

from rohnamo.staff.actions.accounts import (
    disable_account,
    enable_account,
    make_account,
    note_sign_in,
    set_language,
    set_password,
)
from rohnamo.staff.actions.factors import (
    ask_factor_reset,
    confirm_factor_reset,
    give_totp,
    note_factor_added,
    note_factor_removed,
    refuse_factor_reset,
)
from rohnamo.staff.actions.invitations import (
    accept_invitation,
    accept_renewal,
    invite,
    renew_password,
    withdraw_invitation,
)
from rohnamo.staff.actions.posts import load_posts

__all__ = [
    "accept_invitation",
    "accept_renewal",
    "ask_factor_reset",
    "confirm_factor_reset",
    "disable_account",
    "enable_account",
    "give_totp",
    "invite",
    "load_posts",
    "make_account",
    "note_factor_added",
    "note_factor_removed",
    "note_sign_in",
    "refuse_factor_reset",
    "renew_password",
    "set_language",
    "set_password",
    "withdraw_invitation",
]
