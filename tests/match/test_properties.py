"""What holds of every name: places behind it, ways of writing, composites, wrong characters, ambiguous words."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.match.engine import judge_all
from equipcheck.match.judge import Row
from equipcheck.match.lexicon import load_lexicon
from equipcheck.match.lexicon.files import read_lexicon
from equipcheck.match.verdicts import Verdict

CATALOGUE = load_catalogue()
LEXICON = load_lexicon(CATALOGUE)
KINDS = [kind for kind in CATALOGUE.kinds.values() if kind.replaced_by is None]
NAMES = [(name, kind.id) for kind in KINDS for name in (kind.name, *kind.aliases)]
OWN = [(kind.name, kind.id) for kind in KINDS]
WHOLE = set(read_lexicon(CATALOGUE).words.whole.split())
PLAIN = {name for name, _ in NAMES if not set("、/()（）") & set(name) and LEXICON.spell(name) not in WHOLE}
FREE = [name for name, _ in OWN if not set("、/()（）") & set(name)]

WHERE = (
    "监测站", "环境监测站", "辐射站", "执法大队", "支队", "三中队", "噪声科", "大气科", "水科", "土壤科", "固废科",
    "机动车科", "财务科", "综合室", "分析室", "局办公室", "信息中心", "应急中心", "监控中心", "指挥中心", "机房",
    "仓库",
    "食堂", "车库", "会议室", "值班室", "门卫", "203", "203室", "3号楼", "二楼", "二楼东侧", "3号", "2#", "城关所",
    "经开区分局", "固废中心", "宣教中心", "采样室", "气相室", "油烟科", "声环境科", "安全办", "档案室", "医务室",
    "消防站", "无人机中队", "辐射环境监督站", "移动源科", "在线监控室", "一线", "局机关", "新区", "县局",
)  # fmt: skip
WHO = ("张三", "李四用", "王伟保管", "欧阳明", "陈站长", "刘局", "袁声", "方箱", "罗油")


BEHIND = """
县环境监测站 市生态环境监测中心 生态环境保护综合行政执法大队 执法一中队 二中队 三科 局长室 副局长室 财务室 人事教育科
组织人事处 政策法规科 法规宣教科 污染防治科 大气环境科 水生态环境科 土壤与固废科 固体废物管理中心 核与辐射科 环评科
行政审批科 审批窗口 政务大厅 督察办 自然生态保护科 环境应急与事故调查中心 总量科 监察室 纪检组 党办 工会 后勤 车队
司机班 食堂 传达室 收发室 仓库 装备室 第一会议室 三楼会议室 接待室 更衣室 洗手间 质控室 有机室 天平室 理化室
微生物室 样品室 实验楼 主楼 西侧 一楼大厅 二楼 3楼东侧 四层 5F 负一层 203室 1号楼 2#楼 城关镇 城关镇政府
解放路街道 新城街道办 王家村 高新区分局 经开区分局 青山区生态环境局 海州市生态环境局临江分局 省厅 市局 污水处理厂
工业园区 某某化工有限公司 实验小学 李四用 赵科长 张局长 刘师傅 陈工 张三保管 李四领用 2019年 2019年5月 2021年度 3号
第3台 第二台 共3台 待报废 已报废 在用 闲置 借出 停用 省厅配发 上级划拨 下拨 调入 移交 赠送 专项资金
"""
"""Departments, towns, enterprises, people, floors, dates, numbers and states, as ledgers write them."""

APART = """
张三 王建国 欧阳明 老王 小李 使用人张三 保管人：李四 序号12 编号003 A座1203 设备间 能力建设 送检中 维修中
局领导 财务 人事 驻场 司机老陈 党组书记 值班员 无人机操控员 危废检查专用 派出机构 驻村工作队 村委会 断面一组
公共区域 电梯口 2号仓 执法车内 应急车上 机房A柜 1-3层 财政拨款 自筹 未贴标签 无法使用 由监测站划转 第三方运维单位
两台 购于2019年 存放地:库房 使用部门：执法科 二楼文印室：张三
2016年能力建设项目 标准化建设
"""
"""What needs a mark before it: with none between, a family name may be the beginning of an accessory's."""

