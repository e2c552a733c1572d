"""The passage of a real ledger: each measure answers its unit's own reason, and nothing stands there that is not so."""

from __future__ import annotations

from pathlib import Path

import pytest

from equipcheck.cli import run

STANDARD = """\
id: truth-2023
family: truth
title: 措施标准（虚构）
effective: "2023"
requirements:
  - {id: sound, name: 声级计, kinds: [sound_level_meter], unit: 部, quantity: 4, source: &at {status: reprint}}
  - {id: camera, name: 照相机, kinds: [still_camera], unit: 部, quantity: 5, source: *at}
  - {id: radio, name: 对讲机, kinds: [two_way_radio], unit: 部, quantity: 4, source: *at}
  - {id: uav, name: 无人机, kinds: [uav], unit: 架, quantity: 2, source: *at}
  - {id: video, name: 摄像机, kinds: [video_camera], unit: 部, quantity: 2, source: *at}
  - {id: range, name: 测距仪, kinds: [rangefinder], unit: 台, quantity: 1, source: *at}
  - {id: recorder, name: 录音设备, kinds: [voice_recorder], unit: 支, quantity: 1, source: *at}
  - {id: night, name: 夜视设备, kinds: [night_vision], unit: 台, quantity: 1, source: *at}
"""
LEDGER = """\
资产编号,资产名称,数量,使用状况,购置日期,有效期至
1,声级计,1,在用,2020-01-01,2024-06-30
2,声级计,1,在用,2020-01-01,2022-06-30
3,声级计,1,损坏,2020-01-01,2024-06-30
4,声级计,1,出租,2020-01-01,2025-06-30
5,照相机,1,损坏,2020-01-01,
6,照相机,2,出借,2020-01-01,
7,对讲机,3,损坏,2020-01-01,
8,无人机,1,已报废,2012-01-01,
9,摄像机,1,在用,2024-02-01,
10,测距仪,若干,在用,2020-01-01,
11,录音设备,1,在用,2020-01-01,
12,办公桌,3,在用,2020-01-01,
"""
PROJECT = """\
bureau: {name: 虚构区分局, level: county}
standard: truth.yaml
as_of: 2023-12-31
ledgers: [台账.csv]
prices: prices.csv
"""
PRICES = """\
种类,用途,单价,年份,来源
still_camera,维修,300,2023,厂家
sound_level_meter,送检,480,2023,市计量所
"""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    for name, text in (
        ("truth.yaml", STANDARD), ("台账.csv", LEDGER), ("equipcheck.yaml", PROJECT), ("prices.csv", PRICES),
    ):  # fmt: skip
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def section(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert run(["section", str(folder), *options]) == 0
    return capsys.readouterr().out


def line(text: str, word: str) -> str:
    return next(one for one in text.split("\n") if word in one and "|" not in one)


def test_each_measure_answers_its_own_reason(made, capsys):
    text = section(made, capsys)
    recalled, sent, mended = (line(text, word) for word in ("收回在外装备", "及时送检", "抓紧维修"))
    assert "收回照相机2部、声级计1部，不需经费" in recalled
    assert "将声级计1部送检定" in sent
    assert "照相机" not in sent
    assert "维修照相机1部、对讲机3部，恢复使用" in mended
    assert "维修声级计1部，送检定（校准）合格后投入使用" in line(
        text, "维修并送检"
    )  # its certificate ends in 2024
    assert "声级计1部另有一项费用待询价" in line(text, "维修并送检")
    assert "无人机" not in mended


def test_a_cost_names_its_basis_and_what_has_no_price(made, capsys):
    text = section(made, capsys)
    assert "约需480元（按项目询价）" in line(text, "及时送检")
    mended = line(text, "抓紧维修")
    assert "照相机1部约需300元（按项目询价）" in mended
    assert "对讲机3部" in mended.partition("约需")[2]
    assert "待询价" in mended
    bought = line(text, "按程序购置")
    assert "按工作估价" in bought


def test_only_what_stands_nowhere_is_said_to_stand_nowhere(made, capsys):
    text = section(made, capsys)
    assert line(text, "没有").count("、") == 0
    assert "台账中没有夜视设备的登记" in text
    assert "原登记的无人机1架已处置" in text
    assert "取得日期晚于截止日，不计入本年度，涉及摄像机1部" in text
    assert "台账登记的数量有待补正，暂未计入，涉及测距仪" in text
    assert "测距仪尚未配备" not in text
    assert "摄像机尚未配备，应配2部，缺2部（截止日后取得1部，不计入）" in text
    assert "测距仪应配1台，缺1台（台账登记的数量读不懂，没有计入）" in text


@pytest.mark.parametrize("form", ["terminal", "md", "html", "json", "explain"])
def test_a_row_that_could_not_be_read_is_told_at_its_requirement(made, form, capsys):
    if form == "explain":
        assert run(["explain", "测距仪", str(made)]) == 0
        text = capsys.readouterr().out
    elif form == "html":
        assert run(["report", str(made), "-o", str(made / "page.html")]) == 0
        text = (made / "page.html").read_text("utf-8")
    else:
        assert run(["report", str(made), "-f", form]) == 0
        text = capsys.readouterr().out
    if form == "json":
        assert '"unread": [{"ref": "台账.csv#11", "name": "测距仪"' in text
    else:
        assert "台账里的“测距仪”读不懂" in "".join(text.split("\n")) or "读不懂的行（可能就是此项）" in text


@pytest.mark.parametrize("style", ["brief", "full"])
def test_what_is_written_passes_its_own_check(made, style, capsys):
    (made / "稿.md").write_text(section(made, capsys, "--style", style), "utf-8")
    assert run(["section", str(made), "--check", str(made / "稿.md"), "--strict"]) == 0
    assert "未读懂" not in capsys.readouterr().out


def test_a_name_in_review_is_no_lack_for_certain(made, capsys):
    """「便携式检测仪」 may be what is missing: it is asked about, not denied."""
    dust = "  - {id: dust, name: 粉尘快速测定仪, kinds: [dust_rapid_tester], unit: 部, quantity: 1, source: *at}\n"
    (made / "truth.yaml").write_text(STANDARD + dust, "utf-8")
    (made / "台账.csv").write_text(LEDGER + "13,便携式检测仪,1,在用,2020-01-01,\n", "utf-8")
    text = section(made, capsys)
    assert "粉尘快速测定仪尚未配备" not in text
    assert "粉尘" not in line(text, "的登记")
    assert "台账中“便携式检测仪”的名称有待复核" in text
    (made / "稿.md").write_text(text, "utf-8")
    assert run(["section", str(made), "--check", str(made / "稿.md"), "--strict"]) == 0


def test_what_is_left_out_for_want_of_a_date_is_a_cause(made, capsys):
    (made / "台账.csv").write_text("资产编号,资产名称,数量\n1,声级计,4\n", "utf-8")
    text = section(made, capsys, "--metrology", "strict")
    assert "有效期未登记" in line(text, "从严")
    assert "声级计4部" in line(text, "从严")
    assert "将声级计4部" in line(text, "送检")


@pytest.mark.parametrize("style", ["brief", "full"])
def test_taking_back_is_a_measure_too(made, style, capsys):
    (made / "台账.csv").write_text(
        "资产名称,数量,使用状况\n照相机,5,出借\n声级计,4,在用\n无人机,2,在用\n", "utf-8"
    )
    text = section(made, capsys, "--style", style)
    assert "收回照相机5部，不需经费" in text
    (made / "稿.md").write_text(text, "utf-8")
    assert run(["section", str(made), "--check", str(made / "稿.md"), "--strict"]) == 0
