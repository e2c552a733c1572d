"""The text of a new project's files, with a comment beside every key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from equipcheck.standard.annex.writing import scalar

Role = Literal["ledger", "supplement", "verification"]

_VERIFICATION = ("检定", "校准", "计量")
_SUPPLEMENT = ("低值", "易耗", "账外", "补充")
_OWN = ("模板", "复核", "decisions", "prices")


@dataclass(frozen=True, slots=True)
class FoundLedger:
    """A ledger lying in the folder: its path relative to the project, and what its name says it is."""

    path: str
    role: Role


def role_of(name: str) -> Role:
    """What a file's name says the file is."""
    if any(word in name for word in _VERIFICATION):
        return "verification"
    return "supplement" if any(word in name for word in _SUPPLEMENT) else "ledger"


def found_ledgers(folder: Path) -> tuple[FoundLedger, ...]:
    """The ledgers in a folder and in its `inventories/`; our own templates and lists left out."""
    from equipcheck.ledger import find_ledgers

    places = [place for place in (folder, folder / "inventories") if place.is_dir()]
    paths = [path for place in places for path in find_ledgers(place)]
    return tuple(
        FoundLedger(path.relative_to(folder).as_posix(), role_of(path.name))
        for path in paths
        if not any(word in path.name for word in _OWN)
    )


_FACTS = {
    "name": ("name", "单位名称"),
    "level": ("level", "层级：province 省 | city 市 | county 县"),
    "region": ("region", "地区：east 东部 | central 中部 | west 西部"),
    "staff": ("staff", "执法人员数"),
    "vehicles": ("vehicles", "执法车辆数"),
}
_EXAMPLES = {
    "name": "某县生态环境分局（虚构）",
    "level": "county",
    "region": "west",
    "staff": "17",
    "vehicles": "3",
}

_REST = """\

# 用哪个标准：编号（equipcheck standards list 可查）或标准文件的路径。
# 不写时，按截至日期选用施行中的执法装备标准，并在结果里说明。
{standard}

# 截至日期：检定有效期、购置日期都按这一天判断。不写为运行当天。
#as_of: 2023-12-31

# 台账：路径以本文件所在文件夹为起点。
#   as: supplement    固定资产台账以外的，如低值易耗品
#   as: verification  检定、校准台账，按资产编号或出厂编号对上
{ledgers}

# 名称对应的人工决定，改一次以后都算数；equipcheck match --review 可导出成表格来填。
decisions: decisions.yaml

# 没有登记检定日期的仪器：record 照计并标注 | strict 一律不计。
metrology: record

# 第三方服务、统调平台、他单位出借，按折合件数计。
#services:
#  - {{requirement: uav, quantity: 1, how: service, by: 某公司, paper: 合同编号, until: 2025-12-31}}

# 说明：有理由、有期限的例外。数字不变，只作标注，计划里不列。
#waivers:
#  - {{requirement: usv, reason: 辖区无可通航水域, until: 2025-12-31}}

# 本单位自己的装备种类和叫法。
#catalogue: 装备目录.yaml

# 本单位的价格表（种类, 单价, 年份, 来源）。不写时用工作估价。
#prices: prices.csv
"""


def project_text(facts: Mapping[str, str | int], standard: str | None, ledgers: Sequence[FoundLedger]) -> str:
    """`equipcheck.yaml`; what was not answered stands there as a comment, sound once its # is taken away."""
    lines = [
        "# equipcheck 的项目文件。在这个文件夹里运行 equipcheck report 即可核查。",
        "# 紧跟在 # 后面的设置（如 #as_of: …）没有用上：改成自己的，再删去这个 #，其余不动。",
        "bureau:",
    ]
    for key, (name, told) in _FACTS.items():
        if key in facts:
            value = facts[key]
            text = str(value) if isinstance(value, int) else scalar(value)
            lines.append(f"  {name}: {text}  # {told}")
        else:
            lines.append(f"  #{name}: {_EXAMPLES[key]}  # {told}（待填：改好后删去前面的 #）")
    extra = {key: value for key, value in facts.items() if key not in _FACTS}
    lines += [
        f"  {key}: {value if isinstance(value, int) else scalar(value)}" for key, value in extra.items()
    ]
    chosen = f"standard: {scalar(standard)}" if standard is not None else "#standard: enforcement-2020"
    return "\n".join(lines) + "\n" + _REST.format(standard=chosen, ledgers=_ledgers(ledgers))


def _ledgers(ledgers: Sequence[FoundLedger]) -> str:
    if not ledgers:
        return "#ledgers: [inventories/固定资产台账.xlsx]"
    lines = ["ledgers:"]
    for ledger in ledgers:
        if ledger.role == "ledger":
            lines.append(f"  - {scalar(ledger.path)}")
        else:
            lines.append(f"  - {{path: {scalar(ledger.path)}, as: {ledger.role}}}  # 按文件名认定，请核对")
    return "\n".join(lines)


DECISIONS = """\
# 名称对应的人工决定：name 照台账原样写；kind 写装备目录里的种类编号，不是任何一种写 none。
# equipcheck match --review 复核.xlsx 可导出待定的名称，填好后 --apply 复核.xlsx 写回这里。
# 自己写：删去 matches 后的 [] 和下一行的 #，照样子改。
matches: []
#  - {name: 便携式检测仪, model: XY-1, kind: pid_detector, note: 查看过实物}

# 一行里几件状态不同的，拆成几部分，件数之和等于原行。自己写：同上。
splits: []
#  - {asset_no: TY20200015, parts: [{quantity: 3}, {quantity: 2, status: 损坏}]}
"""
