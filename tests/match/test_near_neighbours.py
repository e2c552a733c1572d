"""Things that are like a kind by name and are another: accessories, other trades, other places, assembled names."""

from __future__ import annotations

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.match.engine import judge_all
from equipcheck.match.judge import Row
from equipcheck.match.lexicon import load_lexicon
from equipcheck.match.verdicts import Verdict

CATALOGUE = load_catalogue()
LEXICON = load_lexicon(CATALOGUE)
KINDS = [kind for kind in CATALOGUE.kinds.values() if kind.replaced_by is None]
OBJECTS = [kind for kind in KINDS if kind.category != "信息系统" and not set("、()") & set(kind.name)]
"""Kinds that are things: of a system, 「平台」 and 「管理系统」 behind its name are only other words for it."""


BELONGING = """
电池 充电器 支架 滤膜 探头 传感器 软件 检定费 校准 维修费 租赁 培训 配件 耗材 标准气 数据线 保护箱 附件包 采样管 滤筒
电极 试剂 钢瓶 三脚架 底座 天线 耳机 机柜 内存卡 镜头 遥控器 说明书 充气泵 喷嘴 滤网 检测报告 设计 定制 验收
线路板 充电柜 存放柜 防水罩 操作手册 使用证 光盘 数据卡 延保 密封圈 气泵 比色皿 清洗液 减压阀 伴热管 打印纸 停机坪
"""
OTHERWISE = """
在线 在线式 固定式 站房 自动站 教学 虚拟 儿童 玩具 农业 食品 粮食 纺织品 煤矿 矿用 机载 自助 医学 手术 毒品 农残 爆炸物
"""
MEASURES = """
大号 XL 黑色 10m 2.5kg 5升 1080P 16G/512G 升级版 30倍 10倍变焦 1级 Ⅱ级 （0-100ppm） 220V IP68
（含充电器） 含附件 （带支架） （全套） 基本型 豪华型 加强型 经济款 触摸屏版 第三代 Pro 原装进口
日本产 国标 （防爆） 本安型 高配 液晶屏 无线 5G版 网络版 变频 大1.5匹 10人份 防滑 重型 30分钟
充电式 600m 2只装
"""


def judged(*texts: str) -> list[Verdict]:
    return judge_all([Row(text) for text in texts], LEXICON)


@pytest.mark.parametrize("behind", BELONGING.split())
def test_what_belongs_to_a_kind_is_not_the_kind(behind: str):
    texts = [kind.name + behind for kind in OBJECTS]
    assert [text for text, one in zip(texts, judged(*texts), strict=True) if one.decision == "auto"] == []


@pytest.mark.parametrize("before", OTHERWISE.split())
def test_another_trade_or_a_fixed_installation_is_not_the_kind(before: str):
    texts = [before + kind.name for kind in OBJECTS]
    assert [text for text, one in zip(texts, judged(*texts), strict=True) if one.decision == "auto"] == []


@pytest.mark.parametrize("behind", ["（固定式）", "（在线式）", "（教学用）", "（医用）", "（血液）"])
def test_a_bracket_may_say_so_too(behind: str):
    carried = [kind for kind in OBJECTS if kind.id in LEXICON.portable]
    texts = [kind.name + behind for kind in carried]
    assert [text for text, one in zip(texts, judged(*texts), strict=True) if one.decision == "auto"] == []


@pytest.mark.parametrize(
    "name",
    [
        "X射线质量检测仪", "夜视行车系统", "管道修复机器人", "一氧化碳中毒报警器", "便携式质谱爆炸物检测仪",
        "电磁兼容测试仪", "降水采样器", "自动降水采样器", "声强校准器", "放射性活度计",
        "工频耐压仪", "漏洞扫描设备", "执法标志肩章套装", "急救箱附件包", "移动执法箱保护箱",
        "烟气黑度仪保修卡", "防护手套、靴标签", "枪式摄像机", "细胞毒性检测仪", "红外辐射计",
        "尿素分析仪（血液）", "可燃气体探测器（固定式）", "LED灯带",
    ],
)  # fmt: skip
def test_a_name_put_together_of_known_words_around_an_unknown_one_decides_nothing(name: str):
    (verdict,) = judged(name)
    assert verdict.decision != "auto"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("便携式水质等比例采样器", "water_sampler"),
        ("车用尿素溶液快速检测仪", "urea_tester"),
        ("管道CCTV爬行检测机器人", "pipe_robot"),
        ("多旋翼环境监测无人机", "uav"),
        ("4G单兵图传背包", "individual_video_terminal"),
        ("12369呼叫中心坐席系统", "hotline_12369"),
        ("1.5匹挂机", "air_conditioner"),
        ("照相机及备用电池", "still_camera"),
    ],
)
def test_words_that_change_nothing_between_the_words_of_a_name_raise_no_doubt(name: str, kind: str):
    (verdict,) = judged(name)
    assert (verdict.decision, verdict.kind) == ("auto", kind)


