"""Matching a million rows of 60,000 distinct names, as a ratio to reading those rows from CSV.

Two readings are compared with, both printed: our own reading of the CSV as a ledger (`read_ledgers`: columns
recognised, amounts, dates and states read, every row accounted for), which is what matching follows in a run and
what the goal of less than twice is held to; and the bare `polars.read_csv`, which only splits the text.

python benchmarks/match.py [ROWS] [NAMES]
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.ledger import Source, read_ledgers
from equipcheck.match import match

OTHERS = (
    "办公桌",
    "文件柜",
    "墨盒",
    "检定费",
    "电池",
    "交换机",
    "液相色谱仪",
    "会议椅",
    "未知装置",
    "便携式检测仪",
)
BEFORE = ("", "便携式", "手持式", "青岛崂应", "杭州爱华", "进口", "新型智能", "支队专用", "数字式", "美国")
AFTER = ("", "（进口）", "套装", "主机", "维修费", "配件", "Ⅱ型", "（备用）", "及附件", "标准版")


def names(count: int) -> list[str]:
    """Distinct names as ledgers write them: brand and form before, model and brackets behind."""
    dice = random.Random(1)
    known = [name for kind in load_catalogue().kinds.values() for name in (kind.name, *kind.aliases)]
    known += list(OTHERS)
    found: dict[str, None] = {}
    while len(found) < count:
        model = f"{dice.choice('ABDHJKMSTXZ')}{dice.choice('ABCRT')}-{dice.randrange(1, 9999)}"
        text = dice.choice(BEFORE) + dice.choice(known) + dice.choice(("", model, model)) + dice.choice(AFTER)
        found[text] = None
    return list(found)


def write(path: Path, rows: int, distinct: int) -> None:
    pool = names(distinct)
    index = pl.int_range(rows, eager=True)
    frame = pl.DataFrame(
        {
            "资产编号": pl.select(pl.format("GD{}", index)).to_series(),
            "资产名称": pl.Series(pool)[(index * 7919) % distinct],
            "规格型号": pl.Series([None, "标准型", "X-1"])[index % 3],
            "计量单位": pl.Series(["台"]).gather(index * 0),
            "数量": (index % 3) + 1,
            "单价": (index * 104729 % 90000) + 100,
            "取得日期": pl.Series(["2019-05-06", "2020/3/1"])[index % 2],
            "使用状况": pl.Series(["在用", "闲置"])[index % 2],
            "使用部门": pl.Series(["执法一队", "执法二队", "办公室"])[index % 3],
            "存放地点": pl.Series(["101室", "仓库"])[index % 2],
            "备注": pl.Series([None, "合成数据"])[index % 2],
        }
    )
    frame.write_csv(path)


def main(rows: int, distinct: int) -> None:
    catalogue = load_catalogue()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.csv"
        write(path, rows, distinct)
        start = time.perf_counter()
        pl.read_csv(path)
        bare = time.perf_counter() - start
        start = time.perf_counter()
        assets = read_ledgers([Source(path, "ledger.csv", "ledger")]).assets
        reading = time.perf_counter() - start
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        matched = match(assets, catalogue)
        matching = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(matched["decision"].value_counts().sort("decision"))
    print(f"{rows} rows, {assets.select('name', 'model').n_unique()} distinct names and models")
    print(f"polars.read_csv {bare:.2f} s; read as a ledger {reading:.2f} s; matched {matching:.2f} s")
    print(f"matching / reading as a ledger = {matching / reading:.2f} (goal: under 2)")
    print(f"matching / polars.read_csv = {matching / bare:.2f} (told, no goal)")
    print(f"memory peak {before / 1024:.0f} MB before, {after / 1024:.0f} MB after")


if __name__ == "__main__":
    main(*(int(one) for one in (*sys.argv[1:], *("1000000", "60000")[len(sys.argv) - 1 :])))
