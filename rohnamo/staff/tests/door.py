"""How tests come in by the staff door: plain static files, and a browser of somebody who proved a second factor."""

from copy import deepcopy

from django.conf import LazySettings
from django.test import Client

from rohnamo.staff.middleware import PROVED
from rohnamo.staff.models import User

NAVIGATION = "rohnamo.workspace.context.navigation"
READER = "rohnamo.staff.context.reader"


def open_the_door(settings: LazySettings) -> None:
    """Static files without a manifest, and the context that the settings of a running house hold."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    templates = deepcopy(settings.TEMPLATES)
    processors = templates[0]["OPTIONS"]["context_processors"]
    processors.extend(name for name in (READER, NAVIGATION) if name not in processors)
    settings.TEMPLATES = templates


def enter(user: User, *, language: str = "en") -> Client:
    """A browser of somebody who signed in and proved a second factor."""
    User.objects.filter(pk=user.pk).update(language=language)
    user.refresh_from_db()
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = browser.session
    session[PROVED] = user.pk
    session.save()
    return browser
