"""Lists of who has what: a line a person, a column a thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from equipcheck.problems import InputError

from .tables import Row, column, csv_file, noted, read, xlsx_file


@pytest.mark.parametrize("person", ["姓名", "使用人", "队员", "执法人员"])
def test_each_column_is_a_thing_and_its_units_are_the_sum(tmp_path: Path, person: str) -> None:
    rows: list[Row] = [
        ["单兵装备配发表"],
        ["序号", person, "执法记录仪", "对讲机", "备注"],
        [1, "甲", "√", 2, None],
        [2, "乙", "√", "×", None],
        [3, "丙", "1台", None, "新进"],
        [None, "合计", 3, 3, None],
        [None, "制表人：丁", None, None, None],
    ]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert ledgers.assets.select("ref", "name", "quantity").rows() == [
        ("台账.xlsx#Sheet1!C2", "执法记录仪", 3),
        ("台账.xlsx#Sheet1!D2", "对讲机", 2),
    ]
    assert [code for code, _ in noted(ledgers)][:2] == ["by-person", "by-person-differs"]


def test_in_a_text_file_too(tmp_path: Path) -> None:
    ledgers = read(csv_file(tmp_path, "姓名,执法记录仪,对讲机\n甲,1,1\n乙,1,\n"))
    assert column(ledgers, "quantity") == [2, 1]


@pytest.mark.parametrize(
    "text",
    [
        "姓名,年龄,工龄\n甲,18,3\n乙,19,4\n",
        "姓名,执法记录仪,说明\n甲,1,好\n乙,1,坏\n",
        "姓名,办案件数,出差\n甲,1,30\n乙,2,40\n",
        "单位,执法记录仪,对讲机\n甲县,1,1\n乙县,1,2\n",
    ],
)
def test_other_lists_of_persons_are_none(tmp_path: Path, text: str) -> None:
    path = csv_file(tmp_path, text)
    with pytest.raises(InputError):
        read(path)
