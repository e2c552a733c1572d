"""Fills the guide with real outputs: behind each `<!-- 输出 N 行 -->` stands what the command above it prints.

    python docs/make_guide.py          renews docs/guide/*.md

The commands of a page run one after another on a copy of the sample, so that a page may build on its own steps.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from equipcheck.cli import run

DOCS = Path(__file__).parent
GUIDE = DOCS / "guide"
MARK = re.compile(r"<!-- 输出(?: (\d+) 行)? -->\n(?:\n```text\n.*?\n```\n)?", re.S)
BLOCK = re.compile(r"```sh\n(.*?)```\n", re.S)


def page(text: str) -> str:
    """The page with every output renewed."""
    with _sample():
        return "".join(_parts(text))


def _parts(text: str) -> Iterator[str]:
    at = 0
    said = ""
    for block in re.finditer(f"{BLOCK.pattern}|{MARK.pattern}", text, re.S):
        yield text[at : block.start()]
        at = block.end()
        if block[1] is not None:
            said = "".join(_output(line) for line in block[1].splitlines() if line.startswith("equipcheck "))
            yield block[0]
        else:
            yield block[0].split("\n", 1)[0] + f"\n\n```text\n{_cut(said, int(block[2] or 1000))}\n```\n"
    yield text[at:]


def _output(line: str) -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")  # as a console is: text, and bytes below it
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(io.StringIO()):
        code = run(shlex.split(line, comments=True)[1:])
    if code != 0:
        raise SystemExit(f"{line}: exit code {code}")
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


def _cut(text: str, lines: int) -> str:
    rows = [row.rstrip() for row in text.strip("\n").splitlines()]
    return "\n".join(rows if len(rows) <= lines else [*rows[:lines], "……"])


@contextlib.contextmanager
def _sample() -> Iterator[None]:
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(DOCS.parent / "inventories", Path(folder) / "inventories")
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


if __name__ == "__main__":
    os.environ["NO_COLOR"] = "1"
    for path in sorted(GUIDE.glob("*.md")):
        path.write_text(page(path.read_text(encoding="utf-8")), encoding="utf-8")
