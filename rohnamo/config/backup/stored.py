"""Stored files and what else of a home is no database, no key and cannot be made anew."""

import hashlib
import shutil
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, cast

from cryptography.exceptions import InvalidTag

from rohnamo.config.backup.parts import Measured, Part
from rohnamo.config.backup.progress import Show
from rohnamo.core import files, keys
from rohnamo.core.errors import Refused

ARCHIVE = "files.tar"
SEALED = "files"
# Of an example: its accounts and its registers to try.
BESIDE = ("demo.begun", "demo.json", "example")
# Made anew by the house, or kept in another way.
ELSEWHERE = frozenset({"data", "keys", "public", "static", "cache", SEALED, *BESIDE})


def pack(home: Path, digests: Iterable[str], archive: Path, show: Show) -> tuple[Part, list[str]]:
    """Write stored files and the rest into one archive. Returns the digests whose file is not there.

    Not compressed: what is sealed does not get smaller.
    """
    wanted, missing = sorted(digests), []
    with Measured(archive) as target, tarfile.open(fileobj=cast(Any, target), mode="w|") as tar:
        for number, digest in enumerate(wanted, 1):
            path = home / SEALED / f"{digest}{files.SUFFIX}"
            if not _add(tar, path, f"{SEALED}/{path.name}"):
                missing.append(digest)
            show(number, len(wanted))
        for path in _rest(home):
            _add(tar, path, str(path.relative_to(home)))
    return target.part, missing


def unpack(archive: Path, home: Path) -> None:
    """Write an archive's files where a home has them. Raises Refused for a name that leads elsewhere."""
    (home / SEALED).mkdir(mode=0o700, exist_ok=True)
    with tarfile.open(archive, mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member)
            name = PurePosixPath(member.name)
            if (
                content is None
                or name.is_absolute()
                or ".." in name.parts
                or name.parts[0] not in {SEALED, *BESIDE}
            ):
                raise Refused(
                    f"{ARCHIVE} holds {member.name!r}, which is no file of a home. Nothing was restored."
                )
            path = home / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with Measured(path) as target:
                shutil.copyfileobj(content, cast(Any, target))


def packed(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Digest and sealed content of each stored file of an archive, one at a time."""
    with tarfile.open(archive, mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is not None and member.name.startswith(f"{SEALED}/"):
                yield _digest(member.name), content.read()


def unpacked(home: Path) -> Iterator[tuple[str, bytes]]:
    """The same of a home."""
    for path in sorted((home / SEALED).glob(f"*{files.SUFFIX}")):
        yield _digest(path.name), path.read_bytes()


def damaged(found: Iterable[tuple[str, bytes]], wanted: Mapping[str, int]) -> dict[str, str]:
    """Digest → what is wrong with the file: it is opened, and named anew by its content.

    A file that opens and has its name proves the data key and the match key as well.
    """
    wrong = dict.fromkeys(wanted, "is not there")
    for digest, sealed in found:
        if problem := _problem(digest, sealed, wanted.get(digest)):
            wrong[digest] = problem
        else:
            wrong.pop(digest, None)
    return wrong


def unknown(home: Path) -> list[str]:
    """Names in a home that nobody has decided about: they are in no backup."""
    return sorted(
        path.name for path in home.iterdir() if path.name not in ELSEWHERE and not path.name.endswith(".lock")
    )


def _problem(digest: str, sealed: bytes, size_bytes: int | None) -> str:
    try:
        content = keys.unseal(sealed, ring="data", context=files.CONTEXT)
    except (InvalidTag, IndexError, ValueError):
        return "does not open"
    name = keys.keyed_hash(hashlib.sha256(content).hexdigest(), purpose="file").hex()
    if name != digest:
        return "holds another content than its name says"
    return "" if size_bytes in (None, len(content)) else "has another length than its row says"


def _rest(home: Path) -> Iterator[Path]:
    for name in BESIDE:
        path = home / name
        yield from sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else ()
        if path.is_file():
            yield path


def _add(tar: tarfile.TarFile, path: Path, name: str) -> bool:
    try:
        handle = path.open("rb")
    except FileNotFoundError:
        return False
    with handle:
        entry = tar.gettarinfo(arcname=name, fileobj=handle)
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.type = tarfile.REGTYPE  # two names of one file must not become a link in the archive
        tar.addfile(entry, handle)
    return True


def _digest(name: str) -> str:
    return PurePosixPath(name).name.removesuffix(files.SUFFIX)
