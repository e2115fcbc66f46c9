"""Make text comparable: one shape for names before they are read, another for column titles and places."""

import re
import unicodedata

from rohnamo.engines.names.scripts import mend_legacy_letters, mend_lookalikes

# Zero-width space, joiners, direction marks and isolates, soft hyphen, byte order mark.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
_ZERO_WIDTH_NON_JOINER = "\u200c"

# Persian and Arabic keyboards write one letter with several code points (Unicode chapter 9.2).
_PERSIAN_VARIANTS = str.maketrans(
    "\u064a\u0649\u0643\u0629\u06c0\u06c1\u06d5\u06be\u0623\u0625\u0671\u0624\u0626\u06cd\u06d0",
    "\u06cc\u06cc\u06a9\u0647\u0647\u0647\u0647\u0647\u0627\u0627\u0627\u0648\u06cc\u06cc\u06cc",
    "\u0640\u0621\u0654\u0655\u0670" + "".join(chr(code) for code in range(0x064B, 0x0653)),
)
_APOSTROPHES = "'\u2019\u2018\u02bc\u02bb\u0060\u00b4\u02b9\u02ba\u2032\""
_NO_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)
_DASHES = re.compile("[-\u2010-\u2015\u2212_/]+")
_NOT_WORD = re.compile(r"[^\w\s]+")

_TAJIK_TO_RUSSIAN = str.maketrans("ғӣқӯҳҷёйъўї", "гикухжеи\u044aуи", "\u044a\u044c")


def normalise(text: str) -> str:
    """Return the text in one width and case-kept form, without invisible marks, with letters mended.

    Half-spaces of Persian become spaces; Arabic letter variants become Persian ones; letters of old Tajik
    fonts and look-alikes inside one word are put right. Case, order and punctuation stay.
    """
    text = unicodedata.normalize("NFKC", text.replace(_ZERO_WIDTH_NON_JOINER, " ").translate(_INVISIBLE))
    text = text.translate(_PERSIAN_VARIANTS)
    return " ".join(mend_lookalikes(word) for word in mend_legacy_letters(text).split())


def without_apostrophes(text: str) -> str:
    return text.translate(_NO_APOSTROPHES)


def fold_word(text: str) -> str:
    """Return a title or place name as bare lower-case words that compare equal however they were typed.

    Tajik letters fold to their Russian neighbours, ё to е, й to и, Latin letters lose their marks;
    apostrophes vanish, hyphens and other signs become one space. "Қӯрғонтеппа" = "Кургонтеппа",
    "Vose'" = "vose". Scripts are not joined: a list of places knows its names in each.
    """
    folded = without_apostrophes(normalise(text).casefold()).translate(_TAJIK_TO_RUSSIAN)
    folded = _NOT_WORD.sub(" ", _DASHES.sub(" ", _without_marks(folded)))
    return " ".join(folded.split())


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
