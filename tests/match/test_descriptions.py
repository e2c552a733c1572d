"""Descriptions behind a name, as shops write them, and names with one wrong character."""

from __future__ import annotations

import itertools

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.match.engine import judge_all
from equipcheck.match.judge import Row
from equipcheck.match.lexicon import load_lexicon
from equipcheck.match.verdicts import Verdict
from tests.match.test_near_neighbours import BELONGING, OBJECTS

CATALOGUE = load_catalogue()
LEXICON = load_lexicon(CATALOGUE)
NAMES = [
    (name, kind.id)
    for kind in CATALOGUE.kinds.values()
    if kind.replaced_by is None
    for name in (kind.name, *kind.aliases)
]

DESCRIPTIONS = """
充电超亮远射 可下潜100米 4G实时回传 夏季透气 含USB充电 免安装强磁 带电缆盘 触摸屏操作 中文菜单 大容量锂电 蓝牙传输数据
高清降噪 三年联保 量程0-100 自动温度补偿 数据存储导出 一键开机 防水防摔 便于携带 操作简便 响应快速 背光显示 超长待机
支持OTG
可连电脑 内置泵 主动吸气 自动量程切换 精度高 厂家直销 正品包邮 官方标配 送货上门
2023新款 企业排查 夜间巡查 水边作业 入河排口 饮食业
"""
SEPARATORS = (" ", "，", "\u3000", ", ", "；")
UNLIKE = {"充电超亮远射": "移动执法", "可连电脑": "办公", "触摸屏操作": "办公", "饮食业": "采样"}
"""What in one class of kinds says more: a computer is no computer that 「可连电脑」."""


def judged(*texts: str) -> list[Verdict]:
    return judge_all([Row(text) for text in texts], LEXICON)


@pytest.mark.parametrize("end", ["-", " -", " PC-", "pc-", "(", "、"])
def test_a_name_that_is_cut_off_is_read_all_the_same(end: str):
    judged(*(kind.name + end for kind in OBJECTS), "粉尘仪 PC-")


@pytest.mark.parametrize("behind", DESCRIPTIONS.split())
def test_what_only_describes_a_thing_behind_its_name_changes_no_decision(behind: str):
    plain = [kind for kind in OBJECTS if kind.category != UNLIKE.get(behind)]
    texts = [kind.name + SEPARATORS[at % len(SEPARATORS)] + behind for at, kind in enumerate(plain)]
    wrong = [
        text
        for kind, text, one in zip(plain, texts, judged(*texts), strict=True)
        if (one.decision, one.kind) != ("auto", kind.id)
    ]
    assert wrong == []


@pytest.mark.parametrize("behind", [one for one in BELONGING.split() if one != "定制"])
def test_what_belongs_to_a_thing_is_none_behind_a_space_too(behind: str):
    texts = [f"{kind.name} {behind}" for kind in OBJECTS]
    assert [text for text, one in zip(texts, judged(*texts), strict=True) if one.decision == "auto"] == []


@pytest.mark.parametrize(
    "behind", ["防水罩", "使用证", "布套", "备忘册", "收纳篮", "挂牌", "铜铃", "琉璃柱", "小推车"]
)
def test_an_unknown_word_that_ends_like_a_thing_is_asked_about(behind: str):
    texts = [f"{kind.name} {behind}" for kind in OBJECTS]
    assert [text for text, one in zip(texts, judged(*texts), strict=True) if one.decision == "auto"] == []


@pytest.mark.parametrize("behind", ["在线式", "固定式", "教学", "医用", "煤矿", "反制", "虚拟"])
def test_another_trade_or_a_fixed_installation_behind_a_space_is_asked_about(behind: str):
    carried = [kind for kind in OBJECTS if kind.id in LEXICON.portable]
    texts = [f"{kind.name} {behind}" for kind in carried]
    assert [text for text, one in zip(texts, judged(*texts), strict=True) if one.decision == "auto"] == []


def test_two_kinds_with_a_space_between_are_asked_about_with_both():
    pairs = [pair for at, pair in enumerate(itertools.permutations(OBJECTS, 2)) if at % 7 == 0]
    found = judged(*(f"{a.name} {b.name}" for a, b in pairs))
    wrong = [
        (a.name, b.name)
        for (a, b), one in zip(pairs, found, strict=True)
        if one.decision == "auto" or not {a.id, b.id} <= {kind for kind, _ in one.suggestions}
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("政采云 琉璃E500台式计算机 兆芯 8G 256G+1T 23.8寸 三年质保", "desktop_computer"),
        ("公网集群对讲终端 4G全国对讲 插卡", "two_way_radio"),
        ("排水管网检测机器人 轮式 带电缆盘", "pipe_robot"),
        ("便携式粉尘浓度测定仪 PC-3A", "dust_rapid_tester"),
        ("制式衬衫 长袖", "uniform_shirt_long"),
        ("扫描仪 便携式", "portable_scanner"),
        ("录音笔SR702星火版 高清录音转文字", "voice_recorder"),
        ("激光打印机 家用小型学生作业 手机无线打印", "printer"),
        ("First Aid Kit 户外应急", "first_aid_kit"),
    ],
)
def test_titles_as_shops_write_them(name: str, kind: str):
    (verdict,) = judged(name)
    assert (verdict.decision, verdict.kind) == ("auto", kind)


