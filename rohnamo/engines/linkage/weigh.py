"""Weigh whether two records are one person.

Evidence adds up in bits (Fellegi and Sunter 1969); the sum is set against the size of the register. A few
findings no sum may outvote: another given name, another sex, names without any evidence of birth.
"""

from enum import StrEnum
from math import log2
from typing import NamedTuple

from rohnamo.engines.linkage.birth import Birth, birth_finding
from rohnamo.engines.linkage.reasons import Finding, LinkReason
from rohnamo.engines.names import Comparison, Match, Name, Rarity, ReasonCode, Role, compare
from rohnamo.engines.names.compare import PLAIN_BITS, is_father_for_given
from rohnamo.engines.names.likeness import SAME


class Verdict(StrEnum):
    SAME = "same"
    DOUBTFUL = "doubtful"
    DIFFERENT = "different"


class Record(NamedTuple):
    """What one source says about one person.

    sex: "f", "m" or "u". district: any code, equal when the district is. phones: whole numbers in one format.
    documents: type and number of each as one text or hash; a renewed passport stands beside the old one.
    """

    name: Name
    sex: str = "u"
    birth: Birth = Birth()
    district: str | None = None
    phones: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()


class Weight(NamedTuple):
    """bits: sum of the evidence. score: probability of one person, 0 to 1, among `population` candidates."""

    score: float
    verdict: Verdict
    reasons: tuple[LinkReason, ...]
    bits: float = 0.0


POPULATION = 1000
_SAME_AT = 0.92
_DOUBTFUL_AT = 0.12
_RAREST_BITS = 9.0
_TELLING_NAME_BITS = 15.0
_BITS_DOCUMENT = 18.0
_BITS_DIFFERS = {"given": -18.0, "unknown": -12.0, "father": -9.0, "family": -2.0}
_DIFFERS = {
    "given": LinkReason.GIVEN_NAME_DIFFERS,
    "unknown": LinkReason.GIVEN_NAME_DIFFERS,
    "father": LinkReason.FATHER_NAME_DIFFERS,
    "family": LinkReason.FAMILY_NAME_DIFFERS,
}
_FORBID_SAME = frozenset(
    {
        LinkReason.GIVEN_NAME_DIFFERS, LinkReason.FATHER_NAME_DIFFERS, LinkReason.SEX_DIFFERS, LinkReason.COMMON_NAME,
        LinkReason.TOO_LITTLE_NAME, LinkReason.DOCUMENT_TO_BE_CHECKED,
    }
)  # fmt: skip
_BIRTH_EVIDENCE = frozenset(
    {
        LinkReason.SAME_BIRTH_DATE,
        LinkReason.BIRTH_DAY_AND_MONTH_SWAPPED,
        LinkReason.SAME_BIRTH_YEAR,
        LinkReason.NEAR_BIRTH_DATE,
    }
)


def weigh(
    left: Record, right: Record, *, rarity: Rarity | None = None, population: int = POPULATION
) -> Weight:
    """Weigh two records.

    rarity: bits of surprise by skeleton (`names.rarity_of`). population: how many persons the register holds;
    the larger, the more evidence one match needs.
    """
    compared = compare(left.name, right.name, rarity)
    names = _name_findings(compared, rarity)
    findings = [*names, *_other_findings(left, right)]
    document = _document_finding(left.documents, right.documents, compared)
    if document:
        findings.append(document)
    findings += _cautions(findings, compared, rarity)
    bits = round(sum(finding.bits for finding in findings), 2)
    if not compared.matches and not document:
        return Weight(0.0, Verdict.DIFFERENT, (LinkReason.TOO_LITTLE_NAME,))
    score = 1 / (1 + 2 ** (log2(max(population, 2)) - bits))
    reasons = tuple(finding.code for finding in findings)
    return Weight(round(score, 4), _verdict(score, reasons), reasons, bits)


def _verdict(score: float, reasons: tuple[LinkReason, ...]) -> Verdict:
    if LinkReason.DOCUMENT_TO_BE_CHECKED in reasons:
        return Verdict.DOUBTFUL
    if score < _DOUBTFUL_AT:
        return Verdict.DIFFERENT
    if score < _SAME_AT or _FORBID_SAME.intersection(reasons):
        return Verdict.DOUBTFUL
    return Verdict.SAME


