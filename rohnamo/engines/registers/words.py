"""Small closed lists: sex, yes and no, total rows, group rows, and the services of the mission."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from rohnamo.engines.registers.fields import Sex
from rohnamo.engines.registers.folding import fold

_FEMALE = (
    "ж жен женский женщина женск женского з зан зани занон духтар f fem female w woman women girl زن مونث"
)
_MALE = "м муж мужской мужчина мужск мужского мард мардон писар бача m male man men boy مرد مذکر"
_SEXES = dict.fromkeys(_FEMALE.split(), Sex.FEMALE) | dict.fromkeys(_MALE.split(), Sex.MALE)

_YES = frozenset(
    [
        "да",
        "д",
        "ха",
        "бале",
        "оре",
        "yes",
        "y",
        "true",
        "1",
        "v",
        "есть",
        "согласен",
        "согласна",
        "розиам",
        "рози",
        "дод",
        "дал",
        "дала",
        "бали",
    ]
)
_NO = frozenset(
    ["нет", "н", "не", "no", "n", "false", "0", "отказ", "отказался", "отказалась", "против", "нест", "надод"]
)


def sex_of(text: str) -> Sex | None:
    """None when the word is not one of the list: 1 and 2 are not guessed."""
    return _SEXES.get(fold(text))


def consent_of(text: str) -> bool | None:
    """Yes or no; None when it is neither. Empty and dashes are no: silence is not consent."""
    if text in {"+", "✓", "✔", "☑"}:
        return True
    folded = fold(text)
    if folded in _YES:
        return True
    return False if folded in _NO or not folded else None


_TOTALS = frozenset(["итого", "всего", "хамаги", "чам", "total", "totals", "subtotal", "итог"])
_TOTAL_PAIRS = frozenset(
    {"grand total", "чами умуми", "чами кул", "sub total", "в том", "из них", "аз чумла", "аз онхо"}
)


def is_total(text: str) -> bool:
    """Whether a cell opens a row of totals (ИТОГО, Ҳамагӣ, Total, Всего, Ҷамъ …)."""
    words = fold(text).split(" ", 2)
    return words[0] in _TOTALS or " ".join(words[:2]) in _TOTAL_PAIRS


_FOOTER = re.compile(
    r"^(подпис|ответствен|директор|исполнител|составил|утвержда|руководител|главный|м п$|дата|имзо|масул|рохбар|"
    r"тартибдиханда|signature|signed|prepared|approved|responsible|note|примечан|эзох|source|источник)"
)


def is_footer(text: str) -> bool:
    """Whether a lone cell is a signature line or a remark below the register."""
    return "__" in text or bool(_FOOTER.match(fold(text)))


_AFGHAN = re.compile(r"\b(afgh?an\w*|афг[ао]н\w*|افغان\w*)")
# Whole words only: Ҷонибек is a person, "ҷониби" is a side.
_GROUP = re.compile(
    r"\b(side|officers?|participants?|groups?|people|persons?|staff|guards|police|"
    r"сторон[аы]|офицеры?|участники?|групп[аы]|люди|людей|человек|сотрудники?|"
    r"чониби?|тарафи?|афсарон|иштирокчиён|гурухи?|нафар|кормандон)\b"
)


def is_afghan(text: str) -> bool:
    """Whether a text names the Afghan side: such a row is a count, whatever stands in its name cell."""
    return bool(_AFGHAN.search(fold(text)))


def names_a_group(text: str) -> bool:
    return bool(_GROUP.search(fold(text)))


def recognise_service(text: str, vocabulary: Mapping[str, Sequence[str]]) -> str | None:
    """The service code whose words stand in a text, or None when none or several do.

    vocabulary: service code -> words and phrases in any language. The longest phrase found wins, so that
    "санҷиши манъи вуруд" is not taken for "санҷиш"; endings of words may differ ("скрининга", "скрининг").
    """
    words = tuple(fold(text).split())
    longest, found = 0, set[str]()
    for code, phrase in _phrases(vocabulary):
        if len(phrase) < longest or not _stands_in(phrase, words):
            continue
        found = found | {code} if len(phrase) == longest else {code}
        longest = len(phrase)
    return found.pop() if len(found) == 1 else None


def _phrases(vocabulary: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for code, phrases in vocabulary.items():
        for phrase in phrases:
            folded = tuple(_folded(phrase).split())
            if folded:
                yield code, folded


@lru_cache(maxsize=2048)
def _folded(phrase: str) -> str:
    return fold(phrase)


def _stands_in(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    size = len(phrase)
    starts = range(len(words) - size + 1)
    return any(all(map(_same_word, phrase, words[start : start + size])) for start in starts)


def _same_word(one: str, other: str) -> bool:
    """Equal, or equal but for an ending: at least four letters and all but two of the shorter word."""
    if one == other:
        return True
    need = max(4, min(len(one), len(other)) - 2)
    return len(one) - len(other) in range(-4, 5) and one[:need] == other[:need]
