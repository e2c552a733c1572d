"""A roll-up on a cluster of two workers on this machine against the same on the machine alone.

    python benchmarks/cluster.py [BUREAUS,BUREAUS…] [ROWS EACH]

Shows what a cluster costs before it does anything (session, first task with its imports) and what each size takes both
ways. Two workers on one machine can show no gain: they share its cores. Both ways must come to the same bytes.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

sys.path.insert(0, str(Path(__file__).parent))
from fleet import make

from equipcheck.fleet import spark
from equipcheck.fleet.opening import Options, open_fleet
from equipcheck.fleet.rollup import How, conclude, roll_up
from equipcheck.report import rollup_json

MASTER = "local-cluster[2,1,1024]"
TODAY = dt.date(2024, 1, 1)


def timed(label: str, work: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = work()
    print(f"{label:44} {time.perf_counter() - start:7.1f} s", flush=True)
    return result


def main(sizes: list[int], rows: int) -> None:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    options = Options("enforcement-2020", dt.date(2023, 12, 31))
    how = How(transfers=False)
    with tempfile.TemporaryDirectory() as folder:
        exports = {}
        for bureaus in (1, *sizes):
            path = Path(folder) / str(bureaus) / "汇总.csv"
            make(path, bureaus, rows)
            exports[bureaus] = path.with_suffix(".parquet")
            pl.read_csv(path, infer_schema=False).write_parquet(exports[bureaus])
            path.unlink()
        context = spark.session_on(MASTER)
        session = timed("session and workers", context.__enter__)

        def cluster(path: Path) -> str:
            done = spark.run_in(session, open_fleet(path, options), TODAY)
            return rollup_json.render(conclude(done.assembled, done.cohorts, done.part, done.failed, how))

        try:
            timed("first task, one bureau", lambda: cluster(exports[1]))
            timed("second task, one bureau", lambda: cluster(exports[1]))
            for bureaus in sizes:
                path = exports[bureaus]
                there = timed(f"{bureaus} bureaus, {bureaus * rows} rows: cluster", lambda p=path: cluster(p))
                here = timed(
                    f"{bureaus} bureaus, {bureaus * rows} rows: alone",
                    lambda p=path: rollup_json.render(roll_up(p, TODAY, options, how)),
                )
                assert there == here
        finally:
            context.__exit__(None, None, None)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        [int(one) for one in given[0].split(",")] if given else [300, 3000],
        int(given[1]) if given[1:] else 330,
    )
