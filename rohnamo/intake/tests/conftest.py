"""What tests of pages need: plain static files, and words in one language."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.utils import translation

from rohnamo.staff.tests.door import open_the_door


@pytest.fixture(autouse=True)
def door(settings: LazySettings) -> Iterator[None]:
    open_the_door(settings)
    with translation.override("en"):
        yield
