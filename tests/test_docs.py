"""The documentation keeps in step with the program."""

from __future__ import annotations

import os
import pkgutil
import re
import runpy
import subprocess
import sys
import tomllib

import pytest

from tests.conftest import ROOT


def test_the_reference_is_what_the_commands_say():
    """To mend: python docs/make_reference.py"""
    page = runpy.run_path(str(ROOT / "docs" / "make_reference.py"))["page"]()
    assert (ROOT / "docs" / "reference.md").read_text("utf-8") == page


def test_every_dependency_has_its_line_of_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    names = list(project["project"]["dependencies"])
    for extra in project["project"]["optional-dependencies"].values():
        names += extra
    reasons = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    missing = [name for one in names if f"| {(name := re.split(r'[<>=;[ ]', one)[0])}" not in reasons]
    assert missing == []


def test_the_list_of_licences_is_that_of_the_lock_file():
    """To mend: python docs/make_licences.py"""
    locked = runpy.run_path(str(ROOT / "docs" / "make_licences.py"))["parts"]("requirements.lock")
    listed = re.findall(
        r"^\| (\S+) \| (\S+) \| .+ \|$", (ROOT / "docs" / "licences.md").read_text("utf-8"), re.M
    )
    assert [one for one in listed if one[0] != "part"] == locked


def test_links_between_pages_lead_somewhere():
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            made = "pictures/" in target  # by the site's build
            assert made or (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_name_in_how_it_works_is_real():
    """The walk through the program names functions and modules that exist."""
    text = (ROOT / "docs" / "how-it-works.md").read_text("utf-8")
    names = sorted(set(re.findall(r"`(equipcheck(?:\.\w+)+)`", text)) - {"equipcheck.yaml"})
    assert len(names) > 20
    assert [name for name in names if not resolves(name)] == []


def resolves(name: str) -> bool:
    """Whether a dotted name is a module, or something in one."""
    try:
        return pkgutil.resolve_name(name) is not None
    except (ImportError, AttributeError):
        return False


def test_the_guide_shows_what_the_commands_print():
    """To mend: python docs/make_guide.py, then read what changed."""
    renew = runpy.run_path(str(ROOT / "docs" / "make_guide.py"))["page"]
    for path in sorted((ROOT / "docs" / "guide").glob("*.md")):
        text = path.read_text("utf-8")
        assert renew(text) == text, path.name


@pytest.mark.browser
@pytest.mark.libreoffice
def test_the_site_is_built_with_no_dead_link_and_every_page_in_it(tmp_path):
    """mkdocs --strict: a page, a link or a picture that leads nowhere stops the build."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shown = {path.relative_to(tmp_path).with_suffix(".md") for path in tmp_path.rglob("*.html")}
    pages = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")}
    assert pages <= shown
    index = (tmp_path / "guide" / "index.html").read_text("utf-8")
    assert not re.search(r"""(?:src|href)=["']https?://(?!squidfunk)""", index)  # reading it needs no network
