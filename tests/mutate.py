"""Mutation testing: change the meaning of one place at a time and see whether the tests of its area notice.

    python run.py mutate PATH [--sample N] [--minutes M] [--record]

`--record` writes what survived into docs/mutation.md, with the argument from docs/mutation.yaml where there is one.
mutmut runs tests in children of a process that has run them already; Polars does not survive such a fork. Here each
child is forked before any frame is touched, and gets the changed module from an import hook.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.util
import itertools
import os
import random
import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src"
RESULTS, ARGUMENTS = ROOT / "docs" / "mutation.md", ROOT / "docs" / "mutation.yaml"
LONGEST = 240  # seconds for the tests of one change

AREAS: dict[str, tuple[str, ...]] = {
    "assess": ("tests/test_assess_edges.py", "tests/test_assess_properties.py"),
    "checking/books.py": ("tests/test_books.py",),
    "standard/rules.py": ("tests/test_rules.py",),
    "plan": (
        "tests/plan/test_ladder.py", "tests/plan/test_years.py", "tests/plan/test_lapsing.py",
        "tests/plan/test_choose.py", "tests/plan/test_priority.py", "tests/plan/test_year_edges.py",
    ),
}  # fmt: skip
"""The tests of each area, quick ones first; the longest prefix of a path decides."""

COMPARED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"), ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="), ast.In: ("in", "not in"), ast.NotIn: ("not in", "in"), ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}  # fmt: skip
COUNTED: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "+"), ast.Div: ("/", "*"), ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"), ast.BitAnd: ("&", "|"), ast.BitOr: ("|", "&"),
}  # fmt: skip
NAMES = {
    "min": "max", "max": "min", "any": "all", "all": "any", "first": "last", "last": "first", "head": "tail",
    "min_horizontal": "max_horizontal", "max_horizontal": "min_horizontal", "any_horizontal": "all_horizontal",
    "lower_bound": "upper_bound", "is_null": "is_not_null", "is_not_null": "is_null", "True": "False",
}  # fmt: skip
JOINS = {"left": "inner"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the text from `start` to `end` of a file becomes `new`."""

    path: Path
    line: int
    start: int
    end: int
    old: str
    new: str

    def applied(self, source: str) -> str:
        """The changed source."""
        return source[: self.start] + self.new + source[self.end :]

    @property
    def said(self) -> str:
        """The change in a few words."""
        return " ".join(f"{self.old} → {self.new or '（删）'}".split())


