"""The same findings as a checker that applies the published schema, ruleset and codelists themselves."""

import copy
import importlib.util
import io
import random
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from rohnamo.engines.iati import File, activities, check, identifier_of
from rohnamo.engines.iati.tests.factories import NOW, an_activity, file_of
from rohnamo.engines.iati.xml import etree

SHARED = Path(__file__).resolve().parents[4].parent / "shared"
ROUNDS = 400
NONSENSE = ["", "x", "99", "1", " 5 ", "2031-01-01", "2020-02-30", "100.0", "50", "-3", "a/b", "2", "5", "10"]
# Ours alone: every transaction is looked at, not only the first one.
OUR_OWN = ("R7", "R8")
# The other checker finds no public id for lists that hold for one vocabulary only, and calls them so.
NAMELESS = "9.0.0"

needs_shared = pytest.mark.skipif(
    not (SHARED / "tools" / "iati_check.py").exists(),
    reason="THE PUBLISHED RULES ARE NOT AT HAND (../shared/iati): agreement with them was NOT tested",
)
Counts = Counter[tuple[str, str]]


@needs_shared
@pytest.mark.parametrize("seed", [1, 2])
def test_given_deliberately_broken_files_when_both_check_them_then_rules_and_counts_are_the_same(
    seed: int,
) -> None:
    other, kit = _other()
    checker = other.Checker(kit, NOW, strict=True)
    luck = random.Random(seed)
    sources = [
        file_of(an_activity()),
        *(path.read_bytes() for path in (SHARED / "iati" / "real").glob("*.xml")),
    ]

    differing = []
    for _round in range(ROUNDS):
        content = _broken(luck.choice(sources), luck)
        ours, theirs = _ours(content), _theirs(checker, content)
        if ours != theirs:
            differing.append((ours - theirs, theirs - ours))

    assert differing == []


@needs_shared
def test_given_real_published_files_when_both_check_them_then_rules_and_counts_are_the_same() -> None:
    other, kit = _other()
    checker = other.Checker(kit, NOW, strict=True)

    for path in sorted((SHARED / "iati" / "real").glob("*.xml")):
        content = path.read_bytes()
        assert _ours(content) == _theirs(checker, content), path.name


def _other() -> tuple[ModuleType, Any]:
    spec = importlib.util.spec_from_file_location("iati_check", SHARED / "tools" / "iati_check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module, module.Kit(SHARED / "iati")


def _ours(content: bytes) -> Counts:
    counts: Counts = Counter()
    identifiers: Counter[str] = Counter()
    for activity in activities(io.BytesIO(content), File()):
        identifiers[identifier_of(activity)] += 1
        counts.update((one.rule, one.severity.value) for one in check(activity, now=NOW, is_ours=True))
    counts["1.1.2", "error"] += sum(1 for number in identifiers.values() if number > 1)
    for rule in OUR_OWN:
        counts.pop((rule, "error"), None)
    return _comparable(counts)


def _theirs(checker: Any, content: bytes) -> Counts:
    return _comparable(Counter((one[2], one[1]) for one in checker.check("x", content)["messages"]))


def _comparable(counts: Counts) -> Counts:
    """Of the structure only whether something is wrong (a schema stops at the first fault of an element), and all codes
    as one: the other checker has no ids for some of them."""
    same: Counts = Counter()
    for (rule, severity), count in counts.items():
        if rule == "XSD":
            same["XSD", severity] = 1
        else:
            same["9" if rule.startswith("9.") else rule, severity] += count
    return +same


def _broken(content: bytes, luck: random.Random) -> bytes:
    root = etree.fromstring(content, etree.XMLParser(remove_comments=True))
    listed = root.findall("iati-activity")
    chosen = luck.choice(listed)
    for other in listed:
        if other is not chosen:
            root.remove(other)
    if luck.random() < 0.05:
        root.append(copy.deepcopy(chosen))
    for _time in range(luck.choice([1, 1, 2])):
        _break_one(chosen, luck)
    broken: bytes = etree.tostring(root)
    return broken


def _break_one(activity: Any, luck: random.Random) -> None:
    element = luck.choice([one for one in activity.iter() if one is not activity])
    names = list(element.attrib)
    way = luck.randrange(8)
    if way == 0:
        element.getparent().remove(element)
    elif way == 1 and names:
        del element.attrib[luck.choice(names)]
    elif way == 2 and names:
        element.set(luck.choice(names), luck.choice(NONSENSE))
    elif way == 3:
        element.text = luck.choice(["", "  ", "abc", "12,5", None, " x "])
    elif way == 4:
        element.addnext(copy.deepcopy(element))
    elif way == 5:
        etree.SubElement(element, luck.choice(["foo", "narrative", "sector", "{http://example.org/}y"]))
    elif way == 6:
        element.set(
            luck.choice(["foo", "code", "vocabulary", "percentage", "value", "type"]),
            luck.choice(["1", "99"]),
        )
    else:
        for one in activity.findall(element.tag):
            activity.remove(one)
