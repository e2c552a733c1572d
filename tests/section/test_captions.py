"""What stands above a table or names a rate of another sort keeps it from being judged."""

from __future__ import annotations

import json

import pytest

from equipcheck.cli import run
from equipcheck.section.drafts.check import check_draft
from equipcheck.section.drafts.reading.plain import from_text
from tests.conftest import ROOT
from tests.section.reports import SEED, report
from tests.section.test_claims import NO, OPEN, YES, catalogue, claims

_ROWS = "\n\n|装备名称|应配|现有|缺口|\n|---|---|---|---|\n|声级计|9|8|7|\n"


def verdicts(text: str) -> set[str]:
    parts = from_text(text, markdown=True)
    return {one.verdict for one in check_draft(parts, report(SEED), catalogue()).claims if one.requirement}


@pytest.mark.parametrize(
    "above",
    [
        "表1 市局装备情况",
        "县监测站仪器设备一览表",
        "市支队装备情况如下：",
        "兄弟县局装备配备情况",
        "下辖各所装备情况",
        "某企业自行监测设备清单",
        "2020年装备配备情况",
        "上年装备配备情况表",
        "## 监测站装备",
        "## 2035年采购计划",
        "拟购装备清单",
        "装备采购计划表",
    ],
)
def test_a_table_under_a_line_on_others_or_another_time_is_not_judged(above: str) -> None:
    assert verdicts(above + _ROWS) == {OPEN}


@pytest.mark.parametrize(
    "above", ["表1 我局装备情况", "装备配备情况如下：", "## 执法装备现状", "对照标准，装备情况见下表。"]
)
def test_a_table_of_ours_is_judged(above: str) -> None:
    assert NO in verdicts(above + _ROWS)


def test_a_head_that_names_another_body_is_not_judged() -> None:
    rows = "|装备名称|市局应配|市局现有|市局缺口|\n|---|---|---|---|\n|声级计|9|8|7|\n"
    assert verdicts(rows) == {OPEN}


@pytest.mark.parametrize("text", ["装备完好率95%。", "声级计完好率33%。", "执法装备完好率达100%。"])
def test_a_rate_of_sound_equipment_is_no_rate_of_equipment_held(text: str) -> None:
    assert not {NO, YES} & {verdict for _, about, verdict in claims(text) if about == "rate"}


@pytest.mark.parametrize("text", ["我局声级计全部过期。", "声级计均已过期。"])
def test_that_all_are_out_of_use_does_not_agree_where_one_is_left(tmp_path, text: str) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(text, "utf-8")
    sample = ROOT / "inventories" / "sample-district"
    assert (
        run(["section", str(sample), "--check", str(draft), "-f", "json", "-o", str(tmp_path / "c.json")])
        == 0
    )
    data = json.loads((tmp_path / "c.json").read_text("utf-8"))
    assert [one["verdict"] for one in data["claims"]] == ["unknown"]


def test_a_row_of_numbers_is_no_heading_whatever_its_words_are() -> None:
    text = "|装备名称|应配|现有|缺口|结论|\n|---|---|---|---|---|\n|移动源执法监测设备|5|99|1|缺配|\n"
    assert NO in verdicts(text)