class Finder(ast.NodeVisitor):
    """Collects the changes of one file."""

    def __init__(self, path: Path) -> None:
        self.path, self.source = path, path.read_text("utf-8")
        self.lines = self.source.splitlines()
        self.starts = [0, *itertools.accumulate(len(one) for one in self.source.splitlines(keepends=True))]
        self.found: list[Change] = []
        tree = ast.parse(self.source)
        self.skipped = {id(inner) for outer in ast.walk(tree) for inner in _told(outer)}
        self.visit(tree)

    def visit(self, node: ast.AST) -> None:
        """What only speaks or declares is left as it is, with all that it holds."""
        if id(node) not in self.skipped:
            super().visit(node)

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a node stands in the text; the parser counts bytes."""

        def at(line: int, column: int) -> int:
            return self.starts[line - 1] + len(self.lines[line - 1].encode()[:column].decode())

        return at(node.lineno, node.col_offset), at(node.end_lineno, node.end_col_offset)

    def add(self, line: int, start: int, end: int, new: str) -> None:
        self.found.append(Change(self.path, line, start, end, self.source[start:end], new))

    def between(self, left: ast.AST, right: ast.AST, old: str, new: str) -> None:
        """The operator between two nodes."""
        start, end = self.span(left)[1], self.span(right)[0]
        place = re.search(rf"(?<![\w<>=!/*]){re.escape(old)}(?![\w<>=/*])", self.source[start:end])
        if place:
            self.add(left.end_lineno, start + place.start(), start + place.end(), new)

    def negate(self, test: ast.expr) -> None:
        start, end = self.span(test)
        self.add(test.lineno, start, end, f"(not ({self.source[start:end]}))")

    def rename(self, line: int, end: int, name: str) -> None:
        if name in NAMES:
            self.add(line, end - len(name), end, NAMES[name])

    def visit_Compare(self, node: ast.Compare) -> None:
        for left, op, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
            if type(op) in COMPARED:
                self.between(left, right, *COMPARED[type(op)])
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in COUNTED:
            self.between(node.left, node.right, *COUNTED[type(node.op)])
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in itertools.pairwise(node.values):
            self.between(left, right, *words)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        self.add(node.lineno, self.span(node)[0], self.span(node.operand)[0], "")
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if type(node.op) in COUNTED:
            old, new = COUNTED[type(node.op)]
            self.between(node.target, node.value, f"{old}=", f"{new}=")
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.rename(node.end_lineno, self.span(node)[1], node.attr)
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        self.rename(node.end_lineno, self.span(node)[1], node.id)

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg is not None:
            self.rename(node.lineno, self.span(node)[0] + len(node.arg), node.arg)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self.add(node.lineno, *self.span(node), str(not node.value))
        elif isinstance(node.value, int):
            self.add(node.lineno, *self.span(node), str(node.value + 1))
        elif isinstance(node.value, str) and node.value in JOINS:
            self.add(node.lineno, *self.span(node), repr(JOINS[node.value]))

    def visit_Continue(self, node: ast.Continue) -> None:
        self.add(node.lineno, *self.span(node), "pass")

    def visit_Break(self, node: ast.Break) -> None:
        self.add(node.lineno, *self.span(node), "continue")

    def visit_If(self, node: ast.If) -> None:
        self.negate(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.negate(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self.add(test.lineno, *self.span(test), "True")
        self.generic_visit(node)


def changes(path: Path) -> list[Change]:
    """Every change of meaning that is tried in a file, in order of place."""
    found = {(one.start, one.end, one.new): one for one in Finder(path).found if one.old != one.new}
    return sorted(found.values(), key=lambda one: (one.start, one.end, one.new))


def _told(node: ast.AST) -> Iterator[ast.AST]:
    """What is never changed: annotations, docstrings, messages, and code that only types see."""
    if isinstance(node, (ast.JoinedStr, ast.Raise)):
        yield from ast.walk(node)
    if isinstance(node, ast.AnnAssign):
        yield from ast.walk(node.annotation)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        for one in (
            node.returns,
            *(argument.annotation for argument in [*node.args.args, *node.args.kwonlyargs]),
        ):
            if one is not None:
                yield from ast.walk(one)
        for decorator in node.decorator_list:
            yield from ast.walk(decorator)
    if isinstance(node, ast.ClassDef):
        for decorator in node.decorator_list:
            yield from ast.walk(decorator)
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        yield from ast.walk(node)
    if isinstance(node, ast.keyword) and node.arg == "strict":  # of zip: holds what is always so
        yield from ast.walk(node)


class Changed(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Serves one module with its changed source."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        self.name, self.path, self.source = name, path, source

    def find_spec(self, fullname, path, target=None):
        if fullname != self.name:
            return None
        package = self.path.name == "__init__.py"
        return importlib.util.spec_from_file_location(
            fullname,
            self.path,
            loader=self,
            submodule_search_locations=[str(self.path.parent)] if package else None,
        )

    def get_filename(self, fullname: str) -> str:
        return str(self.path)

    def get_data(self, path: str) -> bytes:
        return self.source.encode()

    def path_stats(self, path: str):
        raise OSError  # no compiled file is read or written


def tests_of(path: Path) -> tuple[str, ...]:
    """The tests of a file's area."""
    inner = path.relative_to(SOURCES / "equipcheck").as_posix()
    fitting = [area for area in AREAS if inner == area or inner.startswith(f"{area}/")]
    if not fitting:
        raise SystemExit(f"no tests are named for {inner}: add its area to tests/mutate.py")
    return AREAS[max(fitting, key=len)]


def survives(change: Change) -> bool:
    """Whether the tests of the change's area pass all the same."""
    child = os.fork()
    if child == 0:
        _child(change)
    started = time.monotonic()
    while time.monotonic() - started < LONGEST:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            if code in (3, 4, 5):  # pytest itself went wrong, or found no test
                raise SystemExit(f"the tests did not run (pytest's exit code {code}): {change.path}")
            return code == 0
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False  # a change that never ends is noticed


def _child(change: Change) -> None:
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    module = ".".join(change.path.relative_to(SOURCES).with_suffix("").parts).removesuffix(".__init__")
    source = change.applied(change.path.read_text("utf-8"))
    code = 1
    try:
        compile(source, str(change.path), "exec")
        sys.meta_path.insert(0, Changed(module, change.path, source))
        code = _run_tests(tests_of(change.path))
    finally:
        os._exit(code)


