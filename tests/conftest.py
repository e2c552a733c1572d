"""What all tests share."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
# No timed assertions; and what CI runs today it ran yesterday: new examples are sought at the desk.
slow = [HealthCheck.too_slow]
settings.register_profile("desk", deadline=None, suppress_health_check=slow)
settings.register_profile("ci", deadline=None, suppress_health_check=slow, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

if "EQUIPCHECK_CACHE" not in os.environ:  # no test reads or fills the user's
    shelf = tempfile.mkdtemp(prefix="equipcheck-shelf-")
    atexit.register(shutil.rmtree, shelf, ignore_errors=True)
    os.environ["EQUIPCHECK_CACHE"] = shelf
SAMPLE = ROOT / "inventories" / "sample-district"


NEEDS = {
    "libreoffice": (("soffice",), "LibreOffice is not installed"),
    "browser": (
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        "no Chromium is installed",
    ),
}
"""Marker → (the programs of which one must be there, why its tests are skipped otherwise)."""


def pytest_configure(config: pytest.Config) -> None:
    """Every error code and every golden file is owned by some test: a whole run is held to it."""
    from tests import owned

    owned.record()
    config.pluginmanager.register(owned.Owned(config))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need a program are skipped without it, with the reason; never in CI."""
    if os.environ.get("CI"):
        return
    missing = {name: why for name, (programs, why) in NEEDS.items() if not any(map(shutil.which, programs))}
    for item in items:
        for name, why in missing.items():
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=why))


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """One browser for all tests of a run: a second one in the same process is refused."""
    from tests.browser import started

    with started() as browser:
        yield browser


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the synthetic sample project."""
    target = tmp_path / "sample-district"
    shutil.copytree(SAMPLE, target)
    return target


@pytest.fixture(autouse=True)
def _no_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see neither the caller's colours nor the caller's terminal width."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("COLUMNS", raising=False)
