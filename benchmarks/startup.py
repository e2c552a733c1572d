"""How soon the command line answers, as ratios measured in one run, pair by pair; and where each part of it goes.

    python benchmarks/startup.py [ROUNDS]

Aims: `--help` under 1.3 × `import click`; one bureau's report under 2.6 × `import polars`, in the end 2. Measured
is processor time; on a busy machine ratios swing by a fifth. What was checked before (`ground/shelf.py`) is kept in
a folder of this run's own: `first report` finds it empty, `report` filled.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHELF = Path(tempfile.mkdtemp(prefix="equipcheck-startup-"))
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT |= {"PYTHONPATH": str(ROOT / "src"), "EQUIPCHECK_CACHE": str(SHELF)}
REPORT = ["-m", "equipcheck", "report", "inventories/sample-district"]
POLARS = ["-c", "import polars"]
PAIRS = (
    ("--help / import click", ["-m", "equipcheck", "--help"], ["-c", "import click"]),
    ("report / import polars", REPORT, POLARS),
    ("first report / import polars", REPORT, POLARS),
)

PARTS = """
import gc, json, time
gc.set_threshold(500_000, 10, 10)
marks = []
def mark(name): marks.append((name, time.process_time()))
mark("")
import polars; mark("import polars")
import click, equipcheck.cli, equipcheck.cli.report; mark("import click and the commands")
import equipcheck.ledger; mark("import ledger")
import equipcheck.catalogue.kinds, equipcheck.standard.load, equipcheck.project.project
mark("import catalogue, standard, project")
import equipcheck.match; mark("import match")
import equipcheck.checking.check, equipcheck.plan.propose; mark("import assess, checking, plan")
import rich.console, rich.table, equipcheck.report.terminal; mark("import rich and the renderer")
import datetime as dt
from pathlib import Path
from equipcheck.project.project import open_project
from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.ledger import read_ledgers
from equipcheck.match import match
from equipcheck.match.lexicon import load_lexicon
from equipcheck.checking.gather import Gathered
from equipcheck.checking.check import choose_standard, evaluate
from equipcheck.match.decisions.load import load_decisions
from equipcheck.plan.propose import propose
from equipcheck.report import terminal
project = open_project([Path("inventories/sample-district")]); mark("project")
catalogue = load_catalogue(); mark("catalogue")
ledgers = read_ledgers(project.sources); mark("read the ledgers")
lexicon = load_lexicon(catalogue); mark("lexicon")
decisions = load_decisions(project.decisions, catalogue)
matches = match(ledgers.assets, catalogue, decisions, lexicon); mark("match")
choose_standard(project, project.as_of, catalogue); mark("standard")
gathered = Gathered(project, catalogue, ledgers, ledgers.assets, matches, decisions, ())
run = evaluate(gathered, project.as_of); mark("assess, books, findings")
report = propose(run); mark("actions and priorities")
terminal.render(report, colour=False); mark("render")
print(json.dumps([(name, end - begin) for (_, begin), (name, end) in zip(marks, marks[1:])]))
"""


def seconds(arguments: list[str], *, empty: bool = False) -> float:
    """Processor time of one run (wall time where the system does not tell)."""
    if empty:
        shutil.rmtree(SHELF, ignore_errors=True)
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used or time.perf_counter() - start


def pairs(rounds: int) -> None:
    for label, ours, theirs in PAIRS:
        empty = label.startswith("first")
        seconds(ours), seconds(theirs)
        ratios = [seconds(ours, empty=empty) / seconds(theirs) for _ in range(rounds)]
        low, high = min(ratios), max(ratios)
        middle = statistics.median(ratios)
        print(f"{label}: median {middle:.2f} (min {low:.2f}, max {high:.2f}, {rounds} pairs)")


def parts(rounds: int) -> None:
    """Each part of a report in units of `import polars` of the same run."""
    found: dict[str, list[float]] = {}
    for at in range(rounds + 1):
        command = [sys.executable, "-c", PARTS]
        told = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=True, capture_output=True, text=True)
        said = json.loads(told.stdout)
        for name, used in said if at else ():  # the first fills the shelf
            found.setdefault(name, []).append(used / said[0][1])
    print("parts, in units of `import polars`:")
    for name, shares in found.items():
        print(f"  {statistics.median(shares):5.2f}  {name}")


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    try:
        pairs(count)
        parts(count)
    finally:
        shutil.rmtree(SHELF, ignore_errors=True)
