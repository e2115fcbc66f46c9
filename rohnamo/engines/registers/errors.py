"""Why a register as a whole cannot be read: named exceptions with a code and parameters.

The message is one English sentence for logs: what happened and what to do. It never holds the content of
a cell; column titles, sheet names, row numbers and sizes are all it may name. Callers that show it to
people translate by `code` and `params`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

Param = str | int


class RegisterError(Exception):
    """A register that is refused before a single row is given out."""

    code: ClassVar[str] = "register_error"
    sentence: ClassVar[str] = "This file cannot be read. Send the register as XLSX or CSV."

    def __init__(self, **params: Param) -> None:
        self.params: Mapping[str, Param] = params
        super().__init__(self.sentence % params)


class UnreadableFile(RegisterError):
    """Not a table, or one that cannot be opened."""


class EmptyFile(UnreadableFile):
    code = "empty_file"
    sentence = "The file is empty (0 bytes). Save the register again and send that file."


class WrongFileType(UnreadableFile):
    """params: kind (pdf, image, html, xml, word, ods, xlsb, archive, rtf, binary, unknown)."""

    code = "wrong_file_type"
    sentence = "The file is not a table but %(kind)s. Save the register as XLSX or CSV and send that file."


class BrokenFile(UnreadableFile):
    """params: part (which piece of the file is damaged)."""

    code = "broken_file"
    sentence = "The file is damaged (%(part)s). Open it, save it again as XLSX or CSV and send that file."


class EncryptedFile(UnreadableFile):
    code = "encrypted_file"
    sentence = "The file is locked with a password. Save a copy without a password and send that file."


class UnknownEncoding(UnreadableFile):
    code = "unknown_encoding"
    sentence = "The letters of this CSV file cannot be recognised. Save it as XLSX or as CSV in UTF-8."


class UnbalancedQuotes(UnreadableFile):
    """params: line, the line of the file near which the quotation mark stands."""

    code = "unbalanced_quotes"
    sentence = "A quotation mark near line %(line)d of the CSV file breaks its rows. Correct it or send an XLSX file."


class UnsafeFile(RegisterError):
    """Larger or livelier than a register may be."""


class FileTooLarge(UnsafeFile):
    """params: size_bytes, limit_bytes."""

    code = "file_too_large"
    sentence = "The file has %(size_bytes)d bytes, more than %(limit_bytes)d. Divide the register into several files."


class TooManyRows(UnsafeFile):
    """params: sheet, rows, limit."""

    code = "too_many_rows"
    sentence = (
        "The sheet “%(sheet)s” reaches row %(rows)d, more than %(limit)d. "
        "Delete empty rows below the data or divide the register into several files."
    )


class TooManyColumns(UnsafeFile):
    """params: sheet, columns, limit."""

    code = "too_many_columns"
    sentence = (
        "The sheet “%(sheet)s” reaches column %(columns)d, more than %(limit)d. "
        "Delete what stands to the right of the register."
    )


class TooManyCells(UnsafeFile):
    """params: sheet, cells, limit."""

    code = "too_many_cells"
    sentence = (
        "The sheet “%(sheet)s” spans %(cells)d cells, more than %(limit)d. "
        "Delete what stands far from the register or divide it into several files."
    )


class MacroFile(UnsafeFile):
    code = "macro_file"
    sentence = "The file contains macros (programs). Save it as XLSX without macros and send that file."


class ZipBomb(UnsafeFile):
    """params: unpacked_bytes, limit_bytes."""

    code = "zip_bomb"
    sentence = (
        "The file unpacks to %(unpacked_bytes)d bytes, far more than a register can have "
        "(%(limit_bytes)d). Copy the register into a new file and send that."
    )


class UnusableSheet(RegisterError):
    """A table that was opened but is no register."""


class EmptySheet(UnusableSheet):
    code = "empty_sheet"
    sentence = "The file holds no filled cell. Check that the right file was sent."


class HeaderNotFound(UnusableSheet):
    """params: rows_searched."""

    code = "header_not_found"
    sentence = (
        "No row of column titles was found in the first %(rows_searched)d rows. "
        "Give every column a title (name, sex, date of birth, district …) or send a mapping."
    )


class NoRows(UnusableSheet):
    """params: sheet, header_row."""

    code = "no_rows"
    sentence = (
        "The sheet “%(sheet)s” has titles in row %(header_row)d but no rows below. "
        "Check that the right file was sent."
    )


class DuplicatedTitles(UnusableSheet):
    """params: sheet, titles (joined by a comma)."""

    code = "duplicated_titles"
    sentence = (
        "The sheet “%(sheet)s” has two columns with the same title (%(titles)s), "
        "so it is unclear which one counts. Rename or delete one of them."
    )


class FormulasWithoutValues(UnusableSheet):
    """params: sheet, cells (how many), first (address of the first)."""

    code = "formulas_without_values"
    sentence = (
        "The sheet “%(sheet)s” has %(cells)d formulas without a stored value, the first in %(first)s. "
        "Open the file in Excel or LibreOffice, save it, and send it again."
    )


class BadMapping(RegisterError):
    """params: entry (a title or field of the mapping, or the kind of fault)."""

    code = "bad_mapping"
    sentence = (
        "The mapping of titles to fields cannot be used (%(entry)s). Correct the mapping and try again."
    )
