"""What people type."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from rohnamo.staff.forms import InvitationForm, NewPasswordByLinkForm, SignInForm


def test_given_the_form_of_allauth_when_shown_then_labels_are_ours_and_no_placeholder_stands_in_the_box() -> (
    None
):
    with translation.override("en"):
        form = SignInForm(request=RequestFactory().get("/work/account/login/"))
        labels = {name: str(field.label) for name, field in form.fields.items()}

        assert labels == {"login": "User name", "password": "Password"}
        assert "placeholder" not in form.as_div()


@pytest.mark.parametrize(
    ("role", "partner", "wrong"),
    [
        ("trainer", "", []),
        ("partner_reporter", "invented-ngo", []),
        ("partner_reporter", "", ["partner"]),
        ("donor_reader", "", ["partner"]),
        ("king", "", ["role"]),
        ("trainer", "two words", ["partner"]),
    ],
)
def test_given_an_invitation_when_checked_then_outside_roles_need_their_organisation(
    role: str, partner: str, wrong: list[str]
) -> None:
    form = InvitationForm(
        {"email": "invented@example.org", "role": role, "partner": partner, "language": "tg"}
    )

    assert list(form.errors) == wrong


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        (" spaces stay ", " spaces stay ", []),
        ("one", "two", ["password_again"]),
        ("", "", ["password", "password_again"]),
    ],
)
def test_given_a_password_twice_when_checked_then_both_must_be_the_same(
    first: str, second: str, wrong: list[str]
) -> None:
    form = NewPasswordByLinkForm({"password": first, "password_again": second})

    assert list(form.errors) == wrong
    assert wrong or form.cleaned_data["password"] == " spaces stay "
