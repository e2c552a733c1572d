"""A real Chromium for the tests of what people see; one process for a run, a fresh profile for each page.

A file that uses it marks its tests `pytest.mark.browser`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import NEEDS

# Root needs --no-sandbox; the rest keeps the browser from looking for anything outside.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
]


@contextmanager
def started() -> Iterator[Browser]:
    """The browser, closed in the end."""
    program = next(filter(None, map(shutil.which, NEEDS["browser"][0])), None)
    assert program is not None, "no Chromium is installed (python run.py test installs it)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


class Window:
    """A page with everything noted that it complained of or tried to fetch."""

    def __init__(self, browser: Browser, address: str, **settings: Any) -> None:
        settings.setdefault("viewport", {"width": 1280, "height": 900})
        settings.setdefault("locale", "zh-CN")
        self.context: BrowserContext = browser.new_context(**settings)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(address)
