"""Files that a command writes where it was asked to."""

import os
from pathlib import Path

from rohnamo.core.errors import WrongData


def write_file(path: Path, content: bytes) -> None:
    """All or nothing: what is half written would be read as all there is.

    Raises WrongData where the file cannot be written, as in a folder that is not there.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise WrongData(f"{path} cannot be written: {os.strerror(error.errno or 0)}.") from error
