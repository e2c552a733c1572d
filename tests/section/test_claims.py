"""What drafts say of equipment, in the field's own turns: every sentence here is self-written.

The bureau is made up (`reports.SEED`): four attested kinds missing, three sound-level meters of which two are
lapsed, one drone, eleven body cameras where nine are required.
"""

from __future__ import annotations

import functools

import pytest

from equipcheck.catalogue.kinds import Catalogue, load_catalogue
from equipcheck.section.drafts.check import DraftCheck, check_draft
from equipcheck.section.drafts.reading.plain import from_text
from tests.section.reports import SEED, finding, report

STORAGE, PIPE, ODOUR, MOBILE = "vehicle-sample-storage", "pipe-detection", "odor-monitor", "mobile-source"
SOUND, UAV, CAMERA = "sound-level", "uav", "body-camera"
YES, NO, OPEN = "agrees", "contradicts", "unknown"


@functools.cache
def catalogue() -> Catalogue:
    return load_catalogue()


def check(text: str, **more: object) -> DraftCheck:
    return check_draft(from_text(text), report(SEED, **more), catalogue())  # type: ignore[arg-type]


def claims(text: str, **more: object) -> list[tuple[str | None, str, str]]:
    return [(one.requirement, one.about, one.verdict) for one in check(text, **more).claims]


