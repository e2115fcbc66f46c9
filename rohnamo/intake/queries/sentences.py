"""Why a row was taken as it was: every reason as a sentence in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_noop, pgettext_lazy
from django.utils.translation import gettext as _

from rohnamo.intake.queries.lines import Why
from rohnamo.ui import spelling

# What a data agreement may leave out.
FIELDS: Mapping[str, str | Promise] = {
    "phone": pgettext_lazy("what a column holds", "Phone"),
    "document": pgettext_lazy("what a column holds", "Number of a document"),
    "birth": pgettext_lazy("what was left out", "day and month of birth"),
}

SENTENCES: dict[str, str] = {
    # What the reader of sheets found. `column` is the title of the column.
    "name_missing": gettext_noop("No name is written. Add the name and send the row again."),
    "not_data": gettext_noop("This is not a row of data."),
    "cells_shifted": gettext_noop(
        "The cells of this row are shifted against the titles. Put them under their titles."
    ),
    "count_unreadable": gettext_noop(
        "The number of people in “%(column)s” cannot be read. Write a whole number."
    ),
    "birth_year_in_future": gettext_noop(
        "The year of birth lies in the future. Correct it and send the row again."
    ),
    "columns_swapped": gettext_noop(
        "From row %(since)s on “%(column)s” and “%(other)s” have changed places. Put them under their titles and send these rows again."
    ),
    "sex_missing": gettext_noop("Sex is not written: counted as unknown."),
    "sex_unknown": gettext_noop("Sex cannot be read: counted as unknown."),
    "birth_unreadable": gettext_noop("The date of birth cannot be read: left empty."),
    "birth_impossible": gettext_noop("The date of birth does not exist in the calendar: left empty."),
    "birth_in_future": gettext_noop("The date of birth lies in the future: left empty."),
    "age_unreadable": gettext_noop("The age cannot be read: left empty."),
    "place_unknown": gettext_noop("The place is not in the list of places: counted as unknown."),
    "place_ambiguous": gettext_noop(
        "The place may be one of several: counted as unknown. Write district or city."
    ),
    "place_holds_address": gettext_noop("The address was left out: only the district is kept."),
    "phone_unreadable": gettext_noop("The phone number cannot be read: left empty."),
    "phone_impossible": gettext_noop("The phone number has too few or too many digits: left empty."),
    "phones_several": gettext_noop("Several phone numbers are written: the first one is kept."),
    "document_unreadable": gettext_noop("The document number cannot be read: left empty."),
    "consent_unreadable": gettext_noop("The consent is neither yes nor no: taken as no."),
    "day_unreadable": gettext_noop("The day cannot be read."),
    "day_impossible": gettext_noop("The day does not exist in the calendar."),
    "day_in_future": gettext_noop("The day lies in the future."),
    "day_outside_period": gettext_noop("The day lies outside the period named in the title of the register."),
    "hours_unreadable": gettext_noop("The hours cannot be read: left empty."),
    "pretest_unreadable": gettext_noop("The first test result cannot be read: left empty."),
    "posttest_unreadable": gettext_noop("The last test result cannot be read: left empty."),
    "group_details_dropped": gettext_noop("What was written about single people of the group was dropped."),
    "notes_dropped": gettext_noop("The note was left out: free text about people is not kept."),
    "address_dropped": gettext_noop("The address was left out."),
    "formula_counted": gettext_noop(
        "“%(column)s” is worked out by a formula: the value stored in the file counts."
    ),
    "row_hidden": gettext_noop("The sheet hides this row; it counts all the same."),
    # What is said of the sheet as a whole.
    "sheet_not_read": gettext_noop(
        "The sheet “%(sheet)s” (rows: %(rows)s) was not read: only the fullest one is. Send it as a file of its own."
    ),
    "sheet_hidden": gettext_noop("The sheet “%(sheet)s” is hidden and was not read."),
    "columns_hidden": gettext_noop("The sheet hides columns %(letters)s; they were read like all others."),
    "rows_hidden": gettext_noop("Rows that the sheet hides: %(rows)s. They were read like all others."),
    # What the intake decided.
    "sent_back": gettext_noop("Sent back by the mission: %(words)s"),
    "service_unknown": gettext_noop("The service is not known. Write it as the mission names it."),
    "service_of_the_vault": gettext_noop(
        "This service belongs to the protection team. Send such rows to them only."
    ),
    "day_missing": gettext_noop("No day is known. Add a day, or the year in the title or the file name."),
    "day_from_period": gettext_noop("No day is written: the row counts in the period %(period)s."),
    "day_is_wide": gettext_noop("Not the whole day is written: only the month, quarter or year counts."),
    "service_elsewhere": gettext_noop("This service is none of the project's own."),
    "group_counted": gettext_noop("Counted as a group of %(count)s people without names."),
    "field_not_agreed": gettext_noop("Left out, because the data agreement does not name it: %(fields)s."),
    "text_cut": gettext_noop("A text was too long and was cut."),
    "name_dropped_counted": gettext_noop("Counted without a name: name and phone were dropped."),
    "no_agreement": gettext_noop("No data agreement is in force with this source: only the count was taken."),
    "call_back_agreed": gettext_noop("Kept under a code; name and phone only to call back, as agreed."),
    "name_dropped_no_consent": gettext_noop(
        "Kept under a code; without consent name and phone were dropped."
    ),
    "official": gettext_noop("Kept in the register of officials."),
    # What speaks for or against one person.
    "same_document": gettext_noop("same document"),
    "document_to_be_checked": gettext_noop("the document must be checked"),
    "other_document": gettext_noop("another document"),
    "same_name": gettext_noop("same name"),
    "similar_name": gettext_noop("similar name"),
    "common_name": gettext_noop("a common name, and nothing else to tell by"),
    "too_little_name": gettext_noop("too little of the name is written"),
    "given_name_differs": gettext_noop("another given name"),
    "father_name_differs": gettext_noop("another father's name"),
    "family_name_differs": gettext_noop("another family name"),
    "name_order_differs": gettext_noop("parts of the name in another order"),
    "same_birth_date": gettext_noop("same date of birth"),
    "near_birth_date": gettext_noop("nearly the same date of birth"),
    "birth_day_and_month_swapped": gettext_noop("day and month of birth swapped"),
    "same_birth_year": gettext_noop("same year of birth"),
    "near_birth_year": gettext_noop("nearly the same year of birth"),
    "birth_differs": gettext_noop("another date of birth"),
    "no_birth_evidence": gettext_noop("no date of birth to compare"),
    "sex_differs": gettext_noop("another sex"),
    "same_district": gettext_noop("same district"),
    "other_district": gettext_noop("another district"),
    "shared_phone": gettext_noop("same phone number"),
    "shared_household_only": gettext_noop("one household, perhaps two people"),
    "tied_candidates": gettext_noop("two records are equally near"),
}


def sentence(why: Why) -> str:
    """One reason in words. A code without a sentence is shown as it is, rather than hidden."""
    words = SENTENCES.get(why.code)
    return _(words) % _in_words(why) if words else why.code


def _in_words(why: Why) -> dict[str, Any]:
    """Days and fields as the reader calls them; all else is said as it is."""
    params = dict(why.params)
    if why.code == "day_from_period":
        # A register that was sealed before the period was noted says only how wide it was.
        return {"period": span(params.get("first", ""), params.get("last", "")) or "–"}
    if why.code == "field_not_agreed":
        return {"fields": ", ".join(str(FIELDS[name]) for name in params.get("fields", ())) or "–"}
    return params


def span(first: str, last: str) -> str:
    """One day, or from a day to a day. Days in ISO form; empty for none."""
    if not first:
        return ""
    days = [spelling.day(date.fromisoformat(one), get_language() or "ru") for one in (first, last)]
    return " – ".join(dict.fromkeys(days))


def sentences(whys: Iterable[Why]) -> list[str]:
    """Reasons in words, each once."""
    return list(dict.fromkeys(sentence(why) for why in whys))
