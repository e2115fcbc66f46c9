"""A paper as a PDF for A4, set by Typst. The content goes in as data, so nothing that was typed becomes markup."""

import json
from pathlib import Path
from typing import Any

import typst

from rohnamo.ui.papers.paper import Block, Kind, Paper, Text, cell_text

_SHAPE = Path(__file__).with_name("paper.typ")


def as_pdf(paper: Paper) -> bytes:
    """The bytes of a PDF. Only the fonts inside of Typst are used: the same on every machine."""
    content = json.dumps(_content(paper), ensure_ascii=False)
    pdf: bytes = typst.compile(
        _SHAPE, format="pdf", sys_inputs={"paper": content}, ignore_system_fonts=True, root=_SHAPE.parent
    )
    return pdf


def _content(paper: Paper) -> dict[str, Any]:
    return {
        "language": paper.language,
        "title": paper.title,
        "subtitle": paper.subtitle,
        "facts": [list(fact) for fact in paper.facts],
        "blocks": [_block(block, paper) for block in paper.blocks],
        "foot": paper.foot,
        "landscape": paper.is_landscape,
    }


def _block(block: Block, paper: Paper) -> dict[str, Any]:
    if isinstance(block, Text):
        return {"kind": "text", "words": block.words, "level": block.level}
    return {
        "kind": "table",
        "title": block.title,
        "columns": [
            {"title": column.title, "text": column.kind is Kind.TEXT, "share": column.share}
            for column in block.columns
        ],
        "rows": [
            [cell_text(cell, column, paper.language) for cell, column in zip(row, block.columns, strict=True)]
            for row in block.rows
        ],
        "strong": sorted(block.strong),
        "note": block.note,
    }
