"""Letters of the mission: the little Markdown they are written in, as blocks that a template shows."""

import re
from dataclasses import dataclass

from rohnamo.ui.spelling import unbroken

LEAST_OPENING = 90  # letters: a shorter paragraph at the start is a greeting


@dataclass(frozen=True)
class Block:
    """kind: paragraph, list, small or signature. lines: items of a list, lines of a signature, else one text."""

    kind: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


@dataclass(frozen=True)
class Letter:
    title: str
    blocks: tuple[Block, ...]

    @property
    def opening(self) -> str:
        """The first paragraph that says something: what stands on the home page."""
        said = [block.text for block in self.blocks if block.kind == "paragraph"]
        opening = next((text for text in said if len(text) >= LEAST_OPENING), next(iter(said), ""))
        # In Russian a letter goes on in small letters after "Dear friends,"; alone it is a sentence.
        return opening[:1].upper() + opening[1:]

    @property
    def signed(self) -> str:
        """Who wrote it: the last line of the signature."""
        return next((block.lines[-1] for block in reversed(self.blocks) if block.kind == "signature"), "")


def read_letter(markdown: str) -> Letter:
    """A heading, paragraphs, lists, one line in italics, and as signature a block of two short lines.

    What this does not know it shows as plain text; nothing of it ever becomes markup.
    """
    parts = [part.strip() for part in re.split(r"\n\s*\n", markdown) if part.strip()]
    title = next((part.lstrip("# ") for part in parts if part.startswith("# ")), "")
    return Letter(title, tuple(_block(part) for part in parts if not part.startswith("# ")))


def _block(part: str) -> Block:
    lines = tuple(unbroken(line.strip()) for line in part.splitlines())
    if all(line.startswith("- ") for line in lines):
        return Block("list", tuple(line[2:] for line in lines))
    if len(lines) == 1 and part.startswith("*") and part.endswith("*"):
        return Block("small", (lines[0].strip("*"),))
    if len(lines) == 2 and max(map(len, lines)) < 60:
        return Block("signature", lines)
    return Block("paragraph", (unbroken(" ".join(lines)),))
