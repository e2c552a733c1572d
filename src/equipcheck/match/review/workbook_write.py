"""The review workbook: doubtful names in the officer's own program, with a list of kinds to choose from."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from equipcheck.catalogue.kinds import Catalogue, Kind
from equipcheck.match.review.answers import NOT_EQUIPMENT, NOT_YET
from equipcheck.match.review.questions import Question

NAME, MODEL, ANSWER, NOTE = "名称", "限定型号", "结论", "备注"
HEADINGS = (
    NAME, MODEL, "行数", "数量", ANSWER, NOTE, "最可能", "其次", "再次", "判断依据", "型号举例", "使用部门", "所在位置",
)  # fmt: skip
WIDTHS = (30, 18, 6, 6, 24, 20, 26, 26, 26, 44, 24, 18, 40)
SHEET = "复核"
LISTS = "种类"
SPARE_ROWS = 200  # rows below the last one that also offer the list


def write_review(questions: Sequence[Question], catalogue: Catalogue) -> bytes:
    """The workbook's bytes; the same questions give the same bytes."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": "名称复核", "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 (no clock)
    sheet = book.add_worksheet(SHEET)
    lists = book.add_worksheet(LISTS)
    bold = book.add_format(
        {"bold": True, "bg_color": "#D9E2F3", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    entry = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "bg_color": "#FFF9DB"})
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, width)
    for row, question in enumerate(questions, start=1):
        for column, value in enumerate(_cells(question, catalogue)):
            style = entry if HEADINGS[column] in (ANSWER, NOTE) else plain
            if isinstance(value, int):
                sheet.write_number(row, column, value, style)
            else:
                sheet.write_string(row, column, value, style)
    choices = [NOT_EQUIPMENT, NOT_YET, *(kind.name for kind in _current(catalogue))]
    lists.write_string(0, 0, "结论可填", bold)
    lists.write_string(0, 1, "类别", bold)
    lists.set_column(0, 0, 30)
    lists.set_column(1, 1, 14)
    for row, choice in enumerate(choices, start=1):
        lists.write_string(row, 0, choice)
    for row, kind in enumerate(_current(catalogue), start=3):
        lists.write_string(row, 1, kind.category or "")
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
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(questions)), len(HEADINGS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return target.getvalue()


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
