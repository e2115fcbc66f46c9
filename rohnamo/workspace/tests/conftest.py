"""What tests of pages need: plain static files, and no cache that remembers the test before."""

import pytest
from django.conf import LazySettings

from rohnamo.staff.tests.door import open_the_door
from rohnamo.workspace.tests.house import House


@pytest.fixture
def house(db: None, settings: LazySettings) -> House:
    open_the_door(settings)
    return House()
