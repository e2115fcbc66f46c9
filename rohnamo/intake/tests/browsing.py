"""A browser at the door of registers, and who stands there."""

from copy import deepcopy
from typing import Any

from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rohnamo.people.tests.factories import make_user
from rohnamo.projects.models import Partner, PartnerRole, Project, ProjectPartner, Source
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


def enter(user: User) -> Client:
    User.objects.filter(pk=user.pk).update(language="en")
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = browser.session
    session[PROVED] = user.pk
    session.save()
    return browser


def send(
    browser: Client, content: bytes, source: Source, project: Project, name: str = "register.csv"
) -> Any:
    file = SimpleUploadedFile(name, content)
    return browser.post("/work/intake/new/", {"file": file, "source": source.pk, "project": project.pk})


def html_of(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def a_partner_reporter(source: Source, project: Project, code: str = "namuna") -> User:
    partner = Partner.objects.create(code=code, kind="ngo", names={"en": code})
    ProjectPartner.objects.create(project=project, partner=partner, role=PartnerRole.IMPLEMENTING)
    Source.objects.filter(pk=source.pk, partner=None).update(partner=partner)
    return make_user(role=Role.PARTNER_REPORTER, partner=code)
