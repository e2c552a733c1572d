"""A desk over a copy of the sample, and a plain HTTP client that came by the right address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from equipcheck.desk.app import make_app
from equipcheck.desk.workspace import Workspace

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
