"""Why a register as a whole cannot be read: one sentence in the reader's language for each kind of fault."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext_lazy

from rohnamo.engines.registers import RegisterError

SENTENCES: dict[str, str] = {
    "register_error": gettext_noop("This file cannot be read. Send the register as XLSX or CSV."),
    "empty_file": gettext_noop("The file is empty. Save the register again and send that file."),
    "wrong_file_type": gettext_noop(
        "This file is not a table: it is %(kind)s. Save the register as XLSX or CSV and send that file."
    ),
    "broken_file": gettext_noop(
        "The file is damaged. Open it, save it again as XLSX or CSV and send that file."
    ),
    "encrypted_file": gettext_noop(
        "The file is locked with a password. Save a copy without a password and send that file."
    ),
    "unknown_encoding": gettext_noop(
        "The letters of this CSV file cannot be recognised. Save it as XLSX, or as CSV in UTF-8."
    ),
    "unbalanced_quotes": gettext_noop(
        "A quotation mark near line %(line)s of the CSV file breaks its rows. Correct it or send an XLSX file."
    ),
    "file_too_large": gettext_noop("The file is too large. Divide the register into several files."),
    "too_many_rows": gettext_noop(
        "The sheet “%(sheet)s” has more than %(limit)s rows. Delete empty rows below the data or divide the register."
    ),
    "too_many_columns": gettext_noop(
        "The sheet “%(sheet)s” has more than %(limit)s columns. Delete what stands to the right of the register."
    ),
    "too_many_cells": gettext_noop(
        "The sheet “%(sheet)s” is too wide and too long. Delete what stands far from the register, or divide it."
    ),
    "macro_file": gettext_noop(
        "The file contains macros (programs). Save it as XLSX without macros and send that file."
    ),
    "zip_bomb": gettext_noop(
        "The file unpacks to far more than a register can have. Copy the register into a new file and send that."
    ),
    "empty_sheet": gettext_noop("The file holds no filled cell. Check that this is the right file."),
    "header_not_found": gettext_noop(
        "No row of column titles was found in the first %(rows_searched)s rows. "
        "Give every column a title: name, sex, date of birth, district."
    ),
    "no_rows": gettext_noop(
        "The sheet “%(sheet)s” has titles in row %(header_row)s but no rows below. Check that this is the right file."
    ),
    "duplicated_titles": gettext_noop(
        "The sheet “%(sheet)s” has two columns with the same title (%(titles)s). Rename or delete one of them."
    ),
    "formulas_without_values": gettext_noop(
        "The sheet “%(sheet)s” has formulas without a stored value, the first in %(first)s. "
        "Open the file in Excel or LibreOffice, save it, and send it again."
    ),
    "bad_mapping": gettext_noop(
        "The list of titles and fields cannot be used (%(entry)s). Correct it and try again."
    ),
}
KINDS: Mapping[str, str | Promise] = {
    "pdf": pgettext_lazy("kind of a file", "a PDF document"),
    "image": pgettext_lazy("kind of a file", "a picture"),
    "html": pgettext_lazy("kind of a file", "a web page"),
    "xml": pgettext_lazy("kind of a file", "an XML file"),
    "word": pgettext_lazy("kind of a file", "a text document"),
    "presentation": pgettext_lazy("kind of a file", "a presentation"),
    "ods": pgettext_lazy("kind of a file", "an OpenDocument table"),
    "xlsb": pgettext_lazy("kind of a file", "a binary Excel table"),
    "archive": pgettext_lazy("kind of a file", "an archive"),
    "rtf": pgettext_lazy("kind of a file", "a text document"),
}


# A CSV file has no sheets.
WITHOUT_A_SHEET: dict[str, str] = {
    "too_many_rows": gettext_noop(
        "The file has more than %(limit)s rows. Delete empty rows below the data or divide the register."
    ),
    "too_many_columns": gettext_noop(
        "The file has more than %(limit)s columns. Delete what stands to the right of the register."
    ),
    "too_many_cells": gettext_noop(
        "The file is too wide and too long. Delete what stands far from the register, or divide it."
    ),
    "no_rows": gettext_noop(
        "The file has titles in row %(header_row)s but no rows below. Check that this is the right file."
    ),
    "duplicated_titles": gettext_noop(
        "The file has two columns with the same title (%(titles)s). Rename or delete one of them."
    ),
}


def problem(error: RegisterError) -> str:
    """What is wrong with the file and what to do, in the active language. It never holds the content of a cell."""
    params = dict(error.params)
    if "kind" in params:
        unknown = pgettext_lazy("kind of a file", "another kind of file")
        params["kind"] = str(KINDS.get(str(params["kind"]), unknown))
    if not params.get("sheet") and error.code in WITHOUT_A_SHEET:
        return _(WITHOUT_A_SHEET[error.code]) % params
    return _(SENTENCES.get(error.code, SENTENCES["register_error"])) % params
