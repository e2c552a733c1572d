"""What a whole run must have touched: every code of the error catalogue raised, every golden file compared.

Loaded by conftest.py. Workers hand in what they saw; where the whole suite ran and passed, what nobody raised or
compared fails the run. A run of some tests is not held to this.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from equipcheck.problems import Problem
from equipcheck.problems.catalogue import ENTRIES
from equipcheck.problems.notes import Note
from tests import goldens

SEEN: set[str] = set()
WITHOUT_A_TEST = frozenset(
    {
        "annex-file-too-large",
        "annex-not-a-draft",
        "annex-reader-died",
        "annex-too-large",
        "annex-unknown-form",
        "annex-unpacks-too-large",
        "bad-fact",
        "bad-usage",
        "cells-unread-more",
        "cluster-missing",
        "cluster-mixed-file",
        "cluster-needs-table",
        "column-open",
        "cycle-unclear",
        "dates-cross-family",
        "draft-too-big",
        "extends-limit",
        "fleet-as-of-today",
        "fleet-column-unused",
        "fleet-row-without-code",
        "fleet-table-heading",
        "pdf-extra-missing",
        "pdf-without-text",
        "snapshot-twice",
        "standard-rests-on-file",
        "summary-doubtful",
        "values-in-doubt",
        "verify-nothing-found",
    }
)
"""Codes that no test raises yet (some stand only in a reader's own process). This list may only shrink."""


def record() -> None:
    """Remember the code of every problem and note that comes to be."""
    for kind in (Problem, Note):
        made = kind.__init__

        def remembering(self: Any, *args: Any, _made: Any = made, **kwargs: Any) -> None:
            _made(self, *args, **kwargs)
            SEEN.add(self.code)

        kind.__init__ = remembering  # type: ignore[method-assign]


class Owned:
    """The plugin: on a worker it hands in, on the controller it adds up and decides."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.codes: set[str] = set()
        self.files: set[str] = set()

    def pytest_testnodedown(self, node: Any) -> None:
        """A worker is done."""
        output = getattr(node, "workeroutput", {})
        self.codes |= set(output.get("codes", ()))
        self.files |= set(output.get("goldens", ()))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand in, or decide."""
        output = getattr(self.config, "workeroutput", None)
        if output is not None:
            output["codes"], output["goldens"] = sorted(SEEN), sorted(goldens.COMPARED)
            return
        self.codes |= SEEN
        self.files |= goldens.COMPARED
        missing = list(self.missing()) if session.exitstatus == 0 and whole(self.config) else []
        if missing:
            print("\n\nno test owns these:\n" + "\n".join(missing))
            session.exitstatus = 1

    def missing(self) -> Iterator[str]:
        """Codes that no test raised and golden files that no test compared."""
        untested = set(ENTRIES) - self.codes - WITHOUT_A_TEST
        yield from (f"  error code {code}" for code in ENTRIES if code in untested)
        done = WITHOUT_A_TEST & self.codes | WITHOUT_A_TEST - set(ENTRIES)
        yield from (f"  {code} is raised now, or gone: take it off WITHOUT_A_TEST" for code in sorted(done))
        files = {
            path.relative_to(goldens.FOLDER).as_posix()
            for path in goldens.FOLDER.rglob("*")
            if path.is_file()
        }
        yield from (f"  golden file {name}" for name in sorted(files - self.files))


def whole(config: pytest.Config) -> bool:
    """Whether the whole suite was asked for, nothing chosen and nothing left out."""
    option = config.option
    chosen = option.keyword or option.markexpr or getattr(option, "lf", False) or option.maxfail == 1
    return not chosen and [str(one) for one in config.args] == list(config.getini("testpaths"))
