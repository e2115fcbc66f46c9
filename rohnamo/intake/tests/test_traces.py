"""The hunt itself: a secret is found wherever it was put."""

import json
from base64 import b64encode

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult, get_date_max

from rohnamo.core import audit
from rohnamo.intake.tests.traces import found_in, whole_database

SECRET = "Пинҳонов"


def test_given_a_secret_in_any_form_when_it_is_hunted_then_it_is_found() -> None:
    hidden = [
        SECRET.encode(), SECRET.encode("utf-16-le"), json.dumps([SECRET]).encode(), json.dumps(SECRET).upper().replace("\\U", "\\u").encode(),
        *(b64encode(b"x" * before + SECRET.encode() + b"yz") for before in range(6)), SECRET.encode().hex().encode(),
    ]  # fmt: skip

    assert [found_in(b"before" + one + b"after", [SECRET]) for one in hidden] == [[SECRET]] * len(hidden)
    assert found_in("Намунаев".encode(), [SECRET]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["audit", "session", "cache", "task"])
def test_given_a_secret_in_a_table_when_the_database_is_searched_then_it_is_found(place: str) -> None:
    before = found_in(whole_database(), [SECRET])

    _hide(place)

    assert (before, found_in(whole_database(), [SECRET])) == ([], [SECRET])


def _hide(place: str) -> None:
    if place == "audit":
        audit.record(None, "intake.answer", "intake.upload", fields=[SECRET])
    elif place == "session":
        session = SessionStore()
        session["_messages"] = f"{SECRET} " * 200
        session.save()
    elif place == "cache":
        cache.set("key", {"name": SECRET})
    else:
        DBTaskResult.objects.create(
            args_kwargs={"args": [SECRET], "kwargs": {}}, task_path="x", run_after=get_date_max(), backend_name="default"
        )  # fmt: skip
