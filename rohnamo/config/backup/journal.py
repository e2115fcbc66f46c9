"""What must not come back with an old backup: deeds since it was made, done again after a restore.

They are told by the log, and by what a record says of itself (`STATES`): a person is erased, a consent taken back.
A backup's folder keeps a journal of them beside the backups, because the home that knew them may be lost. It holds what
the log holds: moment, verb, kind and number of the record; never a personal value.
"""

import json
import os
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from rohnamo.config.backup.asking import Ask, moment
from rohnamo.config.backup.parts import settle
from rohnamo.core import keys
from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import RohnamoError

NAME = "erasures.jsonl"
PURPOSE = "backup.journal"
LONGEST_TRANSACTION = timedelta(minutes=5)
REASON = "done again after a backup was restored"
# A new verb that erases or takes a consent back is in the journal from its first day, also before an action stands here.
TELLING = ("erase", "withdraw_consent", "forget", "anonymise")

# (moment, verb, subject, its id)
Line = tuple[str, str, str, str]


@dataclass(frozen=True)
class Deed:
    """undone_by: the verb that takes it back. again: does it once more, given the id; None: the clock does, by its rule."""

    verb: str
    again: Callable[[str], None] | None
    undone_by: str = ""


def _disable(number: str) -> None:
    from rohnamo.staff.actions import disable_account  # noqa: PLC0415 -- models exist only after start
    from rohnamo.staff.models import User  # noqa: PLC0415 -- as above

    user = User.objects.filter(pk=number, is_active=True).first()
    if user:
        disable_account(user, by=SYSTEM, reason=REASON)


def _discard(number: str) -> None:
    from rohnamo.intake.actions import discard  # noqa: PLC0415 -- models exist only after start
    from rohnamo.intake.models import Upload  # noqa: PLC0415 -- as above
    from rohnamo.staff.models import User  # noqa: PLC0415 -- as above

    waiting = Upload.objects.filter(pk=number, decided_at=None).first()
    if waiting:
        # The action asks for a user because a page calls it; it only writes the name into the log.
        discard(waiting, by=cast(User, SYSTEM))


def _empty(number: str) -> None:
    from rohnamo.people.actions.taking_back import empty_persons  # noqa: PLC0415 -- models exist only after start
    from rohnamo.people.models import Person  # noqa: PLC0415 -- as above

    known = Person.objects.filter(pk=number, erased_at=None).values_list("pk", flat=True)
    empty_persons(list(known), by=SYSTEM, reason=REASON)


def _take_back(number: str) -> None:
    from rohnamo.intake.actions import undo  # noqa: PLC0415 -- models exist only after start
    from rohnamo.intake.models import Import  # noqa: PLC0415 -- as above

    register = Import.objects.filter(pk=number, undone_at=None).first()
    if register:
        undo(register, by=SYSTEM, reason=REASON)


# In the order in which they are done: a whole register first, then what is left of single people.
DEEDS = (
    Deed("staff.disable_account", _disable, undone_by="staff.enable_account"),
    Deed("intake.discard", _discard),
    Deed("intake.undo", _take_back),
    Deed("people.erased", _empty),
    Deed("people.erase_call_backs", None),
)
# Told by the record: verb, subject, its table, and the column that says since when. An action for it stands in DEEDS.
STATES = (
    ("people.erased", "people.person", "people_person", "erased_at"),
    ("people.consent_withdrawn", "people.consent", "people_consent", "withdrawn_on"),
)


def is_kept(verb: str) -> bool:
    """Whether lines of this verb go into the journal."""
    named = {verb for deed in DEEDS for verb in (deed.verb, deed.undone_by)}
    return verb in named or verb.rsplit(".", 1)[-1].startswith(TELLING)


