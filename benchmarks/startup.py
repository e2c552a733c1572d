"""How soon the command line answers, as ratios measured in one run, pair by pair.

    python benchmarks/startup.py [ROUNDS]

Aims: `--help` under 1.3 × `import click`; one bureau's report under 2 × `import polars`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["PYTHONPATH"] = str(ROOT / "src")
PAIRS = (
    ("--help / import click", ["-m", "equipcheck", "--help"], ["-c", "import click"]),
    (
        "report / import polars",
        ["-m", "equipcheck", "report", "inventories/sample-district"],
        ["-c", "import polars"],
    ),
)


def seconds(arguments: list[str]) -> float:
    """Processor time of one run (wall time where the system does not tell)."""
    start, before = time.perf_counter(), os.times()
    subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL
    )
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return used or time.perf_counter() - start


def main(rounds: int) -> None:
    for label, ours, theirs in PAIRS:
        seconds(ours), seconds(theirs)
        ratios = [seconds(ours) / seconds(theirs) for _ in range(rounds)]
        low, high = min(ratios), max(ratios)
        print(
            f"{label}: median {statistics.median(ratios):.2f} (min {low:.2f}, max {high:.2f}, {rounds} pairs)"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
