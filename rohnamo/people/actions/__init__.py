"""How people are written: registered once, judged, never merged without a judgement that can be undone."""

from rohnamo.people.actions.coded import NewCoded, erase_expired_call_backs, register_coded
from rohnamo.people.actions.judge import judge, withdraw
from rohnamo.people.actions.officials import NewOfficial, look_up_official, register_officials
from rohnamo.people.actions.register import (
    NewPerson,
    Registered,
    document_number,
    load_many,
    look_up,
    register,
    register_many,
)

__all__ = [
    "NewCoded",
    "NewOfficial",
    "NewPerson",
    "Registered",
    "document_number",
    "erase_expired_call_backs",
    "judge",
    "load_many",
    "look_up",
    "look_up_official",
    "register",
    "register_coded",
    "register_many",
    "register_officials",
    "withdraw",
]
