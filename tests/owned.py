"""What a whole run must have touched: golden files compared (or it fails), error codes raised (or it says which not).

Loaded by conftest.py. Workers hand in what they saw. Codes are said and not held to, since some are raised only where
a time-boxed fuzzer happens to come by, or in a reader's own process. A run of some tests is held to nothing.
"""

from __future__ import annotations

from typing import Any

import pytest

from equipcheck.problems import Problem
from equipcheck.problems.catalogue import ENTRIES
from equipcheck.problems.notes import Note
from tests import goldens

SEEN: set[str] = set()


def record() -> None:
    """Remember the code of every problem and note that comes to be."""
    for kind in (Problem, Note):
        made = kind.__new__

        def remembering(*args: Any, _made: Any = made, **kwargs: Any) -> Any:
            one = _made(*args, **kwargs)
            SEEN.add(one.code)
            return one

        kind.__new__ = remembering  # type: ignore[method-assign]


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
        if session.exitstatus != 0 or not whole(self.config):
            return
        if codes := sorted(set(ENTRIES) - self.codes):
            print("\n\nno test raised these error codes: " + ", ".join(codes))
        if files := sorted(self.unowned()):
            print("\n\nno test compares these golden files:\n" + "\n".join(files))
            session.exitstatus = 1

    def unowned(self) -> set[str]:
        """Golden files that no test compared."""
        files = {
            path.relative_to(goldens.FOLDER).as_posix()
            for path in goldens.FOLDER.rglob("*")
            if path.is_file()
        }
        return files - self.files


def whole(config: pytest.Config) -> bool:
    """Whether the whole suite was asked for, nothing chosen and nothing left out."""
    option = config.option
    chosen = option.keyword or option.markexpr or getattr(option, "lf", False) or option.maxfail == 1
    return not chosen and [str(one) for one in config.args] == list(config.getini("testpaths"))
