"""A browser in the workspace, and who sits before it."""

from copy import deepcopy

from django.conf import LazySettings
from django.test import Client

from rohnamo.staff.middleware import PROVED
from rohnamo.staff.models import Role, User

PROCESSORS = ("rohnamo.staff.context.reader", "rohnamo.workspace.context.navigation")


def open_the_door(settings: LazySettings) -> None:
    """Static files without a manifest, and the context that the settings of a running house hold."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    templates = deepcopy(settings.TEMPLATES)
    processors = templates[0]["OPTIONS"]["context_processors"]
    processors.extend(name for name in PROCESSORS if name not in processors)
    settings.TEMPLATES = templates


def enter(role: Role = Role.MONITORING_OFFICER) -> Client:
    user = User.objects.create_user(username=f"example-{role.value}", role=role, language="en")
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = browser.session
    session[PROVED] = user.pk
    session.save()
    return browser
