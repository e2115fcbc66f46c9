"""What tests of pages need: plain static files, and no cache that remembers the test before."""

import pytest
from django.conf import LazySettings

from rohnamo.staff.tests.door import open_the_door


@pytest.fixture
def door(db: None, settings: LazySettings) -> None:
    open_the_door(settings)