BEHIND_MARKS = (*BEHIND.split(), *APART.split())


def judged(names: Iterable[str]) -> list[Verdict]:
    return judge_all([Row(name) for name in names], LEXICON)


def decisions(names: Iterable[str]) -> list[tuple[str, str | None]]:
    return [(one.decision, one.kind) for one in judged(names)]


@pytest.mark.parametrize(
    "form", ["{name}（{tail}）", "{name}({tail})", "{name}-{tail}", "{name}——{tail}", "{name}【{tail}】"]
)
def test_where_and_whose_behind_a_name_change_no_decision(form: str):
    pairs = [
        (name, kind, tail)
        for number, (name, kind) in enumerate(NAMES)
        for tail in (*WHERE, *WHO)[number % 5 :: 5]
    ]
    found = decisions(form.format(name=name, tail=tail) for name, _, tail in pairs)
    changed = [
        (name, tail, *got)
        for (name, kind, tail), got in zip(pairs, found, strict=True)
        if got != ("auto", kind)
    ]
    assert changed == []


@pytest.mark.parametrize(
    ("form", "tails"),
    [
        ("{name}（{tail}）", BEHIND_MARKS),
        ("{name}-{tail}", BEHIND_MARKS),
        ("{name} {tail}", BEHIND_MARKS),
        ("{name}\u3000{tail}", BEHIND_MARKS),
        ("{name}/{tail}", BEHIND_MARKS),
        ("{name}，{tail}", BEHIND_MARKS),
        ("{name}_{tail}", BEHIND_MARKS),
        ("{name}{tail}", tuple(BEHIND.split())),
    ],
)
def test_departments_towns_people_dates_and_states_behind_a_name_change_no_decision(
    form: str, tails: tuple[str, ...]
):
    free = [one for one in NAMES if form != "{name}{tail}" or (one[0] in PLAIN and not one[0].isascii())]
    pairs = [
        (name, kind, tail) for number, (name, kind) in enumerate(free) for tail in tails[number % 40 :: 40]
    ]
    assert {tail for _, _, tail in pairs} == set(tails)
    found = decisions(form.format(name=name, tail=tail) for name, _, tail in pairs)
    changed = [
        (name, tail, *got)
        for (name, kind, tail), got in zip(pairs, found, strict=True)
        if got != ("auto", kind)
    ]
    assert changed == []


def test_an_accessory_before_such_a_piece_is_still_one():
    names = (
        "笔记本电脑包二楼",
        "流速仪转子污染防治科",
        "打印机硒鼓 人事科",
        "声级计防风罩-张三",
        "安全帽存放柜城关镇",
        "服务器机房203室",
    )
    assert [decision for decision, _ in decisions(names)] == ["none"] * 6


def test_a_place_is_said_to_be_evidence_of_nothing():
    (verdict,) = judged(["声级计（监测站）"])
    assert verdict.evidence == [
        "名称即目录中的“声级计”",
        "“监测站”说的是何处、何人、何时或怎样来的，不作依据",
    ]


def test_what_reads_as_a_kind_or_an_accessory_is_no_place():
    assert decisions(["执法记录仪（采集站）", "无人机（电池组）", "空调（对讲机）"]) == [
        ("auto", "body_camera_station"),
        ("none", None),
        ("review", None),
    ]


def test_every_word_of_the_ambiguous_list_is_a_question():
    file = read_lexicon(CATALOGUE)
    words = sorted({word for entry in file.ambiguous for word in entry.words.split()})
    words += [word.strip() for entry in file.english.ambiguous for word in entry.words.split(",")]
    assert len(words) > 500
    assert [word for word, got in zip(words, decisions(words), strict=True) if got != ("review", None)] == []


