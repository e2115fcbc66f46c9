"""A browser of somebody who signed in."""

from django.test import Client

from rohnamo.staff.middleware import PROVED
from rohnamo.staff.models import User


def enter(user: User, *, language: str = "en") -> Client:
    """Signed in, with a second factor proved."""
    User.objects.filter(pk=user.pk).update(language=language)
    user.refresh_from_db()
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = browser.session
    session[PROVED] = user.pk
    session.save()
    return browser
