"""The text of a CSV file, whatever encoding it was saved in.

Marks at the start and UTF-8 are certain. Among the one-byte Cyrillic encodings the text that looks most
like Russian or Tajik writing wins: in the wrong one words begin small and grow capitals, or hold lines of
boxes. Latin letters with accents are taken for Windows' own; charset-normalizer is asked about the rest.
"""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from rohnamo.engines.registers.errors import UnknownEncoding, WrongFileType

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# KOI8-T is koi8-r with the six Tajik letters in the place of box drawings.
_CYRILLIC = ("cp1251", "koi8_t", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5")
_SAMPLE_BYTES = 200_000
_LEAST_SCORE = 0.6

_COMMON = re.compile("[оеаинтсрвлкмдпу]")
_SMALL = re.compile("[а-яёғӣқӯҳҷ]")
_CAPITAL = re.compile("[А-ЯЁҒӢҚӮҲҶ]")
_COMMON_CAPITAL = re.compile("[ОЕАИНТСРВЛКМДПУ]")
_GROWS = re.compile("[а-яёғӣқӯҳҷ][А-ЯЁҒӢҚӮҲҶ]")
_NOT_WESTERN = re.compile(r"[^\x00-\x7fÀ-ÖØ-öø-ÿŒœŠšŽž’‘“”–—°«»\xa0]")
_MIXED = re.compile("[A-Za-z][А-яЁё]|[А-яЁё][A-Za-z]")
_FOREIGN = re.compile(r"[^\x00-\x7fа-яА-ЯёЁғӣқӯҳҷҒӢҚӮҲҶ№«»–—’‘“”…\xa0°]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_EXPECTED = re.compile(r"[\t\r\n\x20-\x7e\xa0-\xff\u0400-\u052f\u0600-\u06ff\u2010-\u2122\ufb50-\ufeff]")


def decode(data: bytes) -> str:
    """The text of a file. Raises UnknownEncoding, and WrongFileType when it holds binary data."""
    text = _decode(data)
    if "\0" in text:
        raise WrongFileType(kind="binary")
    return text


def _decode(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, name)
    if b"\0" in data[:4096]:
        return _utf16_without_mark(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, _one_byte_encoding(data))


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError) as error:
        raise UnknownEncoding from error


def _utf16_without_mark(data: bytes) -> str:
    """Zero bytes are binary data or UTF-16: it is text when nearly every letter is an expected one."""
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        sample = text[:4096]
        if len(_EXPECTED.findall(sample)) > 0.95 * len(sample):
            return text
    raise WrongFileType(kind="binary")


def _one_byte_encoding(data: bytes) -> str:
    sample = data[:_SAMPLE_BYTES]
    scores = {name: score for name in _CYRILLIC if (score := _likeness(sample, name)) is not None}
    best = max(scores, key=lambda name: scores[name], default=None)
    if best is not None and scores[best] >= _LEAST_SCORE:
        return best
    if _is_western(sample):
        return "cp1252"
    guess = charset_normalizer.from_bytes(sample).best()
    if guess is None:
        raise UnknownEncoding
    return guess.encoding


def _is_western(sample: bytes) -> bool:
    """Latin letters with accents and nothing odd: Windows writes them so almost everywhere."""
    try:
        return not _NOT_WESTERN.search(sample.decode("cp1252"))
    except UnicodeDecodeError:
        return False


def _likeness(sample: bytes, name: str) -> float | None:
    """How much like Russian or Tajik writing, per letter beyond ASCII; None when it cannot be decoded."""
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return None
    beyond = len(_NOT_ASCII.findall(text))
    if not beyond:
        return None
    small = len(_SMALL.findall(text)) + len(_COMMON.findall(text))
    capital = len(_CAPITAL.findall(text)) + len(_COMMON_CAPITAL.findall(text))
    bad = 3 * len(_GROWS.findall(text)) + 4 * len(_FOREIGN.findall(text)) + 2 * len(_MIXED.findall(text))
    return (small + capital / 2 - bad) / beyond
