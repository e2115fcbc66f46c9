"""What tests of pages need: plain static files, and no cache that remembers the test before."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.utils import translation

from rohnamo.staff.tests.door import open_the_door


@pytest.fixture
def door(db: None, settings: LazySettings) -> None:
    open_the_door(settings)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