SENTENCES = [
    # nothing held
    ("恶臭监测仪尚未配备。", [(ODOUR, "missing", YES)]),
    ("尚无恶臭监测仪，无管道探测仪。", [(ODOUR, "missing", YES), (PIPE, "missing", YES)]),
    ("没有恶臭监测仪。", [(ODOUR, "missing", YES)]),
    ("没有无人机。", [(UAV, "missing", NO)]),
    ("暂无车载冰箱。", [(STORAGE, "missing", YES)]),
    ("未配备管道探测仪、恶臭监测仪和无人机。",
     [(PIPE, "missing", YES), (ODOUR, "missing", YES), (UAV, "missing", NO)]),
    ("恶臭监测仪、管道探测仪等2种装备为空白。", [(ODOUR, "missing", YES), (PIPE, "missing", YES)]),
    ("声级计从未购置。", [(SOUND, "missing", NO)]),
    ("由于经费不足，恶臭监测仪等装备一直未能配备。", [(ODOUR, "missing", YES)]),
    ("透射式烟度计、尾气分析仪均未配备。", [(MOBILE, "missing", YES), (MOBILE, "missing", YES)]),
    # short
    ("如：车载样品保存设备、管道探测仪、恶臭监测仪、移动源执法监测设备等尚未配备到位。",
     [(STORAGE, "missing", YES), (PIPE, "missing", YES), (ODOUR, "missing", YES), (MOBILE, "missing", YES)]),
    ("声级计不足。", [(SOUND, "missing", YES)]),
    ("执法记录仪配备不足。", [(CAMERA, "missing", NO)]),
    ("声级计未足额配备。", [(SOUND, "missing", YES)]),
    ("恶臭监测仪配备不到位，制约异味扰民执法。", [(ODOUR, "missing", YES)]),
    ("缺乏必要的恶臭监测仪、管道探测仪等专业装备。", [(ODOUR, "missing", YES), (PIPE, "missing", YES)]),
    ("移动源监测设备短缺。", [(MOBILE, "missing", YES)]),
    ("取证设备不足。", [(CAMERA, "missing", NO)]),
    ("尚未配备到位的装备有：恶臭监测仪、管道探测仪。",
     [(None, "missing", YES), (ODOUR, "missing", YES), (PIPE, "missing", YES)]),
    ("声级计尚未达到标准要求。", [(SOUND, "missing", YES)]),
    ("除声级计外，还缺少恶臭监测仪。", [(SOUND, "missing", YES), (ODOUR, "missing", YES)]),
    # numbers
    ("已配备声级计3台。", [(SOUND, "number", YES)]),
    ("已配备声级计1台。", [(SOUND, "number", YES)]),  # usable
    ("已配备声级计2台。", [(SOUND, "number", NO)]),
    ("声级计应配3台，现有1台，缺2台。",
     [(SOUND, "number", YES), (SOUND, "number", YES), (SOUND, "number", YES)]),
    ("声级计应配4台，现有3台，缺1台。", [(SOUND, "number", NO), (SOUND, "number", YES), (SOUND, "number", NO)]),
    ("按标准应配备声级计三部，实际配备一部，尚缺两部。",
     [(SOUND, "number", YES), (SOUND, "number", YES), (SOUND, "number", YES)]),
    ("缺少声级计2台、无人机1架。", [(SOUND, "number", YES), (UAV, "number", NO)]),
    ("目前，我局声级计短缺2台，恶臭监测仪短缺1台。", [(SOUND, "number", YES), (ODOUR, "number", YES)]),
    ("移动源监测设备缺口1台。", [(MOBILE, "number", YES)]),
    ("声级计（应配3部，可用1部，缺2部）、恶臭监测仪（应配1台，尚未配备）。",
     [(SOUND, "number", YES), (SOUND, "number", YES), (SOUND, "number", YES),
      (ODOUR, "number", YES), (ODOUR, "missing", YES)]),
    ("现有执法装备：声级计3部，无人机1架，执法记录仪11台。",
     [(SOUND, "number", YES), (UAV, "number", YES), (CAMERA, "number", YES)]),
    ("已配备声级计3台，无人机2架，执法记录仪９台。",
     [(SOUND, "number", YES), (UAV, "number", NO), (CAMERA, "number", NO)]),
    ("配备3台声级计、1架无人机。", [(SOUND, "number", YES), (UAV, "number", YES)]),
    ("现有声级计3部以上。", [(SOUND, "number", YES)]),
    ("虽已配备声级计，但数量不足，与标准相比尚差2部。",
     [(SOUND, "held", YES), (SOUND, "missing", YES), (SOUND, "number", YES)]),
    ("声级计3部中有2部检定过期，可用1部。",
     [(SOUND, "number", YES), (SOUND, "number", YES), (SOUND, "number", YES)]),
    ("2台声级计已超过检定有效期。", [(SOUND, "number", YES)]),
    ("共有声级计、无人机4台。", [(None, "number", OPEN), (SOUND, "held", YES), (UAV, "held", YES)]),
    ("今年新购置无人机1架、恶臭监测仪1台。", [(UAV, "number", YES), (ODOUR, "number", NO)]),
    # held, complete, not short
    ("无人机、执法记录仪已按标准配齐，声级计还缺2部。",
     [(UAV, "held", YES), (CAMERA, "held", YES), (SOUND, "number", YES)]),
    ("声级计已配齐。", [(SOUND, "held", NO)]),
    ("声级计不存在短缺情况。", [(SOUND, "missing", NO)]),
    ("执法记录仪不存在短缺。", [(CAMERA, "missing", YES)]),
    ("去年缺配的声级计今年已配备到位。", [(SOUND, "held", NO)]),
    ("目前执法记录仪11台，已满足要求。", [(CAMERA, "number", YES), (CAMERA, "held", YES)]),
    ("声级计配备数量为 3 台。", [(SOUND, "number", YES)]),
    ("声级计仅1台，缺口较大。", [(SOUND, "number", YES), (SOUND, "missing", YES)]),
    ("没有一台恶臭监测仪。", [(ODOUR, "missing", YES)]),
    ("恶臭监测仪数量为0。", [(ODOUR, "missing", YES)]),
    ("恶臭监测仪、管道探测仪未按照标准配备。", [(ODOUR, "missing", YES), (PIPE, "missing", YES)]),
    ("部分执法装备尚未配备到位，如恶臭监测仪、管道探测仪。",
     [(None, "missing", YES), (ODOUR, "missing", YES), (PIPE, "missing", YES)]),
    ("我局应配无人机2架，已配1架，缺1架。", [(UAV, "number", NO), (UAV, "number", YES), (UAV, "number", NO)]),
    ("执法记录仪人均不足1台。", []),
    ("不缺无人机。", [(UAV, "missing", YES)]),
    # plans
    ("正在采购恶臭监测仪。", [(ODOUR, "missing", YES)]),
    ("恶臭监测仪计划明年购置。", [(ODOUR, "missing", YES)]),
    ("亟需配备恶臭监测仪。", [(ODOUR, "missing", YES)]),
    ("已将恶臭监测仪列入2024年采购计划。", [(ODOUR, "missing", YES)]),
    ("拟购置执法记录仪5台。", [(CAMERA, "missing", NO)]),
    ("下一步，计划购置恶臭监测仪1台、管道探测仪1部。", [(ODOUR, "missing", YES), (PIPE, "missing", YES)]),
    ("2024年6月底前配备恶臭监测仪1台。", [(ODOUR, "missing", YES)]),
    # all equipment
    ("我局不存在装备短缺问题。", [(None, "missing", NO)]),
    ("我局执法装备已全部配备到位。", [(None, "held", NO)]),
    ("执法装备配备与标准要求尚有差距。", [(None, "missing", YES)]),
    ("除恶臭监测仪外，其余装备均已配备到位。", [(ODOUR, "missing", YES), (None, "held", NO)]),
    # rates
    ("执法装备达标率为28.6%，数量配备率61.1%。", [(None, "rate", YES), (None, "rate", YES)]),
    ("装备配备率达到61%，达标率为85%。", [(None, "rate", YES), (None, "rate", NO)]),
    ("装备配备率达到百分之六十一。", [(None, "rate", YES)]),
    ("装备配备率达61.2%。", [(None, "rate", NO)]),
    ("执法装备配备率不足70%。", [(None, "rate", YES)]),
    ("执法记录仪配备率达100%，声级计配备率为33.3%。", [(CAMERA, "rate", YES), (SOUND, "rate", YES)]),
    ("2023年，全局装备达标率由2022年的20%提高到28.6%。", [(None, "rate", YES)]),
    ("我局声级计3部，有2部已超期。", [(SOUND, "number", YES), (SOUND, "number", YES)]),
    ("按每8人1部的标准，应配声级计3部，已配3部，配备率100%。",
     [(SOUND, "number", YES), (SOUND, "number", YES), (SOUND, "rate", NO)]),
    ("无人机、声级计配备率达到50%。", [(None, "rate", YES)]),
    ("装备缺口为0。", [(None, "missing", NO)]),
    ("今年配备执法记录仪2台。", [(CAMERA, "number", YES)]),
    ("辖区企业众多，声级计不足。", [(SOUND, "missing", YES)]),
    ("我局实验室缺少恶臭监测仪。", [(ODOUR, "missing", YES)]),
    ("派驻园区的执法中队未配备恶臭监测仪。", [(ODOUR, "missing", YES)]),
    ("数量配备率达61.2%。", [(None, "rate", NO)]),
    ("已不再缺少声级计。", [(SOUND, "missing", NO)]),
    # numbers in brackets
    ("尚缺：声级计（2部）、恶臭监测仪（3台）。", [(SOUND, "number", YES), (ODOUR, "number", NO)]),
    ("已配备执法记录仪（11台）、声级计（9部）。", [(CAMERA, "number", YES), (SOUND, "number", NO)]),
    ("未配备恶臭监测仪（1台）。", [(ODOUR, "number", YES)]),
    ("声级计（3部）中2部检定过期。", [(SOUND, "number", YES), (SOUND, "number", YES)]),
    # problem and measure in one paragraph
    ("恶臭监测仪短缺。下一步工作措施：配备恶臭监测仪。", [(ODOUR, "missing", YES), (ODOUR, "missing", YES)]),
    ("恶臭监测仪短缺。下一步，配备恶臭监测仪1台。", [(ODOUR, "missing", YES), (ODOUR, "missing", YES)]),
    ("恶臭监测仪短缺。2024年计划：配备恶臭监测仪1台。", [(ODOUR, "missing", YES), (ODOUR, "missing", YES)]),
    # validity
    ("声级计等设备均在检定有效期内，均未过期，未超过检定周期。", [(SOUND, "held", NO), (SOUND, "held", NO)]),
    ("不是没有声级计，而是不会用。", [(SOUND, "held", YES)]),
    # another standard's equipment
    ("未配备投影仪。", [(None, "missing", OPEN)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_a_sentence_makes_these_claims(text: str, expected: list[tuple[str | None, str, str]]) -> None:
    assert claims(text) == expected


SILENT = [
    "声级计操作人员不足，执法记录仪存储空间不足。",
    "无人机驾驶员不足，执法车辆燃油经费短缺。",
    "无人机电池短缺，执法记录仪存储卡不足。",
    "检查发现3家企业未配备声级计，已责令改正。",
    "各乡镇均未配备声级计。",
    "推动企业配备恶臭监测仪。",
    "如果声级计不足，可向市局借用。",
    "为避免装备短缺，我局加强管理。",
    "是否配备声级计应纳入检查内容。",
    "2022年声级计尚未配备。",
    "此前未配备声级计。",
    "水质达标率100%，空气质量优良天数比例90%。",
    "全局共有执法人员17人，持证率100%。",
    "日常服务不足，装备制造业企业监管力度不够。",
    "加强执法装备管理，提高装备使用效率。",
    "组织开展声级计、无人机操作培训2次。",
    "执法力量薄弱，执法人员能力有待提升。",
    "使用无人机开展巡查30架次，查处问题12个。",
    "依据《中华人民共和国行政处罚法》作出处罚决定35件。",
    "声级计、无人机各1台。",
    "使用无人机开展巡查共30架次，执法车辆出动达到200辆次。",
    "执法装备达标率不高，执法装备标准化建设达到省级要求。",
    "运用无人机开展飞行检查120架次，有力打击了违法行为。",
    "企业自查后，未配备声级计。",
    "制定《执法记录仪使用管理规定》《无人机配备办法》，制度尚不健全，执行不足。",
    "争取到2024年底，装备达标率达到80%以上。",
    "配合公安机关查获无人机1架。",
    "应急装备齐全，在线监测设备不足，环保装备短缺。",
    "缺少有力证据，证据链不足。",
    "专职人员数量配备率达90%。",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_says_nothing_of_our_equipment_makes_no_claim(text: str) -> None:
    assert claims(text) == []


def test_there_are_sixty_sentences_and_more() -> None:
    assert len(SENTENCES) + len(SILENT) >= 80


def test_past_and_present_in_one_sentence_are_told_apart() -> None:
    text = "2022年尚未配备声级计，2023年已配备声级计1台。"
    assert claims(text) == [(SOUND, "number", YES)]
    assert claims("2022年尚未配备声级计，2023年已配备声级计2台。") == [(SOUND, "number", NO)]


def test_a_claim_names_the_ledgers_numbers_and_its_line() -> None:
    (claim,) = check("一、主要工作\n\n已配备声级计2台。").claims
    assert claim.place == "第3行"
    assert claim.kind == "sound_level_meter"
    assert claim.text == "已配备声级计2台。"
    assert claim.because == "文称已配备2；应配3部，在账3部，可用1部，缺2部"


def test_a_line_broken_by_its_width_is_read_as_one_sentence() -> None:
    text = "对照标准开展自查，我局还有部分装备没有配齐，其中恶臭监\n测仪尚未配备。\n声级计不足。"
    assert [(one.requirement, one.place) for one in check(text).claims] == [
        (None, "第1行"),
        (ODOUR, "第1行"),
        (SOUND, "第3行"),
    ]


# -- the table of verdicts where the seed's bureau has no case ---------------------------------------------------


def verdict(text: str, **row: object) -> list[tuple[str, str]]:
    one = finding("odor-monitor", "恶臭监测仪", ["odor_detector"], **row)  # type: ignore[arg-type]
    found = check_draft(from_text(text), report([one]), catalogue())
    return [(each.verdict, each.because) for each in found.claims]


def test_a_service_that_covers_the_gap_is_said_and_contradicts_nothing() -> None:
    ((answer, because),) = verdict("恶臭监测仪不足。", required=1, serviced=1)
    assert answer == "agrees"
    assert "第三方服务保障1台" in because


def test_not_one_is_wrong_where_all_that_is_held_is_broken() -> None:
    assert verdict("未配备恶臭监测仪。", required=1, out={"broken": 1})[0][0] == "contradicts"


def test_duplicates_and_scrapped_units_are_not_held() -> None:
    assert verdict("未配备恶臭监测仪。", required=1, out={"duplicate": 1, "gone": 1})[0][0] == "agrees"


def test_what_the_ledger_usually_lacks_cannot_be_judged() -> None:
    assert verdict("未配备恶臭监测仪。", required=1, status="unrecorded")[0][0] == "unknown"


def test_a_row_that_does_not_apply_is_not_short() -> None:
    assert verdict("恶臭监测仪不足。", required=0, status="not_applicable")[0][0] == "contradicts"


def test_an_undecided_row_can_only_be_judged_on_what_is_held() -> None:
    assert verdict("恶臭监测仪不足。", required=None)[0][0] == "unknown"
    assert verdict("未配备恶臭监测仪。", required=None, counted=1)[0][0] == "contradicts"


def test_one_kind_of_several_is_judged_by_its_own_units() -> None:
    from tests.section.reports import asset

    uses = [asset("opacimeter", counted=1)]
    one = finding(MOBILE, "移动源执法监测设备", ["vehicle_exhaust_analyzer", "opacimeter"], 2, 1, assets=uses)
    found = check_draft(from_text("未配备尾气分析仪，未配备透射式烟度计。"), report([one]), catalogue())
    assert [(each.kind, each.verdict) for each in found.claims] == [
        ("vehicle_exhaust_analyzer", "agrees"),
        ("opacimeter", "contradicts"),
    ]


def test_nothing_is_short_where_all_is_met_and_unsure_where_something_is_open() -> None:
    met = finding("uav", "无人机", ["uav"], 1, 1)
    open_ = finding("odor-monitor", "恶臭监测仪", ["odor_detector"], None)
    text = from_text("我局不存在装备短缺。")
    assert check_draft(text, report([met]), catalogue()).claims[0].verdict == "agrees"
    assert check_draft(text, report([met, open_]), catalogue()).claims[0].verdict == "unknown"


# -- the standard --------------------------------------------------------------------------------------------------


TITLE = "生态环境保护综合行政执法装备标准化建设指导标准"


@pytest.mark.parametrize(
    ("text", "year", "standard", "expected"),
    [
        (f"对照《{TITLE}（2020年版）》开展自查。", 2023, "enforcement-2020", YES),
        (f"对照《{TITLE}（2024年版）》（环办执法〔2024〕27号）开展自查。", 2023, "enforcement-2020", NO),
        (f"对照《{TITLE}（2024年版）》（环办执法〔2024〕27号）开展自查。", 2025, "enforcement-2024", YES),
        (f"对照《{TITLE}（2024年版）》（环办执法〔2024〕72号）开展自查。", 2025, "enforcement-2024", NO),
        (f"对照《{TITLE}（2020年版）》开展自查。", 2025, "enforcement-2024", NO),
        (f"对照《{TITLE}（2020年版）》开展自查。", 2025, "enforcement-2020", NO),
        (
            f"对照《{TITLE}（2020年版）》开展自查。",
            2024,
            "enforcement-2020",
            YES,
        ),  # the day of change is not known
        (f"对照《{TITLE}（2020年版）》开展自查。", 2024, "enforcement-2024", NO),
        (f"对照《{TITLE}》开展自查。", 2023, "enforcement-2020", YES),
        ("按照2024年版执法装备标准开展自查。", 2023, "enforcement-2020", NO),
        ("按照执法装备标准（2020年版）开展自查。", 2023, "enforcement-2020", YES),
        ("落实环办执法〔2024〕27号文件。", 2023, "enforcement-2020", NO),
        (f"对照《{TITLE}（2018年版）》开展自查。", 2023, "enforcement-2020", NO),
    ],
)
def test_the_standard_must_be_the_one_in_force_that_year(
    text: str, year: int, standard: str, expected: str
) -> None:
    found = [one for one in claims(text, year=year, standard=standard) if one[1] == "standard"]
    assert found == [(None, "standard", expected)]