def _name_findings(compared: Comparison, rarity: Rarity | None) -> list[Finding]:
    findings = []
    agreed = 0.0
    for match in compared.matches:
        if is_father_for_given(match):
            findings.append(Finding(LinkReason.GIVEN_NAME_DIFFERS, _BITS_DIFFERS["given"]))
        elif match.likeness.code is ReasonCode.INITIAL_ONLY and match.likeness.score >= SAME:
            agreed += 2.0
        elif match.likeness.score >= SAME:
            agreed += _bits(match, rarity) * _share(match.likeness.score)
        else:
            findings.append(_difference(match))
    if any(reason.code is ReasonCode.ORDER_DIFFERS for reason in compared.reasons):
        findings.append(Finding(LinkReason.NAME_ORDER_DIFFERS, -2.0))
    if agreed:
        code = LinkReason.SAME_NAME if compared.score >= 0.9 else LinkReason.SIMILAR_NAME
        findings.insert(0, Finding(code, agreed))
    return findings


def _share(likeness: float) -> float:
    """Part of a name's bits that a spelling keeps: all near 1, 40 % at the limit of SAME."""
    return 1.0 - 3.0 * max(0.0, 0.95 - likeness) if likeness < 0.95 else 1.0


def _difference(match: Match) -> Finding:
    """Another name speaks with full weight; one that misses being a spelling by little, with a third of it."""
    weakness = min(1.0, max(0.3, (SAME - match.likeness.score) / 0.2))
    return Finding(_DIFFERS[match.role.value], _BITS_DIFFERS[match.role.value] * weakness)


def _bits(match: Match, rarity: Rarity | None) -> float:
    if rarity is None:
        return PLAIN_BITS
    return min(_RAREST_BITS, rarity(match.left.skeleton), rarity(match.right.skeleton))


def _other_findings(left: Record, right: Record) -> list[Finding]:
    found = [birth_finding(left.birth, right.birth), _sex_finding(left.sex, right.sex)]
    found += [_district_finding(left.district, right.district), _phone_finding(left.phones, right.phones)]
    return [finding for finding in found if finding]


def _sex_finding(left: str, right: str) -> Finding | None:
    if "u" in {left, right} or left == right:
        return None
    return Finding(LinkReason.SEX_DIFFERS, -8.0)


def _district_finding(left: str | None, right: str | None) -> Finding | None:
    if not left or not right:
        return None
    return (
        Finding(LinkReason.SAME_DISTRICT, 3.0) if left == right else Finding(LinkReason.OTHER_DISTRICT, -1.5)
    )


def _phone_finding(left: frozenset[str], right: frozenset[str]) -> Finding | None:
    return Finding(LinkReason.SHARED_PHONE, 4.0) if left & right else None


def _document_finding(left: frozenset[str], right: frozenset[str], compared: Comparison) -> Finding | None:
    if not left or not right:
        return None
    if not left & right:
        return Finding(LinkReason.OTHER_DOCUMENT, -4.0)
    agreeing = [m for m in compared.matches if m.likeness.score >= SAME and m.role is not Role.FAMILY]
    if not agreeing:
        return Finding(LinkReason.DOCUMENT_TO_BE_CHECKED, _BITS_DOCUMENT)
    return Finding(LinkReason.SAME_DOCUMENT, _BITS_DOCUMENT)


def _cautions(findings: list[Finding], compared: Comparison, rarity: Rarity | None) -> list[Finding]:
    """Findings that forbid the verdict SAME, nearly without weight of their own."""
    codes = {finding.code for finding in findings}
    if LinkReason.SAME_DOCUMENT in codes:
        return []
    full = [
        m
        for m in compared.matches
        if m.likeness.score >= SAME and m.likeness.code is not ReasonCode.INITIAL_ONLY
    ]
    cautions = []
    if len(full) < 2:
        # One name in common and a family name that differs is what strangers look like.
        bits = -3.0 if LinkReason.FAMILY_NAME_DIFFERS in codes else 0.0
        cautions.append(Finding(LinkReason.TOO_LITTLE_NAME, bits))
    if not codes & _BIRTH_EVIDENCE:
        cautions.append(Finding(LinkReason.NO_BIRTH_EVIDENCE, 0.0))
        if not _is_telling(full, codes, rarity):
            cautions.append(Finding(LinkReason.COMMON_NAME, 0.0))
    return cautions


def _is_telling(full: list[Match], codes: set[LinkReason], rarity: Rarity | None) -> bool:
    """Whether names may decide alone: two of them on one telephone, or three that are rare together."""
    if LinkReason.SHARED_PHONE in codes:
        return len(full) > 1
    return (
        len(full) > 2
        and rarity is not None
        and sum(_bits(match, rarity) for match in full) >= _TELLING_NAME_BITS
    )
