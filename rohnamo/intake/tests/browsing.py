"""A browser at the door of registers, and who stands there."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rohnamo.people.tests.factories import make_user
from rohnamo.projects.models import Partner, PartnerRole, Project, ProjectPartner, Source
from rohnamo.staff.models import Role, User


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
