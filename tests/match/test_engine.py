"""Matching a ledger: exact names, aliases, ways of writing, doubt, and no equipment at all."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.ground.frames import ASSETS, MATCHES
from equipcheck.match import match
from equipcheck.match.decisions.load import Decisions, load_decisions

CATALOGUE = load_catalogue()


def ledger(*rows: tuple[str, str | None] | str) -> pl.DataFrame:
    return ASSETS.build(
        [
            {
                "bureau": "",
                "row": number,
                "part": 0,
                "ref": f"台账.csv#{number + 2}",
                "role": "ledger",
                "asset_no": f"A{number}",
                "name": row if isinstance(row, str) else row[0],
                "model": None if isinstance(row, str) else row[1],
                "quantity": 5,
                "status": "in_use",
            }
            for number, row in enumerate(rows)
        ]
    )


def decided(*rows: tuple[str, str | None] | str) -> list[tuple[str | None, str, str]]:
    frame = match(ledger(*rows), CATALOGUE)
    return list(zip(frame["kind"], frame["method"], frame["decision"], strict=True))


def decisions(folder: Path, text: str) -> Decisions:
    path = folder / "decisions.yaml"
    path.write_text(text, encoding="utf-8")
    return load_decisions([(path, "decisions.yaml")], CATALOGUE)


def test_every_name_and_alias_of_the_catalogue_is_decided_as_its_kind():
    names = [(name, kind.id) for kind in CATALOGUE.kinds.values() for name in (kind.name, *kind.aliases)]
    frame = match(ledger(*[name for name, _ in names]), CATALOGUE)
    wrong = [
        (name, kind, got)
        for (name, kind), got in zip(names, frame["kind"].to_list(), strict=True)
        if got != kind
    ]
    assert wrong == []
    assert set(frame["method"]) <= {"exact", "alias"}
    assert set(frame["decision"]) == {"auto"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("管道探测仪", "hidden_pipe_detector"),
        ("恶臭监测仪", "odor_detector"),
        ("夜视设备", "night_vision"),
        ("光离子化检测仪（PID）", "pid_detector"),
        ("氢火焰离子化检测仪（FID）", "fid_detector"),
        ("车载定位设备", "vehicle_gps"),
    ],
)
def test_names_of_the_standards_rows_are_known(name: str, kind: str):
    assert [one[0] for one in decided(name)] == [kind]


def test_ways_of_writing_do_not_matter():
    assert decided("声 级 计", "聲級計", "ｐＨ計") == [
        ("sound_level_meter", "exact", "auto"),
        ("sound_level_meter", "exact", "auto"),
        ("ph_meter", "alias", "auto"),
    ]
    assert [one[0] for one in decided("便携式烟气分析仪（进口）", "PID 检测仪", "AWA5636型声级计")] == [
        "flue_gas_tester",
        "pid_detector",
        "sound_level_meter",
    ]


def test_what_is_no_equipment_is_none():
    names = (
        "声级计检定费",
        "无人机备用电池",
        "打印机硒鼓",
        "办公桌椅",
        "执法记录仪充电底座",
        "数据库软件授权",
    )
    assert decided(*names) == [(None, "none", "none")] * len(names)


def test_what_is_not_clear_goes_to_review_with_suggestions():
    frame = match(ledger("呼吸器", "便携式检测仪", "移动源执法监测设备"), CATALOGUE)
    assert frame["decision"].to_list() == ["review"] * 3
    assert frame["kind"].to_list() == [None] * 3
    assert [one["kind"] for one in frame["suggestions"][0]][:2] == ["scba", "gas_mask"]
    assert [one["kind"] for one in frame["suggestions"][2]][:2] == ["vehicle_exhaust_analyzer", "opacimeter"]


def test_rows_without_a_name_are_left_out_and_order_is_kept():
    assets = ledger("声级计", " ", "对讲机")
    frame = MATCHES.check(match(assets, CATALOGUE))
    assert frame["row"].to_list() == [0, 2]
    assert frame["kind"].to_list() == ["sound_level_meter", "two_way_radio"]
    nameless = assets.with_columns(name=pl.lit(None, dtype=pl.String))
    assert MATCHES.check(match(nameless, CATALOGUE)).height == 0


def test_the_model_column_says_what_the_name_leaves_open():
    assert decided(("检测仪", "UltraRAE 3000")) == [("pid_detector", "model", "auto")]


def test_a_decision_wins_over_everything(tmp_path: Path):
    made = decisions(
        tmp_path,
        "matches:\n"
        "  - {name: 声级计, kind: none, note: 已并入他处}\n"
        "  - {name: 老式机器, kind: fax}\n"
        "  - {name: 便携式检测仪, model: 甲型, kind: pid_detector}\n",
    )
    assets = ledger("声级计", "老式机器", ("便携式检测仪", "甲型"), ("便携式检测仪", "乙型"))
    frame = match(assets, CATALOGUE, made)
    assert frame["decision"].to_list() == ["none", "confirmed", "confirmed", "review"]
    assert frame["kind"].to_list() == [None, "fax", "pid_detector", None]
    assert frame["method"].to_list()[:3] == ["confirmed"] * 3
    assert "已并入他处" in frame["evidence"][0][0]
    assert made.unused(assets) == []


def test_a_split_row_stands_as_parts_with_their_own_status_and_kind(tmp_path: Path):
    made = decisions(
        tmp_path,
        "splits:\n"
        "  - asset_no: A0\n"
        "    parts: [{quantity: 3}, {quantity: 1, status: 损坏}, {quantity: 1, kind: ph_meter}]\n",
    )
    assets, problems = made.apply_splits(ledger("多参数水质分析仪", "声级计"))
    assert problems == []
    assert assets.select("row", "part", "quantity", "status").rows() == [
        (0, 1, 3, "in_use"),
        (0, 2, 1, "broken"),
        (0, 3, 1, "in_use"),
        (1, 0, 5, "in_use"),
    ]
    frame = match(assets, CATALOGUE, made)
    assert frame["kind"].to_list() == [
        "water_rapid_tester",
        "water_rapid_tester",
        "ph_meter",
        "sound_level_meter",
    ]
    assert frame["decision"].to_list() == ["auto", "auto", "confirmed", "auto"]
    assert made.unused(assets) == []


def test_unit_and_price_speak_against_a_reading_by_words_but_not_against_a_name_of_the_catalogue():
    assets = ledger(
        "新型便携式酸碱度检测仪", "新型便携式酸碱度检测仪", "声级计", "新型便携式酸碱度检测仪"
    ).with_columns(
        unit=pl.Series(["台", "次", "次", "台"]), unit_price=pl.Series([300_000, 300_000, 100, 900])
    )
    frame = match(assets, CATALOGUE)
    assert frame["decision"].to_list() == ["auto", "review", "auto", "review"]
    assert frame["kind"].to_list() == ["ph_meter", None, "sound_level_meter", None]
    assert frame["evidence"][1].to_list()[-1] == "计量单位“次”像服务"
    assert "单价9.0元" in frame["evidence"][3].to_list()[-1]
    assert next(one["kind"] for one in frame["suggestions"][3]) == "ph_meter"


def test_an_asset_class_orders_the_suggestions_and_decides_nothing():
    assets = ledger("便携式检测仪").with_columns(category=pl.lit("噪声测量仪"))
    frame = match(assets, CATALOGUE)
    assert frame["decision"].to_list() == ["review"]
    assert frame["suggestions"][0][0]["kind"] == "sound_level_meter"


def test_words_in_remarks_are_no_names():
    assets = ledger("办公桌").with_columns(remark=pl.lit("声级计"))
    assert match(assets, CATALOGUE)["decision"].to_list() == ["none"]
