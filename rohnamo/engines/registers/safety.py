"""Looks at a file before any parser does: its kind, its size unpacked, locks, macros."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from typing import NamedTuple

from rohnamo.engines.registers.errors import (
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    MacroFile,
    WrongFileType,
    ZipBomb,
)

_MEGABYTE = 1024 * 1024


class Limits(NamedTuple):
    """What a register may weigh. cells: rows times columns of a sheet, because an empty corner costs too.

    ratio: bytes unpacked per byte packed that one part of an XLSX may have (real sheets reach about 40).
    """

    file_bytes: int = 25 * _MEGABYTE
    unpacked_bytes: int = 300 * _MEGABYTE
    ratio: int = 250
    parts: int = 2000
    rows: int = 200_000
    columns: int = 300
    cells: int = 6_000_000


DEFAULT_LIMITS = Limits()


class FileKind(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    TEXT = "text"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KNOWN = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"RIFF", "image"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"SQLite format 3", "binary"),
    (b"\x7fELF", "binary"),
)
_MARKUP = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?<(\?xml|!doctype|html|head|body|table|meta|style)", re.I | re.S
)
_ZIPPED = (
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "word"),
    ("ppt/presentation.xml", "presentation"),
    ("content.xml", "ods"),
)


def kind_of(data: bytes, limits: Limits) -> FileKind:
    """What a file is by its content; its name is not trusted. Raises what makes it no register."""
    if not data:
        raise EmptyFile
    if len(data) > limits.file_bytes:
        raise FileTooLarge(size_bytes=len(data), limit_bytes=limits.file_bytes)
    for start, kind in _KNOWN:
        if data.startswith(start):
            raise WrongFileType(kind=kind)
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return FileKind.XLSX
    markup = _MARKUP.match(data[:2000])
    if markup:
        raise WrongFileType(kind="xml" if markup.group(1).lower() == b"?xml" else "html")
    return FileKind.TEXT


def _ole_kind(data: bytes) -> FileKind:
    """Old Office files share one container; the names of its streams, in UTF-16, tell what it holds."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedFile
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise MacroFile
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return FileKind.XLS
    raise WrongFileType(kind="word" if "WordDocument".encode("utf-16-le") in data else "binary")


def open_package(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The parts of an XLSX file, once their number and size are known to be harmless."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise BrokenFile(part="package") from error
    parts = package.infolist()
    names = [part.filename for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise EncryptedFile
    _check_size(parts, limits)
    _check_names(names)
    return package


def _check_size(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked = sum(part.file_size for part in parts)
    is_swollen = any(
        part.file_size > 2 * _MEGABYTE and part.file_size > limits.ratio * max(part.compress_size, 1)
        for part in parts
    )
    if is_swollen or unpacked > limits.unpacked_bytes or len(parts) > limits.parts:
        raise ZipBomb(unpacked_bytes=unpacked, limit_bytes=limits.unpacked_bytes)


def _check_names(names: list[str]) -> None:
    if len(set(names)) != len(names):
        # Two parts of one name: each program reads another one, so nobody knows what is in the file.
        raise BrokenFile(part="package")
    if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names):
        raise MacroFile
    if "xl/workbook.xml" in names:
        return
    for name, kind in _ZIPPED:
        if name in names:
            raise WrongFileType(kind=kind)
    raise WrongFileType(kind="archive")
