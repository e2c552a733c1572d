"""What we fall short of is no demand that others tell: the sentence behind it speaks of us, and is read."""

from __future__ import annotations

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.section.drafts.check import check_draft
from equipcheck.section.drafts.reading.plain import from_text
from tests.section.reports import SEED, report

CATALOGUE = load_catalogue()
FOUND = report(SEED)


def verdicts(text: str) -> dict[str | None, str]:
    return {one.kind: one.verdict for one in check_draft(from_text(text), FOUND, CATALOGUE).claims}


@pytest.mark.parametrize("behind", ["。", "；", "。主要是", "。具体为"])
@pytest.mark.parametrize("head", ["执法装备短缺，", "装备水平", "现有装备"])
@pytest.mark.parametrize(
    "short",
    [
        "达不到标准化建设指导标准要求",
        "达不到装备标准化建设指导标准的要求",
        "未达到《指导标准》要求",
        "低于国家标准要求",
        "与国家标准要求相比仍有差距",
        "离上级要求尚有差距",
        "与省厅标准化建设要求存在差距",
        "不能适应执法工作要求",
        "难以满足当前执法工作的要求",
        "跟不上新形势要求",
        "不符合标准要求",
        "滞后于实际工作要求",
        "未满足标准规定",
    ],
)
def test_what_stands_behind_a_shortfall_is_ours(head, short, behind):
    seen = verdicts(f"{head}{short}{behind}声级计、恶臭监测仪尚未配备到位。")
    assert (seen["sound_level_meter"], seen["odor_detector"]) == ("agrees", "agrees")


@pytest.mark.parametrize("sign", ["，如", "。如：", "，例如"])
def test_examples_are_told_and_not_supposed(sign):
    seen = verdicts(f"执法装备短缺{sign}声级计、恶臭监测仪等尚未配备到位。")
    assert (seen["sound_level_meter"], seen["odor_detector"]) == ("agrees", "agrees")


@pytest.mark.parametrize(
    "text",
    [
        "国家标准要求每人配备声级计1台。",
        "省厅标准要求，每人配备声级计1台。",
        "某企业达不到标准要求。无人机未配备。",
        "如无人机、声级计等不足，则由市局统一调配。",
        "若无人机、声级计等尚未配备到位，可申请调剂。",
        "如无人机尚未配备到位，应及时报告。",
    ],
)
def test_demands_others_and_suppositions_contradict_nothing(text):
    assert "contradicts" not in verdicts(text).values()
