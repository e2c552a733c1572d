"""What reading promises: every row an asset, rejected or named; every row with its place."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from equipcheck.ground import frames
from equipcheck.ledger import Source, find_ledgers, read_ledgers
from equipcheck.problems import InputError

from .tables import HEADING, column, csv_file, noted, openpyxl_file, read, xls_file, xlsx_file

EXPORT = [
    ("某某局固定资产台账（合成）",),
    ("编制单位：某某局", None, None, None, None, None, "2023年12月31日"),
    HEADING,
    (1, "00123", "便携式烟气分析仪", "GH-60", "台", 2, dt.date(2020, 5, 6), "在用", None),
    (2, "/", "声级计", "/", "台", "两台", "2019.5", "待报废", "/"),
    (),
    (3, "TY003", "执法记录仪", None, "台", None, 2018, "闲置", None),
    (None, None, None, None, None, "若干", None, None, None),
    (4, "TY004", "无人机", None, "架", "若干", None, "在用", None),
    (5, "TY005", None, None, "架", 3, None, "在用", None),
    HEADING,
    (6, "TY006", "照相机", None, "台", 0, "待查", "躺平", None),
    ("合 计", None, None, None, None, 7, None, None, None),
    ("制表人：张三（虚构）", None, None, "审核人：", None, None, None, None, None),
]


@pytest.mark.parametrize("write", [xlsx_file, openpyxl_file], ids=["xlsxwriter", "openpyxl"])
def test_an_export_as_it_is(tmp_path: Path, write: object) -> None:
    ledgers = read(write(tmp_path, EXPORT))  # type: ignore[operator]
    assert frames.ASSETS.check(ledgers.assets).height == 6
    assert column(ledgers, "ref") == [f"台账.xlsx#Sheet1!{row}" for row in (4, 5, 7, 9, 10, 12)]
    assert column(ledgers, "row") == [1, 2, 3, 4, 5, 6]
    assert column(ledgers, "asset_no") == ["00123", None, "TY003", "TY004", "TY005", "TY006"]
    assert column(ledgers, "name") == ["便携式烟气分析仪", "声级计", "执法记录仪", "无人机", None, "照相机"]
    assert column(ledgers, "model") == ["GH-60", None, None, None, None, None]
    assert column(ledgers, "quantity") == [2, 2, 1, 0, 0, 0]
    assert column(ledgers, "rejected") == [None, None, None, "quantity-not-a-number", "name-missing", None]
    assert column(ledgers, "acquired") == [
        dt.date(2020, 5, 6),
        dt.date(2019, 5, 1),
        dt.date(2018, 1, 1),
        None,
        None,
        None,
    ]
    assert column(ledgers, "status") == [
        "in_use",
        "pending_disposal",
        "idle",
        "in_use",
        "in_use",
        "unknown",
    ]
    assert sorted(noted(ledgers), key=lambda note: int(str(note[1]).split("!")[1])) == [
        ("quantity-empty", "台账.xlsx#Sheet1!7"),
        ("not-an-asset", "台账.xlsx#Sheet1!8"),
        ("repeated-heading", "台账.xlsx#Sheet1!11"),
        ("quantity-zero", "台账.xlsx#Sheet1!12"),
        ("status-unknown", "台账.xlsx#Sheet1!12"),
        ("date-unclear", "台账.xlsx#Sheet1!12"),
        ("total-agrees", "台账.xlsx#Sheet1!13"),
        ("not-an-asset", "台账.xlsx#Sheet1!14"),
    ]


def test_the_rejected_row_says_what_stood_there(tmp_path: Path) -> None:
    ledgers = read(csv_file(tmp_path, "资产名称,数量\n无人机,若干\n声级计,-1\n照相机,1.5\n,2\n"))
    assert column(ledgers, "rejected") == [
        "quantity-not-a-number",
        "quantity-negative",
        "quantity-fraction",
        "name-missing",
    ]
    assert all(
        word in str(why) for word, why in zip(("若干", "-1", "1.5", "2"), column(ledgers, "why"), strict=True)
    )
    assert column(ledgers, "quantity") == [0, 0, 0, 0]


def test_without_a_quantity_column_each_row_is_one_and_nothing_is_noted(tmp_path: Path) -> None:
    ledgers = read(csv_file(tmp_path, "序号,资产名称\n1,无人机\n2,声级计\n"))
    assert column(ledgers, "quantity") == [1, 1]
    assert noted(ledgers) == []


def test_a_quantity_merged_over_rows_is_the_first_rows(tmp_path: Path) -> None:
    rows = [
        ("资产名称", "数量", "存放地点"),
        ("无人机", 3, "一室"),
        ("声级计", None, None),
        ("照相机", None, None),
    ]
    ledgers = read(openpyxl_file(tmp_path, rows, merged=["B2:B4", "C2:C4"]))
    assert column(ledgers, "quantity") == [3, 0, 0]
    assert column(ledgers, "location") == ["一室", "一室", "一室"]
    assert noted(ledgers) == [("quantity-merged", f"台账.xlsx#Sheet1!{row}") for row in (3, 4)]


def test_totals_are_checked_against_the_rows_they_sum(tmp_path: Path) -> None:
    rows = [
        ("名称", "数量"),
        ("无人机", 1),
        ("小计", 1),
        ("声级计", 2),
        ("小计", 5),
        ("合计", 3),
        ("总计", 4),
    ]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "name") == ["无人机", "声级计"]
    assert noted(ledgers) == [
        ("total-agrees", "台账.xlsx#Sheet1!3"),
        ("total-differs", "台账.xlsx#Sheet1!5"),
        ("total-agrees", "台账.xlsx#Sheet1!6"),
        ("total-differs", "台账.xlsx#Sheet1!7"),
    ]


def test_a_name_that_only_sounds_like_a_total_is_an_asset(tmp_path: Path) -> None:
    ledgers = read(csv_file(tmp_path, "资产名称,数量\n小计算机,1\n累计流量计,2\n说明书架,1\n盘点机,1\n"))
    assert column(ledgers, "name") == ["小计算机", "累计流量计", "说明书架", "盘点机"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_in_every_usual_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = "台账\r\n资产编号,资产名称,数量\r\n007,便携式烟气分析仪,２台\r\n".replace(",", delimiter)
    ledgers = read(csv_file(tmp_path, text, encoding))
    assert column(ledgers, "asset_no") == ["007"]
    assert column(ledgers, "quantity") == [2]
    assert column(ledgers, "ref") == ["台账.csv#3"]


def test_a_quote_that_never_closes_ends_at_its_line(tmp_path: Path) -> None:
    text = '资产名称,数量,备注\n无人机,1,"借自\n声级计,2,\n照相机,3,"四行\n的备注"\n摄像机,4,"说""好"\n'
    ledgers = read(csv_file(tmp_path, text))
    assert column(ledgers, "name") == ["无人机", "声级计", "照相机", "摄像机"]
    assert column(ledgers, "quantity") == [1, 2, 3, 4]
    assert column(ledgers, "ref") == [f"台账.csv#{line}" for line in (2, 3, 4, 6)]
    assert column(ledgers, "remark")[-1] == '说"好'
    assert noted(ledgers) == [("quote-never-closed", "台账.csv#2"), ("not-own", "台账.csv#2")]


def test_xls_and_several_sheets(tmp_path: Path) -> None:
    path = xls_file(tmp_path, [HEADING, (1, "0007", "声级计", "AWA", "台", 2, 43957, "在用", "")])
    ledgers = read(path)
    assert column(ledgers, "asset_no") == ["0007"]
    assert column(ledgers, "acquired") == [dt.date(2020, 5, 6)]


def test_a_sheet_without_a_heading_is_skipped_and_noted(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["填报说明"])
    page = book.create_sheet("二队")
    page.append(["设备名称", "数量"])
    page.append(["声级计", 2])
    book.save(tmp_path / "台账.xlsx")
    ledgers = read(tmp_path / "台账.xlsx")
    assert column(ledgers, "ref") == ["台账.xlsx#二队!2"]
    assert noted(ledgers) == [("sheet-skipped", "台账.xlsx#Sheet")]


def test_all_files_that_cannot_be_read_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "空.xlsx").write_bytes(b"")
    (tmp_path / "图.xlsx").write_bytes(b"\x89PNG....")
    bad = csv_file(tmp_path, "甲,乙\n1,2\n", name="乱.csv")
    with pytest.raises(InputError) as caught:
        read(tmp_path / "空.xlsx", tmp_path / "图.xlsx", bad, tmp_path / "无.xlsx")
    assert {(p.code, p.place.path) for p in caught.value.problems} == {
        ("empty-file", "空.xlsx"),
        ("not-a-ledger-file", "图.xlsx"),
        ("no-heading", "乱.csv"),
        ("no-such-file", "无.xlsx"),
    }


def test_the_project_may_say_which_column_is_what(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "x\n物件,个头,资产名称\n声级计,2,别的\n")
    ledgers = read(path, columns={"name": "物件", "quantity": "个头"}, header_row=2)
    assert column(ledgers, "name") == ["声级计"]
    assert column(ledgers, "quantity") == [2]
    assert ledgers.assets["extra"].to_list() == [[{"column": "资产名称", "value": "别的"}]]
    for columns, code in (({"nam": "物件"}, "unknown-key"), ({"quantity": "件数目"}, "no-such-heading")):
        with pytest.raises(InputError) as caught:
            read(path, columns=columns)
        assert [problem.code for problem in caught.value.problems] == [code]


def test_only_the_sheets_asked_for(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [("资产名称",), ("声级计",)], sheet="2023")
    assert column(read(path, sheets=("2023",)), "name") == ["声级计"]
    with pytest.raises(InputError) as caught:
        read(path, sheets=("2032",))
    assert [(p.code, p.args["near"]) for p in caught.value.problems] == [
        ("no-such-sheet", "（是否为“2023”？）")
    ]


def test_a_register_of_checks(tmp_path: Path) -> None:
    text = (
        "序号,器具名称,出厂编号,资产编号,检定日期,检定周期,有效期至,检定证书\n"
        "1,烟气分析仪,SN1,TY1,2023-05-06,1年,,\n"
        "2,声级计,SN2,,2023.5.6,,2024.5,\n"
        "3,流速仪,SN3,,,,,证书号X1，有效期至2024年3月1日\n"
        "4,酸度计,,,2023-01-01,,,\n"
        "5,采样器,SN5,,,,,\n"
    )
    ledgers = read(csv_file(tmp_path, text), role="verification")
    frames.CHECKS.check(ledgers.checks)
    assert ledgers.assets.height == 0
    assert ledgers.checks.select("ref", "asset_no", "serial", "checked_on", "valid_until").rows() == [
        ("台账.csv#2", "TY1", "SN1", dt.date(2023, 5, 6), dt.date(2024, 5, 5)),
        ("台账.csv#3", None, "SN2", dt.date(2023, 5, 6), dt.date(2024, 5, 31)),
        ("台账.csv#4", None, "SN3", None, dt.date(2024, 3, 1)),
    ]
    assert noted(ledgers) == [("check-without-number", "台账.csv#5"), ("check-without-date", "台账.csv#6")]


def test_rows_are_numbered_over_all_sources_in_order(tmp_path: Path) -> None:
    one = csv_file(tmp_path, "资产名称\n声级计\n", name="一.csv")
    two = csv_file(tmp_path, "资产名称\n无人机\n照相机\n", name="二.csv")
    ledgers = read_ledgers(
        [Source(one, "台账/一.csv", bureau="a"), Source(two, "二.csv", "supplement", bureau="b")]
    )
    assert ledgers.assets.select("bureau", "row", "role", "ref").rows() == [
        ("a", 1, "ledger", "台账/一.csv#2"),
        ("b", 2, "supplement", "二.csv#2"),
        ("b", 3, "supplement", "二.csv#3"),
    ]
    assert [(i.path, i.sha256, i.role) for i in ledgers.inputs] == [
        ("台账/一.csv", hashlib.sha256(one.read_bytes()).hexdigest(), "ledger"),
        ("二.csv", hashlib.sha256(two.read_bytes()).hexdigest(), "supplement"),
    ]


def test_ledgers_of_a_folder(tmp_path: Path) -> None:
    for name in ("乙.xlsx", "甲.csv", "~$乙.xlsx", "prices.csv", "equipcheck.yaml", "说明.docx", ".隐藏.csv"):
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in find_ledgers(tmp_path)] == ["乙.xlsx", "甲.csv"]


def test_a_quantity_in_words_without_a_name_heads_no_group(tmp_path: Path) -> None:
    ledgers = read(
        csv_file(tmp_path, "资产编号,资产名称,数量,使用状况\n,,三,在用\nA1,声级计,1,在用\nA2,相机,2,在用\n")
    )
    assert column(ledgers, "rejected") == ["name-missing", None, None]


def test_a_row_with_a_number_and_no_name_is_no_note(tmp_path: Path) -> None:
    text = "序号,资产编号,资产名称,规格型号,使用状况\n1,ZC01,执法记录仪,DSJ,在用\n2,ZC02,,DSJ,损坏\n,制表,,,2023\n"
    ledgers = read(csv_file(tmp_path, text))
    assert column(ledgers, "rejected") == [None, "number-without-name"]
    assert column(ledgers, "quantity") == [1, 0]
