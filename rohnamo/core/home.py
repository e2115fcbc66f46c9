"""The one folder that holds all state of a mission: database, keys, files, published pages."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def home() -> Path:
    """The folder named by ROHNAMO_HOME, or `var/` of the repository."""
    return Path(os.environ.get("ROHNAMO_HOME") or REPOSITORY / "var").resolve()


def folder(name: str) -> Path:
    """A folder inside the home, made when it is not there; readable by its owner only."""
    path = home() / name
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path
