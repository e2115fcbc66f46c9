"""Every template compiles, and no page carries script or style inside it, or anything from elsewhere."""

import re
from pathlib import Path

import pytest
from django.template import engines

from rohnamo.core.home import REPOSITORY

TEMPLATES = sorted((REPOSITORY / "rohnamo").glob("*/templates/**/*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_given_a_template_when_it_is_compiled_then_it_is_sound(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    engines["django"].from_string(source)

    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", source), "script inside the page"
    assert not re.search(r"\son[a-z]+=", source), "event attribute"
    assert not re.search(r"\sstyle=", source), "style attribute"
    assert not re.search(r"(?:src|href)=[\"']https?://", source), "something from elsewhere"
