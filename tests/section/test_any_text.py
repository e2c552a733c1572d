"""Whatever a draft says, reading it ends, and every claim quotes the draft and its place."""

from __future__ import annotations

import functools

from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.catalogue.kinds import Catalogue, load_catalogue
from equipcheck.section.drafts.check import check_draft
from equipcheck.section.drafts.reading.plain import from_text
from tests.section.reports import SEED, report

PIECES = [
    *"，。；：、（）\n 的和",
    *("声级计", "恶臭监测仪", "无人机", "移动源执法监测设备", "执法装备", "取证设备"),
    *("尾气分析仪", "投影仪", "企业", "我局"),
    *("未配备", "不足", "已配备", "应配", "缺", "计划购置", "不存在", "短缺", "配齐", "检定过期"),
    *("没有", "有", "仅", "共", "目前", "除", "外", "等", "如"),
    *("3台", "两部", "１架", "各2台", "100%", "配备率达", "达标率为", "约", "以上", "人均", "30架次"),
    *("一是", "（一）", "1.", "三、存在的问题", "下一步，", "2022年", "2024年"),
    *("《生态环境保护综合行政执法装备标准化建设指导标准（2020年版）》", "环办执法〔2024〕27号"),
    *("《", "》", "2024年版装备标准"),
]  # fmt: skip


@functools.cache
def catalogue() -> Catalogue:
    return load_catalogue()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_is_read_to_its_end(text: str) -> None:
    paragraphs = from_text(text)
    found = check_draft(paragraphs, report(SEED), catalogue())
    lines = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    joined = "".join(one.text for one in paragraphs)
    for claim in found.claims:
        assert claim.text in joined
        assert claim.because
        assert 1 <= int(claim.place.removeprefix("第").removesuffix("行")) <= lines
    for problem in found.unanswered:
        assert problem.problem in joined
    assert found.ok == (
        not found.omitted
        and not found.unanswered
        and all(one.verdict != "contradicts" for one in found.claims)
    )
