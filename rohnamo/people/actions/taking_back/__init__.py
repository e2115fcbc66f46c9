"""Taking back what a register wrote: whom nobody else touched is emptied, of all others only what it said goes.

A record is never deleted: the ledger is append-only and points to it. It is emptied and marked as erased; its number is
all that stays.
"""

from rohnamo.people.actions.taking_back.emptying import (
    empty_coded,
    empty_officials,
    empty_persons,
    lock_register,
)
from rohnamo.people.actions.taking_back.said import Said, SaidBy, described_by, traces_of
from rohnamo.people.actions.taking_back.unsaying import (
    describe_coded,
    describe_officials,
    forget_call_backs,
    unsay,
)
from rohnamo.people.actions.taking_back.untouched import (
    untouched_coded,
    untouched_officials,
    untouched_persons,
)

__all__ = [
    "Said",
    "SaidBy",
    "describe_coded",
    "describe_officials",
    "described_by",
    "empty_coded",
    "empty_officials",
    "empty_persons",
    "forget_call_backs",
    "lock_register",
    "traces_of",
    "unsay",
    "untouched_coded",
    "untouched_officials",
    "untouched_persons",
]
