"""One paper, three files: they say the same, and nothing that was typed is run."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.utils import translation
from docx import Document
from pypdf import PdfReader

from rohnamo.ui.papers import (
    Column,
    Hidden,
    Kind,
    Paper,
    Table,
    Text,
    UnknownFields,
    as_pdf,
    as_spreadsheet,
    as_word,
    cell_text,
    fill_word,
    unknown_fields,
)
from rohnamo.ui.papers.wordtemplate import UnreadableTemplate


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


COLUMNS = (
    Column("Нишондиҳанда", share=4),
    Column("Ҳадаф", Kind.NUMBER),
    Column("Ҳисса", Kind.PERCENT),
    Column("Рӯз", Kind.DAY),
)
ROWS = (
    ("Машварат", 1200, Decimal("43.8"), date(2025, 6, 30)),
    ("Занон", Hidden.HIDDEN, None, None),
    ("Ҷамъ", Decimal("10340.5"), Decimal(100), date(2025, 7, 1)),
)


def _paper(*blocks: Text | Table, language: str = "tg") -> Paper:
    table = Table("Натиҷаҳо", "Натиҷаҳои нимсола", COLUMNS, ROWS, frozenset({2}), "* хурд")
    return Paper(
        language,  # type: ignore[arg-type]
        "Ҳисобот: EX.01",
        facts=(("Донор", "Донори А"),),
        blocks=blocks or (table,),
        foot="Насби намунавӣ",
    )


def _pdf_text(paper: Paper) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(as_pdf(paper))).pages)


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_given_a_table_when_it_is_written_three_times_then_every_file_holds_the_same_cells(
    language: str,
) -> None:
    paper = _paper(language=language)
    shown = [
        [cell_text(cell, column, paper.language) for cell, column in zip(row, COLUMNS, strict=True)]
        for row in ROWS
    ]

    word = Document(BytesIO(as_word(paper))).tables[0]
    pdf = "".join(_pdf_text(paper).split())
    sheet = openpyxl.load_workbook(BytesIO(as_spreadsheet(paper)))["Натиҷаҳо"]

    assert [[cell.text for cell in row.cells] for row in word.rows][1:] == shown
    assert [cell for row in shown for cell in row if "".join(cell.split()) not in pdf] == []
    numbers = [[sheet.cell(row, column).value for column in (2, 3)] for row in (4, 5, 6)]
    assert numbers == [[1200, 43.8], ["*", "–"], [10340.5, 100]]


def test_given_words_that_look_like_a_formula_when_a_sheet_is_written_then_they_are_words() -> None:
    table = Table("a", "b", (Column("c"),), (("=1+1",), ("@SUM(A1)",)))

    sheet = openpyxl.load_workbook(BytesIO(as_spreadsheet(_paper(table))))["a"]

    assert [(sheet.cell(row, 1).value, sheet.cell(row, 1).data_type) for row in (4, 5)] == [
        ("=1+1", "s"),
        ("@SUM(A1)", "s"),
    ]


def test_given_tables_of_one_name_when_a_sheet_is_written_then_each_has_a_sheet_with_an_allowed_name() -> (
    None
):
    long = "Одамоне, ки дар ноҳияҳо маслиҳат гирифтанд / 2025"
    tables = [Table(name, "b", (Column("c"),), (("x",),)) for name in (long, long, "[a]:b", "")]

    book = openpyxl.load_workbook(BytesIO(as_spreadsheet(_paper(*tables))))

    assert book.sheetnames == [
        "Ҳисобот  EX.01",
        "Одамоне, ки дар ноҳияҳо маслиҳа",
        "Одамоне, ки дар ноҳияҳо масли 2",
        "a  b",
        "–",
    ]


def test_given_words_that_are_typst_marks_when_a_pdf_is_made_then_they_are_printed_as_typed() -> None:
    text = _pdf_text(_paper(Text('#read("/etc/passwd") *тавсиф* $x$')))

    assert '#read("/etc/passwd") *тавсиф* $x$' in text


def _template(*lines: str) -> bytes:
    file = Document()
    for line in lines:
        file.add_paragraph(line)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


DATA = {
    "project": {"code": "EX.01", "title": "Машварат <пеш аз> сафар"},
    "indicators": [{"title": "Маслиҳат", "actual": "1 034"}, {"title": "Дарс", "actual": "12"}],
}


def _filled(template: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(fill_word(template, DATA))).paragraphs]


def test_given_a_template_when_it_is_filled_then_values_stand_where_the_marks_were() -> None:
    template = _template(
        "{{ project.title }}",
        "{%p for row in indicators %}",
        "{{ row.title }}: {{ row.actual }}",
        "{%p endfor %}",
    )

    assert _filled(template) == ["Машварат <пеш аз> сафар", "Маслиҳат: 1 034", "Дарс: 12"]


def test_given_fields_we_do_not_have_when_a_template_is_read_then_each_is_named_with_the_nearest() -> None:
    template = _template(
        "{{ project.titel }} {{ donor }}",
        "{%p for row in indicators %}",
        "{{ row.actuals }}",
        "{%p endfor %}",
    )

    assert unknown_fields(template, DATA) == {
        "donor": "",
        "indicators.actuals": "indicators.actual",
        "project.titel": "project.title",
    }
    with pytest.raises(UnknownFields, match=r"project\.titel \(project\.title\?\)"):
        fill_word(template, DATA)


@pytest.mark.parametrize(
    "mark",
    [
        "{{ project.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ project['__class__'] }}",
        "{% for x in range(999999999) %}{% endfor %}",
        "{{ indicators.append(1) }}",
        "{% include '/etc/passwd' %}",
        "{{ 'x' * 100000000 }}",
        "{{ '%300000000d'|format(1) }}",
        "{{ indicators[0] }}",
        "{{ 1 / 0 }}",
        "{{ loopy }}",
    ],
)
def test_given_a_template_that_wants_more_than_data_when_it_is_filled_then_it_is_refused(mark: str) -> None:
    with pytest.raises((UnknownFields, UnreadableTemplate)):
        fill_word(_template(mark), DATA)


@pytest.mark.parametrize("broken", [b"", b"text", b"PK\x03\x04 broken"])
def test_given_a_file_that_is_no_word_file_when_it_is_taken_as_a_template_then_it_is_said(
    broken: bytes,
) -> None:
    with pytest.raises(UnreadableTemplate, match="not a Word file"):
        unknown_fields(broken, DATA)


@pytest.mark.parametrize("mark", ['{{ "x" * 1000000 }}', "{{ project.nope }}"])
def test_given_a_mark_in_what_a_file_says_of_itself_when_it_is_read_then_it_is_looked_at_too(
    mark: str,
) -> None:
    document, stream = Document(), BytesIO()
    document.core_properties.title = mark
    document.save(stream)

    with pytest.raises((UnknownFields, UnreadableTemplate)):
        fill_word(stream.getvalue(), {"project": {"title": "Example"}})


def test_given_a_mark_that_is_not_closed_when_a_template_is_read_then_it_is_said() -> None:
    with pytest.raises(UnreadableTemplate):
        unknown_fields(_template("{% for row in indicators %}"), DATA)
