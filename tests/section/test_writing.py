"""The passage in a dozen situations: read by a person, then kept word for word; and what holds for all of them."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from equipcheck.catalogue.kinds import Catalogue, load_catalogue
from equipcheck.checking.results import Action, Finding, Priority, Report
from equipcheck.history.snapshot import Snapshot, take
from equipcheck.project.arrangements import Waiver
from equipcheck.section import markdown
from equipcheck.section.drafts.check import check_draft
from equipcheck.section.drafts.reading.plain import from_text
from equipcheck.section.writing.compose import Wish, compose
from tests import goldens
from tests.section.reports import SEED, finding, purchase, report, restore

Situation = tuple[Report, tuple[Snapshot, ...], Wish]


@functools.cache
def catalogue() -> Catalogue:
    return load_catalogue()


def ranked(rows: list[Finding]) -> list[Finding]:
    """Priorities against the standard's order, so that a test sees which one is followed."""
    open_ = [one for one in rows if one.gap]
    ranks = {one.requirement: len(open_) - index for index, one in enumerate(open_)}
    return [
        one._replace(priority=Priority(Decimal(50), ranks[one.requirement], ("示例",))) if one.gap else one
        for one in rows
    ]


def official(rows: list[Finding]) -> list[Finding]:
    return [one._replace(source=one.source._replace(status="official", kind="attested")) for one in rows]


MET = official(
    [
        finding("uav", "无人机", ["uav"], 1, 1, unit="架"),
        finding("body-camera", "执法记录仪", ["body_camera"], 9, 9),
    ]
)
SOUND = finding(
    "sound-level", "声级计", ["sound_level_meter"], 3, 1, out={"verification_expired": 2}, unit="部",
    rule="每8人1部；执法人员17人 → 3部", actions=(restore(2, 300),),
)  # fmt: skip
LAPSED = official([
    SOUND,
    finding("ph-meter", "酸度计", ["ph_meter"], 2, 0, out={"verification_expired": 1, "pending_disposal": 1}, unit="部",
            actions=(restore(1, 500), purchase(1, 3000))),
    finding("dust", "粉尘快速测定仪", ["dust_rapid_tester"], 1, 0, out={"broken": 1}, unit="部",
            actions=(restore(1, 800, "broken"),)),
    finding("still-camera", "照相机", ["still_camera"], 4, 2, out={"lent_out": 1}, unit="部",
            actions=(Action("transfer", 1, Decimal(0), Decimal(0), "闲置调剂"), purchase(1, None))),
    *MET,
])  # fmt: skip
MANY = official(
    [finding(f"row-{n}", f"第{n}种装备", ["uav"], n, 0, actions=(purchase(n, 20000),)) for n in range(1, 12)]
)
WAIVED = official([
    finding("usv", "无人船", ["usv"], 1, unit="艘",
            waiver=Waiver("辖区无可通航水域", dt.date(2025, 12, 31), in_force=True)),
    finding("odor-monitor", "恶臭监测仪", ["odor_detector"], 1, serviced=1, service_allowed=True),
    *MET,
])  # fmt: skip
UNSURE = official([
    finding("rangefinder", "测距仪", ["rangefinder"], 1, 1, status="unverified", unknown=1),
    finding("gas-mask", "防毒面具", ["gas_mask"], 9, status="unrecorded", unit="套"),
    finding("gps", "车载定位设备", ["vehicle_gps"], None),
    *MET,
])  # fmt: skip
CEILING = official(
    [
        finding("laptop", "便携式计算机", ["laptop"], 8, 8, extra=3, status="over"),
        finding("printer", "打印机", ["printer"], 13, 5, status="met"),
    ]
)
CEILING = [one._replace(gap=0) for one in CEILING]


def last_year(rows: list[Finding], **more: object) -> tuple[Snapshot, ...]:
    bureau = {"name": "示例区生态环境局", "level": "county", "staff": 14, "vehicles": 3}
    return (take(report(rows, year=2022, bureau=bureau, **more)),)


FEWER = official([
    SOUND._replace(required=2, counted=2, held=2, usable=2, gap=0, status="met", assets=(),
            rule="每8人1部；执法人员14人 → 2部"),
    finding("uav", "无人机", ["uav"], 1, unit="架"),
    finding("body-camera", "执法记录仪", ["body_camera"], 9, 9),
])  # fmt: skip
FID = finding("fid", "氢火焰离子化检测仪（FID）", ["fid_detector"], 1)
GROWN = official([SOUND._replace(held=3), *MET])

