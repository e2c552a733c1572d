"""The wheel carries the standards and the catalogue, and works away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile

import pytest

from tests.conftest import ROOT, SAMPLE


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def test_the_installed_package_runs_the_main_job(installed, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "equipcheck", "report", str(SAMPLE), "-f", "json"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    report = json.loads(done.stdout)
    assert report["accounting"]["balanced"] is True
    assert report["standard"]["id"] == "enforcement-2020"


def test_the_wheel_holds_every_standard_and_the_whole_catalogue(installed):
    shipped = {path.relative_to(ROOT / "standards") for path in (ROOT / "standards").rglob("*.yaml")}
    packed = installed / "equipcheck" / "_data" / "standards"
    assert shipped
    assert {path.relative_to(packed) for path in packed.rglob("*.yaml")} == shipped


def test_lock_files_name_versions_and_hashes_but_no_addresses():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
