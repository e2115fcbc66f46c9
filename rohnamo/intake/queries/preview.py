"""The rows of a register as a page shows them: verdict, what may be named, and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from rohnamo.intake.queries.beside import answered, district_names, name_of
from rohnamo.intake.queries.lines import GROUP, OFFICIAL, PERSON
from rohnamo.intake.queries.sentences import sentences
from rohnamo.intake.queries.uploads import Looked, Told
from rohnamo.ui import spelling
from rohnamo.ui.drawing import Share, shares_bar

Shares = Mapping[str, tuple[str, ...]]
# The parts of the bar, and the verdicts that each stands for.
BEFORE: Shares = {
    "person": ("person",),
    "known": ("known",),
    "doubtful": ("doubtful",),
    "counted": ("counted", "coded"),
    "refused": ("refused",),
    "repeat": ("repeat",),
}
# Once a register is in, its project knows everybody in it. Who was known before would tell where else they are known.
AFTER: Shares = {
    "person": ("new", "known", "doubtful"),
    "open": ("open",),
    "counted": ("counted", "coded"),
    "refused": ("refused",),
    "repeat": ("repeat",),
}
FOR_PARTNERS: Shares = {
    "rest": ("person", "new", "known", "doubtful", "counted", "coded"),
    "refused": ("refused",),
    "repeat": ("repeat",),
}
ONLY_IF_ANY = frozenset({"repeat", "open"})
# How the furniture dresses what is not a verdict of its own.
DRESS = {"person": "new", "rest": "new", "coded": "counted", "repeat": "done", "open": "doubtful"}


def tally(counts: Mapping[str, int], shares: Shares, *, is_past: bool, href: str = "") -> dict[str, Any]:
    """What tally.html takes. href: the page whose ?verdict= shows the rows of a share; empty for no links."""
    sums = {name: sum(counts.get(verdict, 0) for verdict in verdicts) for name, verdicts in shares.items()}
    shown = [name for name in shares if sums[name] or name not in ONLY_IF_ANY]
    words, texts = _words(), _past_texts() if is_past else _texts()
    return {
        # Repeats add nothing, so they are no part of the bar.
        "bar": shares_bar([Share(_colour(name), sums[name]) for name in shares if name != "repeat"]),
        "shares": [
            {
                "kind": DRESS.get(name, name),
                "number": sums[name],
                "word": words[name],
                "text": texts[name],
                "href": f"{href}?verdict={name}" if href and sums[name] else "",
            }
            for name in shown
        ],
    }


def with_open(counts: Mapping[str, int], undecided: int) -> dict[str, int]:
    """Counts of a register that is in, with the rows about which the reader is still to decide apart from the rest."""
    taken = min(undecided, counts.get("doubtful", 0))
    return {**counts, "doubtful": counts.get("doubtful", 0) - taken, "open": taken}


def of_share(rows: Sequence[Looked], share: str) -> list[Looked]:
    """Rows of one share; all of them for none."""
    return [row for row in rows if not share or row.verdict.value in BEFORE[share]]


def columns(*, with_hours: bool = False) -> list[str]:
    hours = [pgettext("what a column holds", "Hours")] if with_hours else []
    return [
        pgettext("of a person", "Name, as written"),
        _("Father's name"),
        _("Year of birth"),
        _("District"),
        *hours,
    ]


def have_hours(looked: Sequence[Looked]) -> bool:
    return any(row.line.hours is not None for row in looked)


def rows(listed: Sequence[Looked], *, shows_names: bool, with_hours: bool = False) -> list[dict[str, Any]]:
    """What verdict_rows.html takes, without comparisons. Names only where the service may know them."""
    districts = district_names(row.line.district for row in listed)
    return [
        {
            "place": row.line.row,
            "kind": DRESS.get(row.verdict.value, row.verdict.value),
            "word": _row_word(row),
            "cells": [*_cells(row, districts), *_hours(row, with_hours)] if shows_names else [],
            "why": _in_a_row(sentences(row.reasons)) or _why(row),
            "comparison": None,
        }
        for row in listed
    ]


def rows_to_take(counts: Counter[str]) -> int:
    """How many rows accepting takes in."""
    return sum(counts.values()) - counts["refused"] - counts["repeat"]


def _in_a_row(words: Sequence[str]) -> str:
    """Reasons of two kinds in one cell: whole sentences follow each other, single words stand between semicolons."""
    joined = ""
    for reason in words:
        joined += reason if not joined else f"{' ' if joined.endswith('.') else '; '}{reason}"
    return joined


def _cells(row: Looked, districts: Mapping[str, str]) -> list[dict[str, Any]]:
    line = row.line
    district = {"text": districts.get(line.district, "")}
    if row.verdict is Told.REFUSED:
        return [{"text": ""}, {"text": ""}, {"text": ""}, district]
    if line.kind in {PERSON, OFFICIAL}:
        names = [{"text": name_of(row)}, {"text": line.patronymic}]
        return [*names, {"text": str(line.birth[0] or "") if line.kind == PERSON else ""}, district]
    dropped = {"text": pgettext("a name", "not kept"), "is_dropped": True}
    return [dropped, dropped, {"text": _sex_and_age(row)}, district]


def _hours(row: Looked, is_shown: bool) -> list[dict[str, Any]]:
    if not is_shown:
        return []
    hours = row.line.hours
    return [{"text": "" if hours is None else spelling.number(hours, get_language() or "ru")}]


def _sex_and_age(row: Looked) -> str:
    line = row.line
    sex = {"f": pgettext("sex, short", "f"), "m": pgettext("sex, short", "m")}.get(line.sex, "")
    age = (
        str(line.birth[0] or "")
        if line.kind != GROUP
        else ("" if line.age == "u" else line.age.replace("-", "–"))
    )
    return ", ".join(filter(None, (sex, age)))


def _row_word(row: Looked) -> str:
    word = _row_words()[row.verdict.value]
    if row.verdict is Told.DOUBTFUL and row.answer:
        return _("%(verdict)s: %(answer)s") % {"verdict": word, "answer": answered(row.answer)}
    return word


def _why(row: Looked) -> str:
    return {
        Told.PERSON: _("will be registered, or added to who is there already"),
        Told.REPEAT: _("this row came before"),
        Told.DOUBTFUL: _("resembles a record"),
    }.get(row.verdict, "")


def _colour(name: str) -> str:
    return {"person": "new", "rest": "new", "open": "doubtful"}.get(name, name)


def _words() -> dict[str, str]:
    return {
        "person": pgettext("rows of a register", "people"),
        "known": pgettext("rows of a register", "known"),
        "doubtful": pgettext("rows of a register", "doubtful"),
        "open": pgettext("rows of a register", "doubtful"),
        "counted": pgettext("rows of a register", "counted without a name"),
        "rest": pgettext("rows of a register", "taken in"),
        "refused": pgettext("rows of a register", "refused"),
        "repeat": pgettext("rows of a register", "repeated"),
    }


def _row_words() -> dict[str, str]:
    return {
        "person": pgettext("one row", "person"),
        "known": pgettext("one row", "known"),
        "doubtful": pgettext("one row", "doubtful"),
        "repeat": pgettext("one row", "repeated"),
        "coded": pgettext("one row", "under a code"),
        "counted": pgettext("one row", "without a name"),
        "refused": pgettext("one row", "refused"),
    }


def _texts() -> dict[str, str]:
    return {
        "person": _("Will be registered, or added to who is there already"),
        "known": _("Are in your projects already; the service is added"),
        "doubtful": _("Wait for somebody's decision"),
        "counted": _("Name and phone are dropped"),
        "rest": _("Will be taken in"),
        "refused": _("Correct them and send them again"),
        "repeat": _("Came before; nothing is added"),
    }


def _past_texts() -> dict[str, str]:
    return {
        "person": _("Were registered, or added to who was there already"),
        "open": _("Are in as different people until somebody decides"),
        "counted": _("Name and phone were dropped"),
        "rest": _("Were taken in"),
        "refused": _("Correct them and send them again"),
        "repeat": _("Came before; nothing was added"),
    }
