"""Papers that leave the house: one content, written as a spreadsheet, as a Word file and as a PDF."""

from rohnamo.ui.papers.paper import Block, Cell, Column, Hidden, Kind, Paper, Table, Text, cell_text
from rohnamo.ui.papers.pdf import as_pdf
from rohnamo.ui.papers.spreadsheet import as_spreadsheet
from rohnamo.ui.papers.word import as_word
from rohnamo.ui.papers.wordtemplate import UnknownFields, field_names, fill_word, unknown_fields

__all__ = [
    "Block",
    "Cell",
    "Column",
    "Hidden",
    "Kind",
    "Paper",
    "Table",
    "Text",
    "UnknownFields",
    "as_pdf",
    "as_spreadsheet",
    "as_word",
    "cell_text",
    "field_names",
    "fill_word",
    "unknown_fields",
]
