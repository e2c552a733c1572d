"""A desk over a copy of the sample, and a plain HTTP client that came by the right address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from equipcheck.desk.app import make_app
from equipcheck.desk.workspace import Workspace
from tests.browser import Window
from tests.desk.server import Desk, serving

TOKEN = "t" * 43
BASE = "http://127.0.0.1:8123"


def client_of(folder: Path, *, known: bool = True, calm: bool = False) -> TestClient:
    guard = make_app(Workspace(folder, today=dt.date(2024, 1, 1)), TOKEN)
    client = TestClient(guard, base_url=BASE, follow_redirects=False, raise_server_exceptions=not calm)
    if known:
        assert client.get("/", params={"token": TOKEN}).status_code == 303
    return client


@pytest.fixture
def client(sample: Path) -> Iterator[TestClient]:
    with client_of(sample) as client:
        yield client


class Opened:
    """A browser window on a running desk."""

    def __init__(self, window: Window, desk: Desk) -> None:
        self.window, self.desk, self.base = window, desk, desk.base
        self.page = window.page
        self.page.set_default_timeout(30_000)
        self.allowed: tuple[str, ...] = ()  # what the browser may complain of

    def close(self) -> None:
        """Nothing was complained of that was not expected, and nothing asked of anybody else."""
        complaints = [
            text for text in self.window.complaints if not any(word in text for word in self.allowed)
        ]
        assert complaints == []
        own = (self.base, "data:", "blob:", "chrome-error:")
        assert [url for url in self.window.requests if not url.startswith(own)] == []
        self.window.context.close()


@pytest.fixture
def window(chromium) -> Iterator[Callable[..., Opened]]:
    """Opens a folder's desk (or another window on the same one) in a fresh profile."""
    opened: list[Opened] = []
    with ExitStack() as stack:

        def open_(folder: Path, desk: Opened | None = None, **settings: object) -> Opened:
            served = desk.desk if desk is not None else stack.enter_context(serving(folder))
            opened.append(Opened(Window(chromium, served.address, **settings), served))
            return opened[-1]

        yield open_
        for one in opened:
            one.close()
