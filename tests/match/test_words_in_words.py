"""Words inside longer words, brackets that say what a thing really is, places with no mark between, neutral words."""

from __future__ import annotations

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.match.engine import judge_all
from equipcheck.match.judge import Row
from equipcheck.match.lexicon import load_lexicon
from equipcheck.match.lexicon.files import read_lexicon
from equipcheck.match.reading.sight import Sight
from equipcheck.match.reading.words import hits_in

CATALOGUE = load_catalogue()
LEXICON = load_lexicon(CATALOGUE)
KINDS = [kind for kind in CATALOGUE.kinds.values() if kind.replaced_by is None]
NAMES = [(name, kind.id) for kind in KINDS for name in (kind.name, *kind.aliases)]
PLAIN = [(name, kind) for name, kind in NAMES if not set("、/()（）") & set(name) and not name.isascii()]
OBJECTS = [one for one in PLAIN if not one[0].endswith(("系统", "软件", "平台")) and "和" not in one[0]]
WHOLE = set(read_lexicon(CATALOGUE).words.whole.split())
"""Names that count only where they stand alone: see `whole` in words.yaml."""


def changed(pairs: list[tuple[str, str, str]]) -> list[tuple[str, str, str | None]]:
    """Of (text, kind): those that are not decided as this kind."""
    found = judge_all([Row(text) for text, _, _ in pairs], LEXICON)
    return [
        (text, one.decision, one.kind)
        for (text, kind, name), one in zip(pairs, found, strict=True)
        if (one.decision, one.kind) != ("auto", kind) and LEXICON.spell(name) not in WHOLE
    ]


@pytest.mark.parametrize(
    "place",
    ["监测站", "县环境监测站", "二楼", "3楼东侧", "203室", "执法大队", "某县分局", "值班室", "执法大队用"],
)
def test_an_office_or_a_floor_behind_a_name_with_no_mark_between_changes_no_decision(place: str):
    assert changed([(name + place, kind, name) for name, kind in PLAIN if not name[-1].isdigit()]) == []


def test_an_office_before_a_name_changes_no_decision():
    pairs = [(f"{place}{name}", kind, name) for name, kind in PLAIN for place in ("监测站", "某县环境监测站")]
    assert changed([one for one in pairs if LEXICON.spell(one[2]) in LEXICON.exact]) == []


def test_a_thing_named_like_a_place_is_still_that_thing():
    found = judge_all(
        [Row(one) for one in ("水质监测站", "服务器机房", "执法记录仪采集站", "无人机机库")], LEXICON
    )
    assert [(one.decision, one.kind) for one in found] == [
        ("none", None),
        ("none", None),
        ("auto", "body_camera_station"),
        ("none", None),
    ]


@pytest.mark.parametrize(
    "before",
    [
        "国产",
        "进口",
        "高精度",
        "新型",
        "双通道",
        "青岛崂应",
        "德国德图",
        "XT-200型",
        "2021款",
        "液晶",
        "微机型",
        "购置",
        "其他",
        "新购",
        "2019年购",
        "专用设备-",
    ],
)
def test_a_make_or_a_word_that_says_nothing_before_a_name_changes_no_decision(before: str):
    assert changed([(before + name, kind, name) for name, kind in NAMES]) == []


@pytest.mark.parametrize(
    "behind",
    [
        "（一）",
        "（三台）",
        "/台",
        "Ⅱ型",
        "（升级款）",
        "（省厅配发）",
        "（2016年能力建设）",
        "仪器",
        "（套）",
        "（核心产品）",
        "双电池版",
        "（三年质保）",
        "（小）",
    ],
)
def test_state_number_and_origin_behind_a_name_change_no_decision(behind: str):
    pairs = [(name + behind, kind, name) for name, kind in PLAIN if not name[-1].isascii()]
    if behind == "仪器":
        pairs = [one for one in pairs if one[0].endswith(("仪仪器", "计仪器", "器仪器"))]
        assert len(pairs) > 500
    assert changed(pairs) == []


@pytest.mark.parametrize("form", ["{}（{}）", "{}-{}", "{}（进口{}）", "{}（专用{}）", "{}（旧{}）"])
def test_a_bracket_that_says_what_a_thing_really_is_is_not_passed_over(form: str):
    things = (
        "模型",
        "玩具",
        "配件",
        "软件",
        "耗材",
        "教具",
        "道具",
        "说明书",
        "充电器",
        "保护套",
        "挂图",
        "数据线",
    )
    texts = [form.format(name, things[at % len(things)]) for at, (name, _) in enumerate(OBJECTS)]
    found = judge_all([Row(text) for text in texts], LEXICON)
    assert [text for text, one in zip(texts, found, strict=True) if one.decision == "auto"] == []


