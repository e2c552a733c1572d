"""The wheel carries the standards and the catalogue, and works away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile

import pytest

from tests.conftest import ROOT, SAMPLE


def build(folder):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel):
    target = wheel.parent / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def test_a_wheel_built_twice_is_the_same_to_the_byte(wheel, tmp_path):
    assert build(tmp_path).read_bytes() == wheel.read_bytes()


def test_the_wheel_is_for_every_system(wheel):
    assert wheel.name.endswith("-py3-none-any.whl")


def test_everything_but_the_extras_own_commands_works_without_the_extras(installed, tmp_path):
    """No module of ours imports an extra (pdf, spark) before it is needed."""
    script = (
        "import importlib, pkgutil, sys\n"
        "for name in ('pdfplumber', 'pyspark', 'pyarrow'): sys.modules[name] = None\n"
        "import equipcheck\n"
        "for one in pkgutil.walk_packages(equipcheck.__path__, 'equipcheck.'):\n"
        "    if not one.name.endswith(('__main__', 'sidecar_process')): importlib.import_module(one.name)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_the_installed_package_runs_the_main_job(installed, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "equipcheck", "report", str(SAMPLE), "-f", "json"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    report = json.loads(done.stdout)
    assert report["accounting"]["balanced"] is True
    assert report["standard"]["id"] == "enforcement-2020"


def test_the_wheel_holds_the_guide(installed):
    packed = installed / "equipcheck" / "_data" / "guide"
    assert {path.name for path in packed.iterdir()} == {
        path.name for path in (ROOT / "docs" / "guide").glob("*.md")
    }


def test_the_wheel_holds_every_standard_and_the_whole_catalogue(installed):
    shipped = {path.relative_to(ROOT / "standards") for path in (ROOT / "standards").rglob("*.yaml")}
    packed = installed / "equipcheck" / "_data" / "standards"
    assert shipped
    assert {path.relative_to(packed) for path in packed.rglob("*.yaml")} == shipped


def test_the_wheel_brings_what_is_made_of_the_shipped_files(installed, tmp_path):
    """Found by its key: the installed program makes none of it again, and it is what the checkout makes."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "EQUIPCHECK_CACHE": str(tmp_path)}
    script = str(ROOT / "packaging" / "fill_shelf.py")
    subprocess.run([sys.executable, script], cwd=tmp_path, env=environment, check=True)
    assert list(tmp_path.rglob("*.json")) == []
    subprocess.run(
        [sys.executable, script],
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(ROOT / "src")},
        check=True,
    )
    made = {path.name.rpartition("-")[0]: path.read_bytes() for path in tmp_path.rglob("*.json")}
    packed = (installed / "equipcheck" / "_data" / "shelf").glob("*.json")
    assert {path.stem: path.read_bytes() for path in packed} == made


def test_lock_files_name_versions_and_hashes_but_no_addresses():
    for name in (
        "requirements.lock",
        "requirements-dev.lock",
        "requirements-lowest.lock",
        "packaging/pip.lock",
    ):
        text = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
