"""Chinese text in a terminal is folded where a line may end, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipcheck.problems.notes import Note
from equipcheck.report.folding import breaks, cells_of, may_end
from equipcheck.report.page import Page
from equipcheck.report.tables import grouped

PIECES = st.sampled_from(
    ["装备", "检定过期", "5件", "48 ", "（", "）", "，", "enforcement-2020", " ", "1,000 元", "“", "”"]
)


def shown(text: str, width: int) -> list[str]:
    page = Page(colour=False, width=width)
    page.say(text)
    return page.text().rstrip("\n").split("\n")


@given(st.lists(PIECES, max_size=30).map("".join), st.integers(20, 60))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int):
    lines = shown(text, width)
    assert all(cells_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.lists(PIECES, max_size=30).map("".join), st.integers(20, 60))
def test_lines_end_where_they_may_unless_nothing_else_fits(text: str, width: int):
    ends = breaks(text, width)
    for start, end in zip([0, *ends], ends, strict=False):
        assert may_end(text, end) or not any(may_end(text, at) for at in range(start + 1, end))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("已有装备十二件，缺三件", 14, ["已有装备十二", "件，缺三件"]),  # no line begins with a comma
        ("缺（恶臭监测仪）", 5, ["缺", "（恶", "臭监", "测", "仪）"]),  # none ends on an opening bracket
        ("补充清单 48 件装备", 12, ["补充清单", "48 件装备"]),  # a number stays with what it counts
        ("补充清单48件装备", 11, ["补充清单", "48件装备"]),
        ("标准 enforcement-2020", 16, ["标准", "enforcement-2020"]),  # a word that fits stays whole
        ("  进两格的一段话再接着写", 12, ["  进两格的一", "  段话再接着", "  写"]),
        ("上行\n下行", 20, ["上行", "下行"]),
    ],
)
def test_where_lines_end(text: str, width: int, lines: list[str]):
    assert shown(text, width) == lines


def test_the_places_of_notes_told_together_name_the_file_where_they_would_be_bare_numbers() -> None:
    def first(*refs: str) -> str:
        return grouped([Note("total-row", "合计", ref) for ref in refs])[0]

    assert "（台账.csv#3、台账.csv#4、台账.csv#5 等）" in first(*(f"台账.csv#{n}" for n in range(3, 8)))
    assert "（Sheet1!3、Sheet1!4、Sheet1!5 等）" in first(*(f"甲.xlsx#Sheet1!{n}" for n in range(3, 8)))
    assert "（甲.xlsx#S!3、乙.xlsx#S!3、" in first("甲.xlsx#S!3", "乙.xlsx#S!3", "甲.xlsx#S!4", "乙.xlsx#S!4")
