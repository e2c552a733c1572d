"""How far a 「没有」 reaches, plans that were carried out or given up, and what a number is counted of."""

from __future__ import annotations

import pytest

from equipcheck.section.drafts.check import check_draft
from equipcheck.section.drafts.reading.plain import from_text
from tests.section.reports import SEED, finding, report
from tests.section.test_claims import NO, OPEN, YES, catalogue, claims
from tests.section.test_said_of import said

SOUND, UAV, STILL, CAMERA = "sound_level_meter", "uav", "still_camera", "body_camera"

NOT_NONE = [
    # 没有 before a verb or a clause
    "没有因照相机不足影响办案。",
    "全年没有因声级计损坏造成监测中断。",
    "没有随意调用无人机。",
    "没有擅自处置执法记录仪。",
    "没有对声级计进行检定。",
    "没有将无人机列入固定资产。",
    "没有利用无人机开展巡查。",
    "没有按时归还照相机。",
    "没有及时更新声级计。",
    "没有发生无人机坠落事件。",
    "没有充分发挥无人机作用。",
    "没有向企业借用声级计。",
    # … before what happened to it
    "无一台声级计丢失。",
    "没有一部执法记录仪遗失。",
    "没有一台无人机闲置。",
    # … before some of them
    "我局没有多余的执法记录仪。",
    "没有闲置的声级计。",
    "没有更多的执法记录仪。",
    "没有其他声级计。",
    "没有备用无人机。",
    "没有第二台声级计。",
    "没有新的无人机。",
    "没有老旧的执法车辆。",
    "没有照相机以外的取证设备。",
    "没有不合格的声级计。",
    # not bought is not none
    "未购置新的无人机。",
    "今年没有再购置无人机。",
    "未增配无人机。",
    "暂不购置无人机。",
    "没有计划购置无人机。",
    "没有必要购置无人机。",
    "不打算采购无人机。",
    "无需购置无人机。",
]


@pytest.mark.parametrize("text", NOT_NONE)
def test_a_no_that_reaches_past_the_equipment_is_none_of_having(text: str) -> None:
    assert not [one for one in said(text) if one[1] in ("none_held", "gap", "held", "no_gap")]


READ = [
    ("没有无人机。", [(UAV, "none_held", None)]),
    ("没有必要的照相机。", [(STILL, "none_held", None)]),
    ("没有1台声级计。", [(SOUND, "none_held", None)]),
    ("无声级计、照相机。", [(SOUND, "none_held", None), (STILL, "none_held", None)]),
    ("从未购置无人机。", [(UAV, "none_held", None)]),
    ("未购置无人机。", [(UAV, "none_held", None)]),
    # carried out
    ("按照计划购置了声级计2台。", [(SOUND, "held", 2)]),
    ("年初计划购置的声级计已到位。", [(SOUND, "no_gap", None)]),
    ("列入计划的无人机已购置。", [(UAV, "held", None)]),
    ("列入年度采购计划的无人机1架已到货。", [(UAV, "held_number", 1)]),
    ("计划购置的照相机3台现已到货。", [(STILL, "held_number", 3)]),
    ("计划购置无人机2架，实际购置1架。", [(UAV, "held", 1)]),
    ("原计划购置无人机2架，实际到货1架。", [(UAV, "held_number", 1)]),
    # … or not
    ("年初计划购置的声级计尚未到位。", [(SOUND, "gap", None)]),
    ("列入计划的无人机尚未购置。", [(UAV, "gap", None), (UAV, "none_held", None)]),
    # filled on a day
    ("声级计缺口已于10月补齐。", [(SOUND, "no_gap", None)]),
    ("声级计缺口2台已于今年10月底前全部补齐。", [(SOUND, "no_gap", None)]),
    ("照相机短缺问题已在年底前解决。", [(STILL, "no_gap", None)]),
    ("声级计缺口2台尚未补齐。", [(SOUND, "gap_number", 2), (SOUND, "gap", None)]),
    # renewal and services are no lack
    ("计划更新执法记录仪3台。", []),
    ("拟对声级计进行更新换代。", []),
    ("拟采购无人机服务。", []),
    ("计划购买声级计检定服务。", []),
    ("拟购置无人机2架。", [(UAV, "gap", None)]),
    # what is fitted out is not counted
    ("为1辆执法车配备了车载定位设备。", [("vehicle_gps", "held", None)]),
    ("为3辆执法车加装车载冰箱3台。", [("vehicle_sample_storage", "held", 3)]),
    ("在2辆执法车上安装了车载冰箱。", [("vehicle_sample_storage", "held", None)]),
    ("为执法大队配备执法车1辆。", [("enforcement_vehicle", "held_number", 1)]),
]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_what_stands_near_to_it(text: str, expected: list[tuple[str, str, object]]) -> None:
    assert said(text) == sorted(expected, key=str) or said(text) == expected


