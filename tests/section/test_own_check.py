"""What `section` writes passes its own check, whatever the report: nothing contradicted, omitted or unanswered."""

from __future__ import annotations

import functools
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equipcheck.catalogue.kinds import Catalogue, load_catalogue
from equipcheck.checking.results import Finding
from equipcheck.section import markdown
from equipcheck.section.drafts.answers import Unanswered
from equipcheck.section.drafts.check import Claim, DraftCheck, check_draft
from equipcheck.section.drafts.reading.plain import from_text
from equipcheck.section.writing.compose import Wish, compose
from tests.section.reports import finding, purchase, report, restore

ROWS = (
    ("enforcement-vehicle", "执法车辆", ("enforcement_vehicle", "offroad_vehicle"), "辆"),
    ("vehicle-sample-storage", "车载样品保存设备", ("vehicle_sample_storage",), "套"),
    ("body-camera", "执法记录仪", ("body_camera",), "台"),
    ("uav", "无人机", ("uav",), "架"),
    ("pipe-detection", "管道探测仪", ("hidden_pipe_detector",), "部"),
    ("ph-meter", "酸度计", ("ph_meter",), "部"),
    ("pid", "光离子化检测仪（PID）", ("pid_detector",), "台"),
    ("sound-level", "声级计", ("sound_level_meter",), "部"),
    ("mobile-source", "移动源执法监测设备", ("vehicle_exhaust_analyzer", "opacimeter"), "台"),
    ("gas-mask", "防毒面具", ("gas_mask",), "套"),
    ("odor-monitor", "恶臭监测仪", ("odor_detector",), "台"),
    ("dust", "粉尘快速测定仪", ("dust_rapid_tester",), "部"),
)
REASONS = ("verification_expired", "broken", "pending_disposal", "lent_out")


@functools.cache
def catalogue() -> Catalogue:
    return load_catalogue()


@st.composite
def findings(draw: st.DrawFn) -> list[Finding]:
    chosen = draw(st.lists(st.sampled_from(ROWS), min_size=1, max_size=len(ROWS), unique=True))
    return [_finding(draw, *one) for one in chosen]


def _finding(draw: st.DrawFn, row: str, name: str, kinds: tuple[str, ...], unit: str) -> Finding:
    required = draw(st.integers(1, 12))
    usable = draw(st.integers(0, 14))
    out = draw(st.dictionaries(st.sampled_from(REASONS), st.integers(1, 3), max_size=2))
    served = draw(st.integers(0, 1)) if usable < required else 0
    one = finding(
        row, name, kinds, required, min(usable, required), unit=unit, out=out,
        extra=max(0, usable - required), unknown=min(usable, required, draw(st.sampled_from((0, 0, 1, 2)))),
        serviced=served, service_allowed=draw(st.booleans()),
        trust=draw(st.sampled_from(("attested", "assumed"))),
        status_of_number=draw(st.sampled_from(("official", "estimate"))),
        status=draw(st.sampled_from((None, None, None, "unrecorded"))) if not usable and not out else None,
    )  # fmt: skip
    if not one.gap or not draw(st.booleans()):
        return one
    back = min(one.gap, sum(out.values()))
    why = draw(st.sampled_from(("verification_expired", "broken", "lent_out")))
    actions = [restore(back, 500, why)] if back else []
    if one.gap > back:
        actions.append(purchase(one.gap - back, draw(st.sampled_from((None, 3000)))))
    if actions and draw(st.integers(0, 4)) == 0:
        actions[-1] = actions[-1]._replace(because="先核编制", cost=Decimal(0))
    return one._replace(actions=tuple(actions))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(findings(), st.sampled_from(("brief", "full")), st.booleans())
def test_what_is_written_passes_its_own_check(rows: list[Finding], style: str, assumed: bool) -> None:
    found = report(rows)
    text = markdown.render(compose(found, (), Wish(style, assumed=assumed)))  # type: ignore[arg-type]
    draft = check_draft(from_text(text, markdown=True), found, catalogue())
    assert [(one.text, one.because) for one in draft.claims if one.verdict == "contradicts"] == []
    open_ = [one for one in draft.claims if "尚待补充登记后核实" not in one.text]
    assert [(one.text, one.because) for one in open_ if "未读懂" in one.because] == []
    assert [one.because for one in draft.unanswered] == []
    told = [one.name for one in draft.omitted if assumed or one.source.kind == "attested"]
    assert told == []
    assert draft.ok


def test_each_fault_alone_makes_a_draft_not_ok() -> None:
    gap = finding("uav", "无人机", ("uav",), 1)
    claim = Claim("uav", "uav", "held", "无人机", "第1行", "contradicts", "")
    assert DraftCheck((), (), ()).ok
    assert not DraftCheck((claim,), (), ()).ok
    assert not DraftCheck((), (gap,), ()).ok
    assert not DraftCheck((), (), (Unanswered("一是未配备无人机", "第1行", ""),)).ok
    assert DraftCheck((), (finding("uav", "无人机", ("uav",), 1, trust="assumed"),), ()).ok
