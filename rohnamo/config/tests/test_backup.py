"""`rohnamo backup` and `rohnamo restore` on a small mission: what is in them, what they refuse, what must not come back."""

import json
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rohnamo.config.backup import journal, locks, manifest
from rohnamo.config.backup.commands import backup as backup_command
from rohnamo.config.backup.commands import restore as restore_command
from rohnamo.config.backup.make import make
from rohnamo.config.backup.restore import Restored, restore
from rohnamo.config.tests.conftest import Query
from rohnamo.core.errors import KeyMissing, Refused, WrongData

PEOPLE = "SELECT count(*) FROM people_person"
AUDIT = (
    "INSERT INTO core_auditentry (at, actor_id, actor, verb, subject, subject_id, fields, reason) "
    "VALUES (strftime('%Y-%m-%d %H:%M:%f000', 'now', '+1 second'), 'system', 'system', ?, ?, ?, '[]', '')"
)


def run(command: object, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments])  # type: ignore[arg-type]


def back(source: Path, home: Path, *, over: bool = True, keys_from: Path | None = None) -> Restored:
    return restore(source, home, keys_from=keys_from, over=over)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_given_a_home_when_it_is_backed_up_then_the_manifest_says_what_is_in_it_and_no_key_is(
    home: Path, tmp_path: Path
) -> None:
    path, made = make(home, tmp_path / "backups")

    assert names(path) == ["files.tar", "main.sqlite3.gz", "manifest.json"]
    assert replace(manifest.read(path), seal="") == made
    assert (made.rows("people_person"), made.rows("deliveries_delivery"), made.files) == (20, 20, 2)
    assert set(made.opened) == {"data", "callback"}
    assert (made.damaged, [one.kind for one in made.databases]) == ((), ["sqlite"])
    assert sorted(made.keys) == ["callback-001.key", "data-001.key", "match-001.key", "rows-001.key"]
    secrets = [key.read_bytes() for key in (home / "keys").glob("*.key")]
    assert not [
        one
        for one in path.iterdir()
        for key in secrets
        if key in one.read_bytes() or key.hex() in one.read_text("latin1")
    ]
    assert {stat.S_IMODE(one.stat().st_mode) for one in path.iterdir()} == {0o600}
    assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_given_a_backup_and_its_keys_when_they_are_restored_elsewhere_then_everything_is_there(
    home: Path, tmp_path: Path, asked: Query
) -> None:
    told = run(backup_command, "--to", tmp_path / "backups", "--keys-to", tmp_path / "apart")
    [source] = (tmp_path / "backups").iterdir()
    new = tmp_path / "new"

    done = run(restore_command, source, "--into", new, "--keys-from", tmp_path / "apart")

    assert (told.exit_code, done.exit_code) == (0, 0), done.output
    assert "20 records of people, 20 deliveries, 2 stored files" in done.output
    assert asked(new, PEOPLE) == [(20,)]
    assert names(new / "files") == names(home / "files")
    assert [(new / "files" / name).read_bytes() for name in names(new / "files")] == [
        (home / "files" / name).read_bytes() for name in names(home / "files")
    ]
    assert names(new / "keys") == names(home / "keys")
    assert asked(new, "SELECT verb, reason FROM core_auditentry WHERE verb = 'house.restore'") == [
        ("house.restore", source.name)
    ]


def test_given_keys_when_they_shall_lie_with_the_data_or_where_others_look_then_they_are_not_written(
    home: Path, tmp_path: Path
) -> None:
    backups, open_to_all = tmp_path / "backups", tmp_path / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o755)

    same = run(backup_command, "--to", backups, "--keys-to", backups)
    below = run(backup_command, "--to", backups, "--keys-to", backups / "keys")
    above = run(backup_command, "--to", backups / "data", "--keys-to", backups)
    readable = run(backup_command, "--to", backups, "--keys-to", open_to_all)
    at_home = run(backup_command, "--to", home / "backups")

    assert {str(one.exception).split(":")[0] for one in (same, below, above)} == {
        "Keys beside the data undo the encryption"
    }
    assert isinstance(readable.exception, Refused)
    assert str(readable.exception).startswith("Others on this machine may look into")
    assert "it would be lost with it" in str(at_home.exception)
    assert list(tmp_path.rglob("*.key")) == list((home / "keys").rglob("*.key"))


