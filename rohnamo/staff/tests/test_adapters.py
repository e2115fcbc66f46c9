"""How allauth behaves in this house."""

import re

import pytest
from cryptography.exceptions import InvalidTag

from rohnamo.core import keys
from rohnamo.staff.adapters import SealedFactors


def test_given_a_secret_when_sealed_then_it_opens_again_and_does_not_show() -> None:
    sealed = SealedFactors().encrypt("JBSWY3DP")

    assert "JBSWY3DP" not in sealed
    assert SealedFactors().decrypt(sealed) == "JBSWY3DP"


def test_given_a_secret_twice_when_sealed_then_it_looks_different() -> None:
    assert SealedFactors().encrypt("JBSWY3DP") != SealedFactors().encrypt("JBSWY3DP")


def test_given_a_sealed_secret_when_it_is_read_as_another_column_then_it_does_not_open() -> None:
    import base64

    sealed = base64.b64decode(SealedFactors().encrypt("JBSWY3DP"))

    with pytest.raises(InvalidTag):
        keys.decrypt(sealed, ring="data", context="people.person.name")


def test_given_the_picture_for_the_app_when_drawn_then_it_stands_on_white_so_that_a_dark_page_does_not_hide_it() -> (
    None
):
    picture = SealedFactors().build_totp_svg("otpauth://totp/invented?secret=JBSWY3DP&issuer=Rohnamo")

    assert re.findall(r'fill="(#[0-9a-f]+|[a-z]+)"', picture) == ["#fff"]
