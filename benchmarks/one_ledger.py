"""One bureau's very big ledger against a pandas script that only reads and sums, each in a process of its own.

    python benchmarks/one_ledger.py [ROWS] [ROUNDS]

Ours is reading, matching, assessing and the books; each round runs both, and the best of each counts. Aim: at most
3 × pandas. Printed beside: the whole report as JSON (what stands behind a finding is made only as far as it is shown),
its size and the peaks of memory. Ratios are what to quote: seconds belong to a machine.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.fleet import make

OURS = ("read", "match", "assess", "books")


def pandas_script(path: Path) -> dict[str, float]:
    import pandas as pd

    pd.DataFrame({"a": [1]}).groupby("a").sum()
    start, before = time.perf_counter(), time.process_time()
    frame = pd.read_csv(path, dtype={"单位代码": str, "资产编号": str})
    frame.groupby("资产名称")["数量"].sum()
    return {"pandas": time.perf_counter() - start, "cpu": time.process_time() - before}


def ours(path: Path) -> dict[str, float]:
    from equipcheck.assess import assess
    from equipcheck.catalogue.kinds import load_catalogue
    from equipcheck.checking.books import balance
    from equipcheck.checking.check import facts_frame
    from equipcheck.ground import frames
    from equipcheck.ground.shipped import shipped_dir
    from equipcheck.ledger import Source, read_ledgers
    from equipcheck.match import match
    from equipcheck.standard.bureau import Bureau
    from equipcheck.standard.load import load_standard

    catalogue = load_catalogue()
    standard = load_standard("enforcement-2020", shipped_dir(), catalogue).standard
    facts = facts_frame([Bureau(facts={"level": "county", "staff": 17, "vehicles": 3})], standard)
    marks, before = [time.perf_counter()], time.process_time()

    def mark() -> None:
        marks.append(time.perf_counter())

    ledgers = read_ledgers([Source(path, path.name)])
    mark()
    matches = match(ledgers.assets, catalogue)
    mark()
    found = assess(
        standard, facts, ledgers.assets, matches, ledgers.checks, catalogue.frame(), frames.SERVICES.empty(),
        as_of=dt.date(2023, 12, 31),
    )  # fmt: skip
    mark()
    assert balance(ledgers.assets, found.coded).balanced
    mark()
    parts = {name: end - begin for name, begin, end in zip(OURS, marks, marks[1:], strict=False)}
    return parts | {"cpu": time.process_time() - before}


def report(path: Path) -> dict[str, float]:
    from equipcheck.cli import run

    target = path.with_suffix(".json")
    options = ["--level", "county", "--staff", "17", "--vehicles", "3", "--as-of", "2023-12-31"]
    start, before = time.perf_counter(), time.process_time()
    assert run(["report", str(path), *options, "-o", str(target)]) == 0
    seconds, cpu = time.perf_counter() - start, time.process_time() - before
    return {"report": seconds, "cpu": cpu, "size": target.stat().st_size / 1e6}


WAYS = {"pandas": pandas_script, "ours": ours, "report": report}


def alone(way: str, path: Path) -> None:
    said = WAYS[way](path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(said | {"mb": peak}))


def main(rows: int = 990_000, rounds: int = 3) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "台账.csv"
        make(path, 1, rows)
        print(f"{rows} rows of one bureau, {path.stat().st_size / 1e6:.0f} MB of CSV")
        best: dict[str, dict[str, float]] = {}
        ratios, busy = [], []
        for _ in range(rounds):
            seconds, cpu = {}, {}
            for way in WAYS:
                command = [sys.executable, "-m", "benchmarks.one_ledger", "--alone", way, str(path)]
                told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                said = json.loads(told.splitlines()[-1])
                cpu[way] = said["cpu"]
                seconds[way] = sum(
                    value for name, value in said.items() if name in ("pandas", *OURS, "report")
                )
                if way not in best or seconds[way] < best[way]["seconds"]:
                    best[way] = said | {"seconds": seconds[way]}
            ratios.append(seconds["ours"] / seconds["pandas"])
            busy.append(cpu["ours"] / cpu["pandas"])
        for way, said in best.items():
            parts = ", ".join(f"{name} {said[name]:.2f}" for name in OURS if name in said)
            print(f"{way:8} {said['seconds']:6.2f} s  peak {said['mb']:5.0f} MB  {parts}")
        print(f"JSON {best['report']['size']:.1f} MB")
        print(
            f"ours to pandas {best['ours']['seconds'] / best['pandas']['seconds']:.2f} "
            f"(aim 3; by round {', '.join(f'{one:.2f}' for one in ratios)}; "
            f"of processor time {', '.join(f'{one:.2f}' for one in busy)})"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        alone(sys.argv[2], Path(sys.argv[3]))
    else:
        main(*(int(one) for one in sys.argv[1:3]))