def test_given_keys_that_are_kept_when_they_are_kept_again_then_there_is_one_copy_for_its_owner_only(
    home: Path, tmp_path: Path
) -> None:
    for _again in range(2):
        run(backup_command, "--to", tmp_path / "backups", "--keys-to", tmp_path / "apart", "--keep", "all")
        shutil.rmtree(tmp_path / "backups")

    [kept] = (tmp_path / "apart").iterdir()
    assert names(kept) == names(home / "keys")
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept.iterdir()} == {0o600}


def test_given_a_folder_of_somebody_else_when_a_backup_is_restored_into_it_then_it_is_left_alone(
    home: Path, tmp_path: Path
) -> None:
    source, _made = make(home, tmp_path / "backups")
    full = tmp_path / "full"
    full.mkdir()
    (full / "letters.txt").write_text("Not ours.")

    with pytest.raises(Refused, match=r"is not empty"):
        back(source, full, over=False, keys_from=home / "keys")

    assert names(full) == ["letters.txt"]


def test_given_a_living_home_when_a_backup_is_restored_then_it_needs_over_and_nobody_at_work(
    home: Path, tmp_path: Path, asked: Query
) -> None:
    source, _made = make(home, tmp_path / "backups")
    asked(home, "DELETE FROM core_clockround")

    with pytest.raises(Refused, match=r"A mission lives in .* stop the server and add --over"):
        back(source, home, over=False)
    with locks.serving(home), pytest.raises(Refused, match="A server is running"):
        back(source, home)
    with closing(sqlite3.connect(home / "data" / "rohnamo.sqlite3")) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("SELECT count(*) FROM people_person").fetchone()
        with pytest.raises(Refused, match="The main database is open elsewhere"):
            back(source, home)
    with locks.held(home, locks.BACKUP, otherwise=""), pytest.raises(Refused, match="is under way already"):
        make(home, tmp_path / "backups")

    assert names(tmp_path) == ["backups", "home"]
    assert len(names(tmp_path / "backups")) == 1


def test_given_a_living_home_when_a_backup_takes_its_place_then_the_one_of_before_is_kept_beside(
    home: Path, tmp_path: Path, asked: Query
) -> None:
    source, _made = make(home, tmp_path / "backups")
    asked(home, "DELETE FROM people_phone")

    done = back(source, home)

    [aside] = tmp_path.glob("home.before-*")
    assert done.aside == (str(aside),)
    assert asked(home, "SELECT count(*) FROM people_phone") == [(20,)]
    assert asked(aside, "SELECT count(*) FROM people_phone") == [(0,)]
    assert not list(tmp_path.glob(".home.*"))


@pytest.mark.parametrize("part", ["main.sqlite3.gz", "files.tar", "manifest.json"])
def test_given_one_byte_that_was_changed_when_the_backup_is_restored_then_the_file_is_named_and_nothing_changes(
    home: Path, tmp_path: Path, part: str
) -> None:
    source, _made = make(home, tmp_path / "backups")
    content = bytearray((source / part).read_bytes())
    at = content.index(b'"damaged"') - 4 if part == "manifest.json" else len(content) // 2
    at = content.index(b'"people_person": 20') + 17 if part == "manifest.json" else at
    content[at] ^= 1
    (source / part).write_bytes(content)

    with pytest.raises(WrongData, match=part):
        back(source, home)

    assert names(tmp_path) == ["backups", "home"]


