"""What journeys share: a browser without a download, a mission with a little work in it, signing in like a person."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
needs_browser = pytest.mark.skipif(
    not CHROMIUM, reason="NO BROWSER: journeys were NOT run. On Debian: apt install chromium"
)


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
            ],
        )
        try:
            yield opened
        finally:
            opened.close()


def sign_in(page: Page, address: str, username: str, password: str, code: Callable[[], str]) -> None:
    """User name and password, then the second factor. In Russian, whatever the browser speaks."""
    page.goto(f"{address}/work/?language=ru")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("form.form button.button-main").first.click()
    page.locator("input[name=code]").fill(code())
    page.locator("form.form button.button-main").first.click()
    page.wait_for_url(re.compile(r"/work/(?!account/)"))
