"""A mission written as data: a folder of TOML, CSV and Markdown, read into frozen dataclasses.

The format is described in `missions/README.md`. Nothing here knows Django or a database: the apps load
what `read_mission` returns, each its own part.
"""

from .empty import write_empty
from .mission import Mission
from .problems import MissionDataError, Problem
from .reading import read_mission

__all__ = ["Mission", "MissionDataError", "Problem", "read_mission", "write_empty"]