def test_given_a_backup_that_was_made_over_with_its_sums_when_it_is_restored_then_its_seal_does_not_fit(
    home: Path, tmp_path: Path
) -> None:
    source, _made = make(home, tmp_path / "backups")
    forged = json.loads((source / "manifest.json").read_text())
    forged["damaged"] = ["Stored file of the forger's choice is not there."]
    (source / "manifest.json").write_text(json.dumps(forged))

    with pytest.raises(WrongData, match="its seal does not fit"):
        back(source, home)


def test_given_other_keys_when_a_backup_is_restored_then_each_wrong_one_is_named(
    home: Path, tmp_path: Path
) -> None:
    source, _made = make(home, tmp_path / "backups")
    wrong = tmp_path / "wrong"
    shutil.copytree(home / "keys", wrong)
    (wrong / "match-001.key").write_bytes(os.urandom(32))
    (wrong / "callback-001.key").unlink()

    with pytest.raises(
        KeyMissing, match=r"callback-001\.key is missing, match-001\.key is another key\. Name the folder"
    ):
        back(source, home, keys_from=wrong)
    with pytest.raises(KeyMissing, match="There are no keys in"):
        back(source, tmp_path / "elsewhere")


def test_given_what_is_no_whole_backup_when_it_is_restored_then_it_is_refused_in_a_sentence(
    home: Path, tmp_path: Path
) -> None:
    source, made = make(home, tmp_path / "backups")
    shutil.copytree(source, tmp_path / "backups" / ".half-1234")
    (tmp_path / "empty").mkdir()

    with pytest.raises(Refused, match=f"holds 1 backups. Name one of them; the newest is .*{source.name}"):
        back(tmp_path / "backups", home)
    with pytest.raises(Refused, match=r"it has no manifest\.json"):
        back(tmp_path / "empty", home)
    (tmp_path / "backups" / ".half-1234" / "manifest.json").unlink()
    with pytest.raises(Refused, match="was never finished"):
        back(tmp_path / "backups" / ".half-1234", home)

    assert made.mission == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "postgresql"}, "This backup is of PostgreSQL, and this installation works with SQLite"),
        ({"migrations": ["people.9999_of_tomorrow"]}, "people.9999_of_tomorrow is not known here"),
    ],
)
def test_given_a_backup_of_another_kind_or_a_newer_version_when_it_is_restored_then_the_reason_is_said(
    home: Path, tmp_path: Path, change: dict[str, object], says: str
) -> None:
    source, _made = make(home, tmp_path / "backups")
    read = json.loads((source / "manifest.json").read_text())
    read["databases"][0].update(change)
    (source / "manifest.json").write_text(json.dumps(read))

    with pytest.raises(Refused, match=says):
        back(source, home)


def test_given_a_stored_file_that_is_damaged_in_the_home_when_it_is_backed_up_then_it_is_named_and_nothing_old_deleted(
    home: Path, tmp_path: Path
) -> None:
    first = run(backup_command, "--to", tmp_path / "backups")
    sealed = next(path for path in (home / "files").iterdir() if path.stat().st_size < 100)
    sealed.write_bytes(sealed.read_bytes()[:-1] + b"!")
    gone = next(path for path in (home / "files").iterdir() if path != sealed)
    gone.unlink()
    (source_of_before,) = (tmp_path / "backups").iterdir()
    source_of_before.rename(tmp_path / "backups" / "first")

    second = run(backup_command, "--to", tmp_path / "backups", "--keep", "1,0,0")

    newest = next(path for path in (tmp_path / "backups").iterdir() if path.name != "first")
    assert (first.exit_code, second.exit_code) == (0, 1)
    assert sorted(manifest.read(newest).damaged) == sorted(
        [
            f"Stored file {sealed.name.split('.')[0]} does not open.",
            f"Stored file {gone.name.split('.')[0]} is not there.",
        ]
    )
    assert run(restore_command, newest, "--over").exit_code == 1  # restored all the same, and said again
    assert len(names(tmp_path / "backups")) == 2


