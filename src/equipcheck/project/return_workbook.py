"""The workbook that a province sends out to one bureau: the bureau's numbers and its ledger, to be filled in."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

from equipcheck.project.ledger_template import COLUMN_LINES, NAMES, SHEET, explain, fill_ledger
from equipcheck.standard.bureau import USUAL

FACTS, HELP = "单位情况", "说明"
CODE, NAME, LEVEL = "机构代码", "机构名称", "级别"
LABELS: tuple[tuple[str, str], ...] = (
    (CODE, "不要改动"),
    (NAME, "不对的请改正，并告知上级"),
    (LEVEL, "从下拉列表选"),
    ("执法人员数", "实有执法人员，整数"),
    ("主要执法岗数", "整数；没有划分的留空"),
    ("车辆数", "实有执法车辆，整数"),
)
_GIVEN = (CODE, NAME, LEVEL)  # filled in beforehand; head-counts are for the bureau to state
_HELP = (
    "怎样填写这份报表",
    "1. 在“单位情况”页的“填写”一列填本单位的数；留空的按“机构表现有”一列。",
    "2. 在“台账”页逐行填写，一行一种；表头不要改。已有资产系统导出的台账，可以不填这一页，",
    "　　随这份报表一并报送导出的文件，文件名写成机构代码。",
    "3. 文件名和各页的名称不要改，填好后报回。一行也没有填的按没有报送处理。",
    *COLUMN_LINES,
)
_FIXED = dt.datetime(2020, 1, 1)  # noqa: DTZ001 (the same workbook has the same bytes)


def return_workbook(known: Mapping[str, str], names: Sequence[str]) -> bytes:
    """The workbook. `known`: what the table of bureaus has, by label; `names` fill the list of equipment names."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": "装备报表", "created": _FIXED})
    facts, sheet, told, lists = (book.add_worksheet(name) for name in (FACTS, SHEET, HELP, NAMES))
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#DDEBF7", "align": "center"})
    plain = book.add_format({"border": 1, "num_format": "@"})
    entry = book.add_format({"border": 1, "bg_color": "#FFF9E5"})
    text_entry = book.add_format({"border": 1, "bg_color": "#FFF9E5", "num_format": "@"})
    for column, (heading, width) in enumerate((("项目", 16), ("填写", 32), ("机构表现有", 32), ("说明", 28))):
        facts.set_column(column, column, width)
        facts.write_string(0, column, heading, bold)
    for row, (label, why) in enumerate(LABELS, start=1):
        have = known.get(label, "")
        facts.write_string(row, 0, label, plain)
        if label in _GIVEN and have:
            facts.write_string(row, 1, have, text_entry)
        else:
            facts.write_blank(row, 1, None, text_entry if label in _GIVEN else entry)
        facts.write_string(row, 2, have, plain)
        facts.write_string(row, 3, why, plain)
        if label == LEVEL:
            facts.data_validation(
                row, 1, row, 1, {"validate": "list", "source": [said[0] for said in USUAL["level"].values()]}
            )
        elif label not in _GIVEN:
            facts.data_validation(
                row, 1, row, 1,
                {"validate": "integer", "criteria": ">=", "value": 0, "error_title": "填整数",
                 "error_message": "填写 0 或正整数，不写单位。"},
            )  # fmt: skip
    facts.freeze_panes(1, 1)
    for page in (facts, sheet, told):
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
    fill_ledger(book, sheet, lists, names)
    explain(told, book, _HELP)
    book.close()
    return buffer.getvalue()
