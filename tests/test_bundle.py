"""The offline folder: made for this machine, installed from it without an index, and found out where it was changed.

Needs the package index, as installing the development environment did.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tomllib

import pytest

from tests.conftest import ROOT, SAMPLE

PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
HERE = {("Linux", "x86_64"): "linux", ("Linux", "aarch64"): "linux-arm", ("Darwin", "arm64"): "macos"}.get(
    (platform.system(), platform.machine())
)
pytestmark = [
    pytest.mark.skipif(HERE is None, reason="the installer of this system is a .cmd; it is run by hand"),
    pytest.mark.xdist_group("bundle"),
]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle") / "离线 安装"
    command = [sys.executable, str(ROOT / "packaging" / "bundle.py"), "--for", HERE, "--python", PYTHON]
    subprocess.run([*command, "-o", str(folder)], check=True, capture_output=True)
    return folder


def install(folder):
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHON": sys.executable}
    return subprocess.run(
        ["sh", str(folder / "安装.sh")], env=environment, capture_output=True, text=True, check=False
    )


def test_it_installs_without_an_index_and_runs_the_main_job(bundle, tmp_path):
    folder = shutil.copytree(bundle, tmp_path / "U 盘")
    done = install(folder)
    assert done.returncode == 0, done.stderr
    report = subprocess.run(
        [str(folder / "equipcheck"), "report", str(SAMPLE), "-f", "json"],
        env={"PATH": os.environ["PATH"]},
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert json.loads(report.stdout)["accounting"]["balanced"] is True
    assert "正在安装" not in install(folder).stdout  # a second start installs nothing


def test_a_changed_file_is_found_and_nothing_is_installed(bundle, tmp_path):
    folder = shutil.copytree(bundle, tmp_path / "changed")
    (wheel,) = (folder / "wheels").glob("equipcheck-*.whl")
    wheel.write_bytes(wheel.read_bytes() + b" ")
    done = install(folder)
    assert done.returncode == 2
    assert f"wheels/{wheel.name}" in done.stderr
    assert not (folder / "lib").exists()


def test_a_python_that_the_folder_was_not_made_for_is_told_which_it_was(bundle, tmp_path):
    folder = shutil.copytree(bundle, tmp_path / "other")
    (folder / "locks" / f"{HERE}-{PYTHON}.txt").rename(folder / "locks" / f"{HERE}-3.99.txt")
    done = install(folder)
    assert done.returncode == 2
    assert f"{HERE}-3.99" in done.stderr


def test_every_file_has_its_hash_and_the_list_of_parts_names_every_dependency(bundle):
    lines = (bundle / "SHA256SUMS.txt").read_text("utf-8").splitlines()
    listed = {line.split("  ", 1)[1]: line.split("  ", 1)[0] for line in lines}
    files = {path.relative_to(bundle).as_posix(): path for path in bundle.rglob("*") if path.is_file()}
    assert set(files) - {"SHA256SUMS.txt"} == set(listed)
    assert all(
        hashlib.sha256(files[name].read_bytes()).hexdigest() == digest for name, digest in listed.items()
    )
    parts = json.loads((bundle / "组件清单.cdx.json").read_text("utf-8"))["components"]
    names = {part["name"].lower() for part in parts}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {name.split(">")[0] for name in project["dependencies"]} <= names


def test_the_windows_starter_is_readable_on_a_chinese_console(bundle):
    raw = (bundle / "双击即用.cmd").read_bytes()
    text = raw.decode("gbk")
    assert "\r\n" in text
    assert "没有找到 Python" in text
    paths = [line for line in text.splitlines() if "%HERE%" in line]
    assert paths
    assert all(line.isascii() for line in paths)  # paths must not depend on the code page


def test_the_lowest_versions_allowed_run_the_main_job(tmp_path):
    """What pyproject.toml promises of older versions holds."""
    python = tmp_path / "lowest" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "lowest")], check=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--only-binary", ":all:", "--require-hashes"]
    subprocess.run([*install, "-r", str(ROOT / "requirements-lowest.lock")], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for arguments in (
        ["report", str(SAMPLE), "-f", "json", "-o", "a.json"],
        ["plan", str(SAMPLE), "--budget", "30万", "--by", "value", "--xlsx", "a.xlsx"],
        ["section", str(SAMPLE), "-o", "a.docx"],
        ["match", str(SAMPLE), "--review", "b.xlsx"],
    ):
        command = [str(python), "-m", "equipcheck", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
    newest = [sys.executable, "-m", "equipcheck", "report", str(SAMPLE), "-f", "json"]
    same = subprocess.run(newest, cwd=tmp_path, env=environment, capture_output=True, check=True).stdout
    assert (tmp_path / "a.json").read_bytes() == same