def test_an_unknown_word_in_a_bracket_behind_a_short_word_of_everyday_use_asks():
    texts = ["笔记本（琉璃抄）", "手机（糖果）", "头盔（雅俗）", "对讲机（唢呐）", "望远镜（稀奇镜）"]
    assert [one.decision for one in judge_all([Row(text) for text in texts], LEXICON)] == ["review"] * 5


@pytest.mark.parametrize(
    "name",
    [
        "总氮氧化物分析仪",
        "风电场监测仪",
        "噪声系数测量仪",
        "太阳辐射检测仪",
        "二氯甲烷检测仪",
        "溶解氧化还原电位仪",
        "车流量监测仪",
        "水平仪",
        "空气压缩检测仪",
    ],
)
def test_a_word_inside_a_longer_word_names_no_kind(name: str):
    (verdict,) = judge_all([Row(name)], LEXICON)
    assert verdict.decision != "auto"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("微电脑烟尘平行采样仪", "stack_dust_sampler"),
        ("数显微光夜视仪", "night_vision"),
        ("复印一体机 国产", "multifunction_printer"),
        ("智能执法记录仪采集站", "body_camera_station"),
        ("惠普打印、复印、扫描一体机", "multifunction_printer"),
        ("OBDⅡ诊断仪", "obd_scanner"),
        ("现场执法记录仪采集工作站", "body_camera_station"),
    ],
)
def test_what_only_looks_like_another_word_raises_no_doubt(name: str, kind: str):
    (verdict,) = judge_all([Row(name)], LEXICON)
    assert (verdict.decision, verdict.kind) == ("auto", kind)


def test_a_kind_listed_beside_another_asset_is_asked_about():
    found = judge_all([Row("照相机/电视柜"), Row("声级计及检定"), Row("照相机及镜头")], LEXICON)
    assert [(one.decision, one.suggestions[0][0]) for one in found] == [
        ("review", "still_camera"),
        ("review", "sound_level_meter"),
        ("auto", "still_camera"),
    ]


def test_behind_a_word_for_equipment_in_general_a_bracket_names_the_thing():
    pairs = [(f"{general}（{name}）", kind, name) for name, kind in PLAIN for general in ("设备", "监测设备")]
    assert changed(pairs) == []


def test_how_many_there_are_before_a_name_is_no_part_of_it():
    found = judge_all(
        [Row(one) for one in ("三台台式机", "2个声级计", "两部手机", "1个人剂量报警仪")], LEXICON
    )
    assert [one.kind for one in found] == [
        "desktop_computer",
        "sound_level_meter",
        "mobile_comm",
        "personal_dosimeter_alarm",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "笔记本电脑包执法大队",
        "笔记本电脑包-执法大队",
        "安全帽存放柜二楼",
        "流速仪转子执法大队",
        "服务器机房二楼",
    ],
)
def test_a_place_behind_an_accessory_does_not_hide_it(name: str):
    (verdict,) = judge_all([Row(name)], LEXICON)
    assert verdict.decision != "auto"


@pytest.mark.parametrize("tail", [" 水室", " 噪声科", "\u3000监测站", " 路检组（203室）", " 水室 监测站"])
def test_a_place_behind_a_space_changes_no_decision(tail: str):
    assert changed([(name + tail, kind, name) for name, kind in NAMES]) == []


def test_an_unknown_piece_behind_a_dash_is_asked_about():
    found = judge_all([Row("春秋执勤服-三棵树"), Row("声级计-琉璃卡")], LEXICON)
    assert [one.decision for one in found] == ["review", "review"]


def test_inside_a_word_of_another_thing_no_word_is_seen():
    assert {hit.text for hit in hits_in("风电场监测仪", LEXICON)} >= {"风电场", "监测仪"}
    assert "电场" not in {hit.text for hit in hits_in("风电场监测仪", LEXICON)}
    assert "执法" not in {hit.text for hit in hits_in("执法大队打印机", LEXICON)}


def test_a_word_that_a_longer_one_runs_over_is_none():
    main = "溶解氧化还原电位仪"
    hits = hits_in(main, LEXICON)
    sight = Sight(main, main, len(main), hits, (), (), LEXICON)
    assert [hit.text for hit in hits if hit.word.fills and sight.crossed(hit)] == ["溶解氧"]
