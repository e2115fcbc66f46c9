"""Files as they come: packed, in any encoding, broken, or made to hurt whoever reads them."""

import gzip
import io

import pytest

from rohnamo.engines.iati import File, NotReadable, activities, identifier_of
from rohnamo.engines.iati.tests.factories import an_activity, file_of

BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
BODY = '<iati-activities version="2.03"><iati-activity><iati-identifier>&l9;</iati-identifier></iati-activity></iati-activities>'


def read(content: bytes) -> tuple[list[str], File]:
    file = File()
    return [identifier_of(one) for one in activities(io.BytesIO(content), file)], file


def refusal(content: bytes) -> str:
    with pytest.raises(NotReadable) as caught:
        read(content)
    return caught.value.key


@pytest.mark.parametrize(
    "content",
    [
        f"<!DOCTYPE a [{BOMB}]>{BODY}".encode(),
        f'<!DOCTYPE a [{BOMB}]><iati-activities version="&l9;"/>'.encode(),
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><iati-activities version="2.03">&x;</iati-activities>',
        b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><iati-activities version="2.03"/>',
    ],
)
def test_given_a_file_with_a_document_type_when_it_is_read_then_it_is_refused_before_anything_is_expanded(
    content: bytes,
) -> None:
    assert refusal(content) == "document-type"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"%PDF-1.4", "not-xml"),
        (b'{"activities": []}', "not-xml"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x1f\x8brest-of-it", "broken-gzip"),
        (b"<html/>", "other-root"),
        (b'<iati-activities xmlns="http://example.org/" version="2.03"/>', "other-root"),
        (b'<iati-organisations version="2.03"/>', "organisations"),
        (b"<iati-activities/>", "no-version"),
        (b'<iati-activities version="1.05"/>', "old-version"),
        (b'<iati-activities version="3.0"/>', "other-version"),
    ],
)
def test_given_something_else_than_an_activity_file_when_it_is_read_then_it_is_refused_by_its_own_sentence(
    content: bytes, key: str
) -> None:
    assert refusal(content) == key


@pytest.mark.parametrize("version", ["2.01", "2.02"])
def test_given_an_earlier_version_of_two_when_it_is_read_then_its_activities_are_taken(version: str) -> None:
    identifiers, file = read(file_of(an_activity()).replace(b"2.03", version.encode(), 1))

    assert (identifiers, file.version) == (["XE-EXAMPLE-MISSION-EX.90"], version)


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251", "utf-8-sig"])
def test_given_any_declared_encoding_when_it_is_read_then_its_activities_are_taken(encoding: str) -> None:
    text = file_of(an_activity()).decode()
    declared = text.replace("UTF-8", "utf-8" if encoding == "utf-8-sig" else encoding)

    identifiers, _file = read(declared.encode(encoding, "xmlcharrefreplace"))

    assert identifiers == ["XE-EXAMPLE-MISSION-EX.90"]


def test_given_another_encoding_than_declared_when_it_is_read_then_the_line_is_named() -> None:
    content = file_of(an_activity()).decode().replace("Сил: ташхис", "Сил").encode("windows-1251", "replace")

    with pytest.raises(NotReadable) as caught:
        read(content)

    assert (caught.value.key, caught.value.line > 1) == ("encoding", True)


def test_given_a_packed_file_when_it_is_read_then_it_is_unpacked_on_the_way() -> None:
    identifiers, _file = read(gzip.compress(file_of(an_activity("EX.1"), an_activity("EX.2"))))

    assert identifiers == ["XE-EXAMPLE-MISSION-EX.1", "XE-EXAMPLE-MISSION-EX.2"]


def test_given_a_file_that_breaks_off_when_it_is_read_then_whole_activities_stay_and_the_line_is_named() -> (
    None
):
    content = file_of(an_activity("EX.1"), an_activity("EX.2"))

    identifiers, file = read(content[:-500])

    assert identifiers == ["XE-EXAMPLE-MISSION-EX.1"]
    assert file.broken is not None
    assert (file.broken.key, file.broken.line > 100) == ("not-xml", True)


def test_given_a_file_that_unpacks_to_very_much_when_it_is_read_then_it_is_stopped() -> None:
    start = b'<iati-activities version="2.03"><iati-activity><iati-identifier>'

    assert refusal(gzip.compress(start + b"a" * 40_000_000, 1)) == "too-large"


def test_given_elements_outside_of_activities_when_it_is_read_then_each_is_named() -> None:
    content = file_of(an_activity()).replace(
        b"</iati-activities>", b'<x:note xmlns:x="http://example.org/">1</x:note><foo/></iati-activities>'
    )

    _identifiers, file = read(content)

    assert [(one.rule, one.key, one.values["name"]) for one in file.findings] == [
        ("", "extension-of-file", "{http://example.org/}note"),
        ("XSD", "unknown-element", "foo"),
    ]


def test_given_millions_of_elements_outside_of_activities_when_it_is_read_then_reading_stops() -> None:
    content = file_of(an_activity("EX.1")).replace(
        b"</iati-activities>", b"<x/>" * 1_001 + b"</iati-activities>"
    )

    file = File()
    count = len(list(activities(io.BytesIO(gzip.compress(content)), file)))

    assert (count, len(file.findings)) == (1, 1_000)
    assert file.broken is not None
    assert (file.broken.key, file.broken.values) == ("too-many-findings", {"count": "1000"})