def test_a_description_is_said_to_be_evidence_of_nothing():
    (verdict,) = judged("强光手电筒 充电超亮远射")
    assert verdict.evidence[-1] == "后面的“充电超亮远射”只是描述，不作依据"
    (verdict,) = judged("声级计 琉璃柱")
    assert verdict.decision == "review"


@pytest.mark.parametrize(
    "name", ["笔记本 琉璃抄", "手机 糖果", "激光打印机 复印扫描一体", "照相机 包", "空调 存放柜"]
)
def test_what_may_be_another_thing_behind_a_name_is_no_description(name: str):
    (verdict,) = judged(name)
    assert (verdict.decision, verdict.kind) not in {
        ("auto", kind) for kind in ("laptop", "mobile_comm", "printer", "still_camera", "air_conditioner")
    }


def misheard() -> list[tuple[str, str]]:
    """Names with one character taken for another of the same sound, as an input method offers them."""
    pairs: list[tuple[str, str]] = []
    sounds = {one: group.replace(one, "") for group in LEXICON.homophones for one in group}
    for number, (name, kind) in enumerate(one for one in NAMES if len(one[0]) > 3):
        places = [at for at, one in enumerate(name) if sounds.get(one)]
        if places:
            at = places[number % len(places)]
            others = sounds[name[at]].replace("椅", "")  # that is a thing of its own
            pairs += [(name[:at] + others[number % len(others)] + name[at + 1 :], kind)] if others else []
    return pairs


def test_one_character_that_sounds_alike_in_a_longer_name_is_put_right_or_asked_about():
    pairs = misheard()
    found = judged(*(name for name, _ in pairs))
    right = [one.kind == kind for (_, kind), one in zip(pairs, found, strict=True)]
    wrong = [
        (name, kind, one.kind)
        for (name, kind), one in zip(pairs, found, strict=True)
        if one.kind not in (None, kind)
    ]
    assert len(pairs) > 1500
    assert len(wrong) <= 0.005 * len(pairs), wrong
    assert sum(right) >= 0.85 * len(pairs)


@pytest.mark.parametrize(
    ("name", "decision"),
    [
        ("扩散式四气体检测报警议", "auto"),
        ("空凋", "auto"),
        ("汽车尾汽检测仪", "auto"),
        ("便邪式扫描仪", "review"),  # a portable one, or a scanner of a make that is not known
        ("防暴头盔", "none"),
        ("应急保障装备", "none"),
        ("财务危机", "none"),
        ("空调及车载样品保存设备", "review"),
    ],
)
def test_a_wrong_character_is_put_right_only_where_one_kind_comes_of_it(name: str, decision: str):
    (verdict,) = judged(name)
    assert verdict.decision == decision


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("呼吸器正压式", "scba"),
        ("衬衫长袖", "uniform_shirt_long"),
        ("气体检测仪四合一", "multi_gas_detector"),
        ("扫描仪便携", "portable_scanner"),
        ("手持扫描仪/便携式扫描仪", "portable_scanner"),
    ],
)
def test_words_of_a_name_in_another_order_and_two_names_of_one_thing(name: str, kind: str):
    (verdict,) = judged(name)
    assert (verdict.decision, verdict.kind) == ("auto", kind)
    assert judged("打印机复印扫描")[0].decision == "review"


CARRIED = ("便携", "手提", "手提箱式", "提箱式", "可携式", "携带式")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("可见分光光度计", "portable_spectrophotometer"),
        ("重金属检测仪", "heavy_metal_tester"),
        ("气质联用仪", "portable_gcms"),
        ("冷藏箱", "vehicle_sample_storage"),
        ("扫描仪", "portable_scanner"),
        ("打印机", "portable_printer"),
        ("总烃分析仪", "fid_detector"),
        ("氨气检测仪", "multi_gas_detector"),
        ("xrf光谱仪", "soil_xrf"),
        ("气象仪", "weather_meter"),
    ],
)
def test_all_words_for_what_is_carried_say_it(name: str, kind: str):
    found = judged(*(word + name for word in CARRIED))
    assert [word for word, one in zip(CARRIED, found, strict=True) if one.kind != kind] == []


@pytest.mark.parametrize("name", ["何昭阳", "昭阳区", "经纬度", "名扬天下", "蜡笔小新", "良田万顷"])
def test_a_line_of_products_named_in_chinese_is_a_word_of_its_own(name: str):
    (verdict,) = judged(name)
    assert verdict.decision != "auto"


@pytest.mark.parametrize(
    ("name", "decision"),
    [
        ("虚拟华服务器", "review"),  # a word that makes it no kind stands in it
        ("标准采祥工具箱", "review"),
        ("夜示仪", "review"),  # a like sound is not enough in a short name
        ("气襄五参数监测仪", "review"),  # the right character must stand in a known word
        ("烟气污染物快速测定仪 操作手册", "none"),  # what ends on another thing is that thing
        ("对讲机 录音", "review"),  # speaks for another kind of its class
    ],
)
def test_what_is_not_put_right_and_what_is_another_thing(name: str, decision: str):
    assert judged(name)[0].decision == decision