def test_an_abbreviation_for_a_chinese_word_does_not_run_into_a_model_number():
    assert LEXICON.spell("MX6挥发性有机物检测仪") == "mx6 voc检测仪"
    assert LEXICON.spell("VOCs检测仪") == "voc检测仪"
    assert judged("TVA2020挥发性气体分析仪")[0].decision == "review"


def test_what_ends_like_an_open_word_of_a_kind_ruled_out_asks_nothing():
    found = judged("人体测温热像仪", "家用可燃气体报警器", "热成像仪", "可燃气体报警器")
    assert [one.decision for one in found] == ["none", "none", "auto", "auto"]


def test_another_thing_of_three_characters_is_no_miswritten_kind():
    found = judged("救生哨", "急救毯", "电动机", "手术灯", "防护林", "声级汁", "望远竟", "对讲杌")
    assert [one.decision for one in found] == ["none"] * 5 + ["auto"] * 3


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("曙光天阔服务器", "server"),
        ("丰田RAV4越野车 鄂A·88H12", "offroad_vehicle"),
        ("浙A·5678B（环境应急监测车）", "emergency_vehicle"),
        ("DJI Mavic 3 行业系列（M3T 相机）", "uav"),
        ("管道内窥镜 30m线", "pipe_periscope"),
        ("便携式电导率", "conductivity_meter"),
        ("柴油硫含量快速检测仪 XRF法", "fuel_quality_tester"),
        ("救生衣 成人 橙", "life_jacket"),
        ("防毒面具A级", "gas_mask"),
        ("声级计（污防科小李用）", "sound_level_meter"),
        ("C4.5、便携式pH计", "ph_meter"),
        ("便携式烟气分析仪（现场比对在线监测数据）", "flue_gas_tester"),
        ("移动式机动车尾气遥感检测系统（含车）", "remote_sensing_vehicle"),
    ],
)
def test_makers_lines_plates_cables_methods_and_grades_change_nothing(name: str, kind: str):
    (verdict,) = judged(name)
    assert (verdict.decision, verdict.kind) == ("auto", kind)


@pytest.mark.parametrize("behind", MEASURES.split())
def test_makes_measures_and_materials_behind_a_name_change_no_decision(behind: str):
    plain = [kind for kind in OBJECTS if not kind.name.endswith("电话")]  # 「电话本」 is another thing
    found = zip(plain, judged(*(kind.name + behind for kind in plain)), strict=True)
    assert [kind.name for kind, one in found if (one.decision, one.kind) != ("auto", kind.id)] == []


def test_an_accessory_beside_a_model_number_is_not_decided_by_it():
    found = judged("大疆御3电池管家", "大疆御3", "大疆御3（含电池）")
    assert [one.decision for one in found] == ["none", "auto", "auto"]


def test_a_model_column_may_begin_with_a_kinds_abbreviation():
    rows = [Row("便携式气体检测仪", model) for model in ("PID/0-2000ppm", "0-2000ppm", "PGX-1")]
    assert [(one.decision, one.kind) for one in judge_all(rows, LEXICON)] == [
        ("auto", "pid_detector"),
        ("review", None),
        ("review", None),
    ]


@pytest.mark.parametrize(
    "name", ["行李包裹辐射监测系统", "漏洞扫描设备", "钢筋扫描仪", "琉璃防护服", "雅俗头盔"]
)
def test_an_unknown_word_before_a_wide_head_asks(name: str):
    (verdict,) = judged(name)
    assert verdict.decision != "auto"


@pytest.mark.parametrize("name", ["琉璃对讲机", "琉璃声级计", "琉璃碎纸机", "琉璃望远镜"])
def test_an_unknown_word_before_a_head_of_one_sort_is_a_maker(name: str):
    (verdict,) = judged(name)
    assert verdict.decision == "auto"
