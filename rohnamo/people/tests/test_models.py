"""Encrypted columns: text only, never compared."""

import pytest
from django.core.exceptions import FieldError

from rohnamo.people.models import Phone

pytestmark = pytest.mark.django_db


def test_given_an_encrypted_column_when_it_is_filtered_by_then_the_question_is_refused() -> None:
    with pytest.raises(FieldError):
        list(Phone.objects.filter(number="+992000000001"))


def test_given_bytes_when_they_are_put_into_an_encrypted_column_then_they_are_refused() -> None:
    field = Phone._meta.get_field("number")

    with pytest.raises(FieldError, match="stored in the clear"):
        field.get_db_prep_value(b"+992000000001", connection=None)
