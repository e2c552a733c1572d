"""The same rows in the forms in which they come: what a row costs in one csv, one parquet, and a file a bureau.

    python benchmarks/forms.py [BUREAUS] [ROWS EACH]

Each form is rolled up in a process of its own (no cache, no transfers); the processors' time of all its processes is
told, whole and a row, and the peak of the largest.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl
from fleet import make

FORMS = ("csv", "parquet", "folder of csv", "folder of xlsx")


def lay_out(root: Path, form: str, bureaus: int, rows: int) -> Path:
    """The rows in a form, and what to roll up."""
    make(root / "all" / "all.csv", bureaus, rows)
    if form == "csv":
        return root / "all" / "all.csv"
    frame = pl.read_csv(
        root / "all" / "all.csv", schema_overrides={"单位代码": pl.String}, try_parse_dates=True
    )
    folder = root / "form"
    folder.mkdir()
    shutil.copy(root / "all" / "bureaus.csv", folder)
    if form == "parquet":
        frame.write_parquet(folder / "all.parquet")
        return folder / "all.parquet"
    for (code,), rows_of in frame.group_by("单位代码", maintain_order=True):
        own = rows_of.drop("单位代码")
        if form.endswith("xlsx"):
            own.write_excel(folder / f"{code}.xlsx")
        else:
            own.write_csv(folder / f"{code}.csv")
    return folder


def main(bureaus: int = 300, rows: int = 330) -> None:
    for form in FORMS:
        with tempfile.TemporaryDirectory() as folder:
            target = lay_out(Path(folder), form, bureaus, rows)
            call = [
                sys.executable,
                "-m",
                "equipcheck",
                "rollup",
                str(target),
                "--standard",
                "enforcement-2020",
            ]
            call += [
                "--as-of",
                "2023-12-31",
                "--no-cache",
                "--no-transfers",
                "-o",
                str(Path(folder) / "result.json"),
            ]
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(call, check=True, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        each = spent / (bureaus * rows) * 1e6
        print(
            f"{form:15} processors {spent:6.2f} s, {each:6.1f} µs a row, peak so far {after.ru_maxrss >> 10} MB"
        )


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:3]))
