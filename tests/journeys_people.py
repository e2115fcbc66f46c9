"""Who makes a journey: accounts that can sign in like a person, and hands that use the keyboard only."""

from playwright.sync_api import Page

from rohnamo.core.audit import SYSTEM
from rohnamo.projects.actions import add_member
from rohnamo.projects.models import Project
from rohnamo.staff.actions import give_totp, make_account
from rohnamo.staff.models import Role, User
from rohnamo.staff.queries import totp_code
from tests.journeys import sign_in

PASSWORD = "намуна-намуна-2026"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MOST_TABS = 80


def somebody(username: str, role: Role, *projects: str) -> User:
    """An account with a password and a second factor, in projects."""
    user = make_account(username, role, password=PASSWORD, first_name="Намуна", last_name=username.title())
    give_totp(user, SECRET)
    for project in Project.objects.filter(code__in=projects):
        add_member(user, project, role=role, by=SYSTEM)
    return user


def come_in(page: Page, address: str, user: User) -> Page:
    sign_in(page, address, user.username, PASSWORD, lambda: totp_code(user))
    return page


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the first element that matches has the focus, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{MOST_TABS} times Tab, and {selector} never had the focus.")
