"""Keys of this installation. They lie in `keys/` of the home folder: outside the database and its backup.

Four rings, so that each can be given, rotated or destroyed alone:
`data` encrypts names, phones, documents and free text about persons; `callback` encrypts the names and phones
of people who agreed to be called back (coded services); `match` makes keyed hashes for finding the same person;
`rows` makes keyed hashes of rows of registers, so that a row that comes again is known. It is a ring of its own
because rows of counted services are in it: whoever holds `match` only can ask nothing about them.
"""

import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rohnamo.core.errors import KeyMissing, Refused
from rohnamo.core.home import folder

RINGS = ("data", "callback", "match", "rows")
HASHING_RINGS = frozenset({"match", "rows"})
KEY_BYTES = 32
MOST_VERSIONS = 255
NONCE_BYTES = 12


def encrypt(text: str, *, ring: str, context: str) -> bytes:
    """Encrypt text; see `seal`."""
    return seal(text.encode(), ring=ring, context=context)


def decrypt(sealed: bytes, *, ring: str, context: str) -> str:
    """Open what `encrypt` made; see `unseal`."""
    return unseal(sealed, ring=ring, context=context).decode()


def seal(content: bytes, *, ring: str, context: str) -> bytes:
    """Encrypt with the newest key of a ring.

    context: table and column, bound as associated data, so that a value moved elsewhere does not open.
    Returns one byte of key version, twelve of nonce, then the ciphertext with its tag.
    """
    version = newest(ring)
    nonce = os.urandom(NONCE_BYTES)
    return bytes([version]) + nonce + _cipher(ring, version).encrypt(nonce, content, context.encode())


def unseal(sealed: bytes, *, ring: str, context: str) -> bytes:
    """Open what `seal` made. Raises KeyMissing when its key is gone, InvalidTag when it was changed or moved."""
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    return _cipher(ring, sealed[0]).decrypt(nonce, body, context.encode())


def keyed_hash(value: str, *, purpose: str, ring: str = "match") -> bytes:
    """Sixteen bytes that are the same for the same value and purpose, and worthless without the key."""
    return hmac.digest(_read(ring, newest(ring)), f"{purpose}\x00{value}".encode(), hashlib.sha256)[:16]


def match_key() -> bytes:
    """The secret behind the keys by which people are found."""
    return _read("match", newest("match"))


def newest(ring: str) -> int:
    """The highest key version of a ring, 1 to 255. Raises KeyMissing when the ring has none.

    A missing key is never made on the way: what was written with the lost one could no longer be read, and a
    restored backup would not fit what was written since.
    """
    if not _versions(ring):
        raise KeyMissing(f"There is no {ring} key in the key folder. Restore it from the key backup.")
    return max(_versions(ring))


def make_rings() -> list[str]:
    """Give every ring that has no key its first one: once, when a home is made. Returns the names of those."""
    made = [ring for ring in RINGS if not _versions(ring)]
    for ring in made:
        # Not `add_version`: of two processes that start together both must end with the same first key.
        _write_once(_path(ring, 1), secrets.token_bytes(KEY_BYTES))
    forget_cached()
    return made


def add_version(ring: str) -> int:
    """Put a new key into a ring and return its version: the first step of a rotation."""
    version = max(_versions(ring), default=0) + 1
    if version > 1 and ring in HASHING_RINGS:
        raise Refused(
            f"A second {ring} key would orphan every hash made with the first one. Nothing was changed."
        )
    if version > MOST_VERSIONS:
        raise Refused(f"Ring {ring} is full: {MOST_VERSIONS} keys. Nothing was changed.")
    _write_once(_path(ring, version), secrets.token_bytes(KEY_BYTES))
    forget_cached()
    return version


def web_secret() -> str:
    """Django's secret for sessions and signed links."""
    path = folder("keys") / "web.key"
    if not path.exists():
        _write_once(path, secrets.token_bytes(KEY_BYTES))
    return path.read_bytes().hex()


def forget_cached() -> None:
    """Drop what is cached of the key folder: after a rotation, or when tests change the home."""
    _versions.cache_clear()
    _read.cache_clear()
    _cipher.cache_clear()


def _path(ring: str, version: int) -> Path:
    return folder("keys") / f"{ring}-{version:03d}.key"


@cache
def _versions(ring: str) -> tuple[int, ...]:
    return tuple(sorted(int(path.stem.rsplit("-", 1)[1]) for path in folder("keys").glob(f"{ring}-*.key")))


@cache
def _read(ring: str, version: int) -> bytes:
    path = _path(ring, version)
    if not path.exists():
        raise KeyMissing(f"Key {path.name} is not in the key folder. Restore it from the key backup.")
    return path.read_bytes()


@cache
def _cipher(ring: str, version: int) -> AESGCM:
    return AESGCM(_read(ring, version))


def _write_once(path: Path, secret: bytes) -> None:
    # A hard link is the only way to create a file whole or not at all: two processes that start together
    # must end with the same key, and neither may read half of it.
    draft = path.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, secret)
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    folder_handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder_handle)
    finally:
        os.close(folder_handle)
