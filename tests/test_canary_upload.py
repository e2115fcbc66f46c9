"""The canary hunt through the door of registers: sent, answered and accepted in a browser, on a database that is a file.

Afterwards every byte of the home folder is searched for what must not be there: database, its log, sealed files, cache.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rohnamo.core.home import REPOSITORY
from rohnamo.intake.tests.factories import NEVER_IN_CLEAR
from rohnamo.intake.tests.traces import found_in

ROHNAMO = Path(sys.executable).with_name("rohnamo")
NAME_OF_FILE = "Розизода Лола.csv"
AT_THE_DOOR = """
import json, os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rohnamo.config.settings")
import django
django.setup()
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test.utils import setup_test_environment
from django_tasks_db.models import DBTaskResult
from rohnamo.core.models import AuditEntry
from rohnamo.intake.models import Upload
from rohnamo.intake.queries import uploads
from rohnamo.intake.tests.browsing import send
from rohnamo.staff.tests.door import enter
from rohnamo.intake.tests.factories import BARE, LATER, REGISTER, TITLES, csv_of
from rohnamo.people.models import CallBack, Judgement, Person
from rohnamo.people.tests.factories import make_user
from rohnamo.projects.models import Project, Source

NAME_OF_FILE = {name!r}
setup_test_environment(debug=False)
source, project = Source.objects.get(code="health-outreach"), Project.objects.get(code="EX.03")
browser = enter(make_user(project))


def work():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def sent(content):
    answer = send(browser, content, source, project, NAME_OF_FILE)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def seen(address):
    return browser.get(address, follow=True).content.decode()


TICKS = {{"other_services": "yes", "again": "yes"}}
browser.post(sent(csv_of(TITLES, BARE)) + "accept/", TICKS)
doubtful = sent(csv_of(TITLES, LATER))
pages = [seen(doubtful)]
browser.post(doubtful + "answer/", {{"row": "2", "verdict": "unsure"}})
browser.post(doubtful + "answer/", {{"row": "2", "verdict": "positive"}})
pages.append(seen(doubtful))
browser.post(doubtful + "accept/", TICKS)
uploads.AT_ONCE_ROWS = 3
large = sent(REGISTER)
pages.append(seen(large))
work()
pages.append(seen(large))
browser.post(large + "accept/", TICKS)
work()
pages.append(seen(large))
waiting = sent(csv_of(TITLES, LATER, BARE))
pages += [seen(waiting), seen("/work/intake/"), seen("/work/people/"), seen("/work/")]
print(json.dumps({{
    "states": [uploads.state_of(one).value for one in Upload.objects.order_by("pk")],
    "judged": list(Judgement.objects.filter(superseded_at=None).values_list("verdict", flat=True)),
    "people": Person.objects.count(),
    "call_backs": [one.name for one in CallBack.objects.all()],
    "label": Upload.objects.latest("pk").label,
    "tasks": sorted(DBTaskResult.objects.filter(task_path__startswith="rohnamo.intake.").values_list("task_path", "status")),
    "answers": AuditEntry.objects.filter(verb="intake.answer").count(),
    "pages": "".join(pages),
    "sessions": [repr(one.get_decoded()) for one in Session.objects.all()],
    "database": str(settings.DATABASES["default"]["NAME"]),
}}))
"""


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of a fresh home on SQLite, the mission in it."""
    environment = {
        **os.environ,
        "ROHNAMO_HOME": str(tmp_path / "home"),
        "ROHNAMO_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
    }
    environment.pop("DATABASE_URL", None)
    subprocess.run(
        [ROHNAMO, "init", "--mission", "tajikistan"],
        env=environment,
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
    )
    return environment


def test_given_registers_sent_answered_and_accepted_when_the_home_is_searched_then_nobody_stands_in_it(
    home: dict[str, str],
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AT_THE_DOOR.format(name=NAME_OF_FILE)],
        env=home,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    files = [path for path in sorted(Path(home["ROHNAMO_HOME"]).rglob("*")) if path.is_file()]
    whole = b"\x00".join(path.read_bytes() for path in files)

    assert Path(told["database"]) in files, "the database is a file of this home"
    assert {key: told[key] for key in ("states", "judged", "people", "call_backs", "label", "answers")} == {
        "states": ["taken", "taken", "taken", "waiting"],
        "judged": ["positive", "unsure"],
        "people": 3,
        "call_backs": ["Розизода Лола"],
        "label": NAME_OF_FILE,
        "answers": 2,
    }
    assert told["tasks"] == [
        ["rohnamo.intake.tasks.accept", "SUCCESSFUL"],
        ["rohnamo.intake.tasks.look_through", "SUCCESSFUL"],
    ]
    assert "Намунаев Далер" in told["pages"], "there was somebody to leak"
    assert found_in(whole, NEVER_IN_CLEAR) == []
    assert found_in("".join(told["sessions"]).encode(), NEVER_IN_CLEAR) == []
    assert found_in(done.stderr.encode(), NEVER_IN_CLEAR) == []
