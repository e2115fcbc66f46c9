"""The public style sheet travels inside each page."""

import base64
import gzip
import hashlib
import re

from rohnamo.ui.stylesheet import SOURCE, minified, public_css, public_css_hash


def test_given_the_public_style_sheet_when_sent_then_it_weighs_no_more_than_six_kilobytes() -> None:
    assert len(gzip.compress(public_css().encode())) <= 6 * 1024


def test_given_css_when_minified_then_what_means_something_stays() -> None:
    source = "/* why */ .a :is(b, i) > u { inline-size: min(100% - 2rem, 70rem); color: red; }"

    assert minified(source) == ".a :is(b,i)>u{inline-size:min(100% - 2rem,70rem);color:red}"


def test_given_the_policy_when_it_names_the_style_then_it_is_the_hash_of_what_is_sent() -> None:
    digest = base64.b64encode(hashlib.sha256(public_css().encode()).digest()).decode()

    assert public_css_hash() == f"sha256-{digest}"


def test_given_the_style_sheets_when_read_then_nothing_is_fetched_from_elsewhere() -> None:
    sheets = [
        SOURCE.read_text(encoding="utf-8"),
        SOURCE.with_name("workspace.css").read_text(encoding="utf-8"),
    ]

    assert [re.findall(r"url\(|@import|@font-face|</style", sheet) for sheet in sheets] == [[], []]


def test_given_the_workspace_script_when_sent_then_it_weighs_no_more_than_six_kilobytes() -> None:
    assert len(SOURCE.with_name("workspace.js").read_bytes()) <= 6 * 1024
