"""The review workbook: doubtful names in the officer's own program, with a list of kinds to choose from."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from equipcheck.catalogue.kinds import Catalogue, Kind
from equipcheck.ledger.words.statuses import CHOICES
from equipcheck.match.review.answers import NOT_EQUIPMENT, NOT_YET
from equipcheck.match.review.questions import Question
from equipcheck.match.review.states import AS_SUGGESTED, StateQuestion

NAME, MODEL, ANSWER, NOTE = "名称", "限定型号", "结论", "备注"
HEADINGS = (
    NAME, MODEL, "行数", "数量", ANSWER, NOTE, "最可能", "其次", "再次", "判断依据", "型号举例", "使用部门", "所在位置",
)  # fmt: skip
WIDTHS = (30, 18, 6, 6, 24, 20, 26, 26, 26, 44, 24, 18, 40)
PLACE, UNITS, TOLD = "所在位置", "其中几件", "状况"
STATE_HEADINGS = (PLACE, NAME, "型号", "数量", "台账写的", "建议", UNITS, TOLD, NOTE)
STATE_WIDTHS = (34, 24, 18, 6, 36, 16, 10, 16, 24)
SHEET = "复核"
STATES = "状况"
LISTS = "种类"
SPARE_ROWS = 200  # rows below the last one that also offer the list


def write_review(
    questions: Sequence[Question], catalogue: Catalogue, states: Sequence[StateQuestion] = ()
) -> bytes:
    """The workbook's bytes: names on one sheet, rows whose state is not clear on another.

    The same questions give the same bytes.
    """
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": "名称和状况复核", "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 (no clock)
    sheets = _Sheets(book)
    choices = [NOT_EQUIPMENT, NOT_YET, *(kind.name for kind in _current(catalogue))]
    names = [_cells(question, catalogue) for question in questions]
    sheet = sheets.add(SHEET, HEADINGS, WIDTHS, names, entries=(ANSWER, NOTE))
    column = HEADINGS.index(ANSWER)
    sheet.data_validation(
        1, column, len(questions) + SPARE_ROWS, column,
        {
            "validate": "list",
            "source": f"={LISTS}!$A$2:$A${len(choices) + 1}",
            "error_type": "information",
            "input_title": "结论",
            "input_message": "从列表选种类，或选“不是装备”“暂不确定”；也可直接写种类的名称",
            "error_title": "目录里没有",
            "error_message": "填写的内容不在列表里。若是种类的别名可以保留，否则请从列表选。",
        },
    )  # fmt: skip
    if states:
        sheet = sheets.add(
            STATES, STATE_HEADINGS, STATE_WIDTHS, list(map(_state_cells, states)), entries=(UNITS, TOLD, NOTE)
        )
        column = STATE_HEADINGS.index(TOLD)
        sheet.data_validation(
            1, column, len(states), column,
            {
                "validate": "list",
                "source": [AS_SUGGESTED, *CHOICES],
                "error_type": "information",
                "input_title": "状况",
                "input_message": "从列表选；“其中几件”不填就是整行，填了件数的，其余件数的状况不变",
                "error_title": "不认识的状况",
                "error_message": "填写的内容不在列表里。请从列表选。",
            },
        )  # fmt: skip
    lists = sheets.add(LISTS, ("结论可填", "类别"), (30, 14), [])
    for row, choice in enumerate(choices, start=1):
        lists.write_string(row, 0, choice)
    for row, kind in enumerate(_current(catalogue), start=3):
        lists.write_string(row, 1, kind.category or "")
    book.close()
    return target.getvalue()


class _Sheets:
    """Sheets of one book in one dress."""

    def __init__(self, book: Any) -> None:
        self.book = book
        box = {"text_wrap": True, "border": 1}
        self.bold = book.add_format(box | {"bold": True, "bg_color": "#D9E2F3", "valign": "vcenter"})
        self.plain = book.add_format(box | {"valign": "top"})
        self.entry = book.add_format(box | {"valign": "top", "bg_color": "#FFF9DB"})

    def add(
        self,
        title: str,
        headings: Sequence[str],
        widths: Sequence[int],
        rows: Sequence[Sequence[str | int]],
        entries: Sequence[str] = (),
    ) -> Any:
        """A sheet with its heading and rows; the columns in `entries` are to be filled in."""
        sheet = self.book.add_worksheet(title)
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.write_string(0, column, heading, self.bold)
            sheet.set_column(column, column, width)
        for at, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                style = self.entry if headings[column] in entries else self.plain
                write = sheet.write_number if isinstance(value, int) else sheet.write_string
                write(at, column, value, style)
        if entries:
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, max(1, len(rows)), len(headings) - 1)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
        return sheet


def _state_cells(one: StateQuestion) -> list[str | int]:
    suggested = f"{one.units} 件{one.status}" if one.units and one.status else ""
    return [one.ref, one.name, one.model or "", one.quantity, one.said, suggested, "", "", ""]


def _current(catalogue: Catalogue) -> list[Kind]:
    return [kind for kind in catalogue.kinds.values() if kind.replaced_by is None]


def _cells(question: Question, catalogue: Catalogue) -> list[str | int]:
    best = [f"{catalogue.name(kind)}（{score:.2f}）" for kind, score in question.suggestions[:3]]
    return [
        question.name,
        question.model or "",
        question.rows,
        question.units,
        "",
        "",
        *(best + [""] * 3)[:3],
        "；".join(question.evidence),
        "、".join(question.models),
        "、".join(question.departments),
        "、".join(question.refs) + ("……" if question.rows > len(question.refs) else ""),
    ]
