"""What is wrong, in the reader's words: one sentence for each kind of breach, whatever rule names it."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from rohnamo.engines.iati import Fate, NotReadable, Severity

Problem = Mapping[str, Any]

SENTENCES: Mapping[str, LazyText] = {
    # The structure.
    "missing-element": _("“%(name)s” is missing."),
    "missing-attribute": _("The attribute “%(name)s” is missing."),
    "unknown-element": _("The standard knows no “%(name)s” here."),
    "unknown-attribute": _("The standard knows no attribute “%(name)s” here."),
    "repeated-element": _("“%(name)s” may stand here only once."),
    "order": _("“%(name)s” stands in the wrong place. The order of the standard was restored."),
    "unexpected-text": _("No text belongs here, only elements: “%(value)s”."),
    "not-date": _("“%(value)s” in “%(name)s” is no day. Write year-month-day, as in 2026-03-01."),
    "not-dateTime": _("“%(value)s” in “%(name)s” is no point in time. Write 2026-03-01T12:00:00Z."),
    "not-decimal": _("“%(value)s” in “%(name)s” is no number. Write digits and a point, without spaces."),
    "not-boolean": _("“%(value)s” in “%(name)s” is neither yes nor no. Write 1 or 0."),
    "not-int": _("“%(value)s” in “%(name)s” is no whole number."),
    "not-nonNegativeInteger": _("“%(value)s” in “%(name)s” is no whole number from 0 on."),
    "not-positiveInteger": _("“%(value)s” in “%(name)s” is no whole number from 1 on."),
    "not-NMTOKEN": _("“%(value)s” in “%(name)s” is no single word."),
    "not-language": _("“%(value)s” in “%(name)s” is no code of a language."),
    "no-identifier": _("The activity has no identifier. Without one it cannot be taken."),
    "too-many-breaches": _("The activity has %(count)s faults or more. Nothing of it is taken."),
    "duplicate": _("An activity with this identifier stands earlier in the file. Only the first one counts."),
    "not-writable": _("The project is not in the file, because it lacks what the standard needs: %(what)s."),
    "extension-of-file": _("“%(name)s” belongs to no activity, and is not kept."),
    # Identifiers and organisations.
    "identifier-of-organisation": _(
        "The activity has the same identifier as the organisation that reports it."
    ),
    "identifier-start": _(
        "The identifier must begin with that of the reporting organisation (%(start)s) and a hyphen."
    ),
    "agency": _("“%(value)s” does not begin with an agency code that IATI knows."),
    "blanks": _("“%(what)s” begins or ends with a space or an empty line."),
    "signs": _("“%(what)s” holds one of the signs / & | ?"),
    "organisation-unnamed": _("The organisation has neither an identifier nor a name."),
    # Shares, sectors, countries.
    "no-sector": _("No sector is given, neither for the activity nor for its transactions."),
    "sectors-twice": _("Sectors are given for the activity and for transactions. Only one of both may be."),
    "sectors-of-some-transactions": _("Some transactions have a sector and others have none."),
    "own-sector-unnamed": _("A sector of a list of one's own (98 or 99) needs a name in words."),
    "no-dac-sector": _("No sector of the OECD DAC list (vocabulary 1) is given."),
    "countries-twice": _(
        "Countries are given for the activity and for transactions. Only one of both may be."
    ),
    "no-country": _("No country or region is given, neither for the activity nor for its transactions."),
    "countries-of-some-transactions": _("Some transactions have a country or region and others have none."),
    "share-missing": _("Where there are several “%(what)s”, each needs its share."),
    "shares-not-100": _("The shares of “%(what)s” do not add to 100."),
    "single-share": _("The only “%(what)s” has a share of 100, or none."),
    "share-out-of-range": _("A share of “%(what)s” lies outside of 0 to 100."),
    "aid-types": _("Several aid types of one vocabulary are given. There may be one."),
    "no-dac-aid-type": _("No aid type of the OECD DAC list (vocabulary 1) is given."),
    # Days and periods.
    "no-start": _("Neither a planned nor an actual first day is given."),
    "future": _("“%(what)s” lies in the future."),
    "days-order": _("The last day lies before the first one."),
    "period-order": _("The period ends before it begins."),
    "budget-too-long": _(
        "A budget may be of one year at most; this one is of %(days)s days. Split it by years."
    ),
    # Words, money, results, codes.
    "no-words": _("“%(what)s” holds no words."),
    "no-language": _("Neither the activity nor each of its texts names a language."),
    "no-currency": _("Neither the activity nor each of its amounts names a currency."),
    "marker-significance": _("A marker of the OECD DAC list needs its significance."),
    "marker-unnamed": _("A marker of a list of one's own needs a name in words."),
    "reference-twice": _("A reference may stand with the result or with its indicator, not with both."),
    "no-value": _("The indicator counts something, so a value is needed here."),
    "value-not-number": _("The indicator counts something, and “%(value)s” is no number."),
    "value-of-words": _("The indicator is told in words, so no value belongs here."),
    "code": _("“%(value)s” is no code of the list %(list)s."),
    "dimension-unnamed": _("A dimension needs a name and a value."),
    "no-point": _("The place has no point that can be read, and no code either."),
}
UNREADABLE: Mapping[str, LazyText] = {
    "empty": _("The file is empty."),
    "zip": _("This is a ZIP archive. Unpack it and send the XML file in it."),
    "too-large": _("The file is too large, or one activity in it is. Send its activities in several files."),
    "broken-gzip": _("The packed file is damaged. Fetch it once more, or unpack it and send the XML file."),
    "not-xml": _(
        "This is no well-formed XML: reading stopped at line %(line)s. Ask the publisher for a whole file."
    ),
    "encoding": _(
        "Line %(line)s is not written in the encoding that the file names. Save the file as UTF-8."
    ),
    "too-many-problems": _(
        "The file has more than %(count)s faults. Reading stopped at line %(line)s; ask the publisher to mend it."
    ),
    "too-many-findings": _(
        "More than %(count)s things in the file belong to no activity. Reading stopped at line %(line)s."
    ),
    "document-type": _(
        "The file declares a document type or entities. Such files are never read. Remove the declaration."
    ),
    "organisations": _("This is a file about organisations. Only files about activities are read."),
    "other-root": _("The file begins with “%(name)s”, so it is no IATI activity file."),
    "no-version": _("The file does not say which version of IATI it is. Version 2.03 is read."),
    "old-version": _(
        "The file is of IATI version %(version)s, which is no longer supported. Ask the publisher for version 2.03."
    ),
    "other-version": _("The file is of IATI version %(version)s. Versions 2.01 to 2.03 are read."),
}
FATES: Mapping[str, LazyText] = {
    Fate.REFUSED: pgettext_lazy("a part of a file", "activity not taken"),
    Fate.LEFT_OUT: pgettext_lazy("a part of a file", "left out"),
    Fate.MENDED: pgettext_lazy("a part of a file", "mended"),
    Fate.NOTED: pgettext_lazy("a part of a file", "taken as it is"),
    "broken": pgettext_lazy("a part of a file", "nothing after it was read"),
}
# Completeness has its own sentence where the structure says the same of something that must be there.
OURS: Mapping[str, LazyText] = {
    "missing-element": _("“%(name)s” is missing: a whole activity has it."),
    "missing-attribute": _("“%(name)s” is missing: a whole activity has it."),
}


def sentence(problem: Problem) -> str:
    """A finding as it is kept, in the active language."""
    known = OURS if problem.get("rule", "").startswith("R") else {}
    key = problem["key"]
    text = known.get(key) or SENTENCES.get(key) or UNREADABLE[key]
    return str(text) % {"line": problem.get("line") or "?", **problem["values"]}


def unreadable(problem: NotReadable | Problem) -> str:
    """Why nothing of a file can be read."""
    if isinstance(problem, NotReadable):
        problem = {"key": problem.key, "line": problem.line, "values": problem.values}
    return sentence(problem)


def fate(problem: Problem) -> str:
    """What became of the place; "" where nothing was taken in."""
    text = FATES.get(problem.get("fate", ""))
    return str(text) if text else ""


def severity(name: str) -> str:
    return {
        Severity.CRITICAL.value: pgettext("severity", "critical"),
        Severity.ERROR.value: pgettext("severity", "error"),
    }.get(name, pgettext("severity", "warning"))
