"""Keys: what is sealed opens only where it was sealed, and only with its key."""

import multiprocessing
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from rohnamo.core import keys
from rohnamo.core.errors import KeyMissing, Refused


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROHNAMO_HOME", str(tmp_path))
    keys.forget_cached()
    keys.make_rings()
    yield tmp_path
    keys.forget_cached()


def test_given_a_sealed_text_when_it_is_opened_in_its_place_then_it_is_the_same(home: Path) -> None:
    sealed = keys.encrypt("Ғаниева Ҷамила", ring="data", context="people.personname.family")

    assert keys.decrypt(sealed, ring="data", context="people.personname.family") == "Ғаниева Ҷамила"
    assert "Ғаниева".encode() not in sealed


def test_given_a_sealed_text_when_it_is_moved_to_another_column_then_it_does_not_open(home: Path) -> None:
    sealed = keys.encrypt("992000000000", ring="data", context="people.phone.number")

    with pytest.raises(InvalidTag):
        keys.decrypt(sealed, ring="data", context="people.document.ending")


def test_given_a_new_key_version_when_old_values_are_read_then_they_still_open(home: Path) -> None:
    old = keys.encrypt("а", ring="data", context="x")

    version = keys.add_version("data")
    new = keys.encrypt("а", ring="data", context="x")

    assert (version, old[0], new[0]) == (2, 1, 2)
    assert keys.decrypt(old, ring="data", context="x") == keys.decrypt(new, ring="data", context="x") == "а"


def test_given_a_lost_key_when_a_value_is_read_then_the_message_names_the_file_only(home: Path) -> None:
    sealed = keys.encrypt("а", ring="callback", context="x")
    (home / "keys" / "callback-001.key").unlink()
    keys.forget_cached()

    with pytest.raises(KeyMissing, match=r"callback-001\.key is not in the key folder"):
        keys.decrypt(sealed, ring="callback", context="x")


def test_given_two_homes_when_the_same_value_is_hashed_then_the_hashes_differ(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = keys.keyed_hash("+992000000000", purpose="phone")
    monkeypatch.setenv("ROHNAMO_HOME", str(tmp_path / "other"))
    keys.forget_cached()
    keys.make_rings()

    assert keys.keyed_hash("+992000000000", purpose="phone") != first


def test_given_one_value_when_it_is_hashed_for_two_purposes_then_the_hashes_differ(home: Path) -> None:
    assert keys.keyed_hash("1", purpose="phone") != keys.keyed_hash("1", purpose="document")


def test_given_a_lost_ring_when_something_is_written_then_no_new_key_is_made_in_silence(home: Path) -> None:
    (home / "keys" / "data-001.key").unlink()
    keys.forget_cached()

    with pytest.raises(KeyMissing, match="Restore it from the key backup"):
        keys.encrypt("а", ring="data", context="x")

    assert not (home / "keys" / "data-001.key").exists()


def test_given_rings_that_make_hashes_when_a_second_key_is_asked_for_then_it_is_refused(home: Path) -> None:
    for ring in ("match", "rows"):
        with pytest.raises(Refused, match="would orphan every hash"):
            keys.add_version(ring)


def test_given_eight_processes_that_start_at_once_when_there_is_no_key_then_all_end_with_the_same_one(
    tmp_path: Path,
) -> None:
    with multiprocessing.get_context("spawn").Pool(8) as pool:
        hashes = pool.map(_hash_in_home, [str(tmp_path)] * 8)

    assert len(set(hashes)) == 1
    assert len(list((tmp_path / "keys").iterdir())) == len(keys.RINGS)


def _hash_in_home(home: str) -> bytes:
    import os

    os.environ["ROHNAMO_HOME"] = home
    keys.forget_cached()
    keys.make_rings()
    return keys.keyed_hash("x", purpose="test")
