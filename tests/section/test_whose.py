"""Whose equipment: bodies that no list names are others as well, and what is said of them is no claim."""

from __future__ import annotations

import pytest

from tests.section.test_claims import claims

NAMES = """
消防救援大队 镇政府 县政府 卫生院 疾控中心 水文站 林业站 园区管委会 居委会 派出所 交警大队 海事处
航道局 排水公司 自来水厂 污水厂 矿山 煤矿 科研院所 大学 供电公司 铁路局 机场 港口 物流园 法院
武装部 民兵连 志愿者协会 商会 施工方 运维方 承包商 供货商 养殖合作社 农户 渔民 司机 船主 学生
教师 网友 蓝天救援队 水库管理所 景区 酒店 码头 屠宰场 危废处置中心 体育馆 驾校 敬老院 统计局 银行
高速公路管理处 收费站 交通执法队 水政监察大队 文化执法队 农机站 国土所 司法所 发改委 科技局 信访局
档案馆 电视台
"""
BODIES = NAMES.split()
SAID = [
    "{}配备无人机3架。",
    "{}未配备声级计。",
    "{}声级计不足。",
    "{}现有执法记录仪20台，声级计2台。",
    "{}的声级计已过期。",
    "市{}声级计均在检定有效期内。",
    "辖区{}尚未配齐防毒面具。",
    "{}声级计2台、无人机1架，均运行正常。",
]


@pytest.mark.parametrize("said", SAID)
def test_what_is_said_of_another_body_is_no_claim(said: str) -> None:
    made = {body: claims(said.format(body)) for body in BODIES}
    assert {body: found for body, found in made.items() if found} == {}


@pytest.mark.parametrize("ours", ["我局", "我大队", "本支队", "全局", "目前", "今年", "截至年底"])
def test_what_is_said_of_us_is(ours: str) -> None:
    assert claims(f"{ours}声级计不足。") == [("sound-level", "missing", "agrees")]
    assert claims(f"{ours}配备无人机3架。") == [("uav", "number", "contradicts")]