def test_no_word_fills_a_rule_and_is_its_own_doubt():
    wrong = [
        (kind, name)
        for name, word in LEXICON.words.items()
        for rule in word.fills
        if (kind := rule.kind)
        for slot in (*rule.slots, rule.heads)
        for text in slot
        if text in LEXICON.doubt.get(kind, ()) or text in LEXICON.excluded.get(kind, ())
    ]
    assert sorted(set(wrong)) == []


@pytest.mark.parametrize("form", ["{name}{tail}", "{tail}{name}"])
def test_a_name_of_the_catalogue_is_never_silently_none(form: str):
    around = ("甲", "乙型", "老化", "若干", "补记", "奇异", "第二批次")
    pairs = [(name, kind, around[number % len(around)]) for number, (name, kind) in enumerate(NAMES)]
    found = judged(form.format(name=name, tail=tail) for name, _, tail in pairs)
    wrong = [
        (form.format(name=name, tail=tail), kind, one.decision, one.suggestions)
        for (name, kind, tail), one in zip(pairs, found, strict=True)
        if one.decision == "none" or kind not in [k for k, _ in one.suggestions[:3]]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "form", ["{a}及{b}", "{a}和{b}", "{a}与{b}", "{a}、{b}", "{a}/{b}", "{a}+{b}", "{a}（含{b}）"]
)
def test_two_kinds_in_one_name_are_asked_about_with_both(form: str):
    pairs = [
        (a, b)
        for number, (a, b) in enumerate(itertools.permutations([one for one in OWN if one[0] in FREE], 2))
        if number % 7 == 0 and not ("含" in form and a[1] in LEXICON.holders)
    ]
    found = judged(form.format(a=a[0], b=b[0]) for a, b in pairs)
    wrong = [
        (form.format(a=a[0], b=b[0]), one.decision, one.kind, one.suggestions)
        for (a, b), one in zip(pairs, found, strict=True)
        if one.decision != "review" or not {a[1], b[1]} <= {kind for kind, _ in one.suggestions}
    ]
    assert wrong == []


def test_what_a_kit_is_made_of_is_no_thing_beside_it():
    found = judged(
        [
            "移动执法箱（含打印机、扫描仪）",
            "移动执法包(内含笔记本电脑)",
            "标准采样箱（含采样瓶24只）",
            "急救箱（含手电筒）",
        ]
    )
    assert [(one.decision, one.kind) for one in found] == [
        ("auto", "mobile_enforcement_kit"),
        ("auto", "mobile_enforcement_kit"),
        ("auto", "standard_sampling_kit"),
        ("auto", "first_aid_kit"),
    ]
    assert "里面的便携式打印机、扫描仪" in found[0].evidence[-1] or "不另算" in found[0].evidence[-1]


INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u202c", "\ufe0f")


def test_characters_that_no_one_sees_change_nothing():
    names = [f"{name[:1]}{INVISIBLE[n % len(INVISIBLE)]}{name[1:]}" for n, (name, _) in enumerate(NAMES)]
    found = decisions(names)
    assert [(n, got) for (n, kind), got in zip(NAMES, found, strict=True) if got != ("auto", kind)] == []


@pytest.mark.parametrize(
    "tail", ["甲", "乙", "2019年", "2019年购", "1架(黑色)2号", "2台（红）1#", "一台", "丙2号"]
)
def test_years_numbers_and_letters_of_the_cycle_behind_a_name_change_nothing(tail: str):
    names = [one for one in NAMES if not one[0][-1].isdigit()]
    found = decisions(f"{name}{tail}" for name, _ in names)
    assert [(n, got) for (n, kind), got in zip(names, found, strict=True) if got != ("auto", kind)] == []


@pytest.mark.parametrize(
    "name",
    ["氢气瓶FID", "标气钢瓶PID", "充电器GPS", "打印纸A4", "采样管FID", "探头XRF", "滤芯PID", "传感器 PID"],
)
def test_an_abbreviation_behind_an_accessory_makes_it_no_instrument(name: str):
    (verdict,) = judged([name])
    assert verdict.decision != "auto"


