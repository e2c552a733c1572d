"""Every word of a clause is accounted for: what is not understood, or puts it in another light, contradicts nothing.

Plain sentences that a check contradicts are taken, a word is put in, or they are wrapped into what makes them no
claim; none of these may still be contradicted. The same holds of every passage of the corpus at the level of reading.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.section.drafts.sentences import fold
from tests.section.readings import lexicon, readings, year_of
from tests.section.test_claims import NO, OPEN, SENTENCES, YES, claims
from tests.section.test_corpus import passages
from tests.section.test_turns import TURNS

WRONG = [text for text, expected in [*SENTENCES, *TURNS] if any(one[2] == NO for one in expected)]
PLAIN = [
    one
    for one in WRONG
    if one.count("。") == 1 and not any(c in one for c in ("：", "；", "（", "我局", "的标准"))
]
UNKNOWN = [
    "葡萄",
    "赝品",
    "蓬莱",
    "驳回",
    "鼓吹",
    "垫付",
    "淘宝",
    "滑冰",
    "隔壁老王",
    "撤销",
    "退还",
    "某",
    "仿佛",
    "捐赠",
]


HAVING = re.compile("配备|配置|拥有|现有|已有|共有|[购有买添配]|采购|购置|应配")


def places(text: str) -> list[int]:
    """Where a word may turn a claim: not within a name, not at a list's end, where it would be an item of its own, and
    not between 「配备」 and its object, where it can only tell of the object (`test_frames.py`)."""
    found = lexicon().find(fold(text))
    inside = {at for one in found for at in range(one.start + 1, one.end)}
    for verb in HAVING.finditer(text):
        clause = verb.end() + len(re.split("[，。；：]", text[verb.end() :])[0])
        objects = [one.start for one in found if verb.end() <= one.start < clause]
        if objects:
            inside |= {*range(verb.start() + 1, objects[0] + 1), *objects}
    for summed in re.finditer("等(?=[^，。]{0,4}(?:设备|装备))", text):
        inside |= set(range(summed.end(), summed.end() + 5))
    return [at for at in range(len(text)) if at not in inside]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLAIN), st.sampled_from(UNKNOWN), st.data())
def test_a_clause_with_a_word_that_nothing_explains_is_never_contradicted(
    text: str, word: str, data: st.DataObject
) -> None:
    at = data.draw(st.sampled_from(places(text)))
    changed = text[:at] + word + text[at:]
    clause = next(one for one in changed.split("，") if word in one)
    if len(changed.split("，")) == 1:
        assert [one for one in claims(changed) if one[2] == NO] == [], changed
    else:
        assert [one for one in claims(clause.rstrip("。") + "。") if one[2] == NO] == [], clause


WRAPS = [
    "某企业{}",
    "某县生态环境局{}",
    "县监测站{}",
    "邻市{}",
    "兄弟单位{}",
    "县农业农村局{}",
    "某公司反映，{}",
    "专家认为，{}",
    "据某报报道，{}",
    "标准规定，{}",
    "《执法装备管理办法》要求，{}",
    "如{}",
    "若{}",
    "如果{}",
    "假如{}",
    "一旦{}，应当报告",
    "是否{}",
    "未必{}",
    "避免{}",
    "在{}的情况下",
    "{}吗？",
    "{}，此说不实",
    "{}，这是前年的情况",
    "网传{}",
    "学员{}",
]


@pytest.mark.parametrize("wrap", WRAPS)
def test_others_rules_conditions_questions_and_reports_contradict_nothing(wrap: str) -> None:
    bad = []
    for text in PLAIN:
        whole = wrap.format(text.rstrip("。")) + ("" if wrap.endswith("？") else "。")
        found = [one for one in claims(whole) if one[2] == NO]
        if found:
            bad.append((whole, found))
    assert bad == []


SURE_AT_HOME = ("我", "本", "今年", "目前", "去年", "中队", "2", "上年", "除", "以外", "一是", "：", "；")


@pytest.mark.parametrize(
    "wrap", ["某企业{}。", "县监测站{}。", "如果{}。", "某公司反映，{}。", "是否{}。", "{}，此说不实。"]
)
def test_no_passage_is_read_with_confidence_once_it_speaks_of_others(wrap: str) -> None:
    bad = []
    for passage in passages("first", "last"):
        text = passage["text"].rstrip("。")
        if "。" in text or any(one in text for one in SURE_AT_HOME):
            continue
        sure, _ = readings(wrap.format(text), year_of(text))
        if sure:
            bad.append((wrap.format(text), sure))
    assert bad == []


LIGHT = [
    # words that put a clause in another light
    ("声级计应有2台。", []),
    ("声级计可能不足，执法记录仪或许不足。", []),
    ("执法记录仪几乎没有。", []),
    ("据说没有无人机。", []),
    ("再购置无人机3架。", []),
    ("原有声级计2台。", []),
    ("全县无人机不足。", []),
    ("谁说没有无人机。", []),
    ("部分执法记录仪未配备。", []),
    # a later clause ends or takes back what an earlier one says
    ("无人机缺1架，现已补齐。", [("uav", "held", YES)]),
    ("未配备无人机，上述情况不实。", []),
    # numbers of something else
    ("执法记录仪12项指标均已达标，无人机飞行达到20架次。", []),
    # several owners
    ("检查发现某企业存在以下问题：一是未配备无人机；二是执法记录仪不足。", []),
    ("对某公司开展检查。该公司未配备无人机。", []),
    ("邻县条件较好。配备无人机3架。", []),
    ("省厅为我局配发无人机1架。", [("uav", "number", YES)]),
    # a standard's demand ends where 实有 begins
    ("标准规定声级计3部，无人机2架，运行正常。", [("sound-level", "number", YES)]),
    ("标准要求配备声级计3部，目前实有2部。", [("sound-level", "number", YES), ("sound-level", "number", NO)]),
    # what was missing then and is missing still
    ("上年度声级计缺口2部，至今没有补上。", [("sound-level", "number", YES)]),
    ("上年度声级计缺口1部，至今没有补上。", [("sound-level", "number", NO)]),
    # one each
    ("每辆执法车上都装有无人机。", [("uav", "number", NO)]),
    ("人均配备执法记录仪1台。", [("body-camera", "number", NO)]),
    # kinds counted
    ("标准适用的14项装备中，4项达标，10项未达标。", []),
    ("标准适用的14项装备中，9项达标，5项未达标。", [(None, "missing", YES)]),
    # a conjunction parts two clauses
    ("无人机只有1架且电池老化。", [("uav", "number", YES)]),
    ("声级计较标准要求少2部。", [("sound-level", "number", YES)]),
    ("声级计缺0台，执法记录仪缺0。", [("sound-level", "missing", NO), ("body-camera", "missing", YES)]),
    # one sort of equipment is not all of it; so many units of all are no row's number
    ("水质检测设备不足，水质类装备配备到位。", []),
    ("取证类装备配备到位。", [("body-camera", "held", YES)]),
    ("辐射装备不足，夜间装备配备到位。", []),
    ("未配备执法谎记录仪。", []),
    ("装备缺口19台。", []),
    # bought and not come is missing
    ("购置的无人机已签订采购合同。", [("uav", "missing", NO)]),
    # what was not bought this year may be there all the same
    ("本年度未采购无人机，现有无人机仍为1架。", [("uav", "number", YES)]),
    ("2023年，我局没有购置执法记录仪。", []),
    ("截至2023年底仍未购置无人机。", [("uav", "missing", NO)]),
    # a part of the units, a tender's number, none that may be used
    ("声级计2台在用，1台备用。", []),
    ("执法记录仪招标数量2台。", []),
    ("已无声级计可用。", []),
    # of a pair
    ("声级计、无人机各配3台，前者有2台检定过期。",
     [("sound-level", "number", YES), ("uav", "number", NO), ("sound-level", "number", YES)]),
    # an exception with a number of its own
    ("除声级计尚缺2部外，均已按标准配齐。", [("sound-level", "number", YES), (None, "held", NO)]),
    # the sentence before names what 上述 means
    ("现有声级计3部、无人机1架。上述设备均在检定有效期内。",
     [("sound-level", "number", YES), ("uav", "number", YES), ("sound-level", "held", NO), ("uav", "held", YES)]),
    # those who gave
    ("无人机1架、声级计3部，均为市级项目下发。", [("uav", "number", YES), ("sound-level", "number", YES)]),
    # an unknown name is known by its letters in brackets
    ("未配备旋翼航拍机（无人机）。", [("uav", "missing", NO)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LIGHT, ids=[text for text, _ in LIGHT])
def test_a_word_that_puts_a_clause_in_another_light_leaves_it_open(
    text: str, expected: list[tuple[str | None, str, str]]
) -> None:
    assert [one for one in claims(text) if one[2] != OPEN] == expected
