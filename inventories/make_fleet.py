"""Makes the synthetic fleet: a province with two cities and seven districts, one ledger each.

    python inventories/make_fleet.py

Everything in it is invented. The same script gives the same bytes. Two things are wrong on purpose: one district has
sent no ledger, and one ledger carries a code that no bureau has.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent / "sample-fleet"
MADE = dt.datetime(2024, 1, 2, 9, 0, 0)  # noqa: DTZ001 (spreadsheets know no time zones)

# code, name, level, parent, staff, main posts, vehicles
BUREAUS = (
    ("990000", "某省生态环境执法总队（虚构）", "省级", "", 60, 48, 12),
    ("990100", "甲市执法支队（虚构）", "市级", "990000", 34, 27, 7),
    ("990101", "甲市东区大队（虚构）", "县级", "990100", 17, 13, 3),
    ("990102", "甲市西区大队（虚构）", "县级", "990100", 15, 12, 3),
    ("990103", "甲市南县大队（虚构）", "县级", "990100", 12, 10, 2),
    ("990104", "甲市北县大队（虚构）", "县级", "990100", 9, 8, 2),
    ("990200", "乙市执法支队（虚构）", "市级", "990000", 28, 22, 6),
    ("990201", "乙市城区大队（虚构）", "县级", "990200", 16, 12, 3),
    ("990202", "乙市河口县大队（虚构）", "县级", "990200", 11, 9, 2),
    ("990203", "乙市山口县大队（虚构）", "县级", "990200", 8, 7, 1),
)
TABLE_HEAD = ("机构代码", "机构名称", "级别", "上级机构代码", "地区", "执法人员数", "主要执法岗数", "车辆数")
HEAD = (
    "资产编号",
    "资产名称",
    "规格型号",
    "计量单位",
    "数量",
    "单价",
    "取得日期",
    "使用状况",
    "检定有效期至",
)
# name, model, unit, price, under verification, how much a team of ten may hold of it
THINGS = (
    ("执法执勤用车", "1.8L", "辆", 149800, False, 2), ("执法记录仪", "DSJ-H9", "台", 2350, False, 8),
    ("执法记录仪采集工作站", "8口", "套", 18600, False, 1), ("数码摄像机", "FDR-AX45", "部", 6980, False, 1),
    ("数码照相机", "EOS 850D", "部", 6450, False, 3), ("录音笔", "PCM-A10", "支", 899, False, 3),
    ("激光测距仪", "D810", "台", 3680, False, 2), ("无人机", "M30T", "架", 68000, False, 1),
    ("笔记本电脑", "14寸", "台", 5800, False, 6), ("便携式打印机", "便携", "台", 2400, False, 3),
    ("便携式扫描仪", "A4", "台", 1900, False, 2), ("声级计", "AWA6228+", "台", 12800, True, 2),
    ("便携式挥发性有机物气体检测仪", "PID", "台", 46000, True, 1), ("便携式pH计", "PHB-4", "台", 2600, True, 2),
    ("便携式溶解氧测定仪", "JPB-607A", "台", 4300, True, 1), ("林格曼黑度计", "QT201", "台", 5200, False, 1),
    ("便携式烟气分析仪", "3012H", "台", 58000, True, 1), ("车载样品保存设备", "18L", "台", 3200, False, 2),
    ("对讲机", "GP328", "部", 1200, False, 4), ("防护服", "轻型", "套", 680, False, 6),
    ("办公桌", "1.4m", "张", 1100, False, 9), ("档案柜", "五节", "组", 860, False, 5),
)  # fmt: skip


def rows(code: str, staff: int, chance: random.Random) -> list[tuple[object, ...]]:
    """A ledger of one bureau: some things many, some not at all, a few worn out, broken or out of date."""
    found: list[tuple[object, ...]] = []
    for name, model, unit, price, verified, usual in THINGS:
        units = round(usual * staff / 10 * chance.choice((0, 0.4, 0.8, 1, 1.3, 2)))
        for _ in range(units):
            number = f"ZC{code}-{len(found) + 1:04d}"
            day = dt.date(2014, 1, 1) + dt.timedelta(days=chance.randrange(3600))
            state = chance.choice(("在用",) * 14 + ("闲置", "闲置", "损坏", "待报废", "出借"))
            until = dt.date(2023, 3, 1) + dt.timedelta(days=chance.randrange(600))
            ends = until.isoformat() if verified and chance.random() < 0.8 else ""
            found.append((number, name, model, unit, 1, price, day.isoformat(), state, ends))
    return found


def as_csv(head: tuple[str, ...], lines: list[tuple[object, ...]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([head, *lines])
    return ("\ufeff" + stream.getvalue()).encode("utf-8")


def as_xlsx(title: str, lines: list[tuple[object, ...]]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": title, "author": "", "created": MADE})
    sheet = book.add_worksheet("资产明细")
    sheet.write_string(0, 0, f"{title}固定资产台账（虚构样例）")
    for at, line in enumerate([HEAD, *lines], start=1):
        for column, cell in enumerate(line):
            (sheet.write_number if isinstance(cell, int) else sheet.write_string)(at, column, cell)  # type: ignore[arg-type,operator]
    book.close()
    return stream.getvalue()


FLEET = """# 虚构样例：一省两市七县区的装备配备汇总。机构、台账均为程序生成，不是真实单位。
# 运行：equipcheck rollup inventories/sample-fleet
standard: enforcement-2020
as_of: 2023-12-31
bureaus: bureaus.csv        # 机构表：机构代码、名称、级别、上级、人员数、车辆数
ledgers:                    # 一个机构一份，文件名为机构代码；也可以是带单位代码列的汇总台账
  - ledgers/*.csv
  - ledgers/*.xlsx
"""


def main(target: Path = HERE) -> None:
    ledgers = target / "ledgers"
    ledgers.mkdir(parents=True, exist_ok=True)
    (target / "fleet.yaml").write_bytes(FLEET.encode())
    table = [
        (code, name, level, above, "西部", staff, posts, cars)
        for code, name, level, above, staff, posts, cars in BUREAUS
    ]
    (target / "bureaus.csv").write_bytes(as_csv(TABLE_HEAD, table))
    for code, name, level, _, staff, *_ in BUREAUS:
        lines = rows(code, staff, random.Random(code))
        if code == "990203":  # has sent none
            continue
        if level == "县级":
            (ledgers / f"{code}.csv").write_bytes(as_csv(HEAD, lines))
        else:
            (ledgers / f"{code}.xlsx").write_bytes(as_xlsx(name, lines))
    (ledgers / "990999.csv").write_bytes(as_csv(HEAD, rows("990999", 6, random.Random("990999"))[:12]))


if __name__ == "__main__":
    main()
