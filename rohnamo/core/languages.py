"""Text in the reader's language: what the mission's data and its pages share."""

from collections.abc import Mapping

from django.utils.translation import get_language

# By their own names: whoever looks for their language reads it in that language.
LANGUAGE_NAMES = {"tg": "Тоҷикӣ", "ru": "Русский", "en": "English"}
LANGUAGES = tuple(LANGUAGE_NAMES)
FALLBACK = ("ru", "en", "tg")


def in_language(text: Mapping[str, str] | None, language: str | None = None) -> str:
    """The text in one language (the active one if none is named), else in Russian, English, any; else ''."""
    if not text:
        return ""
    wanted = language or (get_language() or "ru")[:2]
    for code in (wanted, *FALLBACK, *text):
        if text.get(code):
            return text[code]
    return ""
