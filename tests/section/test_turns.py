"""Rule by rule what drafts say, in several shapes each: whose, turns, numbers, time, validity, and doubt.

The bureau is that of `reports.SEED`: three sound-level meters of which two are lapsed (required 3, gap 2), one drone
(met), eleven body cameras (9 required), no odour monitor (gap 1), 17 staff, 3 vehicles.
"""

from __future__ import annotations

import pytest

from tests.section.test_claims import CAMERA, MOBILE, NO, ODOUR, OPEN, PIPE, SOUND, UAV, YES, claims

NOT_OURS = [
    "辖区3家加油站未配备恶臭监测仪。",
    "市监测站现有声级计5台，数据可靠。",
    "督促运维单位配备恶臭监测仪1台。",
    "声级计不足时，可向市站借用。",
    "检查发现某检测公司使用过期声级计出具报告。",
    "某机动车检测站声级计未检定即出具数据，已立案查处。",
    "组织执法人员开展声级计操作培训，熟练使用无人机。",
    "要求各企业配齐恶臭监测仪。",
    "县公安局支援无人机2架。",
    "交通运输部门配备无人机3架。",
    "第三方公司派驻无人机2架。",
    "指导医院配备声级计2台。",
    "查处一起声级计检定证书造假案件。",
    "未配备声级计的企业被责令整改。",
]


@pytest.mark.parametrize("text", NOT_OURS)
def test_what_others_have_or_lack_is_no_claim_on_us(text: str) -> None:
    assert claims(text) == []


TURNS = [
    # exceptions
    ("除声级计、无人机外，其余装备均未配齐。", [(SOUND, "held", YES), (UAV, "held", YES), (None, "missing", YES)]),
    ("除恶臭监测仪外均已配齐。", [(ODOUR, "missing", YES)]),
    ("除无人机外，其他装备都已按标准配备。", [(UAV, "missing", NO), (None, "held", NO)]),
    ("除声级计以外，还缺少恶臭监测仪。", [(SOUND, "missing", YES), (ODOUR, "missing", YES)]),
    # numbers dealt out
    ("声级计、恶臭监测仪分别缺2台、1台。", [(SOUND, "number", YES), (ODOUR, "number", YES)]),
    ("声级计和恶臭监测仪分别缺1台和3台。", [(SOUND, "number", NO), (ODOUR, "number", NO)]),
    ("声级计、无人机依次还差2台、1架。", [(SOUND, "number", YES), (UAV, "number", NO)]),
    # change
    ("执法记录仪由2台增加到11台。", [(CAMERA, "number", YES)]),
    ("执法记录仪从9台增至11台。", [(CAMERA, "number", YES)]),
    ("声级计缺口由3台减少到2台。", [(SOUND, "number", YES)]),
    ("无人机数量由1架增加到3架。", [(UAV, "number", NO)]),
    # a part
    ("声级计3台，其中2台过期。", [(SOUND, "number", YES), (SOUND, "number", YES)]),
    ("现有声级计3台，其中1台检定过期。", [(SOUND, "number", YES), (SOUND, "number", NO)]),
    # by a fact
    ("执法记录仪做到人手一台。", [(CAMERA, "number", NO)]),
    ("按每车1台的标准配备无人机。", []),
    ("无人机每车1架，已配齐。", [(UAV, "number", NO), (UAV, "held", YES)]),
    # 各
    ("配备声级计、无人机各1台（架）。", [(SOUND, "number", YES), (UAV, "number", YES)]),
    ("声级计、无人机均为1台。", []),
    # umbrella words explained
    ("移动源执法监测设备（尾气分析仪、透射式烟度计）尚未配备。", [(MOBILE, "missing", YES)]),
    ("部分装备（恶臭监测仪、管道探测仪）尚未配备。", [(ODOUR, "missing", YES), (PIPE, "missing", YES)]),
    # it is to be had
    ("恶臭监测仪列入采购计划未落实。", [(ODOUR, "missing", YES)]),
    ("争取上级调拨恶臭监测仪1台。", [(ODOUR, "missing", YES)]),
    ("恶臭监测仪正在走采购程序。", [(ODOUR, "missing", YES)]),
    ("对企业检查20家次，我局配备无人机3架。", [(UAV, "number", NO)]),
    ("拟购无人机1架。", [(UAV, "missing", NO)]),
    ("恶臭监测仪已完成采购并投入使用。", [(ODOUR, "held", NO), (ODOUR, "held", NO)]),
    ("下一步，购置异味检测设备。", [(ODOUR, "missing", YES)]),
    # denied
    ("没有声级计短缺的情况。", [(SOUND, "missing", NO)]),
    ("执法记录仪并非不足。", [(CAMERA, "missing", YES)]),
    ("上年反映的无人机短缺问题已解决。", [(UAV, "missing", YES)]),
    # validity and state
    ("无人机1架运行正常。", [(UAV, "number", YES)]),
    ("声级计3台均在有效期内。", [(SOUND, "number", NO)]),
    ("声级计均在检定有效期内。", [(SOUND, "held", NO)]),
    ("2台声级计因检定过期停用。", [(SOUND, "number", YES)]),
    ("恶臭监测仪运行正常。", [(ODOUR, "held", NO)]),
    ("各类仪器设备均在检定有效期内。", [(None, "held", NO)]),
    # what a standard asks
    ("标准要求至少配备声级计3部。", [(SOUND, "number", YES)]),
    ("按标准应配声级计3部。", [(SOUND, "number", YES)]),
    # time
    ("去年无人机不足，今年新购1架。", [(UAV, "number", YES)]),
    ("2022年底无人机尚未配备，2023年购置1架。", [(UAV, "number", YES)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TURNS, ids=[text for text, _ in TURNS])
def test_a_turn_means_what_the_contract_says(text: str, expected: list[tuple[str | None, str, str]]) -> None:
    assert claims(text) == expected


DOUBT = [
    "市局配备声级计5台。",
    "各中队均未配备无人机。",
    "各县区均未配备无人机。",
    "某学院未配备无人机。",
    "无人机碳纤维桨叶组不足。",
    "我局加快配备执法记录仪。",
    "我局无人机报废1架。",
]


@pytest.mark.parametrize("text", DOUBT)
def test_what_was_not_understood_contradicts_nothing(text: str) -> None:
    assert [one for one in claims(text) if one[2] != OPEN] == []