SITUATIONS: dict[str, Callable[[], Situation]] = {
    "nothing-held": lambda: (report(ranked(SEED)), (), Wish()),
    "nothing-held-brief": lambda: (report(SEED), (), Wish("brief")),
    "with-reference-list": lambda: (report(SEED), (), Wish(assumed=True)),
    "partly-held": lambda: (report(LAPSED), (), Wish()),
    "partly-held-brief": lambda: (report(LAPSED), (), Wish("brief")),
    "all-met": lambda: (report(MET), (), Wish()),
    "many-gaps": lambda: (report(MANY), (), Wish()),
    "waived-and-served": lambda: (report(WAIVED), (), Wish()),
    "unverified-unrecorded-undecided": lambda: (report(UNSURE), (), Wish()),
    "better-and-worse-than-last-year": lambda: (report(GROWN), last_year(FEWER), Wish()),
    "same-as-last-year": lambda: (report(MET), last_year(MET), Wish()),
    "new-edition": lambda: (
        report(official([*MET, FID]), year=2024, standard="enforcement-2024"),
        last_year(MET),
        Wish(),
    ),
    "measures-only": lambda: (report(LAPSED), (), Wish(part="measures")),
    "problems-only": lambda: (report(LAPSED), (), Wish(part="problems")),
    "ceiling": lambda: (report(CEILING, limit="ceiling"), (), Wish()),
    "nothing-attested": lambda: (
        report([one._replace(source=one.source._replace(kind="assumed")) for one in MET]),
        (),
        Wish(),
    ),
}  # fmt: skip


def text_of(name: str) -> str:
    return markdown.render(compose(*SITUATIONS[name]()))


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_passage_reads_as_it_was_read(name: str) -> None:
    goldens.check(f"section/{name}.md", text_of(name))


@pytest.mark.parametrize("name", [one for one in SITUATIONS if one != "ceiling"])
def test_what_is_written_agrees_with_what_was_checked(name: str) -> None:
    found, _, wish = SITUATIONS[name]()
    draft = check_draft(from_text(text_of(name), markdown=True), found, catalogue())
    assert [one for one in draft.claims if one.verdict == "contradicts"] == []
    if wish.part != "problems":
        assert draft.unanswered == ()
    if wish.part != "measures":
        assert [one for one in draft.omitted if one.source.kind == "attested"] == []


def test_an_estimate_is_never_the_standards_number() -> None:
    text = text_of("nothing-held")
    assert "应配2套" not in text
    assert "按工作参考值需配2套" in text
    assert "数量按工作参考值测算，不是标准规定的数量" in text


def test_assumed_kinds_appear_only_as_a_reference_list() -> None:
    assert "声级计" not in text_of("nothing-held")
    paragraph = next(one for one in text_of("with-reference-list").split("\n") if "声级计缺2部" in one)
    assert paragraph.startswith("另据参考清单（所列装备种类为推定，不作为标准要求")


def test_the_order_is_that_of_priority() -> None:
    text = text_of("nothing-held")
    names = ["移动源执法监测设备尚未", "恶臭监测仪尚未", "管道探测仪尚未", "车载样品保存设备尚未"]
    places = [text.index(one) for one in names]
    assert places == sorted(places)


def test_a_name_from_a_file_stays_on_its_line_and_means_nothing_to_markdown() -> None:
    evil = finding("evil", "仪器\n# 标题 [x](http://a) <b>*", ["uav"], 1)
    text = markdown.render(compose(report([evil])))
    assert "\n# 标题" not in text
    assert "\\[x\\](http://a) \\<b\\>\\*" in text


def test_vehicles_wait_for_their_quota_and_alternatives_are_no_second_plan() -> None:
    quota = Action("purchase", 1, Decimal(150000), Decimal(150000), "先核编制：编制数以内才可购置")
    beside = Action("service", 1, None, None, "标准此行允许以第三方服务满足", role="alternative")
    rows = official([
        finding("enforcement-vehicle", "执法车辆", ["enforcement_vehicle"], 4, 3, unit="辆", actions=(quota,)),
        finding("odor-monitor", "恶臭监测仪", ["odor_detector"], 1, actions=(purchase(1, 90000), beside)),
    ])  # fmt: skip
    text = markdown.render(compose(report(rows), (), Wish(part="measures")))
    assert "将恶臭监测仪1台列入2024年度" in text
    assert "约需9万元" in text
    assert "执法车辆1辆先核定车辆编制" in text
    assert "共享共用" not in text


def test_the_plans_word_for_the_quota_is_the_one_that_is_looked_for(sample: Path) -> None:
    from equipcheck.checking.check import check
    from equipcheck.plan import propose
    from equipcheck.project.project import open_project
    from equipcheck.section.writing.measures import QUOTA

    found = propose(check(open_project([sample]), dt.date(2023, 12, 31)))
    vehicles = next(one for one in found.findings if one.requirement == "enforcement-vehicle")
    assert all(QUOTA in action.because for action in vehicles.actions)
