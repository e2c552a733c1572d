"""The catalogue of errors: whole, listed, and its page in step with it."""

from __future__ import annotations

import json
import string
from collections.abc import Iterator

import pytest

from equipcheck.cli import run
from equipcheck.problems import Problem
from equipcheck.problems.catalogue import ENTRIES
from equipcheck.problems.listing import as_markdown

from . import owned
from .conftest import ROOT


@pytest.fixture(autouse=True)
def _raises_nothing() -> Iterator[None]:
    """Codes made here to look at their sentences are raised by nobody."""
    before = set(owned.SEEN)
    yield
    owned.SEEN.intersection_update(before)


def test_every_entry_says_what_why_and_how_to_mend() -> None:
    for code, entry in ENTRIES.items():
        assert code == entry.code
        assert all((entry.title, entry.why, entry.mend, entry.template)), code


def test_every_template_can_be_filled() -> None:
    for code, entry in ENTRIES.items():
        names = [name for _, name, _, _ in string.Formatter().parse(entry.template) if name]
        message = Problem(code, args={name: f"<{name}>" for name in names}).message
        assert all(f"<{name}>" in message for name in names), code


def test_listing(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["errors", "-f", "json"]) == 0
    assert [entry["code"] for entry in json.loads(capfd.readouterr().out)] == list(ENTRIES)
    assert run(["errors", "quantity-empty"]) == 0
    assert "数量为空" in capfd.readouterr().out


def test_a_code_that_is_none_gets_a_near_one(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["errors", "quantity-empti"]) == 2
    assert "quantity-empty" in capfd.readouterr().err


def test_the_page_is_in_step() -> None:
    """To mend: equipcheck errors -f md > docs/errors.md"""
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert page == as_markdown(list(ENTRIES.values()))
