"""On a cluster the roll-up is what it is on one machine, to the last unit, whatever the batches or retries."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from pathlib import Path

import polars as pl
import pytest

from equipcheck.fleet import rollup as room
from equipcheck.fleet import spark
from equipcheck.fleet.opening import Options, open_fleet
from equipcheck.problems import InputError
from equipcheck.report import rollup_json
from tests.fleet import made
from tests.fleet.made import bureau

TODAY = dt.date(2024, 1, 1)
pytestmark = [
    pytest.mark.skipif(
        not (shutil.which("java") or os.environ.get("CI")),
        reason="Java is not installed (the test script installs it)",
    ),
    pytest.mark.xdist_group("spark"),
]


@pytest.fixture(scope="module")
def session():
    """Two workers in processes of their own, as on a cluster."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    with spark.session_on("local-cluster[2,1,1024]") as found:
        yield found


def on_cluster(session, target: Path, options: Options | None = None, job=None) -> str:
    done = spark.run_in(session, open_fleet(target, options), TODAY, job=job)
    how = room.How()
    return rollup_json.render(room.conclude(done.assembled, done.cohorts, done.part, done.failed, how))


def here(target: Path, options: Options | None = None) -> str:
    return rollup_json.render(room.roll_up(target, TODAY, options))


def troubled(root: Path) -> Path:
    """Nine bureaus, one broken ledger, one missing, one of nobody, one with a number that is none, and an export."""
    codes = [f"b{at}" for at in range(9)]
    made.fleet(
        root,
        [bureau(code, 上级机构代码="b0" if code != "b0" else "") for code in codes]
        + [bureau("odd", 人员数="x"), bureau("old", 标准="no-such")],
    )
    (root / "ledgers" / "b1.csv").write_bytes(b"%PDF")
    (root / "ledgers" / "b2.csv").unlink()
    made.write_csv(root / "ledgers" / "nobody.csv", made.HEAD, made.ledger("n", 4))
    rows = [("b3", *row) for row in made.ledger("more", 5)] + [("zz", *row) for row in made.ledger("z", 2)]
    made.write_csv(root / "ledgers" / "汇总.csv", ("单位代码", *made.HEAD), rows)
    return root


def fail_once(mark: str):
    """The real work, but each bucket's first try dies."""

    def job(bucket):
        path = Path(mark) / str(bucket.number)
        if not path.exists():
            path.write_text("tried")
            raise RuntimeError("the worker was lost")
        return spark.work(bucket)

    return job


def test_files_and_troubles_and_a_lost_worker(session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spark, "BUREAUS_A_BUCKET", 2)
    root = troubled(tmp_path / "fleet")
    local = here(root)
    assert on_cluster(session, root) == local
    (tmp_path / "tries").mkdir()
    from pyspark import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    assert on_cluster(session, root, job=fail_once(str(tmp_path / "tries"))) == local
    assert len(list((tmp_path / "tries").iterdir())) > 1


def test_a_parquet_export_whatever_the_batches(session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spark, "BUREAUS_A_BUCKET", 2)
    codes = [f"b{at}" for at in range(5)]
    rows = [(code, *row) for turn in (1, 2) for code in codes for row in made.ledger((code, turn), 9)]
    rows += [("zz", *row) for row in made.ledger("z", 3)]
    path = made.write_csv(tmp_path / "汇总.csv", ("单位代码", *made.HEAD), rows)
    pl.read_csv(path, infer_schema=False).write_parquet(tmp_path / "汇总.parquet", row_group_size=7)
    made.fleet(tmp_path / "f", [bureau(code) for code in codes])
    options = Options("enforcement-2020", dt.date(2023, 12, 31), None, tmp_path / "f" / "bureaus.csv")
    local = here(tmp_path / "汇总.parquet", options)
    for batch in ("1", "7"):
        session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", batch)
        assert on_cluster(session, tmp_path / "汇总.parquet", options) == local


def test_work_that_always_fails_ends_in_one_sentence(session, tmp_path: Path):
    def job(bucket):
        raise RuntimeError("never")

    from pyspark import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    root = made.fleet(tmp_path, [bureau("a")])
    with pytest.raises(InputError) as error:
        on_cluster(session, root, job=job)
    assert [one.code for one in error.value.problems] == ["cluster-failed"]
