"""A new standard's file, with a comment beside every key."""

from __future__ import annotations

from equipcheck.standard.annex.writing import flow, scalar
from equipcheck.standard.words import VALUES

LAYOUTS: dict[str, tuple[tuple[str, str, dict[str, str | int]], ...]] = {
    "level": tuple((value, label, {"level": value}) for value, label in VALUES["level"].items()),
    "grade": tuple(
        (f"level{value}", label, {"grade": int(value)}) for value, label in VALUES["grade"].items()
    ),
    "region-level": tuple(
        (f"{region}-{level}", f"{name}{label}", {"region": region, "level": level})
        for region, name in VALUES["region"].items()
        for level, label in VALUES["level"].items()
    ),
    "region-grade": tuple(
        (f"{region}-level{grade}", f"{name}{label}", {"region": region, "grade": int(grade)})
        for region, name in VALUES["region"].items()
        for grade, label in VALUES["grade"].items()
    ),
    "climate": tuple((value, label, {"climate": value}) for value, label in VALUES["climate"].items()),
    "none": (),
}
"""The usual columns of published tables."""

_HEAD = """\
# 新建的标准文件。各键的意思见 equipcheck standards schema；写完后运行 equipcheck standards lint 检查。
format: 1
id: {id}
family: {family}              # 同一标准各版本共用的系列名
title: {title}
document: null                # 文号；不知道写 null
issuer: null                  # 发文机关
effective: null               # 施行日期，如 2025-01-01；只知年份写 "2025"
limit: {limit}                  # floor 配备下限 | ceiling 配置上限
supersedes: []                # 被它代替的旧版编号
"""
_EXTENDS = """\
extends: {extends}            # 在这个标准之上加严或增加：只写与之不同的行；放宽的行要在 note 里说明理由
"""
_ROWS = """\
requirements: []
# 每行照下面的样子写（去掉行首的 # 和 requirements 后的 []）：
#  - id: vehicle-sample-storage                    # 这一行的编号
#    name: 车载样品保存设备                          # 照原文
#    category: 取证装备
#    kinds: [vehicle_sample_storage]               # 目录里的种类编号，第一种是购置时买的
#    obligation: required                          # required 必配 | optional 选配
#    unit: 台
#    quantity:{quantity}
#    service: false                                # 第三方服务能否满足
#    source: {{place: 表1 第3行, status: reprint}}   # official 原文 | reprint 转载 | estimate 估计
"""
_RULES = """
#      {first}: 2                                  # 固定2台；每车1台写 {{per: vehicles}}
#      {second}: {{per: staff, every: 3, min: 2}}   # 每3人1台，不少于2台"""
_BARE = " {per: staff, every: 3, min: 2}          # 每3人1台，不少于2台；固定数直接写 2"


def template(name: str, *, family: str, title: str, limit: str, layout: str, extends: str | None) -> str:
    """The text of a new file that `lint` accepts as it is."""
    text = _HEAD.format(id=name, family=family, title=scalar(title), limit=limit)
    if extends is not None:
        text += _EXTENDS.format(extends=scalar(extends))
    columns = () if extends is not None else LAYOUTS[layout]
    if columns:
        text += "columns:                      # 原表的列，以及哪些机构读哪一列\n"
        for column, label, when in columns:
            text += f"  - {flow({'id': column, 'label': label, 'when': when})}\n"
    known = columns or (LAYOUTS["level"] if extends is not None else ())
    quantity = _RULES.format(first=known[0][0], second=known[1][0]) if known else _BARE
    return text + _ROWS.format(quantity=quantity)
