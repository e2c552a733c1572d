"""The documentation keeps in step with the program."""

from __future__ import annotations

import re
import runpy
import tomllib

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


def test_links_between_pages_lead_somewhere():
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
