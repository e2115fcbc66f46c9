"""One small folding of words, so that Ҷинс, ҷинс, Чинс and Джинс are one title."""

from __future__ import annotations

import re
import unicodedata

# The second line is what pre-Unicode Tajik fonts left behind when their text was pasted into Unicode files.
_LETTERS = str.maketrans(
    "ёғӣқӯҳҷ" + "љњїќўѓ",
    "егикухч" + "чхикуг",
    "ъ'’‘ʼʻ`´′ʹʺ\u200b\u200e\u200f\ufeff\u00ad",
)
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower case, plain letters, single spaces: for comparing titles and words, never for storing.

    ғ ӣ қ ӯ ҳ ҷ become г и к у х ч, дж becomes ч, ё becomes е; ъ and apostrophes vanish;
    other punctuation becomes a space; № becomes "no".
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    return _NOT_WORD.sub(" ", plain).strip().replace("дж", "ч")


_TO_LATIN = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziiklmnoprstufhie", strict=True)),
        "ж": "j",
        "ч": "j",
        "ц": "ts",
        "ш": "s",
        "щ": "s",
        "ь": "",
        "ю": "u",
        "я": "a",
        " ": "",
    }
)
# Longest first: "dzh" before "zh". Every way to write ж, ч, ҷ and дж becomes j; the French "ou" becomes u.
_LATIN_PAIRS = re.compile("dzh|tch|dj|ch|zh|kh|gh|sh|ou|ya|yu|q|x|w|y")
_LATIN = {
    "dzh": "j", "tch": "j", "dj": "j", "ch": "j", "zh": "j", "kh": "h", "gh": "g", "sh": "s",
    "ou": "u", "ya": "a", "yu": "u", "q": "k", "x": "h", "w": "v", "y": "i",
}  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
# Russian says "Шаартузский район" for Шаартуз: the adjective and the name get one key.
_ADJECTIVE = re.compile(r"(?<=...)sk[ia]$")


def place_key(folded: str) -> str:
    """The same key for a place name in Tajik, Russian and Latin letters: Қумсангир = Кумсангир = Qumsangir."""
    latin = _LATIN_PAIRS.sub(lambda pair: _LATIN[pair.group()], folded)
    return _ADJECTIVE.sub("", _DOUBLE.sub(r"\1", latin.translate(_TO_LATIN)))


_SPACES = re.compile(r"[\s\u200b\u200e\u200f\ufeff\u00ad]+")
_NOTHING = frozenset(
    {"", "-", "--", "---", "–", "—", "_", ".", "..", "...", "x", "х", "n/a", "na", "н/д", "нд", "#n/a", "none", "null"}
)  # fmt: skip


def tidy(value: object) -> str:
    """The text of a cell without stray spaces; "" for an empty cell or a mark that stands for nothing.

    Whole numbers lose the ".0" that spreadsheets give them.
    """
    if isinstance(value, str):
        text = value
    elif isinstance(value, float) and value.is_integer():
        text = str(int(value))
    else:
        text = str(value)
    if not text.isalnum():
        text = _SPACES.sub(" ", text).strip()
    return "" if len(text) < 5 and text.casefold() in _NOTHING else text
