"""Gaps that a draft leaves out, problems that no measure answers, and places in the text."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path

import docx
import pytest

from equipcheck.catalogue.kinds import Catalogue, load_catalogue
from equipcheck.problems import InputError
from equipcheck.project.arrangements import Waiver
from equipcheck.section.drafts.check import DraftCheck, check_draft
from equipcheck.section.drafts.reading.files import read_draft
from equipcheck.section.drafts.reading.plain import from_text
from tests.section.reports import SEED, finding, report


@functools.cache
def catalogue() -> Catalogue:
    return load_catalogue()


def check(text: str) -> DraftCheck:
    return check_draft(from_text(text), report(SEED), catalogue())


HEAD = "三、存在的问题\n一是{problem}\n二是执法人员不足，业务能力有待提升。\n四、下一步工作措施\n"
SEEDS = HEAD.format(
    problem="执法装备与标准要求尚有差距，如：车载样品保存设备、管道探测仪、恶臭监测仪、移动源执法监测设备等尚未配备到位。"
)


def left(text: str) -> list[tuple[str, str]]:
    return [(one.place, one.because) for one in check(text).unanswered]


def test_the_seeds_hole_four_kinds_named_and_no_measure_for_them() -> None:
    found = check(f"{SEEDS}一是加强业务培训。二是严格规范公正文明执法。")
    (problem,) = found.unanswered
    assert problem.place == "第2行"
    assert problem.problem.startswith("一是执法装备与标准要求尚有差距")
    assert problem.because == "没有措施提到车载样品保存设备、管道探测仪、恶臭监测仪、移动源执法监测设备"
    assert not found.ok


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("存在的问题\n1.恶臭监测仪尚属空白。已落实资金，2024年3月前完成采购。\n下一步措施\n1.加强培训。", 0),
        (
            "存在的问题\n1.恶臭监测仪尚属空白。将严格落实仪器管理责任制，明确专人保管。\n下一步措施\n1.加强培训。",
            1,
        ),
        ("存在的问题\n1.声级计尚缺2部，拟从市站调剂。\n下一步措施\n1.加强培训。", 0),
        ("现将装备保障中的问题和安排说明如下：\n问题\n1.声级计尚缺2部。\n安排\n1.采购恶臭监测仪1台。", 1),
        ("2 突出问题\n2.1 噪声\n声级计检定已过期。\n3 2024年工作安排\n1.声级计送计量院检验。", 0),
    ],
)
def test_a_problem_may_hold_its_own_measure(text: str, open_: int) -> None:
    assert len(check(text).unanswered) == open_


@pytest.mark.parametrize(
    "measure",
    [
        "一是加强执法装备标准化建设。",
        "一是加大执法装备投入，改善执法条件。",
        "一是按标准配齐执法装备。",
        "一是购置车载样品保存设备、管道探测仪、恶臭监测仪、移动源执法监测设备。",
        "一是调剂车载冰箱、暗管探测仪，购置恶臭检测仪和移动源监测设备。",
        "一是补齐执法装备短板。",
        "一是争取财政资金，尽快购置恶臭监测仪等执法装备。",
    ],
)
def test_a_measure_answers_by_naming_the_kinds_or_the_equipment_and_what_will_be_done(measure: str) -> None:
    assert left(SEEDS + measure) == []


@pytest.mark.parametrize(
    ("measure", "missing"),
    [
        ("一是加强执法装备使用培训。", "车载样品保存设备、管道探测仪、恶臭监测仪、移动源执法监测设备"),
        ("一是购置恶臭监测仪。", "车载样品保存设备、管道探测仪、移动源执法监测设备"),
        ("一是购置无人机2架。", "车载样品保存设备、管道探测仪、恶臭监测仪、移动源执法监测设备"),
        ("一是加强队伍建设和装备管理。", "车载样品保存设备、管道探测仪、恶臭监测仪、移动源执法监测设备"),
        ("一是督促企业更新治污设备。", "车载样品保存设备、管道探测仪、恶臭监测仪、移动源执法监测设备"),
    ],
)
def test_what_does_not_name_them_answers_nothing(measure: str, missing: str) -> None:
    assert left(SEEDS + measure) == [("第2行", f"没有措施提到{missing}")]


def test_sending_for_verification_answers_a_lapse() -> None:
    problem = HEAD.format(problem="声级计检定过期2部。")
    assert left(f"{problem}一是及时将声级计送检。") == []
    assert left(f"{problem}一是加强培训。") == [("第2行", "没有措施提到声级计")]


def test_a_plan_within_the_problem_answers_it() -> None:
    assert left("存在的问题：一是恶臭监测仪尚未配备，计划2024年购置。二是声级计不足。") == [
        ("第1行", "没有措施提到声级计")
    ]


def test_problems_and_measures_of_one_paragraph_are_told_apart() -> None:
    text = "存在的问题：一是恶臭监测仪尚未配备；二是声级计缺2台。下一步：一是{what}；二是声级计送检。"
    assert left(text.format(what="配备恶臭监测仪")) == []
    found = check(text.format(what="加强培训"))
    assert [one.problem for one in found.unanswered] == ["一是恶臭监测仪尚未配备；"]
    assert all(one.verdict == "agrees" for one in found.claims)


def test_a_measure_behind_its_problem_leaves_the_next_item_a_problem() -> None:
    text = "存在的问题：一是恶臭监测仪尚未配备。下一步，配备恶臭监测仪。二是声级计不足。"
    assert left(text) == [("第1行", "没有措施提到声级计")]
    text = "（一）恶臭监测仪短缺。措施：购置恶臭监测仪。\n（二）声级计不足。措施：加强培训。"
    assert [one.problem for one in check(text).unanswered] == ["（二）声级计不足。"]


def test_the_text_under_a_numbered_heading_is_one_problem_with_it() -> None:
    text = "三、存在的问题\n（二）执法装备短缺。\n恶臭监测仪、管道探测仪尚未配备。\n四、下一步措施\n（一）{what}。"
    (problem,) = check(text.format(what="加强培训")).unanswered
    assert problem.place == "第2行"
    assert problem.problem == "（二）执法装备短缺。恶臭监测仪、管道探测仪尚未配备。"
    assert left(text.format(what="购置恶臭监测仪、管道探测仪各1台")) == []


def test_a_service_in_place_answers_a_lack() -> None:
    assert left("恶臭监测仪尚未配备，由第三方机构提供服务。") == []


def test_ageing_equipment_is_a_problem_too_though_no_claim_can_be_judged() -> None:
    found = check("三、存在的问题\n（一）执法装备老化。\n四、下一步措施\n（一）加强学习。")
    assert found.claims == ()
    assert [one.place for one in found.unanswered] == ["第2行"]


def test_problems_that_are_not_about_equipment_are_left_alone() -> None:
    assert left("三、存在的问题\n一是执法力量不足。二是普法形式单一。\n四、下一步措施\n一是加强学习。") == []


def test_problems_and_measures_without_headings() -> None:
    text = "我局恶臭监测仪尚未配备。下一步，我局将{what}。"
    assert left(text.format(what="加强培训")) == [("第1行", "没有措施提到恶臭监测仪")]
    assert left(text.format(what="购置恶臭监测仪1台")) == []


def test_omitted_are_required_gaps_of_which_no_claim_speaks() -> None:
    found = check("恶臭监测仪尚未配备，将于2024年购置。声级计缺2部，将及时送检。")
    assert [one.requirement for one in found.omitted] == [
        "vehicle-sample-storage",
        "pipe-detection",
        "mobile-source",
    ]


def test_waived_optional_and_undecided_rows_are_not_omitted_what_stands_in_no_ledger_is() -> None:
    waiver = Waiver("辖区无可通航水域", dt.date(2025, 12, 31), in_force=True)
    rows = [
        finding("usv", "无人船", ["usv"], 1, waiver=waiver),
        finding("gas-mask", "防毒面具", ["gas_mask"], 9, status="unrecorded"),
        finding("thermal", "红外热成像仪", ["thermal_imager"], 1, obligation="optional"),
        finding("uav", "无人机", ["uav"], None),
    ]
    found = check_draft(from_text("本年工作情况。"), report(rows), catalogue())
    assert [one.requirement for one in found.omitted] == ["gas-mask"]
    assert check_draft(from_text("本年工作情况。"), report([rows[0], *rows[2:]]), catalogue()).ok


def test_places_in_a_document_count_its_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("某局年度报告", "", "三、存在的问题", "一是恶臭监测仪尚未配备。"):
        document.add_paragraph(text)
    document.add_table(rows=1, cols=1).cell(0, 0).text = "无人机尚未配备"
    path = tmp_path / "报告.docx"
    document.save(str(path))
    found = check_draft(read_draft(path), report(SEED), catalogue())
    assert [(one.requirement, one.place) for one in found.claims] == [("odor-monitor", "第4段")]


@pytest.mark.parametrize(("encoding"), ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_texts_are_read_in_their_usual_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes("标题\r\n恶臭监测仪尚未配备。\r\n".encode(encoding))
    (claim,) = check_draft(read_draft(path), report(SEED), catalogue()).claims
    assert claim.place == "第2行"


def test_markdown_headings_and_tables(tmp_path: Path) -> None:
    path = tmp_path / "报告.md"
    path.write_text(
        "# 报告\n\n## 存在的问题\n\n- **恶臭监测仪**尚未配备。\n\n| 无人机 | 不足 |\n|---|---|\n", "utf-8"
    )
    found = check_draft(read_draft(path), report(SEED), catalogue())
    assert [(one.requirement, one.place) for one in found.claims] == [("odor-monitor", "第5行")]
    assert [one.place for one in found.unanswered] == ["第5行"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("报告.doc", b"x", "draft-format"),
        ("报告.docx", b"no zip", "draft-broken"),
        ("报告.txt", b"\x81\xff\xff", "draft-encoding"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_draft(path)
    assert [one.code for one in error.value.problems] == [code]


def test_nothing_is_missing_is_left_open_where_a_row_stands_in_no_ledger() -> None:
    rows = [finding("gas-mask", "防毒面具", ["gas_mask"], 9, status="unrecorded")]
    found = check_draft(from_text("我局不存在执法装备短缺。"), report(rows), catalogue())
    assert [(one.requirement, one.verdict) for one in found.claims] == [(None, "unknown")]
