"""What cannot turn a claim is passed over, whatever words it is made of; what can turn it is not.

Every passage of the corpus is taken as it was read, and something harmless is put in: an adverbial, a tail of effect,
an attribute of the object. Its readings stay the same. The words put in are no words of the vocabulary.
"""

from __future__ import annotations

import functools
import re

import pytest

from tests.section.readings import readings, year_of
from tests.section.scoring import Read
from tests.section.test_claims import NO, claims
from tests.section.test_corpus import passages

CORPORA = ("first", "last", "second")


@functools.cache
def plain() -> tuple[tuple[str, tuple[Read, ...]], ...]:
    """The one-sentence passages in which something is read with confidence."""
    found = []
    for one in passages(*CORPORA):
        text = one["text"].rstrip("。")
        sure, _ = readings(text + "。", year_of(text))
        if sure and not re.search("[。；：？\\s]", text):
            found.append((text, tuple(sure)))
    return tuple(found)


HARMLESS = [
    "经班子会三轮磋商，{}。",
    "依托数智平台，{}。",
    "随着辖区产业集聚，{}。",
    "克服人手吃紧等不利因素，{}。",
    "{}，为精准治污夯实了根基。",
    "{}，有效提升了夜查成色。",
    "{}，助力蓝天碧水保卫战。",
    "{}，给执法工作带来了便利。",
]


@pytest.mark.parametrize("wrap", HARMLESS)
def test_an_adverbial_or_an_effect_changes_no_reading(wrap: str) -> None:
    changed = []
    for text, sure in plain():
        said = wrap.format(text)
        now, _ = readings(said, year_of(text))
        if set(now) != set(sure):
            changed.append((said, set(sure) ^ set(now)))
    assert changed == []


OBJECTS = [
    ("配备了{}声级计2台。", "声级计2台"),
    ("购置{}无人机3架。", "无人机3架"),
    ("现有{}执法记录仪12台。", "执法记录仪12台"),
    ("我局新购{}无人机3架、{}恶臭监测仪1台。", "无人机3架"),
]
ATTRIBUTES = ["轻便耐摔的", "续航持久、皮实的", "蓬莱产", "带夜拍功能的", "抗风性能优异的"]


@pytest.mark.parametrize("attribute", ATTRIBUTES)
@pytest.mark.parametrize(("sentence", "_said"), OBJECTS)
def test_an_attribute_of_the_object_changes_no_claim(sentence: str, _said: str, attribute: str) -> None:
    assert claims(sentence.replace("{}", attribute)) == claims(sentence.replace("{}", ""))


@pytest.mark.parametrize(
    "text",
    [
        "没有续航持久的无人机。",  # there may be others
        "未配备带夜拍功能的执法记录仪。",
        "续航持久的声级计已配齐。",
        "声级计轻便耐摔不足。",
        "蓬莱无人机不足。",
        "无人机桨叶不足。",
        "我局拒绝购置无人机3架。",
        "我局退还新购无人机3架。",
        "待资金到位后购置无人机3架，执法记录仪12台。",
    ],
)
def test_what_may_turn_a_claim_leaves_it_open(text: str) -> None:
    assert [one for one in claims(text) if one[2] == NO] == []
