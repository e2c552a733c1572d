"""Reading a big xlsx to the asset frame against bare calamine reading of the same file.

    python benchmarks/ledger.py [ROWS] [ROUNDS]

Aim: 100,000 rows under 2 × calamine's `to_python`; the peak of memory is printed beside.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from equipcheck.ledger import Source, read_ledgers

HEADING = (
    "序号",
    "资产编号",
    "资产名称",
    "规格型号",
    "计量单位",
    "数量",
    "单价（元）",
    "购置日期",
    "使用状况",
    "使用部门",
    "存放地点",
    "备注",
)


def write(path: Path, rows: int) -> None:
    """A ledger of twelve columns as asset systems export them; made up."""
    rng = random.Random(1)
    names = [f"便携式烟气分析仪{n}型" for n in range(500)]
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("资产")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page.merge_range(0, 0, 0, 11, "固定资产台账（合成）")
        page.write_row(1, 0, HEADING)
        for n in range(rows):
            bought = dt.date(2015, 1, 1) + dt.timedelta(days=rng.randint(0, 3000))
            page.write_row(
                n + 2, 0, (n + 1, f"TY{2020000000 + n}", rng.choice(names), f"GH-{rng.randint(1, 999)}", "台")
            )
            page.write_row(n + 2, 5, (rng.randint(1, 5), rng.randint(1000, 90000)))
            page.write_datetime(n + 2, 7, bought, day)
            state = rng.choice(("在用", "闲置", "待报废"))
            page.write_row(n + 2, 8, (state, rng.choice(("一队", "二队")), f"{rng.randint(1, 30)}室"))
        page.write_row(rows + 2, 0, ("合计",))


def bare(path: Path) -> float:
    start = time.perf_counter()
    with CalamineWorkbook.from_path(str(path)) as book:
        book.get_sheet_by_index(0).to_python()
    return time.perf_counter() - start


def ours(path: Path) -> float:
    start = time.perf_counter()
    read_ledgers([Source(path, path.name)])
    return time.perf_counter() - start


def peak() -> str:
    try:
        import resource
    except ImportError:
        return "unknown here"
    return (
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> (20 if sys.platform == 'darwin' else 10)} MB"
    )


def main(rows: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "台账.xlsx"
        write(path, rows)
        pairs = [(bare(path), ours(path)) for _ in range(rounds)]
    slow, fast = min(b for _, b in pairs), min(a for a, _ in pairs)
    print(f"{rows} rows: bare calamine {fast:.3f} s, to the asset frame {slow:.3f} s, peak memory {peak()}")
    print(f"ratio: {slow / fast:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, int(sys.argv[2]) if len(sys.argv) > 2 else 5)
