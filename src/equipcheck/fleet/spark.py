"""A roll-up on a Spark cluster: the same code on the workers as on this machine, whole bureaus kept together.

Spark is given buckets: each is some bureaus with all that belongs to them, one row of one frame, so that no setting of
batch sizes or partitions can cut a bureau in two. Rows of a consolidated parquet export are gathered by bucket
(`applyInArrow`), files are read where their bucket is worked on (`mapInArrow`). Standards, catalogues, decisions and
prices travel with the work. What comes back are frames; each bucket counts once, whatever was retried.
"""

from __future__ import annotations

import os
import pickle
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

import equipcheck
from equipcheck.fleet.buckets import Bucket, Done, bucket_of, merge, planned, with_exports, work
from equipcheck.fleet.members import Fleet
from equipcheck.fleet.reading import ReadFile
from equipcheck.ledger import Source
from equipcheck.problems import InputError, Problem

BUREAUS_A_BUCKET = 40
"""Bureaus a bucket holds on average: enough that starting one costs little, few enough that workers share evenly."""

SCHEMA = "bucket int, done binary"


def run(fleet: Fleet, today: date, master: str, progress: Callable[[str], None] | None = None) -> Done:
    """Roll up on a cluster. Raises InputError (`cluster-missing`, `cluster-failed`, `cluster-needs-table`)."""
    with session_on(master) as session:
        return run_in(session, fleet, today, progress)


def run_in(
    session: Any,
    fleet: Fleet,
    today: date,
    progress: Callable[[str], None] | None = None,
    job: Callable[[Bucket], Done] | None = None,
) -> Done:
    """Roll up in a session; `job` does one bucket (`work`)."""
    if fleet.template is not None:
        raise InputError(Problem("cluster-needs-table"))
    codes = {one.code for one in fleet.members}
    apart = [one for one in fleet.ledgers if one.bureau not in codes and one.path.suffix == ".parquet"]
    plan = planned(fleet, today, BUREAUS_A_BUCKET, apart=apart, progress=progress)
    return merge(plan, start(session, plan.buckets, job or work, plan.exports))


def start(
    session: Any, buckets: Sequence[Bucket], job: Callable[[Bucket], Done], exports: Sequence[Source] = ()
) -> dict[int, Done]:
    """Every bucket's result, once each. Raises InputError (`cluster-failed`)."""
    held = session.sparkContext.broadcast({one.number: pickle.dumps(one) for one in buckets})
    numbers = [one.number for one in buckets]
    try:
        if exports:
            rows = _gathered(session, buckets, exports, held, job)
        else:
            frame = session.createDataFrame([(n,) for n in numbers], "bucket int").repartition(
                len(numbers), "bucket"
            )
            rows = frame.mapInArrow(_by_number(held, job), SCHEMA)
        found = rows.collect()
    except Exception as error:
        raise InputError(Problem("cluster-failed", args={"reason": _short(error)})) from None
    done: dict[int, Done] = {}
    for row in found:
        if row.bucket in done:
            raise InputError(Problem("cluster-failed", args={"reason": f"{row.bucket} 号任务有两份结果"}))
        result = pickle.loads(bytes(row.done))  # our own workers' answer
        if isinstance(result, InputError):
            raise result
        done[row.bucket] = result
    if missing := set(numbers) - set(done):
        raise InputError(Problem("cluster-failed", args={"reason": f"{len(missing)} 个任务没有结果"}))
    return done


def _by_number(held: Any, job: Callable[[Bucket], Done]) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Each row names a bucket that is whole in itself: no batch can cut it."""

    def each(batches: Iterable[Any]) -> Iterator[Any]:
        import pyarrow as pa

        for batch in batches:
            numbers = batch.column(0).to_pylist()
            for number in numbers:
                done = _attempt(job, pickle.loads(held.value[number]))
                yield pa.RecordBatch.from_pydict(
                    {"bucket": pa.array([number], pa.int32()), "done": pa.array([done], pa.binary())}
                )

    return each


def _attempt(job: Callable[[Bucket], Done], bucket: Bucket) -> bytes:
    """The result, or the mistake in an input that stops everything; other exceptions are Spark's to retry."""
    try:
        return pickle.dumps(job(bucket))
    except InputError as error:
        return pickle.dumps(error)


