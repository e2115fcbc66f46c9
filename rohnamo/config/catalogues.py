"""`rohnamo messages`: gather visible words into the catalogues, and say what is not translated.

GNU gettext is not needed: Babel reads Python, and templates through Django's own translation of them to code.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from rohnamo.core.home import REPOSITORY

LANGUAGES = ("tg", "ru")  # English is the language of the source strings
PLAIN = ("gettext", "gettext_lazy", "gettext_noop", "_")
PLURAL = ("ngettext", "ngettext_lazy")
WITH_CONTEXT = ("pgettext", "pgettext_lazy")
PLURAL_WITH_CONTEXT = ("npgettext", "npgettext_lazy")
KEYWORDS = dict.fromkeys((*PLAIN, *PLURAL, *WITH_CONTEXT, *PLURAL_WITH_CONTEXT))
PACKAGE = REPOSITORY / "rohnamo"


@click.command(name="messages", epilog="Example: rohnamo messages --check")
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when a catalogue is not complete.")
def messages(*, check: bool) -> None:
    """Bring the catalogues up to date with the code, and compile them."""
    template = gathered()
    problems = [problem for language in LANGUAGES for problem in _bring_up(language, template, check=check)]
    for problem in problems:
        click.echo(problem, err=True)
    if problems and check:
        sys.exit(1)


def gathered() -> Catalog:
    """All visible words of code and templates, with the files they stand in."""
    catalog = Catalog(domain="django", project="Rohnamo", charset="utf-8")
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]):
        if {"tests", "migrations", "locale"} & set(path.parts):
            continue
        where = str(path.relative_to(REPOSITORY))
        for context, words in _messages_of(path):
            catalog.add(words, locations=[(where, 1)], context=context)
    return catalog


def catalogue(language: str) -> Catalog:
    """A language's catalogue as it stands."""
    with _po(language).open("rb") as handle:
        return read_po(handle, locale=language, domain="django")


def untranslated(language: str, template: Catalog) -> list[str]:
    """Source strings without a translation, or with one whose placeholders differ."""
    present = catalogue(language)
    missing = []
    for message in template:
        if not message.id:
            continue
        found = present.get(message.id, message.context)
        if found is None or found.fuzzy or not _is_complete(found):
            missing.append(str(message.id))
        elif _placeholders(found.id) != _placeholders(found.string):
            missing.append(f"{message.id} (other placeholders)")
    return missing


def _bring_up(language: str, template: Catalog, *, check: bool) -> list[str]:
    if not check:
        _write(language, template)
    missing = untranslated(language, template)
    return [f"{_po(language).relative_to(REPOSITORY)}: not translated: {words}" for words in missing]


def _write(language: str, template: Catalog) -> None:
    present = catalogue(language)
    present.update(template, no_fuzzy_matching=True)
    present.obsolete.clear()
    body = io.BytesIO()
    write_po(body, present, width=110, omit_header=False, sort_output=True, include_lineno=False)
    # The day of extraction changes every file on every run and says nothing.
    text = re.sub(
        rb'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To|Last-Translator|Language-Team)[^\n]*\n',
        b"",
        body.getvalue(),
    )
    _po(language).write_bytes(text)
    with _po(language).with_suffix(".mo").open("wb") as handle:
        write_mo(handle, catalogue(language))


def _messages_of(path: Path) -> Iterator[tuple[str | None, str | tuple[str, ...]]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    for _line, function, found, _comments in extract_python(
        io.BytesIO(source.encode()), KEYWORDS, [], {"encoding": "utf-8"}
    ):
        arguments = found if isinstance(found, list | tuple) else (found,)
        yield from _shaped(str(function), [text for text in arguments if isinstance(text, str)])


def _shaped(function: str, words: list[str]) -> Iterator[tuple[str | None, str | tuple[str, ...]]]:
    has_context = function in WITH_CONTEXT or function in PLURAL_WITH_CONTEXT
    context = words.pop(0) if has_context and words else None
    if not words or not words[0]:
        return
    is_plural = function in PLURAL or function in PLURAL_WITH_CONTEXT
    yield context, (words[0], words[1]) if is_plural else words[0]


def _is_complete(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def _placeholders(text: object) -> set[str]:
    spelled = " ".join(text) if isinstance(text, tuple | list) else str(text)
    return set(re.findall(r"%\((\w+)\)", spelled))


def _po(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


verbs = {"messages": messages}
