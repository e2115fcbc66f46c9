"""A report to a donor: what it says (`contents`), which form it has (`form_of`), and how it becomes a file (`file_of`)."""

from rohnamo.results.queries.donorreports.contents import SHAPE, contents, fingerprint
from rohnamo.results.queries.donorreports.files import (
    WRITERS,
    data_of,
    file_name,
    file_of,
    filled,
    last_frozen,
    narrative_of,
    state_words,
)
from rohnamo.results.queries.donorreports.forms import SECTIONS, Form, Question, form_data, form_of
from rohnamo.results.queries.donorreports.paper import paper_of
from rohnamo.results.queries.donorreports.worddata import example_fields, word_data

__all__ = [
    "SECTIONS",
    "SHAPE",
    "WRITERS",
    "Form",
    "Question",
    "contents",
    "data_of",
    "example_fields",
    "file_name",
    "file_of",
    "filled",
    "fingerprint",
    "form_data",
    "form_of",
    "last_frozen",
    "narrative_of",
    "paper_of",
    "state_words",
    "word_data",
]