def test_given_what_ran_out_or_was_ended_since_when_a_backup_is_restored_then_it_does_not_come_back(
    home: Path, tmp_path: Path, asked: Query
) -> None:
    asked(home, "UPDATE core_storedfile SET kept_until = date('now', '-2 days') WHERE size_bytes > 100")
    asked(home, "UPDATE people_callback SET consented_on = date('now', '-3 years') WHERE id = 1")
    asked(home, "INSERT INTO django_session VALUES ('k', 'data', '2999-01-01')")
    source, made = make(home, tmp_path / "backups")

    back(source, home)

    assert (made.files, made.rows("people_callback"), made.rows("django_session")) == (2, 3, 1)
    assert asked(home, "SELECT count(*) FROM core_storedfile") == [(1,)]
    assert len(names(home / "files")) == 1
    assert asked(home, "SELECT count(*) FROM people_callback") == [(2,)]
    assert asked(home, "SELECT count(*) FROM django_session") == [(0,)]


def test_given_deeds_since_the_backup_when_it_is_restored_then_they_are_done_again_or_named(
    home: Path, tmp_path: Path, asked: Query
) -> None:
    source, _made = make(home, tmp_path / "backups")
    [(officer,)] = asked(home, "SELECT id FROM staff_user WHERE username = 'officer'")
    asked(home, "UPDATE staff_user SET is_active = 0 WHERE id = ?", officer)
    asked(home, AUDIT, "staff.disable_account", "staff.user", str(officer))
    asked(home, AUDIT, "people.forget_the_test", "people.person", "7")
    asked(
        home,
        "UPDATE people_person SET erased_at = strftime('%Y-%m-%d %H:%M:%S', 'now', '+1 second') WHERE id = 5",
    )
    [(consent,)] = asked(home, "SELECT id FROM people_consent WHERE person_id = 6")
    asked(home, "UPDATE people_consent SET withdrawn_on = date('now') WHERE id = ?", consent)

    told = run(restore_command, source, "--over")

    assert told.exit_code == 1
    assert f"Done again: staff.disable_account of staff.user {officer} (" in told.output
    assert "Done again: people.erased of people.person 5 (" in told.output
    assert "by hand: people.forget_the_test of people.person 7 (" in told.output
    assert f"by hand: people.consent_withdrawn of people.consent {consent} (" in told.output
    assert asked(home, "SELECT is_active FROM staff_user WHERE id = ?", officer) == [(0,)]
    assert asked(home, "SELECT count(*) FROM people_person WHERE erased_at IS NOT NULL") == [(1,)]
    assert asked(
        home, "SELECT count(DISTINCT person_id) FROM people_personname WHERE person_id IN (4, 5)"
    ) == [(1,)]
    assert asked(home, "SELECT count(*) FROM people_phone WHERE person_id = 5") == [(0,)]


def test_given_a_home_that_is_lost_when_an_older_backup_is_restored_then_the_journal_beside_it_knows_what_came_since(
    home: Path, tmp_path: Path, asked: Query
) -> None:
    source, _made = make(home, tmp_path / "backups")
    source = source.rename(source.with_name("older"))
    [(officer,)] = asked(home, "SELECT id FROM staff_user WHERE username = 'officer'")
    asked(home, AUDIT, "staff.disable_account", "staff.user", str(officer))
    make(home, tmp_path / "backups")
    keys_apart = shutil.copytree(home / "keys", tmp_path / "apart")
    shutil.rmtree(home)
    (home / "keys").mkdir(parents=True)
    (home / "keys" / "web.key").write_bytes(b"made by looking in")

    done = back(source, home, keys_from=keys_apart, over=False)

    assert len(journal.read(tmp_path / "backups")) == 1
    assert [said.split(" (")[0] for said in done.done] == [f"staff.disable_account of staff.user {officer}"]
    assert asked(home, "SELECT is_active FROM staff_user WHERE id = ?", officer) == [(0,)]
    assert done.aside == ()
