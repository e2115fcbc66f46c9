"""Files of a backup: written in a stream, measured on the way, compared with what the manifest says of them."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

CHUNK = 1 << 20


@dataclass(frozen=True)
class Part:
    """One file of a backup as it was written."""

    name: str
    size_bytes: int
    sha256: str


class Measured:
    """A new file to write to, for its owner only; `part` says what was written. On the disk when it is closed."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._hash = hashlib.sha256()
        self._size = 0

    def __enter__(self) -> "Measured":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            if kind is None:
                self._file.flush()
                os.fsync(self._file.fileno())

    def write(self, content: bytes | bytearray | memoryview) -> int:
        self._hash.update(content)
        self._size += len(content)
        return self._file.write(content)

    def flush(self) -> None:
        self._file.flush()

    @property
    def part(self) -> Part:
        return Part(self.name, self._size, self._hash.hexdigest())


def measured(path: Path) -> Part:
    """What a file that somebody else wrote holds."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        for chunk in chunks(handle):
            digest.update(chunk)
    return Part(path.name, path.stat().st_size, digest.hexdigest())


def chunks(handle: object) -> Iterator[bytes]:
    """A file-like object in pieces, so that no size of it matters."""
    return iter(lambda: handle.read(CHUNK), b"")  # type: ignore[attr-defined]


def broken(folder: Path, parts: tuple[Part, ...]) -> list[str]:
    """One sentence for each file that is not what was written."""
    found = []
    for part in parts:
        path = folder / part.name
        if not path.is_file():
            found.append(f"{part.name} is missing.")
        elif path.stat().st_size != part.size_bytes:
            found.append(f"{part.name} has {path.stat().st_size} bytes; {part.size_bytes} were written.")
        elif measured(path) != part:
            found.append(f"{part.name} was changed since it was written: its sha256 is another one.")
    return found


def settle(folder: Path) -> None:
    """Have the names in a folder on the disk, not only the files behind them."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