def _gathered(
    session: Any,
    buckets: Sequence[Bucket],
    exports: Sequence[Source],
    held: Any,
    job: Callable[[Bucket], Done],
) -> Any:
    """The rows of parquet exports beside their buckets, whole buckets by `applyInArrow`."""
    from pyspark.sql import functions as f

    count = len(buckets)
    number = f.udf(lambda code: bucket_of((code or "").strip(), count), "int")
    parts = []
    for at, source in enumerate(exports):
        frame = session.read.parquet(str(source.path))
        heading = next((one for one in source.code_columns if one in frame.columns), None)
        if heading is None:
            raise InputError(Problem("ledger-without-bureau", args={"files": source.shown, "near": ""}))
        cells = f.to_json(f.struct(*(f.col(f"`{name}`").cast("string").alias(name) for name in frame.columns)),
                          {"ignoreNullFields": "false"})  # fmt: skip
        parts.append(
            frame.select(
                number(f.col(f"`{heading}`").cast("string")).alias("bucket"),
                f.lit(at).alias("export"),
                f.col("_metadata.row_index").alias("at"),
                cells.alias("cells"),
            )
        )
    empty = session.createDataFrame([(one.number, -1, 0, "") for one in buckets],
                                    "bucket int, export int, at long, cells string")  # fmt: skip
    rows = empty
    for one in parts:
        rows = rows.unionByName(one)
    given = list(exports)

    def each(key: Any, table: Any) -> Any:
        import pyarrow as pa

        bucket = pickle.loads(held.value[key[0].as_py()]) if key[0].as_py() in held.value else None
        if bucket is None:
            return pa.table({"bucket": pa.array([], pa.int32()), "done": pa.array([], pa.binary())})
        frame = pl.DataFrame(pl.from_arrow(table))
        shared = [
            _export(frame.filter(pl.col("export") == at).sort("at"), source)
            for at, source in enumerate(given)
        ]
        done = _attempt(job, with_exports(bucket, [one for one in shared if one is not None]))
        return pa.table(
            {"bucket": pa.array([bucket.number], pa.int32()), "done": pa.array([done], pa.binary())}
        )

    return rows.groupBy("bucket").applyInArrow(each, SCHEMA)


def _export(rows: pl.DataFrame, source: Source) -> ReadFile | None:
    """Rows of an export as the reader of parquet files reads them, under their own numbers."""
    from equipcheck.fleet.reading import read_rows

    return None if rows.is_empty() else read_rows(rows["cells"].to_list(), rows["at"], source)


_MASTER = re.compile(r"spark://.|k8s://.|yarn$|local$|local\[.*\]$|local-cluster\[.*\]$")


@contextmanager
def session_on(master: str) -> Iterator[Any]:
    """A Spark session of our own, closed at the end. Raises InputError (`cluster-missing`, `cluster-failed`)."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise InputError(Problem("cluster-missing")) from None
    if not _MASTER.match(master):
        reason = (
            "集群地址应以 spark://、yarn、k8s:// 或 local 开头，如 spark://主机:7077、local-cluster[2,1,1024]"
        )
        raise InputError(Problem("cluster-failed", args={"reason": f"“{master}”不是集群地址。{reason}"}))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    source = str(Path(equipcheck.__file__).parents[1])
    path = os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH", "")]))
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    if master.startswith("local"):  # workers on this machine: they see what this process sees
        settings |= {"spark.executorEnv.PYTHONPATH": path}
        settings |= dict.fromkeys(("spark.driver.bindAddress", "spark.driver.host"), "127.0.0.1")
    try:
        builder = SparkSession.builder.master(master).appName("equipcheck rollup")
        for name, value in settings.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
    except Exception as error:
        raise InputError(Problem("cluster-failed", args={"reason": _short(error)})) from None
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()


def _short(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__)[:300]


__all__ = ["Bucket", "Done", "run", "run_in", "session_on", "start", "work"]
