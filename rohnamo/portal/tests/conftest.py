"""Public pages in a house of their own: a folder for what is published, static files by their plain names."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from rohnamo.core.models import Change
from rohnamo.portal.tests.factories import a_mission

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _house(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PUBLIC_ROOT = tmp_path / "public"
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def mission(db: None) -> None:
    """A small mission: two areas, two projects, numbers of this year and of last year. No change waits for a reader."""
    a_mission()
    Change.objects.all().delete()


@pytest.fixture
def reader() -> Client:
    """Somebody without a session, a script or a language of the browser."""
    return Client(raise_request_exception=True)
