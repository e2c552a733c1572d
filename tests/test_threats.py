"""docs/threats.md names a test for each line, and the tests are there; no code is made of data."""

from __future__ import annotations

import ast
import re

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "threats.md").read_text("utf-8")
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
SPARKS_OWN = {"src/equipcheck/fleet/spark.py"}
"""Spark hands functions and data between its own processes by pickle; nothing from a file goes that way."""
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle"}


def test_every_line_has_its_test():
    rows = [
        line
        for line in PAGE.splitlines()
        if line.startswith("| ") and "|---" not in line and "it tries" not in line
    ]
    assert len(rows) > 20
    assert [row for row in rows if "`tests/" not in row] == []


def test_every_test_named_exists():
    for path, name in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE):
        file = ROOT / path
        assert file.is_file(), path
        if name:
            functions = {
                node.name
                for node in ast.walk(ast.parse(file.read_text("utf-8")))
                if isinstance(node, ast.FunctionDef)
            }
            assert name in functions, f"{path}::{name}"


def test_no_code_is_made_of_data():
    """No eval, exec, pickle or shell anywhere in the program (re.compile is no compile)."""
    found = []
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else ""
                shell = any(word.arg == "shell" for word in node.keywords)
                if called in FORBIDDEN_CALLS or shell:
                    found.append(f"{where} {called or 'shell'}")
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if path.relative_to(ROOT).as_posix() not in SPARKS_OWN:
                found += [f"{where} {name}" for name in names if name.split(".")[0] in FORBIDDEN_MODULES]
    assert found == []
