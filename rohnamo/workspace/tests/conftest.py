"""What tests of pages need: plain static files, and no cache that remembers the test before."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.utils import translation

from rohnamo.staff.tests.door import open_the_door
from rohnamo.workspace.tests.house import House


@pytest.fixture
def house(db: None, settings: LazySettings) -> House:
    open_the_door(settings)
    return House()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
