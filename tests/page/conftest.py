"""The browser and the pages that the tests of the page share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser import Window
from tests.conftest import ROOT, SAMPLE
from tests.page.made import page_of


@pytest.fixture(scope="session")
def sample_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's page, with two years on record."""
    import shutil

    from equipcheck.cli import run

    folder = tmp_path_factory.mktemp("sample")
    project = folder / "sample-district"
    shutil.copytree(SAMPLE, project)
    assert run(["history", "record", str(project), "--as-of", "2022-12-31"]) == 0
    assert run(["history", "record", str(project)]) == 0
    return page_of(project, folder)


@pytest.fixture(scope="session")
def fleet_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample fleet's page, written by the command itself."""
    from equipcheck.cli import run

    path = tmp_path_factory.mktemp("fleet") / "汇总.html"
    fleet = ROOT / "inventories" / "sample-fleet"
    assert run(["rollup", str(fleet), "--no-cache", "-o", str(path)]) == 0
    return path


@pytest.fixture
def show(chromium, sample_page) -> Iterator[Callable[..., Window]]:
    """Opens the sample's page (or another) with what a test wants; nothing may be complained of or fetched."""
    windows: list[Window] = []

    def opened(path: Path | None = None, anchor: str = "", **settings: object) -> Window:
        window = Window(chromium, (path or sample_page).as_uri() + anchor, **settings)
        windows.append(window)
        return window

    yield opened
    for window in windows:
        assert window.complaints == []
        assert [url for url in window.requests if not url.startswith("file:")] == []
        window.context.close()
