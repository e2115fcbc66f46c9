"""What every workspace page knows of its reader."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from rohnamo.staff.context import reader
from rohnamo.staff.models import User


@pytest.mark.parametrize(
    ("first_name", "last_name", "expected"),
    [
        ("Намуна", "Намунаӣ", {"name": "Намуна Намунаӣ", "short": "НН"}),
        ("", "", {"name": "invented.user", "short": "I"}),
    ],
)
def test_given_a_reader_in_the_workspace_when_a_page_is_made_then_it_knows_the_name(
    first_name: str, last_name: str, expected: dict[str, str]
) -> None:
    request = RequestFactory().get("/work/people/")
    request.user = User(username="invented.user", first_name=first_name, last_name=last_name)

    own = "/work/staff/me/"
    assert reader(request) == {"reader": expected, "me_href": own, "language_href": own}


@pytest.mark.parametrize(("path", "user"), [("/ru/", User(username="invented")), ("/work/", AnonymousUser())])
def test_given_a_public_page_or_nobody_when_a_page_is_made_then_it_knows_nothing(
    path: str, user: object
) -> None:
    request = RequestFactory().get(path)
    request.user = user

    assert reader(request) == {}
