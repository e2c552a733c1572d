"""Lists without a verb, sums over squads and names, rates of each, parts, yardsticks and examples, in several shapes.

The bureau is that of `reports.SEED` (see `test_turns.py`): three sound-level meters of which two are lapsed, one drone,
eleven body cameras, no odour monitor; 17 staff, 3 vehicles.
"""

from __future__ import annotations

import pytest

from tests.section.test_claims import CAMERA, NO, ODOUR, OPEN, PIPE, SOUND, UAV, YES, claims

READ = [
    # no verb
    ("声级计3台，无人机2架。", [(SOUND, "number", YES), (UAV, "number", NO)]),
    ("声级计2台、无人机1架、执法记录仪11台。", [(SOUND, "number", NO), (UAV, "number", YES), (CAMERA, "number", YES)]),
    ("声级计3部，恶臭监测仪暂缺。", [(SOUND, "number", YES), (ODOUR, "missing", YES)]),
    ("现场监测设备方面：声级计 3台，无人机 1架，均运行正常。",
     [(SOUND, "number", YES), (UAV, "number", YES), (SOUND, "held", NO), (UAV, "held", YES)]),
    ("声级计、无人机各1台，执法记录仪9台，均为2021年购置。",
     [(SOUND, "number", YES), (UAV, "number", YES), (CAMERA, "number", NO)]),
    ("取证设备齐全，无人机2架、执法记录仪11台。",
     [(CAMERA, "held", YES), (UAV, "number", NO), (CAMERA, "number", YES)]),
    # squads
    ("声级计一中队2台、二中队1台。", [(SOUND, "number", YES)]),
    ("声级计：城区中队2台，港区中队2台，合计4台。", [(SOUND, "number", NO)]),
    ("执法记录仪共11台，其中一中队6台、二中队5台。", [(CAMERA, "number", YES)]),
    ("声级计一中队2台、二中队没有。", [(SOUND, "held", YES)]),
    ("各中队均配备了恶臭监测仪。", [(ODOUR, "held", NO)]),
    # of each
    ("为每名执法人员配备执法记录仪1台。", [(CAMERA, "number", NO)]),
    ("为每辆车安装无人机。", [(UAV, "number", NO)]),
    ("无人机按每车1架标准全部安装到位。", [(UAV, "number", NO), (UAV, "held", YES)]),
    # together
    ("声级计、无人机合计4台。", [(None, "number", OPEN), (SOUND, "held", YES), (UAV, "held", YES)]),
    ("声级计、恶臭监测仪合计缺3台。", [(None, "number", OPEN)]),
    ("全队共有各类执法装备126台（套）。", [(None, "number", OPEN)]),
    # parts
    ("现有无人机1架、声级计3台，其中声级计1台检定过期。",
     [(UAV, "number", YES), (SOUND, "number", YES), (SOUND, "number", NO)]),
    ("声级计3台，其中2台检定过期，无人机2架，其中1架故障。",
     [(SOUND, "number", YES), (SOUND, "number", YES), (UAV, "number", NO), (UAV, "number", OPEN)]),
    ("3台声级计中仅1台能正常使用。", [(SOUND, "number", YES), (SOUND, "number", YES)]),
    ("声级计3台，除2台检定过期外均可正常使用。",
     [(SOUND, "number", YES), (SOUND, "number", YES), (SOUND, "held", OPEN)]),
    # a yardstick, an example, who gave
    ("对照国家标准，恶臭监测仪、无人机未配备。", [(ODOUR, "missing", YES), (UAV, "missing", NO)]),
    ("对照省级标准要求，我局声级计尚缺1部。", [(SOUND, "number", NO)]),
    ("装备短缺，如恶臭监测仪、无人机尚未配备。",
     [(None, "missing", YES), (ODOUR, "missing", YES), (UAV, "missing", NO)]),
    ("市局统一配发的执法记录仪12台已投入使用。", [(CAMERA, "number", NO)]),
    # than last year
    ("执法记录仪较上年增加2台，达到12台。", [(CAMERA, "number", NO)]),
    ("无人机与上年持平，为1架。", [(UAV, "number", YES)]),
    ("缺配的主要是：恶臭监测仪1台、无人机1架。", [(ODOUR, "number", YES), (UAV, "number", NO)]),
    ("急需补充的装备包括恶臭监测仪、管道探测仪。",
     [(None, "missing", YES), (ODOUR, "missing", YES), (PIPE, "missing", YES)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_a_list_is_read(text: str, expected: list[tuple[str | None, str, str]]) -> None:
    assert claims(text) == expected


QUIET = [
    "声级计、无人机各1台。",  # of what?
    "拟报废清单：照相机4部，无人机9架。",
    "比武竞赛使用声级计9台，无人机9架。",
    "督察期间，抽调无人机9架，执法记录仪2台。",
    "标准规定：声级计9台，无人机9架。",
    "去年同期：声级计9台，无人机9架。",
    "某公司声级计：一部9台，二部2台。",
    "执法记录仪尚不能做到人手一台。",
    "未能做到每名执法人员配备一台执法记录仪。",
    "偏远的三个中队一台声级计也没有。",
    "个别中队未配备执法记录仪。",
    "没有发现声级计过期现象。",
    "无一台无人机损坏。",
    "声级计至少9台才够用。",
    "新型装备配备到位。",
    "声级计3台停用，无人机9架。",
    "执法记录仪9台未按期送检的问题，已于9月底前完成检定。",
    "无人机24架（含向林草局借用8架）。",
    "出动执法人员30人，执法车辆9辆。",
    "三个中队分别配有声级计9台、1台、1台。",
]


@pytest.mark.parametrize("text", QUIET)
def test_what_is_no_list_of_what_we_have_contradicts_nothing(text: str) -> None:
    assert [one for one in claims(text) if one[2] == NO] == []
