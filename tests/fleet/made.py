"""Small fleets for the tests: written as a user writes them, read by the program as it reads any."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

from click.testing import CliRunner

from equipcheck.cli import cli

HEAD = ("资产编号", "资产名称", "数量", "使用状况", "取得日期", "检定有效期至")
NAMES = ("执法记录仪", "数码照相机", "便携式打印机", "声级计", "无人机", "执法执勤用车", "对讲机", "办公桌",
         "车载样品保存设备", "便携式检测仪")  # fmt: skip


def ledger(seed: object, rows: int = 12) -> list[tuple[object, ...]]:
    chance = random.Random(str(seed))
    found: list[tuple[object, ...]] = []
    for at in range(rows):
        state = chance.choice(("在用",) * 6 + ("闲置", "损坏", "待报废", "出借", "已报废"))
        until = chance.choice(("", "2023-06-30", "2024-06-30"))
        number = chance.choice((f"N{at}", f"N{at}", "", "N0"))
        amount = chance.choice((1, 1, 2, 3, 0, "", "若干"))
        found.append(
            (number, chance.choice(NAMES), amount, state, f"20{chance.randint(10, 24)}-05-01", until)
        )
    return found


def write_csv(path: Path, head: tuple[object, ...], rows: list[tuple[object, ...]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])
    return path


def fleet(root: Path, bureaus: list[dict[str, object]], *, more: str = "", rows: int = 12) -> Path:
    """A fleet with one ledger a bureau; each bureau: 机构代码, 级别, … by heading."""
    heads = list(dict.fromkeys(head for one in bureaus for head in one))
    write_csv(
        root / "bureaus.csv", tuple(heads), [tuple(one.get(head, "") for head in heads) for one in bureaus]
    )
    for one in bureaus:
        write_csv(root / "ledgers" / f"{one['机构代码']}.csv", HEAD, ledger(one["机构代码"], rows))
    text = "standard: enforcement-2020\nas_of: 2023-12-31\nbureaus: bureaus.csv\nledgers: ledgers/*.csv\n"
    (root / "fleet.yaml").write_text(text + more, encoding="utf-8")
    return root


def bureau(code: str, **more: object) -> dict[str, object]:
    return {"机构代码": code, "机构名称": f"{code}局", "级别": "县级", "人员数": 12, "车辆数": 2, **more}


def call(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(cli, [str(one) for one in arguments], standalone_mode=False)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert (result.return_value or 0) == code, result.output
    return result.stdout


def rollup(target: Path, *options: object, code: int = 0):
    return json.loads(call("rollup", target, "--no-cache", "-f", "json", *options, code=code))
