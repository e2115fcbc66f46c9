"""A paper as a Word file without a template: what somebody gets whose donor has none."""

from io import BytesIO

from docx import Document
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import _Row

from rohnamo.ui.papers.paper import Column, Kind, Paper, Table, Text, cell_text

_FONT = "Noto Sans"  # every office suite has it or something that holds ғ ӣ қ ӯ ҳ ҷ in its place


def as_word(paper: Paper) -> bytes:
    """The bytes of a .docx file."""
    file = Document()
    _set_page(file, is_landscape=paper.is_landscape)
    file.core_properties.title = paper.title
    file.core_properties.author = ""
    file.add_heading(paper.title, level=0)
    if paper.subtitle:
        file.add_paragraph(paper.subtitle)
    for label, value in paper.facts:
        line = file.add_paragraph()
        line.add_run(f"{label}: ").bold = True
        line.add_run(value)
    for block in paper.blocks:
        if isinstance(block, Text):
            _add_text(file, block)
        else:
            _add_table(file, block, paper)
    file.sections[0].footer.paragraphs[0].text = paper.foot
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def _set_page(file: WordFile, *, is_landscape: bool) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if is_landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(18)
    style = file.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(10)
    style.paragraph_format.space_after = Pt(4)


def _add_text(file: WordFile, text: Text) -> None:
    if text.level:
        file.add_heading(text.words, level=text.level)
        return
    for line in text.words.splitlines() or [""]:
        file.add_paragraph(line)


def _add_table(file: WordFile, table: Table, paper: Paper) -> None:
    file.add_paragraph().add_run(table.title).bold = True
    grid = file.add_table(rows=1, cols=len(table.columns), style="Light List")
    _fill(grid.rows[0], [column.title for column in table.columns], table.columns, is_strong=True)
    _repeat_on_every_page(grid.rows[0])
    for number, cells in enumerate(table.rows):
        words = [
            cell_text(cell, column, paper.language) for cell, column in zip(cells, table.columns, strict=True)
        ]
        _fill(grid.add_row(), words, table.columns, is_strong=number in table.strong)
    if table.note:
        file.add_paragraph(table.note)


def _fill(row: _Row, words: list[str], columns: tuple[Column, ...], *, is_strong: bool) -> None:
    # row.cells walks the whole grid anew at each call
    for cell, text, column in zip(row.cells, words, columns, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.add_run(text).bold = is_strong
        if column.kind is not Kind.TEXT:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat_on_every_page(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