def verdicts(text: str, rows: object = SEED, *, markdown: bool = False) -> list[str]:
    parts = from_text(text, markdown=markdown)
    return [one.verdict for one in check_draft(parts, report(rows), catalogue()).claims]  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["装备缺口21项。", "必配装备中有21项未达标。", "尚缺21种装备。"])
def test_a_count_of_items_is_no_word_of_agreement(text: str) -> None:
    assert YES not in verdicts(text)


@pytest.mark.parametrize("text", ["装备缺口5项。", "执法装备有5项未配齐。"])
def test_a_count_of_items_that_is_the_checks_own_agrees(text: str) -> None:
    assert verdicts(text) == [YES]


@pytest.mark.parametrize("text", ["各类装备均未配备。", "我局各类执法装备都没有配备。"])
def test_that_nothing_is_there_does_not_agree_where_something_is(text: str) -> None:
    assert YES not in verdicts(text)
    assert verdicts(text, [finding("sound-level", "声级计", ["sound_level_meter"], 2, 0)]) == [YES]


def test_struck_words_of_markdown_are_not_read() -> None:
    assert verdicts("~~没有无人机，~~现有声级计3台。", markdown=True) == [YES]


@pytest.mark.parametrize(
    "text",
    [
        "明年计划购置无人机。\n我局配备声级计2台。",
        "下一步，将争取购置恶臭监测仪。\n截至年底，大队配备声级计2台。",
        "2024年，我局将购置恶臭监测仪。\n大队配备声级计2台。",
    ],
)
def test_a_plan_ends_with_its_paragraph(text: str) -> None:
    assert ("sound-level", "number", NO) in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "下一步，一是购置恶臭监测仪。\n二是配备声级计2台。",
        "下一步工作打算：\n配备声级计2台。",
        "下一步，我局将从以下方面着手：\n（一）配备声级计2台。\n（二）加强培训。",
        "## 下一步工作措施\n配备声级计2台。",
    ],
)
def test_a_plan_goes_on_through_its_list(text: str) -> None:
    assert ("sound-level", "number", NO) not in claims(text)


@pytest.mark.parametrize(
    "above", ["县监测站装备情况", "2035年采购计划", "兄弟县局装备情况", "拟购装备清单", "2020年装备配备情况"]
)
def test_prose_under_a_heading_on_others_or_another_time_is_not_judged(above: str) -> None:
    found = verdicts(f"## {above}\n\n现有声级计9台。没有无人机。\n", markdown=True)
    assert set(found) <= {OPEN}


def test_prose_under_a_heading_of_ours_is_judged() -> None:
    assert NO in verdicts(
        "## 监测站装备\n\n现有声级计9台。\n\n## 我局装备情况\n\n现有声级计9台。\n", markdown=True
    )


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("没有无人机操作证。", 1),
        ("大队加强培训，声级计不足，影响办案。", 3),
        ("计划购买声级计检定服务，落实资金2万元。", 2),
    ],
)
def test_every_clause_of_a_sentence_on_equipment_is_explained(text: str, clauses: int) -> None:
    readings = check_draft(from_text(text), report(SEED), catalogue()).readings
    assert len(readings) == clauses
    assert all(one.reading.statements or one.reading.silent for one in readings)
