"""A ledger template: headings that the reader knows, drop-down lists, and a page that explains them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from equipcheck.ledger.words.statuses import CHOICES

HEADINGS: tuple[tuple[str, int, str], ...] = (
    ("资产编号", 16, "照资产系统填写；没有编号的留空，不要编造"),
    ("资产名称", 26, "照实物铭牌或资产卡片填写；可从下拉列表选标准用语，也可以直接填写"),
    ("规格型号", 18, "照铭牌填写，有助于认出是哪一种装备"),
    ("计量单位", 10, "台、套、部、辆……"),
    ("数量", 8, "整数；一行一种，状态不同的分行填写"),
    ("使用状态", 12, "从下拉列表选：在用和闲置的可以计入；损坏、出借、检定过期、待报废、已报废的不计入"),
    ("取得日期", 14, "购置或调入的日期，如 2020-05-06"),
    ("出厂编号", 16, "与检定证书对应的编号"),
    ("检定有效期至", 14, "要检定或校准的仪器填写证书上的有效期；其他留空"),
    ("单价（元）", 12, "原值，元"),
    ("使用部门", 14, ""),
    ("存放地点", 14, ""),
    ("备注", 24, ""),
)
ROWS = 500
SHEET, HELP, NAMES = "台账", "填写说明", "可选项"

_FIXED = dt.datetime(2020, 1, 1)  # noqa: DTZ001 (the same template has the same bytes)


def ledger_template(names: Sequence[str]) -> bytes:
    """The workbook. `names` fill the list of equipment names; other names may still be written."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": "固定资产台账模板", "created": _FIXED})
    sheet, told, lists = (book.add_worksheet(name) for name in (SHEET, HELP, NAMES))
    fill_ledger(book, sheet, lists, names)
    explain(told, book, LINES)
    book.close()
    return buffer.getvalue()


def fill_ledger(book: Any, sheet: Any, lists: Any, names: Sequence[str]) -> None:
    """The headings with their forms and lists on `sheet`; the lists' words on `lists` (called NAMES)."""
    head = book.add_format(
        {"bold": True, "border": 1, "bg_color": "#DDEBF7", "text_wrap": True, "align": "center"}
    )
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    text = book.add_format({"num_format": "@"})
    for column, (heading, width, _) in enumerate(HEADINGS):
        form = day if heading in ("取得日期", "检定有效期至") else text if heading.endswith("编号") else None
        sheet.set_column(column, column, width, form)
        sheet.write_string(0, column, heading, head)
    sheet.freeze_panes(1, 2)
    for at, name in enumerate(names):
        lists.write_string(at, 0, name)
    for at, status in enumerate(CHOICES):
        lists.write_string(at, 1, status)
    _validate(sheet, len(names))


def _validate(sheet: object, names: int) -> None:
    """Lists and bounds; a name outside the list is a warning only, a wrong number is refused."""
    columns = {heading: at for at, (heading, _, _) in enumerate(HEADINGS)}

    def add(heading: str, rule: dict[str, object]) -> None:
        at = columns[heading]
        sheet.data_validation(1, at, ROWS, at, rule)  # type: ignore[attr-defined]

    add(
        "资产名称",
        {
            "validate": "list",
            "source": f"={NAMES}!$A$1:$A${max(names, 1)}",
            "error_type": "information",
            "error_title": "不在列表中",
            "error_message": "可以使用列表以外的名称，照实物填写即可。",
        },
    )
    add(
        "使用状态",
        {
            "validate": "list",
            "source": f"={NAMES}!$B$1:$B${len(CHOICES)}",
            "error_title": "请从列表中选",
            "error_message": "在用、闲置、出借、出租、损坏、待修、停用、待报废、已报废、已调出、盘亏、丢失。",
        },
    )
    add(
        "数量",
        {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "error_title": "数量是整数",
            "error_message": "填写 0 或正整数，不写单位。",
        },
    )
    for heading in ("取得日期", "检定有效期至"):
        add(
            heading,
            {
                "validate": "date",
                "criteria": ">=",
                "value": dt.date(1980, 1, 1),
                "error_type": "warning",
                "error_title": "日期",
                "error_message": "写成 2020-05-06 的形式。",
            },
        )


COLUMN_LINES = ("各列怎样填", *(f"　“{heading}”一列，{told}" for heading, _, told in HEADINGS if told))
LINES = (
    "怎样填写这份台账",
    "1. 在“台账”页逐行填写，一行一种；表头不要改，列的顺序可以改，不用的列可以空着。",
    "2. 已有资产系统导出的台账，不必抄到这里，把导出的文件直接放进项目文件夹即可。",
    "3. 低于固定资产标准、没有入账的装备（防护服、安全帽、急救箱等），另存一份填写；",
    "　　在 equipcheck.yaml 的 ledgers 里写成 {path: 文件, as: supplement}。",
    *COLUMN_LINES,
)


def explain(sheet: Any, book: Any, lines: Sequence[str]) -> None:
    """A page of text, one line a row."""
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100)
    for at, line in enumerate(lines):
        sheet.write_string(at, 0, line, wrap)