def deeds(ask: Ask, tables: Collection[str]) -> tuple[Line, ...]:
    """What a database tells of deeds that must hold also after a restore."""
    lines = list(_logged(ask)) if "core_auditentry" in tables else []
    for verb, subject, table, column in STATES:
        if table in tables:
            found = ask(f'SELECT "{column}", id FROM "{table}" WHERE "{column}" IS NOT NULL')  # noqa: S608
            lines += [(moment(since), verb, subject, str(number)) for since, number in found]
    return tuple(lines)


def add(folder: Path, lines: Iterable[Line]) -> None:
    """Add what is news to the journal of a folder, whole or not at all."""
    before = _written(folder)
    together = before | {(*line, _seal(line)) for line in lines}
    if together == before:
        return
    draft = folder / f".{NAME}.{secrets.token_hex(4)}"
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as handle:
        handle.writelines(f"{json.dumps(line)}\n" for line in sorted(together))
        handle.flush()
        os.fsync(handle.fileno())
    draft.rename(folder / NAME)
    settle(folder)


def read(folder: Path) -> list[Line]:
    """The journal of a folder, oldest first: only what this home has written.

    Several homes may keep their backups in one folder, and in another home the same number is another person; nor may
    somebody who can write there have people erased.
    """
    lines = [cast(Line, written[:-1]) for written in _written(folder) if _seal(written[:-1]) == written[-1]]
    return sorted(lines)


def since(lines: Iterable[Line], taken_at: str, *, known: Iterable[Line]) -> list[Line]:
    """Deeds after a backup was taken that still hold: what was taken back later is left out.

    known: the deeds that the backup itself holds. A deed is dated when it begins and seen when it is committed, so
    the moment alone would miss one that was under way. Older lines that the backup does not know are of a home that was
    given up for an earlier backup: their numbers may mean other records today.
    """
    earliest = (datetime.fromisoformat(taken_at) - LONGEST_TRANSACTION).isoformat(timespec="microseconds")
    takes_back = {deed.undone_by: deed.verb for deed in DEEDS if deed.undone_by}
    standing: dict[tuple[str, str, str], Line] = {}
    for line in sorted({line for line in lines if line[0] > earliest} - set(known)):
        _at, verb, subject, number = line
        if verb in takes_back:
            standing.pop((takes_back[verb], subject, number), None)
        else:
            standing[verb, subject, number] = line
    return sorted(standing.values())


def do_again(lines: Iterable[Line]) -> tuple[list[str], list[str]]:
    """Do deeds once more. Returns sentences on what was done, and on what somebody has to do by hand."""
    known = {deed.verb: deed for deed in DEEDS}
    order = {deed.verb: number for number, deed in enumerate(DEEDS)}
    done, by_hand = [], []
    for at, verb, subject, number in sorted(lines, key=lambda line: (order.get(line[1], len(order)), line)):
        said = f"{verb} of {subject} {number}".rstrip() + f" ({at[:16].replace('T', ' ')} UTC)"
        if verb not in known:
            by_hand.append(said)
            continue
        try:
            if again := known[verb].again:
                again(number)
            done.append(said)
        except RohnamoError as problem:
            by_hand.append(f"{said}: {problem}")
    return done, by_hand


def _logged(ask: Ask) -> Iterator[Line]:
    verbs = [verb for (verb,) in ask("SELECT DISTINCT verb FROM core_auditentry") if is_kept(verb)]
    names = ", ".join(f"'{verb}'" for verb in verbs if "'" not in verb) or "''"
    query = f"SELECT at, verb, subject, subject_id FROM core_auditentry WHERE verb IN ({names}) ORDER BY id"  # noqa: S608
    for at, verb, subject, number in ask(query):
        yield moment(at), verb, subject, str(number)


def _written(folder: Path) -> set[tuple[str, ...]]:
    path = folder / NAME
    if not path.is_file():
        return set()
    with path.open(encoding="utf-8") as handle:
        return {tuple(map(str, json.loads(line))) for line in handle if line.strip()}


def _seal(line: tuple[str, ...]) -> str:
    return keys.keyed_hash("\x00".join(line), purpose=PURPOSE).hex()
