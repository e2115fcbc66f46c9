"""Why two records are, or are not, one person: codes for staff to read, weights for us to add."""

from enum import StrEnum
from typing import NamedTuple


class LinkReason(StrEnum):
    SAME_DOCUMENT = "same_document"
    # One document under wholly different names. It never says "changed name": that is what a pursuer asks for.
    DOCUMENT_TO_BE_CHECKED = "document_to_be_checked"
    OTHER_DOCUMENT = "other_document"
    SAME_NAME = "same_name"
    SIMILAR_NAME = "similar_name"
    COMMON_NAME = "common_name"
    TOO_LITTLE_NAME = "too_little_name"
    NAME_ORDER_DIFFERS = "name_order_differs"
    GIVEN_NAME_DIFFERS = "given_name_differs"
    FATHER_NAME_DIFFERS = "father_name_differs"
    FAMILY_NAME_DIFFERS = "family_name_differs"
    SAME_BIRTH_DATE = "same_birth_date"
    NEAR_BIRTH_DATE = "near_birth_date"
    BIRTH_DAY_AND_MONTH_SWAPPED = "birth_day_and_month_swapped"
    SAME_BIRTH_YEAR = "same_birth_year"
    NEAR_BIRTH_YEAR = "near_birth_year"
    BIRTH_DIFFERS = "birth_differs"
    NO_BIRTH_EVIDENCE = "no_birth_evidence"
    SEX_DIFFERS = "sex_differs"
    SAME_DISTRICT = "same_district"
    OTHER_DISTRICT = "other_district"
    SHARED_PHONE = "shared_phone"
    TIED_CANDIDATES = "tied_candidates"


class Finding(NamedTuple):
    """bits: log2 of the evidence for one person; negative speaks against it."""

    code: LinkReason
    bits: float
