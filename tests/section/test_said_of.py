"""Of what, and of how many, a lack is told: single units, the names before an umbrella word, others, exceptions."""

from __future__ import annotations

import pytest

from tests.section.readings import readings, year_of

SOUND, UAV, USV, AUV = "sound_level_meter", "uav", "usv", "auv"


def said(text: str) -> list[tuple[str, str, object]]:
    """Each kind read with confidence, what is said of it, and the number."""
    sure, _ = readings(text, year_of(text))
    return sorted((kind, one.says, one.number) for one in sure for kind in one.kinds)


READ = [
    # so many of them are missing, not all
    ("应配声级计2台，我局1台未配。", [(SOUND, "required_number", 2)]),  # one of them, or not a single one
    ("应配声级计4台，我局2台尚未配备。", [(SOUND, "gap_number", 2), (SOUND, "required_number", 4)]),
    ("声级计应配5台，目前3台还没有配备。", [(SOUND, "gap_number", 3), (SOUND, "required_number", 5)]),
    # not a single one
    ("大队无人机一架没有。", [(UAV, "none_held", None)]),
    ("我局声级计一台也没有。", [(SOUND, "none_held", None)]),
    ("我局无人船一艘都未配备。", [(USV, "none_held", None)]),
    ("全队无人机一个都没配，执法全靠步行。", [(UAV, "none_held", None)]),
    # 没有 before a lack denies the lack
    ("执法车一辆没有报废。", []),
    ("声级计没有1台过期。", []),
    ("我局声级计没有过期。", []),
    ("我局无人机一架都没有停用。", []),
    ("声级计1台没有过期，1台过期。", [(SOUND, "not_usable_number", 1)]),
    ("无人机没有损坏，声级计没有。", [(SOUND, "none_held", None)]),
    # an umbrella word behind a list is the list
    ("暗管探测仪、无人船等隐蔽排污取证设备不足。", [("hidden_pipe_detector", "gap", None), (USV, "gap", None)]),
    ("无人机、无人船等空天水面取证装备短缺。", [(UAV, "gap", None), (USV, "gap", None)]),
    ("水下机器人、无人船等新增装备尚未配备。", [(AUV, "none_held", None), (USV, "none_held", None)]),
    ("无人机、无人船等新购置的装备尚未配备。", [(UAV, "none_held", None), (USV, "none_held", None)]),
    ("缺乏无人机、无人船等非现场执法装备。", [(UAV, "gap", None), (USV, "gap", None)]),
    ("无人机、无人船等管网排查装备不足。", [(UAV, "gap", None), (USV, "gap", None)]),
    ("缺乏非现场执法装备。", []),
    # an exception is taken out of the umbrella word behind it
    ("除执法记录仪、照相机外，其他取证设备均未配齐。",
     [("body_camera", "held", None), ("still_camera", "held", None), ("video_camera", "gap", None)]),
    ("除摄像机外，其他取证设备均未配齐。",
     [("body_camera", "gap", None), ("still_camera", "gap", None), ("video_camera", "held", None)]),
    # what is lacking is listed
    ("我局应配未配的有水下机器人、无人船。", [(AUV, "none_held", None), (USV, "none_held", None)]),
    ("无人机、无人船两种设备尚属空白。", [(UAV, "none_held", None), (USV, "none_held", None)]),
    ("尚缺无人机1架、无人船1艘，其余品目已配齐。", [(UAV, "gap_number", 1), (USV, "gap_number", 1)]),
    ("尚缺无人机1架、无人船1艘，均已配齐。", [(UAV, "no_gap", None), (USV, "no_gap", None)]),
    ("无人机、无人船分别缺1架、2艘，已报市局统筹解决。", [(UAV, "gap_number", 1), (USV, "gap_number", 2)]),
    ("2台声级计送厂维修。", [(SOUND, "not_usable_number", 2)]),
    ("通讯方面，配对讲机10部，无人机1架。", [("two_way_radio", "held_number", 10), (UAV, "held_number", 1)]),
    ("应配对讲机10部。", [("two_way_radio", "required_number", 10)]),
    # a plan over years, money applied for, what was bought
    ("我局计划分两年购置：2022年购置无人机1架，2023年购置无人船1艘。", [(UAV, "gap", None), (USV, "gap", None)]),
    ("上年计划：2022年购置无人机1架，2023年未购置。", []),
    ("拟申请区财政资金68万元，购置无人机1架、无人船1艘。", [(UAV, "gap", None), (USV, "gap", None)]),
    ("申请资金68万元，购置无人机1架。", []),  # bought, or not yet
    ("我局投入9万元完成无人机和无人船采购。", [(UAV, "held", None), (USV, "held", None)]),
    ("我局未完成无人机采购。", []),
    ("计划完成无人机采购。", []),
    # counts with and without a verb
    ("我大队台账与实物相符:声级计3、无人机2。", [(SOUND, "held_number", 3), (UAV, "held_number", 2)]),
    ("我大队台账与实物不相符:声级计3、无人机2。", []),
    ("声级计装了4台，还差2台。", [(SOUND, "gap_number", 2), (SOUND, "held_number", 4)]),
    ("我队无人机上装了2个喊话器。", []),
    ("我队6部对讲机信号较差。", [("two_way_radio", "held_number", 6)]),
    ("无人机2架，其中1架故障停飞。", [(UAV, "held_number", 2), (UAV, "not_usable_number", 1)]),
    ("现有声级计3台，标准仅要求1台，富余2台。", [(SOUND, "held_number", 3), (SOUND, "required_number", 1)]),
    ("声级计富余2台。", [(SOUND, "no_gap", None)]),
    ("声级计4台，每辆执法车1台，已配齐。",
     [(SOUND, "held_number", 4), (SOUND, "no_gap", None), (SOUND, "per_fact_number", 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_a_lack_is_told_of_what_it_names(text: str, expected: list[tuple[str, str, object]]) -> None:
    assert said(text) == expected


QUIET = [
    # another authority, for itself or for others
    "甘肃省环境监察局购置一批无人机，首先用于沙漠地区。",
    "四川省生态环境厅采购声级计9台。",
    "省厅计划明年为高海拔县的执法机构统一配发无人机。",
    "市局拟为山区县执法机构配备声级计9台。",
    # what an instrument can do
    "红外热像仪可用于定位泄漏源。",
    "无人机可用来巡查河道。",
    "声级计可实时采集噪声数据。",
    "声级计能用于夜间执法。",
]


@pytest.mark.parametrize("text", QUIET)
def test_what_others_have_and_what_a_thing_can_do_is_no_claim(text: str) -> None:
    assert readings(text, year_of(text)) == ([], False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("浙江省杭州市生态环境局现有无人机3架。", [(UAV, "held_number", 3)]),
        ("我局为各科室配备声级计3台。", []),
        ("声级计可用2台。", [(SOUND, "usable_number", 2)]),
        ("有一辆没有年检。", []),
    ],
)
def test_what_is_near_to_it_is_read_as_before(text: str, expected: list[tuple[str, str, object]]) -> None:
    assert said(text) == expected
