"""A small grammar of drafts, whose labels follow by construction.

A clause of the grammar says one thing of one kind. What changes nothing — an adverbial, a subject, a tail of effect, a
sentence beside it — leaves its reading as it is; another kind or number changes only that; a list says of each item
what a sentence says of it alone.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.section.readings import readings
from tests.section.scoring import Read

KINDS = {
    "声级计": "sound_level_meter",
    "执法记录仪": "body_camera",
    "便携式测油仪": "oil_rapid_tester",
    "暗管探测仪": "hidden_pipe_detector",
    "红外夜视仪": "night_vision",
    "管道潜望镜": "pipe_periscope",
}
NUMBERS = {"2台": 2, "3部": 3, "十二台": 12, "5套": 5, "4": 4, "一台": 1}

FRAMES = {
    "held_number": [
        "现有{k}{n}", "配备了{k}{n}", "已配备{k}{n}", "共有{k}{n}", "拥有{n}{k}", "配有{n}{k}", "{k}现有{n}",
        "{k}共{n}", "{k}实有{n}", "仅有{k}{n}", "{k}仅有{n}", "{k}数量为{n}", "在用{k}{n}", "{k}在册{n}",
        "{k}配备了{n}",
        "{k}共配备{n}", "有{k}{n}",
    ],
    "gap_number": [
        "缺{k}{n}", "尚缺{n}{k}", "{k}缺{n}", "{k}缺口{n}", "{k}还差{n}", "{k}短缺{n}", "{k}缺口为{n}", "缺少{k}{n}",
        "{k}尚缺{n}", "还缺{k}{n}", "{k}缺额{n}",
    ],
    "required_number": ["应配{k}{n}", "应配备{k}{n}", "{k}应配{n}", "按标准应配备{n}{k}", "{k}应配备{n}"],
    "gap": [
        "{k}不足", "缺少{k}", "{k}配备不足", "{k}尚未配齐", "{k}短缺", "{k}数量不足", "{k}配备不到位", "{k}存在缺口",
        "{k}不够用", "{k}紧缺", "{k}数量偏少", "拟购置{k}{n}", "计划采购{k}{n}", "亟需配备{k}{n}", "{k}缺口较大",
        "{k}严重不足", "{k}未配备到位", "{k}采购尚未落实", "{k}已列入采购计划", "急需补充{k}",
    ],
    "none_held": [
        "没有{k}", "未配备{k}", "{k}尚未配备", "{k}仍是空白", "无{k}", "{k}一台也没有", "尚无{k}", "{k}没有配备",
        "至今没有{k}", "{k}尚属空白", "还没有{k}", "{k}暂未配备",
    ],
    "no_gap": [
        "{k}已配齐", "{k}配备齐全", "{k}已按标准配齐", "{k}配备达标", "{k}满足标准要求", "{k}不存在缺口", "配齐了{k}",
        "{k}已全部配备到位", "{k}数量充足", "{k}足额配备",
    ],
    "usable": [
        "{k}均运行正常", "{k}均在检定有效期内", "{k}均能正常使用", "{k}状态良好", "{k}全部完好", "{k}使用正常",
    ],
    "not_usable": [
        "{k}已过检定有效期", "{k}已损坏", "{k}停用", "{k}无法使用", "{k}待修", "{k}检定过期", "{k}不能正常使用",
        "{k}已停用",
    ],
}  # fmt: skip
LEADS = [
    "截至2023年底，", "目前，", "近年来，", "受财力所限，", "为提升监管能力，", "按照上级统一部署，", "经局党组研究，",
    "在区财政大力支持下，", "结合辖区执法实际，", "对照指导标准，", "从盘点情况看，", "据统计，", "由于历史原因，",
    "机构改革后，", "经过几年努力，", "随着人员逐年增加，", "因机构合并，", "针对夜间取证难的实际，", "综合来看，",
    "经全面摸底，", "客观地讲，", "立足辖区产业特点，", "就现场执法而言，", "一是", "（三）", "从数量上看，",
    "自组建以来，", "盘点结果显示，", "坦率地说，", "近三年，", "同时，", "此外，", "由于经费紧张，",
]  # fmt: skip
SUBJECTS = [
    "我局",
    "大队",
    "我队目前",
    "全局",
    "我分局",
    "支队",
    "目前大队",
    "我局目前",
    "本单位",
    "全大队",
    "我大队",
]
TAILS = [
    "，有力支撑了夜间巡查", "，直接影响了执法效能", "，给现场取证带来困难", "，现场取证主要靠人工",
    "，日常巡查压力较大", "，由装备室统一保管", "，台账已更新",
    "，全年累计出动执法人员620人次", "，办案效率受到一定影响",
    "，详见附表",
    "，与实际工作量不匹配", "，执法人员反响良好", "，夜间巡查时尤为突出",
]  # fmt: skip
BESIDE = [
    ("全年共检查企业320家次。", ""), ("大队现有执法人员21名。", ""), ("", "全年未发生安全事故。"),
    ("", "下一步将加强业务培训。"), ("辖区内有重点排污单位46家。", ""), ("", "执法人员均已取得执法证件。"),
    ("装备管理方面，建立了领用登记制度。", ""),
]  # fmt: skip


def sayings() -> Iterator[tuple[str, Read]]:
    """Each frame with a kind and a number, and what it says."""
    kinds, numbers = itertools.cycle(KINDS.items()), itertools.cycle(NUMBERS.items())
    for says, frames in FRAMES.items():
        for frame in frames:
            (name, kind), (written, number) = next(kinds), next(numbers)
            if "{n}{k}" in frame and written == "4":
                written = "4台"
            count = number if says.endswith("number") else None
            yield frame.format(k=name, n=written), Read(frozenset({kind}), says, count)


def read(text: str) -> set[Read]:
    """What is read with confidence, with what was bought and is there as one."""
    return {
        Read(one.kinds, "held_number" if one.says == "held" and one.number is not None else one.says,
             one.number)
        for one in readings(text, 2023)[0]
    }  # fmt: skip


SAYINGS = list(sayings())
MORE = json.loads((Path(__file__).parent / "corpus" / "frames.json").read_text("utf-8"))
"""Further frames, read alone with every kind: to add one, write it and its meaning there."""


@pytest.mark.parametrize(("text", "said"), SAYINGS, ids=[text for text, _ in SAYINGS])
def test_a_clause_says_one_thing(text: str, said: Read) -> None:
    assert read(text + "。") == {said}


def changed(texts: Sequence[tuple[str, Read]]) -> list[tuple[str, list[Read]]]:
    """The texts whose reading is not what they say."""
    return [(text, sorted(read(text), key=str)) for text, said in texts if read(text) != {said}]


@pytest.mark.parametrize("lead", LEADS)
def test_what_leads_in_changes_nothing(lead: str) -> None:
    assert changed([(f"{lead}{text}。", said) for text, said in SAYINGS]) == []


@pytest.mark.parametrize("subject", SUBJECTS)
def test_whose_it_is_said_changes_nothing(subject: str) -> None:
    assert changed([(f"{subject}{text}。", said) for text, said in SAYINGS]) == []


@pytest.mark.parametrize("tail", TAILS)
def test_what_follows_changes_nothing(tail: str) -> None:
    assert changed([(f"{text}{tail}。", said) for text, said in SAYINGS]) == []


@pytest.mark.parametrize(("before", "after"), BESIDE)
def test_a_sentence_beside_changes_nothing(before: str, after: str) -> None:
    assert changed([(f"{before}{text}。{after}", said) for text, said in SAYINGS]) == []


@pytest.mark.parametrize("says", list(MORE))
def test_another_kind_or_number_changes_only_that(says: str) -> None:
    texts = []
    for frame, (name, kind), (written, number) in itertools.product(
        MORE[says], list(KINDS.items())[:4], [("2台", 2), ("十二台", 12)]
    ):
        count = 1 if says == "per_fact_number" else number if says.endswith("number") else None
        texts.append((frame.format(k=name, n=written) + "。", Read(frozenset({kind}), says, count)))
    assert changed(texts) == []


LISTS = [
    "现有声级计2台、暗管探测仪1台、执法记录仪12台。",
    "现有声级计2台，暗管探测仪1台，执法记录仪12台。",
    "现有声级计2台；暗管探测仪1台；执法记录仪12台。",
    "声级计2台；暗管探测仪1台；执法记录仪12台。",
    "执法装备配备情况：声级计2台；暗管探测仪1台；执法记录仪12台。",
    "我局现有装备如下：1.声级计2台。2.暗管探测仪1台。3.执法记录仪12台。",
    "声级计：2台，暗管探测仪：1台，执法记录仪：12台。",
    "声级计现有2台。暗管探测仪现有1台。执法记录仪现有12台。",
    "配备2台声级计、1台暗管探测仪、12台执法记录仪。",
    "声级计2台（在用），暗管探测仪1台，执法记录仪12台。",
]


@pytest.mark.parametrize("text", LISTS)
def test_a_list_says_what_its_items_say(text: str) -> None:
    assert {(min(one.kinds), one.number) for one in read(text) if one.says == "held_number"} == {
        ("sound_level_meter", 2),
        ("hidden_pipe_detector", 1),
        ("body_camera", 12),
    }
