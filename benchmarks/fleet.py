"""A nation's roll-up against what a user would otherwise run, all on one made-up export in one run.

    python benchmarks/fleet.py [BUREAUS[,BUREAUS…]] [ROWS EACH] [ROUNDS]

Compared are: the bare `polars.read_csv` of the file; a plain pandas script that only reads, sums and subtracts; the
roll-up (read, match, assess, account; no cache, no transfers). Aims: at most 0.5 × pandas, at most 4 × the bare read.
The last line is the command as a user runs it, from start to end, transfers and JSON included.
Each is run in a process of its own, so that the peak of memory is its own; the best of ROUNDS counts. Ratios are what
to quote: seconds belong to a machine. Beside the time by the clock stands the time of the processors, which other work
on the machine disturbs less. Of several sizes the last line says how each way grows.
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import polars as pl

# name, how a plain script would call the requirement, how many a county must have
THINGS = (
    ("执法记录仪", 12), ("数码照相机", 4), ("数码摄像机", 2), ("便携式打印机", 2), ("声级计", 2), ("无人机", 1),
    ("激光测距仪", 2), ("笔记本电脑", 6), ("对讲机", 8), ("录音笔", 4), ("防护服", 12), ("便携式pH计", 2),
    ("林格曼黑度计", 1), ("便携式烟气分析仪", 1), ("车载样品保存设备", 3), ("执法执勤用车", 3), ("办公桌", 0),
    ("档案柜", 0),
    ("电脑椅", 0), ("空调", 0), ("便携式扫描仪", 2), ("暗管探测仪", 1), ("便携式溶解氧测定仪", 1), ("防毒面具", 12),
)  # fmt: skip
STATES = ("在用",) * 15 + ("闲置", "待报废", "损坏", "已报废", "出借")


def make(path: Path, bureaus: int, rows: int) -> None:
    """An export of many bureaus as an asset system writes it, and the table of bureaus beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    total = bureaus * rows
    at = pl.int_range(total, eager=True)
    mixed = (at * 2654435761) % (1 << 32)
    names = pl.Series([name for name, _ in THINGS])
    states = pl.Series(STATES)
    models = pl.Series([f"M-{n}" for n in range(200)])
    day = pl.lit(dt.date(2012, 1, 1))
    frame = pl.DataFrame({"at": at, "mixed": mixed}).select(
        单位代码=(510000 + pl.col("at") // rows).cast(pl.String),
        资产编号=pl.format("ZC{}", pl.col("at") + 10_000_000),
        资产名称=names.gather((mixed % len(THINGS)).cast(pl.UInt32)),
        规格型号=models.gather((mixed // 7 % 200).cast(pl.UInt32)),
        计量单位=pl.lit("台"),
        数量=1 + pl.col("mixed") // 11 % 2,
        单价=(pl.col("mixed") // 13 % 400 + 8) * 100,
        取得日期=(day + pl.duration(days=pl.col("mixed") // 17 % 4200)).cast(pl.String),
        使用状况=states.gather((mixed // 19 % len(STATES)).cast(pl.UInt32)),
        检定有效期至=(day + pl.duration(days=4000 + pl.col("mixed") // 23 % 900)).cast(pl.String),
        使用部门=pl.format("执法{}中队", pl.col("mixed") // 29 % 4 + 1),
        备注=pl.lit(None, dtype=pl.String),
    )
    frame.write_csv(path)
    table = pl.DataFrame({"at": pl.int_range(bureaus, eager=True)}).select(
        机构代码=(510000 + pl.col("at")).cast(pl.String),
        机构名称=pl.format("第{}大队（虚构）", pl.col("at")),
        级别=pl.lit("县级"),
        上级机构代码=pl.format("P{}", pl.col("at") // 20),
        人员数=8 + pl.col("at") % 30,
        车辆数=1 + pl.col("at") % 5,
    )
    table.write_csv(path.parent / "bureaus.csv")


def bare(path: Path) -> int:
    return pl.read_csv(path).height


def pandas_script(path: Path) -> int:
    """What a careful colleague writes in an afternoon: exact names, a sum, a subtraction; nothing else is checked."""
    import pandas as pd

    frame = pd.read_csv(path, dtype={"单位代码": str, "资产编号": str})
    usable = frame[frame["使用状况"].isin(["在用", "闲置"])]
    have = usable.groupby(["单位代码", "资产名称"])["数量"].sum()
    names = [name for name, need in THINGS if need]
    every = pd.MultiIndex.from_product([frame["单位代码"].unique(), names], names=["单位代码", "资产名称"])
    need = pd.Series(dict(THINGS)).reindex(every.get_level_values(1)).to_numpy()
    gap = (need - have.reindex(every, fill_value=0)).clip(lower=0)
    return int(gap.groupby("单位代码").sum().sum())


def rollup(path: Path) -> int:
    from equipcheck.fleet.opening import Options
    from equipcheck.fleet.rollup import How, roll_up

    options = Options("enforcement-2020", dt.date(2023, 12, 31))
    found = roll_up(path, dt.date(2024, 1, 1), options, How(transfers=False))
    assert not found.failed, found.failed[:3]
    return found.need.gap_units


def command(path: Path) -> int:
    """The whole program, in a process of its own."""
    call = [sys.executable, "-m", "equipcheck", "rollup", str(path), "--standard", "enforcement-2020"]
    call += ["--as-of", "2023-12-31", "--no-cache", "-o", str(path.parent / "result.json")]
    subprocess.run(call, check=True, capture_output=True)
    return (path.parent / "result.json").stat().st_size


WAYS = {"bare": bare, "pandas": pandas_script, "rollup": rollup, "command": command}


def alone(way: str, path: Path) -> None:
    """One way, measured in this process: seconds (imports are not counted), of the processors too, and its peak."""
    if way == "pandas":
        import pandas as pd

        pd.DataFrame({"a": [1]}).groupby("a").sum()
    if way == "rollup":
        importlib.import_module("equipcheck.fleet.rollup")
    start, used = time.perf_counter(), time.process_time()
    result = WAYS[way](path)
    seconds, cpu, mb = time.perf_counter() - start, time.process_time() - used, peak()
    if way == "command":
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu, mb = spent.ru_utime + spent.ru_stime, spent.ru_maxrss >> (20 if sys.platform == "darwin" else 10)
    print(json.dumps({"seconds": seconds, "cpu": cpu, "mb": mb, "result": result}))


def peak() -> int:
    """The most memory of this process in MB; where the system says so, not that of whoever started it."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> (20 if sys.platform == "darwin" else 10)


def measure(bureaus: int, rows: int, rounds: int) -> dict[str, dict[str, float]]:
    """Way → the best of its rounds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "汇总.csv"
        make(path, bureaus, rows)
        print(f"{bureaus} bureaus, {bureaus * rows} rows, {path.stat().st_size / 1e6:.0f} MB of CSV")
        best: dict[str, dict[str, float]] = {}
        for _ in range(rounds):
            for way in WAYS:
                command = [sys.executable, __file__, "--alone", way, str(path)]
                said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
                kept = best.setdefault(way, said)
                best[way] = {key: min(kept[key], said[key]) for key in said}
    for way, said in best.items():
        print(f"{way:8} {said['seconds']:7.2f} s  processors {said['cpu']:6.2f} s  peak {said['mb']:5.0f} MB")
    for key, name in (("seconds", "by the clock"), ("cpu", "by the processors")):
        ours = best["rollup"][key]
        print(f"roll-up to pandas {ours / best['pandas'][key]:.2f} (aim 0.5), "
              f"to the bare read {ours / best['bare'][key]:.1f} (aim 4), {name}")  # fmt: skip
    return best


def main(sizes: str = "3000", rows: int = 330, rounds: int = 3) -> None:
    found = [(int(size), measure(int(size), rows, rounds)) for size in sizes.split(",")]
    for (small, before), (large, after) in pairwise(found):
        grown = ", ".join(f"{way} {after[way]['cpu'] / before[way]['cpu']:.1f}" for way in WAYS)
        print(f"{small} to {large} bureaus, {large / small:.1f} times as many; processors' time: {grown}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        alone(sys.argv[2], Path(sys.argv[3]))
    else:
        main(*sys.argv[1:2], *(int(one) for one in sys.argv[2:4]))
