"""What free words say of a row: all of it, part of it, or nothing that can be told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from equipcheck.ledger.words.certificates import read_certificate
from equipcheck.ledger.words.remarks import NOTHING_SAID, Said, leading_quantity, read_remark, said_in_name

from .tables import column, csv_file, noted, read, xlsx_file


@pytest.mark.parametrize(
    ("words", "units", "status"),
    [
        ("已坏", 1, "broken"),
        ("送修中", 1, "broken"),
        ("无法开机", 1, "broken"),
        ("故障，待维修", 1, "broken"),
        ("三台均已损坏", 3, "broken"),
        ("2台已坏", 2, "broken"),
        ("借给二队", 1, "lent_out"),
        ("已报废", 1, "gone"),
        ("于2022年12月报废", 1, "gone"),
        ("拟报废", 1, "pending_disposal"),
        ("报 废", 1, "pending_disposal"),
        ("已損壞", 1, "broken"),
        ("不能正常工作", 1, "broken"),
        ("2023.11送修", 1, "broken"),
        ("该设备自2022年起停用", 2, "broken"),
        ("因主板老化停用", 1, "broken"),
        ("检定不合格", 1, "broken"),
        ("15年购 不能正常使用", 1, "broken"),
        ("寄回厂家维修中，未返", 1, "broken"),
        ("主机烧坏", 1, "broken"),
        ("移交区应急局", 1, "gone"),
        ("2018年执法途中遗失", 1, "gone"),
        ("丢失（原保管人：周某，已调离）", 1, "gone"),
        ("己报废", 1, "gone"),
        ("借党校培训用，未归还", 1, "lent_out"),
        ("报废已上报财政局，待批", 1, "pending_disposal"),
        ("使用年限已满，拟报废处置", 1, "pending_disposal"),
        ("强检逾期", 1, "expired"),
        ("人员调离后闲置", 2, "idle"),
        ("已拍卖", 1, "gone"),
        ("2021年已报废", 1, "gone"),
        ("已移交县监测站", 1, "gone"),
        ("划转至乡镇", 1, "gone"),
        ("有账无物", 1, "gone"),
        ("经盘点，未找到", 1, "gone"),
        ("被执法二队借走未还", 1, "lent_out"),
        ("拟于2025年报废", 1, "pending_disposal"),
        ("车辆停驶，已列入报废计划", 1, "pending_disposal"),
        ("报废手续办理中", 1, "pending_disposal"),
        ("封存未用", 1, "idle"),
        ("已过检定期", 1, "expired"),
        ("检定到期未送检", 3, "expired"),
        ("目前超期未检", 1, "expired"),
    ],
)
def test_a_remark_about_the_whole_row(words: str, units: int, status: str) -> None:
    assert read_remark(words, units) == Said(status=status)


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("仅2台能用", 3),
        ("账面4台，少1台", 4),
        ("4号机返厂中", 6),
        ("8台正常", 10),
        ("实有2台", 3),
        ("坏1", 3),
        ("2台已报废", 3),
        ("5台，其中2台已坏", 5),
        ("2台已坏", 5),
        ("部分损坏", 2),
        ("一台借出，其余在用", 4),
        ("两台待报废", 3),
    ],
)
def test_a_remark_about_a_part_is_a_question(words: str, units: int) -> None:
    assert read_remark(words, units) == Said(part=True)


@pytest.mark.parametrize(
    "words",
    [
        "电池损坏", "屏幕坏了一角", "时好时坏", "已达报废年限", "质量问题已退货",
        "进水", "缺探头", "长期不用", "向监测站借用", "移交二中队",
        "在用、待修", "老化", "车辆年检过期", "外单位使用",
    ],
)  # fmt: skip
def test_a_remark_that_cannot_be_told(words: str) -> None:
    assert read_remark(words, 1) == Said(doubt=True)


@pytest.mark.parametrize(
    "words",
    [
        "已修复", "2021年送修，已修好", "借自市局", "出借给二中队，2023年归还", "随车", "坏账无", "由市局调拨",
        "省厅配发", "市局划拨", "用于废气监测", "应急处置用", "保修到期", "维修过一次，现正常", "已更换电池",
        "停车场二层", "含充电座，非借用", "原停用，现正常", "监测站划转过来", "2018年大修发动机",
        "交强险2025.3.12到期", "检定合格", "无破损", "查漏检漏用",
    ],
)  # fmt: skip
def test_words_that_say_nothing_bad(words: str) -> None:
    assert read_remark(words, 1) == NOTHING_SAID


def test_a_status_in_the_name() -> None:
    assert [
        said_in_name(name, 1).status
        for name in ("声级计（已报废）", "声级计(待修)", "声级计（备用）", "声级计")
    ] == [
        "gone",
        "broken",
        None,
        None,
    ]


def test_a_quantity_that_goes_on_to_speak_of_a_part() -> None:
    assert [leading_quantity(text) for text in ("5台，其中2台已坏", "5台，备用", "约5台，其中2台已坏")] == [
        5,
        None,
        None,
    ]


def test_rows_in_a_ledger(tmp_path: Path) -> None:
    text = (
        "资产名称,数量,使用状况,备注\n"
        "声级计,1,在用,已坏\n"
        "无人机,5,在用,其中2台已坏\n"
        "照相机,5台；其中2台已坏,在用,\n"
        "录音笔,1,借给二队,\n"
        "摄像机,1,已处置,已坏\n"
        "流速仪（待报废）,1,,\n"
        "采样器,2,在用1台，停用1台,\n"
        "测距仪,1,在用,电池损坏\n"
    )
    ledgers = read(csv_file(tmp_path, text.replace("，停", "、停")))
    assert column(ledgers, "status") == [
        "broken", "in_use", "in_use", "lent_out", "gone", "pending_disposal", "unknown", "in_use",
    ]  # fmt: skip
    assert column(ledgers, "quantity") == [1, 5, 5, 1, 1, 1, 2, 1]
    assert sorted(noted(ledgers), key=lambda note: str(note[1])) == [
        ("status-from-remark", "台账.csv#2"),
        ("partial-remark", "台账.csv#3"),
        ("partial-remark", "台账.csv#4"),
        ("status-from-words", "台账.csv#5"),
        ("status-from-name", "台账.csv#7"),
        ("partial-remark", "台账.csv#8"),
        ("remark-unclear", "台账.csv#9"),
    ]


def test_validity_in_a_remark(tmp_path: Path) -> None:
    ledgers = read(
        csv_file(tmp_path, "资产名称,备注\n声级计,检定证书有效期至2024年5月\n无人机,保修有效期至2024-05-01\n")
    )
    assert column(ledgers, "valid_until") == [dt.date(2024, 5, 31), None]
    assert noted(ledgers) == [("validity-from-remark", "台账.csv#2")]


@pytest.mark.parametrize(
    ("words", "checked", "until"),
    [
        ("检定证书有效期到25年6月", None, dt.date(2025, 6, 30)),
        ("2025.6到期", None, dt.date(2025, 6, 30)),
        ("保修至2027-01-01，检定有效期至2024-05-31", None, dt.date(2024, 5, 31)),
        ("2024年3月15日检定，有效期一年", dt.date(2024, 3, 15), dt.date(2025, 3, 14)),
        ("检定合格（2025.3.1）", dt.date(2025, 3, 1), None),
        ("已于2024年5月送计量院检定合格", dt.date(2024, 5, 1), None),
        ("保修到期2024-05-31", None, None),
        ("CCEP证书有效期至2026年3月", None, None),
        ("检定有效期2023.11.02—2024.11.01", dt.date(2023, 11, 2), dt.date(2024, 11, 1)),
        ("2024年5月计量校准，周期一年", dt.date(2024, 5, 1), dt.date(2025, 4, 30)),
        ("有效期至2025年4月（检定）", None, dt.date(2025, 4, 30)),
        ("2024年12月校准 有效期至2025年11月", dt.date(2024, 12, 1), dt.date(2025, 11, 30)),
        ("24.3.8检，25.3.7到期", dt.date(2024, 3, 8), dt.date(2025, 3, 7)),
        ("车辆年检有效期至2024-05-31", None, None),
        ("2024年已送检，有效期一年", None, None),
    ],
)
def test_what_a_remark_says_of_a_check(words: str, checked: dt.date | None, until: dt.date | None) -> None:
    assert read_certificate(words) == (checked, until)


def test_a_check_without_a_date_is_asked_about(tmp_path: Path) -> None:
    rows = [
        "检定合格",
        "2024年已送检，有效期一年",
        "未检定",
        "保修有效期三年",
        "车辆未年检",
        "检定有效期至2030-01-01",
    ]
    ledgers = read(csv_file(tmp_path, "资产名称,备注\n" + "".join(f"声级计,{one}\n" for one in rows)))
    assert [place for code, place in noted(ledgers) if code == "validity-undated"] == [
        f"台账.csv#{line}" for line in (2, 3, 4)
    ]


def test_a_check_that_was_not_passed_gives_no_validity(tmp_path: Path) -> None:
    text = "出厂编号,检定日期,有效期至,结论\nS1,2023-05-06,2024-05-05,不合格\nS2,2023-05-06,2024-05-05,合格\n"
    ledgers = read(csv_file(tmp_path, text), role="verification")
    assert ledgers.checks["valid_until"].to_list() == [
        dt.date(2023, 5, 6),
        dt.date(2024, 5, 5),
    ]  # over that day
    assert noted(ledgers) == [("check-failed", "台账.csv#2")]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("报废日期", ("2021-05-01", "", "")), ("处置时间", ("2021年5月", "/", "")),
        ("停用日期", ("2021.5.1", "", "无")),
        ("是否报废", ("是", "否", "否")), ("报废数量", ("1", "0", "")), ("处置原因", ("老化", "", "")),
        ("报废批复", ("财资〔2021〕5号", "", "—")), ("丢失数", ("1", "0", "0")),
    ],
)  # fmt: skip
def test_what_stands_under_a_word_of_disposal_is_said(
    tmp_path: Path, heading: str, cells: tuple[str, ...]
) -> None:
    lines = "".join(f"仪器{n},2,在用,{cell}\n" for n, cell in enumerate(cells))
    ledgers = read(csv_file(tmp_path, f"资产名称,数量,使用状况,{heading}\n{lines}"))
    assert column(ledgers, "status") == ["in_use"] * 3
    (note,) = [note for note in ledgers.notes if note.code == "status-elsewhere"]
    assert "第 2 行" in note.note


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("预计报废日期", "2031-05-01"), ("报废年限", "6"), ("检定日期", "2021-05-01"), ("是否在用", "是"),
        ("维修电话", "123"), ("启用日期", "2021-05-01"), ("借出日期", "2021-05-01"),
    ],
)  # fmt: skip
def test_what_says_nothing_of_a_state_is_let_be(tmp_path: Path, heading: str, cell: str) -> None:
    ledgers = read(csv_file(tmp_path, f"资产名称,数量,使用状况,{heading}\n仪器,1,在用,{cell}\n"))
    assert "status-elsewhere" not in [code for code, _ in noted(ledgers)]


def test_a_stocktaking_ticked(tmp_path: Path) -> None:
    text = "资产编号,资产名称,相符,盘盈,盘亏\nA1,打印机,√,,\nA2,照相机,,,√\nA3,录音笔,,√,\n"
    assert column(read(csv_file(tmp_path, text)), "status") == ["in_use", "gone", "in_use"]


@pytest.mark.parametrize(
    ("cell", "until"),
    [
        ("2023.5.6～2024.5.5", dt.date(2024, 5, 5)), ("2023-06-01至2024-05-31", dt.date(2024, 5, 31)),
        ("23.5.6-24.5.5", dt.date(2024, 5, 5)), ("2023.5.6", None), ("JL2023-0456", None), ("合格", None),
    ],
)  # fmt: skip
def test_a_certificate_that_gives_two_days_or_one(tmp_path: Path, cell: str, until: dt.date | None) -> None:
    ledgers = read(csv_file(tmp_path, f"仪器名称,数量,检定证书情况\n声级计,1,{cell}\n"))
    assert column(ledgers, "valid_until") == [until]
    assert ("date-unclear" in [code for code, _ in noted(ledgers)]) == (cell == "2023.5.6")


@pytest.mark.parametrize(
    ("odd", "states", "codes"),
    [
        ("3,照相机,3,3,无", ["in_use", "broken", "broken", "in_use"], []),
        ("3,照相机,若干,3,1", ["in_use", "broken", "broken", "in_use"], ["states-differ"]),
        ("3,照相机,3,√,", ["in_use", "broken", "broken", "unknown"], ["states-differ"]),
    ],
)
def test_an_odd_cell_among_counts_of_states_is_of_its_row_alone(
    tmp_path: Path, odd: str, states: list[str], codes: list[str]
) -> None:
    text = f"资产编号,资产名称,数量,完好数,损坏数\n1,声级计,3,1,2\n2,无人机,2,,2\n{odd}\n4,录音笔,2,2,\n5,对讲机,4,4,\n"
    ledgers = read(csv_file(tmp_path, text))
    assert column(ledgers, "status")[:3] == states[:3]
    assert column(ledgers, "quantity")[:3] == [1, 2, 2]
    assert [code for code, _ in noted(ledgers) if code == "states-differ"] == codes


@pytest.mark.parametrize(
    ("text", "units", "status", "codes"),
    [
        ("损坏1", 1, "broken", ["status-from-words"]),
        ("损坏1", 3, "unknown", ["partial-remark"]),
        ("2损坏", 3, "unknown", ["partial-remark"]),
        ("丢失（1）", 2, "unknown", ["partial-remark"]),
        ("报废3件", 3, "pending_disposal", ["status-from-words"]),
        ("在用1", 3, "unknown", ["partial-remark"]),
        ("3部不能用", 1, "unknown", ["status-unknown"]),
        ("C-盘亏", 1, "gone", []),
        ("A-正确", 1, "in_use", []),
        ("在用(01)", 3, "in_use", []),
        ("1-在用", 3, "in_use", []),
        ("03、待报废", 9, "pending_disposal", []),
    ],
)
def test_a_number_beside_a_status_is_a_count_or_a_code(
    tmp_path: Path, text: str, units: int, status: str, codes: list[str]
) -> None:
    ledgers = read(xlsx_file(tmp_path, [["名称", "数量", "使用状况"], ["声级计", units, text]]))
    assert column(ledgers, "status") == [status]
    assert [code for code, _ in noted(ledgers)] == codes


@pytest.mark.parametrize(
    ("heading", "text", "said"),
    [
        ("损坏情况", "2台已修复", True),
        ("损坏情况", "1台送修", True),
        ("损坏情况", "无", False),
        ("报废说明", "2021年批准", True),
        ("处理意见", "1台已报废", True),
        ("跟踪", "借给二中队", True),
        ("维修台次", "3", False),
        ("主要用途", "应急监测", False),
        ("生产厂家", "报废汽车回收公司", False),
    ],
)
def test_what_other_columns_say_of_a_state_is_not_passed_over(
    tmp_path: Path, heading: str, text: str, said: bool
) -> None:
    ledgers = read(xlsx_file(tmp_path, [["名称", "数量", heading], ["声级计", 4, text]]))
    assert column(ledgers, "status") == ["in_use"]
    assert ("status-elsewhere" in [code for code, _ in noted(ledgers)]) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("执法车2辆、执法艇1艘", True), ("照相机（5台）；摄像机（2台）", True), ("执法记录仪12台及充电座", True),
        ("声级计1台、校准器1台", True), ("双目望远镜", False), ("四合一气体检测仪", False), ("7寸平板", False),
    ],
)  # fmt: skip
def test_counts_within_a_name_are_said(tmp_path: Path, name: str, said: bool) -> None:
    ledgers = read(xlsx_file(tmp_path, [["装备名称", "现状"], [name, "良好"]]))
    assert ("count-in-name" in [code for code, _ in noted(ledgers)]) == said


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("（已报废）声级计", "gone", "status-from-name"),
        ("【借出】无人机", "lent_out", "status-from-name"),
        ("对讲机-已坏", "broken", "status-from-name"),
        ("照相机（2021年已报废）", "gone", "status-from-name"),
        ("执法记录仪(其中2台损坏)", "in_use", "partial-remark"),
        ("报废机动车检测仪（便携）", "in_use", None),
        ("（便携式）声级计", "in_use", None),
        ("崂应3012H-D型", "in_use", None),
        ("气相色谱-质谱联用仪", "in_use", None),
    ],
)
def test_a_state_within_a_name(tmp_path: Path, name: str, status: str, code: str | None) -> None:
    ledgers = read(xlsx_file(tmp_path, [["资产名称", "数量"], [name, 6]]))
    assert column(ledgers, "status") == [status]
    assert [one for one, _ in noted(ledgers)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("☑在用 □闲置 □报废", "in_use"),
        ("□在用□闲置■报废", "pending_disposal"),
        ("在用√ 闲置 报废", "in_use"),
        ("在用 闲置 报废√", "pending_disposal"),
        ("在用（ ）闲置（√）报废（ ）", "idle"),
        ("○完好　●损坏", "broken"),
        ("□在用□闲置□报废", "unknown"),
        ("☑在用 ☑闲置", "unknown"),
        ("使用情况：□在用 ☑报废", "pending_disposal"),
        ("状态：☑在用 □闲置", "in_use"),
        ("在用 ☑闲置", "idle"),
        ("在用 ☑ 闲置", "unknown"),
    ],
)
def test_of_printed_choices_the_ticked_one_is_the_status(tmp_path: Path, text: str, status: str) -> None:
    assert column(read(xlsx_file(tmp_path, [["名称", "使用状况"], ["声级计", text]])), "status") == [status]


@pytest.mark.parametrize(
    ("remark", "units"),
    [
        ("一台显示屏不亮", 2),
        ("市局收回2台", 3),
        ("县里统一调配到应急局", 1),
        ("2023年坠毁", 1),
        ("测值不准", 1),
    ],
)
def test_remarks_in_other_words_are_asked_about(tmp_path: Path, remark: str, units: int) -> None:
    ledgers = read(xlsx_file(tmp_path, [["名称", "数量", "备注"], ["声级计", units, remark]]))
    assert next(code for code, _ in noted(ledgers)) in (
        "partial-remark",
        "remark-unclear",
        "status-from-remark",
    )
