"""How people are written: registered once, judged, never merged without a judgement that can be undone."""

from rohnamo.people.actions.coded import NewCoded, erase_expired_call_backs, register_coded
from rohnamo.people.actions.judge import judge, withdraw
from rohnamo.people.actions.officials import NewOfficial, register_officials
from rohnamo.people.actions.register import NewPerson, Registered, load_many, register, register_many

__all__ = [
    "NewCoded",
    "NewOfficial",
    "NewPerson",
    "Registered",
    "erase_expired_call_backs",
    "judge",
    "load_many",
    "register",
    "register_coded",
    "register_many",
    "register_officials",
    "withdraw",
]