def confused() -> list[tuple[str, str]]:
    """Names of three characters with one wrong: alike in sound or shape, as input methods and OCR give them."""
    alike = {
        "镜": "境竟晾", "远": "元园", "望": "忘往", "打": "大答", "印": "映引", "机": "几鸡杌", "仪": "义议蚁",
        "计": "记汁", "声": "生升", "级": "及极", "照": "找兆", "相": "像象", "摄": "射社", "像": "象相", "录": "绿鹿",
        "音": "因英", "笔": "比毕", "对": "队兑", "讲": "奖蒋", "传": "船专", "真": "珍镇", "复": "付腹", "投": "头偷",
        "影": "映颖", "扫": "嫂少", "描": "瞄苗", "碎": "岁醉", "纸": "指止", "无": "五吴", "人": "仁大", "船": "传般",
        "服": "福浮", "务": "物雾", "器": "气期", "空": "孔控", "测": "侧册", "距": "巨具", "夜": "液页", "视": "试室",
        "浊": "独烛", "度": "渡肚", "防": "妨房", "护": "户互", "安": "按鞍", "全": "泉权", "帽": "冒貌", "救": "就旧",
        "生": "升声", "衣": "依医", "急": "及级", "箱": "相厢", "常": "长尝",
    }  # fmt: skip
    return [
        (name[:at] + wrong + name[at + 1 :], kind)
        for name, kind in OWN
        if len(name) == 3 and not name.isascii()
        for at, right in enumerate(name)
        for wrong in alike.get(right, "")
    ]


def test_one_wrong_character_in_a_short_name_is_at_least_asked_about_with_the_right_kind():
    pairs = confused()
    assert len(pairs) > 100
    wrong = [
        (name, kind, one.decision, one.kind, one.suggestions, one.evidence)
        for (name, kind), one in zip(pairs, judged(name for name, _ in pairs), strict=True)
        if one.decision == "none" or kind not in [k for k, _ in one.suggestions]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sound Level Meter", "sound_level_meter"),
        ("Portable pH Meter", "ph_meter"),
        ("Laptop Lenovo ThinkPad", "laptop"),
        ("UAV", "uav"),
        ("Drone DJI Mavic 3", "uav"),
        ("Body Worn Camera", "body_camera"),
        ("Laser Rangefinder", "rangefinder"),
        ("Night Vision Binoculars", "night_vision"),
        ("Infrared Thermal Imager", "thermal_imager"),
        ("Turbidity Meter HACH 2100Q", "turbidity_meter"),
        ("Walkie-Talkie", "two_way_radio"),
        ("Multi-Gas Detector", "multi_gas_detector"),
    ],
)
def test_english_names_of_the_kinds_are_known(name: str, kind: str):
    assert decisions([name]) == [("auto", kind)]


def test_english_names_of_accessories_are_no_kind():
    assert decisions(["UAV Battery", "Laptop Charger", "Printer Toner Cartridge"]) == [("none", None)] * 3


@pytest.mark.parametrize(
    "name",
    [
        "微生物采样器", "六级空气微生物采样器", "单板电脑", "车载空调", "红外气体分析仪", "铅手套",
        "X射线防护帽", "防辐射手套",
        "一次性防护服", "绝缘手套", "实物投影仪", "无线电话机",
    ],
)  # fmt: skip
def test_words_that_make_it_another_thing_are_no_automatic_decision(name: str):
    (verdict,) = judged([name])
    assert verdict.decision != "auto"


def test_a_model_that_speaks_against_the_name_is_asked_about():
    rows = [
        Row("空盒压力计DYM3"),
        Row("打印机", "AWA5636"),
        Row("对讲机", "DJI Mavic 3"),
        Row("办公桌", "AWA5636"),
    ]
    assert [one.decision for one in judge_all(rows, LEXICON)] == ["review"] * 4
