"""Counted names that stand first, predicates behind a claim, what was handed over: how people tell of what there is."""

from __future__ import annotations

import pytest

from tests.section.readings import readings, year_of
from tests.section.test_said_of import said

SOUND, UAV, CAMERA, CAR, LAPTOP = (
    "sound_level_meter", "uav", "body_camera", "enforcement_vehicle", "laptop",
)  # fmt: skip

READ = [
    # first in its clause, whatever is told of it next
    ("笔记本电脑五台分给三个科，捉襟见肘。", [(LAPTOP, "gap", None), (LAPTOP, "held_number", 5)]),
    ("执法车六辆，够跑。", [(CAR, "held_number", 6)]),
    ("五辆执法车撒下去就跟撒胡椒面一样。", [(CAR, "held_number", 5)]),
    ("如今我队应急柜里声级计10台、无人机2架，一件不落。", [(SOUND, "held_number", 10), (UAV, "held_number", 2)]),
    ("声级计、无人机各2台，由办公室保管。", [(SOUND, "held_number", 2), (UAV, "held_number", 2)]),
    ("声级计、无人机分别为2台、1架，较为薄弱。", [(SOUND, "held_number", 2), (UAV, "held_number", 1)]),
    # so many in all, whatever is told of some of them
    ("全队十五台执法记录仪有近一半撑不过两小时。", [(CAMERA, "held_number", 15)]),
    ("15台执法记录仪中有3台电池鼓包无法开机。", [(CAMERA, "held_number", 15)]),
    ("二十一个人就六台执法记录仪。", [(CAMERA, "held_number", 6)]),
    # the number alone
    ("应配执法记录仪30台，目前22台，还少8台。",
     [(CAMERA, "gap_number", 8), (CAMERA, "held_number", 22), (CAMERA, "required_number", 30)]),
    # handed to us
    ("原配备于监测站的声级计2台已划转至执法大队。", [(SOUND, "held_number", 2)]),
    ("市局统一采购的十六台执法记录仪已经全数领回。", [(CAMERA, "held_number", 16)]),
    ("今年调拨我队无人机三架。", [(UAV, "held", 3)]),
    # a cause is none of it
    ("声级计因厂家缺货尚未交付。", [(SOUND, "gap", None)]),
    # what went into a sum
    ("市局配发的声级计2台运抵，连同原有的1台，现共有声级计3台。", [(SOUND, "held_number", 3)]),
    # the last of a list
    ("还在招标的有声级计，流标的有无人机。", [(SOUND, "gap", None), (UAV, "gap", None)]),
    ("去年购置的声级计已损坏。", [(SOUND, "not_usable", None)]),
    ("无人机配有2架，但机上电池已过保质期，需尽快补充。", [(UAV, "held_number", 2)]),
    ("声级计3台，其中1台电极老化无法使用。", [(SOUND, "held_number", 3), (SOUND, "not_usable", None)]),
    # a dash parts
    ("声级计数量不足——已新购2台。", [(SOUND, "gap", None), (SOUND, "held", 2)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_what_people_tell_in_passing_is_read(text: str, expected: list[tuple[str, str, object]]) -> None:
    assert said(text) == expected


QUIET = [
    "投入执法车6辆，出动执法人员24人次，检查企业30家。",
    "执法车6辆参加了联合演练，检查企业30家。",
    "某企业厂区内有声级计2台，均已过期。",
    "租用执法车2辆，开展夜查。",
    "借用市站声级计2台，已归还。",
    "声级计2台，由第三方公司提供，用于夜间巡查。",
    "无人机3架，产权归监测站。",
    "需求清单如下：声级计2台，无人机1架。",
    "参展设备：声级计2台，无人机3架。",
    "培训使用了无人机3架、声级计2台。",
    "督察期间，抽调无人机9架，执法记录仪2台。",
    "移交给县公安局执法记录仪2台。",
    "我局将声级计2台调剂给了邻县。",
    "全市共有县级执法大队11个，配齐声级计的10个。",
    "无人机还没批下来的县有5个。",
    "无人机不够用时，可向市局借用。",
    "较上年多配执法记录仪2台。",
    "3台声级计拿去检定了。",
    "无人机没坏过，维护得好。",
    "年内未能购置声级计。",
    "到2035年底，无人机由2架增至4架。",
    "防护服有没有，大家心里清楚。",
    "装备没有同步划转。",
    "督察组来我县期间，自带无人机、声级计各1台。",
    "笔记本是十年前的老机器，早就想换，一直没批下来。",
]


@pytest.mark.parametrize("text", QUIET)
def test_what_only_looks_like_it_is_not_read(text: str) -> None:
    assert readings(text, min(year_of(text), 2025))[0] == []
