"""An empty mission to fill in: valid from the start, with commented examples of everything else."""

import json
from pathlib import Path

from .problems import MissionDataError, Problem

_TEXTS = Path(__file__).parent / "empty_mission"
_NAME_MARK = '"MISSION NAME"'
_CODE_MARK = '"mission-code"'


def write_empty(path: Path, name: str) -> Path:
    """Writes the folder of a new mission and returns it. `name` is its name in English, to be translated by hand.

    Raises MissionDataError when the folder exists and holds something: nobody's work is overwritten.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise MissionDataError([Problem(path.name, 0, "a new or empty folder", "one that holds something")])
    for source in sorted(_TEXTS.rglob("*")):
        if source.is_file():
            target = path / source.relative_to(_TEXTS)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_filled(source.read_text(encoding="utf-8"), path.name, name), encoding="utf-8")
    return path


def _filled(text: str, code: str, name: str) -> str:
    """A JSON string is also a TOML string, so quotes and line breaks in a name do no harm."""
    return text.replace(_NAME_MARK, json.dumps(name, ensure_ascii=False)).replace(
        _CODE_MARK, json.dumps(code, ensure_ascii=False)
    )
