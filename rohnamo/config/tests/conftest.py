"""A small mission in a home of its own, for what works on whole homes."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from rohnamo.core import keys
from rohnamo.core.home import REPOSITORY

FILL = """
import os
os.umask(0o077)
os.environ["DJANGO_SETTINGS_MODULE"] = "rohnamo.config.settings"
import django
django.setup()
from datetime import date, timedelta
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from rohnamo.core import files, keys
from rohnamo.core.audit import SYSTEM
keys.make_rings()
from rohnamo.deliveries.actions import Draft, record, source_key
from rohnamo.intake.tests.factories import make_setting
from rohnamo.people.actions import NewCoded, NewPerson, register, register_coded
from rohnamo.projects.models import Service
from rohnamo.staff.models import Role, User
source, project = make_setting()
service = Service.objects.get(code="consultation")
for number in range(20):
    name = NewPerson(family=f"Намунаев{chr(1072 + number)}", given="Далер", sex="m", phone=f"+99291800{number:04d}", consents=("service",), seen_on=date(2025, 1, 1))
    one = register(name, source=source, project=project, by=SYSTEM)
    key = source_key(source, (number,))
    record(Draft(service, project, key, date(2025, 1, 1), person_id=one.person_id), source=source, by=SYSTEM)
agreed = [NewCoded(sex="f", birth_year=1990 + n, name="Розизода Лола", consented_on=timezone.localdate()) for n in range(3)]
register_coded(agreed, project=project, by=SYSTEM)
files.store(os.urandom(3_000_000), content_type="text/csv", kept_until=timezone.localdate() + timedelta(days=9))
files.store(b"small", content_type="text/csv")
for name in ("admin", "second"):
    User.objects.create(username=name, role=Role.ADMINISTRATOR)
User.objects.create(username="officer", role=Role.PROJECT_OFFICER)
"""


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """20 people with a phone and a delivery each, 3 who may be called back, 2 stored files, 3 accounts."""
    home = tmp_path_factory.mktemp("filled") / "home"
    home.mkdir(mode=0o700)
    environment = os.environ | {"ROHNAMO_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", FILL], env=environment, cwd=REPOSITORY, check=True)
    return home


@pytest.fixture
def home(filled_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of that home which this process works with."""
    path = tmp_path / "home"
    shutil.copytree(filled_home, path)
    path.chmod(0o700)
    monkeypatch.setenv("ROHNAMO_HOME", str(path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": path / "data" / "rohnamo.sqlite3"}
    monkeypatch.setitem(settings.DATABASES, "default", database)
    monkeypatch.setattr(settings, "MIGRATION_MODULES", {})  # pytest --nomigrations hides them
    keys.forget_cached()
    yield path
    keys.forget_cached()


Query = Callable[..., list[tuple[object, ...]]]


@pytest.fixture
def asked() -> Query:
    """Ask the database of a home in SQL, past everything that is ours."""

    def ask(home: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(home / "data" / "rohnamo.sqlite3")) as database, database:
            return list(database.execute(statement, values))

    return ask
