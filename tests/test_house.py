"""The plan of the house, held by tests: room names, file sizes, relations that go down, personal data registered."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field, ForeignKey

from rohnamo.core import personal
from rohnamo.core.home import REPOSITORY

PACKAGE = REPOSITORY / "rohnamo"
FLOORS = (
    "core", "ui", "staff", "places", "figures", "projects", "people", "deliveries", "results", "intake", "iati",
    "workspace", "portal", "config",
)  # fmt: skip
ROOMS = {
    "models", "rules", "queries", "actions", "published", "forms", "tasks", "views", "urls", "api", "pages", "commands",
    "templates", "static", "migrations", "tests", "apps", "wagtail_hooks", "templatetags", "middleware", "context",
    "adapters", "__init__", "README",
}  # fmt: skip
# The lowest floors, the wiring and the portal's files are named by what they hold.
NAMED_BY_NOUN = {"core", "ui", "config", "engines", "locale"}
EXTRA_ROOMS = {"portal": {"files"}, "staff": {"door"}}
ATTICS = {"utils", "helpers", "common", "misc", "base2", "manager", "stuff"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 50


def _sources() -> list[Path]:
    return [
        path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts and "tests" not in path.parts
    ]


def test_given_every_app_when_its_rooms_are_read_then_there_are_no_others() -> None:
    strange = {}
    for app in (path for path in PACKAGE.iterdir() if path.is_dir() and path.name not in NAMED_BY_NOUN):
        if app.name.startswith("__"):
            continue
        rooms = {path.stem for path in app.iterdir() if not path.name.startswith((".", "__pycache__"))}
        if extra := rooms - ROOMS - EXTRA_ROOMS.get(app.name, set()):
            strange[app.name] = sorted(extra)

    assert strange == {}


def test_given_every_app_when_its_front_page_is_looked_for_then_it_is_there() -> None:
    bare = [app for app in FLOORS if not (PACKAGE / app / "README.md").exists()]

    assert bare == []


def test_given_every_file_when_its_name_is_read_then_it_is_no_attic() -> None:
    assert [str(path) for path in PACKAGE.rglob("*.py") if path.stem in ATTICS] == []


def test_given_every_file_when_its_lines_are_counted_then_none_is_too_long() -> None:
    long_files = {
        str(path.relative_to(PACKAGE)): lines
        for path in _sources()
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_FILE
    }

    assert long_files == {}


def test_given_every_function_when_its_lines_are_counted_then_none_is_too_long() -> None:
    long_functions = [
        f"{path.relative_to(PACKAGE)}:{node.name}"
        for path in _sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno > LONGEST_FUNCTION
    ]

    assert long_functions == []


def test_given_every_relation_when_it_is_followed_then_it_goes_down_or_stays() -> None:
    upwards = []
    for model in apps.get_models():
        if model._meta.app_label not in FLOORS:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.related_model._meta.app_label in FLOORS:
                here, there = model._meta.app_label, field.related_model._meta.app_label
                if FLOORS.index(there) > FLOORS.index(here):
                    upwards.append(f"{model._meta.label}.{field.name} → {there}")

    assert upwards == []


def test_given_every_model_when_personal_data_are_asked_for_then_somebody_has_decided() -> None:
    foreign = {"auth", "contenttypes", "sessions", "account", "mfa", "django_tasks_database"}
    undecided = [
        model._meta.label_lower
        for model in apps.get_models()
        if model._meta.app_label not in foreign and not personal.is_known(model._meta.label_lower)
    ]

    assert undecided == []


def test_given_models_of_libraries_that_name_users_when_asked_then_they_are_registered_too() -> None:
    assert [
        where for where in ("sessions.session", "mfa.authenticator") if not personal.is_known(where)
    ] == []


@pytest.mark.parametrize("kind", ["BinaryField"])
def test_given_a_plain_binary_field_when_its_model_is_read_then_it_is_a_digest_or_key(kind: str) -> None:
    plain = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, Field) and type(field).__name__ == kind and model._meta.app_label in FLOORS
    ]

    told = {name for name in plain if name.endswith(("digest", ".source_key", ".trace"))}
    assert set(plain) - told == {"results.WordTemplate.content"}  # a donor's empty form
