"""Rooms that other apps bring for a page of the workspace, gathered without knowing the apps: neighbours on one floor do
not import each other.

queries/day.py           day_of(user, today): what it has for somebody's day, see `day.py`
queries/about_project.py about_project(project): sentences on where a project's numbers come from
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps


def rooms(room: str) -> list[Any]:
    """The rooms of this name ("queries.day") of all other apps, in the order in which apps are installed."""
    names = [app.name for app in apps.get_app_configs() if app.name.startswith("rohnamo.")]
    others = [name for name in names if name != "rohnamo.workspace"]
    return [import_module(f"{name}.{room}") for name in others if _has_room(name, room)]


def _has_room(name: str, room: str) -> bool:
    return find_spec(f"{name}.queries") is not None and _is_there(f"{name}.{room}")


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # `queries` is a file there, not a folder
        return False