def _run_tests(paths: Sequence[str]) -> int:
    import pytest
    from hypothesis import Phase, settings

    # The first failing example is enough; the same examples for every change.
    settings.register_profile(
        "mutate", phases=[Phase.explicit, Phase.generate], database=None, derandomize=True, deadline=None
    )
    settings.load_profile("mutate")
    options = ["-x", "-q", "-p", "no:cacheprovider"]
    return int(pytest.main([*options, *paths]))


def files_of(paths: Sequence[str]) -> list[Path]:
    """The Python files named, or in the folders named."""
    found: list[Path] = []
    for text in paths:
        path = (Path.cwd() / text).resolve()
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return found


def main(arguments: Sequence[str]) -> int:
    """Try the changes and print what survived; 1 where more than 15 of 100 did."""
    call = argparse.ArgumentParser(
        prog="python run.py mutate", description=__doc__.split("\n", maxsplit=1)[0]
    )
    call.add_argument("paths", nargs="+")
    call.add_argument(
        "--sample", type=int, default=0, help="at most so many changes a file, drawn with a fixed seed"
    )
    call.add_argument("--minutes", type=float, default=60)
    call.add_argument("--record", action="store_true")
    asked = call.parse_args(arguments)
    sys.path[:0] = [str(SOURCES), str(ROOT)]
    os.chdir(ROOT)
    os.environ["EQUIPCHECK_EXAMPLES"] = os.environ.get("EQUIPCHECK_EXAMPLES", "0.3")
    for heavy in ("polars", "pydantic", "hypothesis", "openpyxl", "xlsxwriter", "click", "rich"):
        importlib.import_module(heavy)  # loaded once, before any child
    end = time.monotonic() + asked.minutes * 60
    arguments_known = yaml.safe_load(ARGUMENTS.read_text("utf-8")) if ARGUMENTS.exists() else {}
    results: list[tuple[Path, int, list[Change]]] = []
    for path in files_of(asked.paths):
        tried = changes(path)
        if asked.sample and len(tried) > asked.sample:
            tried = sorted(random.Random(7).sample(tried, asked.sample), key=lambda one: one.start)
        if not survives(Change(path, 1, 0, 0, "", "")):
            print(f"{path.relative_to(ROOT)}: its tests fail without any change: {' '.join(tests_of(path))}")
            return 2
        done, left = 0, []
        for change in tried:
            if time.monotonic() > end:
                break
            done += 1
            if survives(change):
                left.append(change)
                print(f"survived {path.relative_to(ROOT)}:{change.line}  {change.said}", flush=True)
        if done:
            results.append((path, done, left))
            print(f"{path.relative_to(ROOT)}: {done - len(left)} of {done} noticed", flush=True)
    if asked.record:
        record(results, arguments_known)
    tried_all, left_all = sum(done for _, done, _ in results), sum(len(left) for _, _, left in results)
    if tried_all:
        print(f"{tried_all - left_all} of {tried_all} noticed ({(tried_all - left_all) / tried_all:.0%})")
    return 1 if left_all > 0.15 * tried_all else 0


HEAD = """# Mutation testing

`python run.py mutate PATH` changes one place of a file at a time (a comparison, a sign, a number, a condition, a join)
and runs the tests of its area; a change that no test notices survives. Each survivor below is argued
(`docs/mutation.yaml`) or open. Running a path again with `--record` renews the lines of its files alone.

| file | changes tried | noticed | survived |
|---|---|---|---|
"""


def record(results: Sequence[tuple[Path, int, list[Change]]], known: dict[str, dict[str, str]]) -> None:
    """Write the results into docs/mutation.md; files that were not tried keep their lines."""
    rows, sections = _recorded()
    for path, done, left in results:
        name = path.relative_to(ROOT).as_posix()
        rows[name] = f"| `{name}` | {done} | {done - len(left)} | {len(left)} |"
        source = path.read_text("utf-8").splitlines()
        lines = []
        for change in left:
            code = " ".join(source[change.line - 1].split()).replace("`", "'")
            why = known.get(name, {}).get(f"{code} ## {change.said}", "open")
            lines.append(f"- `{code}`: `{change.said}` ({why})")
        sections[name] = "\n".join(lines)
    text = HEAD + "".join(f"{rows[name]}\n" for name in sorted(rows))
    text += "".join(f"\n## {name}\n\n{sections[name]}\n" for name in sorted(sections) if sections[name])
    RESULTS.write_text(text, "utf-8")


def _recorded() -> tuple[dict[str, str], dict[str, str]]:
    text = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
    rows = {found[1]: found[0] for found in re.finditer(r"^\| `([^`]+)` \|.*$", text, re.M)}
    parts = re.split(r"^## (.+)$", text, flags=re.M)[1:]
    return rows, {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
