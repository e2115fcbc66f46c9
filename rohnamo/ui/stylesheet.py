"""The public style sheet as text: it is written into each public page, which so needs a single request."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent / "static" / "ui" / "public.css"


@cache
def public_css() -> str:
    """Read once for each process; the text between <style> and </style>, nothing added."""
    return minified(SOURCE.read_text(encoding="utf-8"))


def public_css_hash() -> str:
    """For the content security policy's style-src: sha256-…, without the quotes."""
    digest = hashlib.sha256(public_css().encode()).digest()
    return f"sha256-{b64encode(digest).decode()}"


def minified(css: str) -> str:
    """Drop comments and the spaces that mean nothing.

    Kept on purpose: spaces round + and - (calc needs them) and before a colon (in a selector it means a descendant).
    Strings must hold no runs of spaces; ours hold none.
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r": ", ":", css)
    return css.replace(";}", "}").strip()
