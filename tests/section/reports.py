"""Reports made by hand for the tests of the section: small, plain, and said to be made up."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.checking.results import Accounting, Action, AssetUse, Finding, Rates, Report, SourceInfo
from equipcheck.ground.inputs import Input
from equipcheck.plan.means import Means
from equipcheck.plan.prices import PriceList
from equipcheck.plan.propose import as_action, proposals
from equipcheck.plan.settings import shipped_settings
from equipcheck.project.arrangements import Service

PLACES = ("read", "counted", "surplus", "excluded", "not_required", "review", "unmatched", "rejected")


def asset(
    kind: str, *, counted: int = 0, surplus: int = 0, out: int = 0, excluded: str | None = None, row: int = 0
) -> AssetUse:
    return AssetUse(
        ref="台账.xlsx#Sheet1!5", asset_no=None, name="装备", model=None, kind=kind, quantity=counted + surplus + out,
        counted=counted, surplus=surplus, out=out, excluded=excluded if out else None, flags=(), row=row,
    )  # fmt: skip


def finding(
    requirement: str,
    name: str,
    kinds: Sequence[str],
    required: int | None,
    counted: int = 0,
    *,
    out: Mapping[str, int] | None = None,
    extra: int = 0,
    serviced: int = 0,
    how: str = "service",
    obligation: str = "required",
    trust: str = "attested",
    status_of_number: str = "estimate",
    status: str | None = None,
    unit: str = "台",
    category: str | None = None,
    assets: Sequence[AssetUse] | None = None,
    **more: Any,
) -> Finding:
    """A finding whose numbers agree with each other."""
    reasons = dict(out or {})
    uses = list(assets) if assets is not None else []
    if assets is None:
        if counted or extra:
            uses.append(asset(kinds[0], counted=counted, surplus=extra))
        uses += [asset(kinds[0], out=units, excluded=reason) for reason, units in reasons.items()]
    held = (
        counted + extra + sum(n for r, n in reasons.items() if r not in ("duplicate", "after_as_of", "gone"))
    )
    gap = max(0, (required or 0) - counted - serviced)
    unknown = more.pop("unknown", 0)
    services = (Service(how, serviced, "示例公司", None, None),) if serviced else ()
    return Finding(
        requirement=requirement, name=name, category=category, obligation=obligation, unit=unit, kinds=tuple(kinds),
        column="county", required=required, held=held, usable=counted + extra, counted=counted, serviced=serviced,
        gap=gap, surplus=extra, unknown=unknown,
        status=status or _status(obligation, required, counted + serviced, extra, gap, unknown), flags=(),
        waiver=more.pop("waiver", None), rule=more.pop("rule", f"固定{required}{unit}"),
        service_allowed=more.pop("service_allowed", False),
        source=SourceInfo("示例〔2020〕1号", "表一", status_of_number, trust), assets=tuple(uses), services=services,
        **more,
    )  # fmt: skip


def _status(obligation: str, required: int | None, filled: int, extra: int, gap: int, unknown: int) -> str:
    if required is None:
        return "undecided"
    if not gap:
        return "surplus" if extra else "unverified" if filled - unknown < required else "met"
    if obligation == "optional":
        return "optional"
    return "short" if filled else "absent"


def rates(findings: Sequence[Finding]) -> Rates:
    rows = [
        one
        for one in findings
        if one.obligation == "required"
        and one.status not in ("not_applicable", "as_needed", "unrecorded", "undecided")
    ]
    met = sum(one.status in ("met", "surplus") for one in rows)
    sure = met + sum(one.status == "unverified" for one in rows)
    needed = sum(one.required or 0 for one in rows)
    filled = sum(min(one.counted + one.serviced, one.required or 0) for one in rows)
    return Rates(
        met / len(rows) if rows else None,
        sure / len(rows) if rows else None,
        filled / needed if needed else None,
        len(rows),
        met,
        sum(one.status == "unrecorded" for one in findings),
        sum(one.status == "undecided" for one in findings),
    )


def report(
    findings: Sequence[Finding], *, year: int = 2023, standard: str = "enforcement-2020", **more: Any
) -> Report:
    """A report on 31 December of a year, over a shipped standard's head."""
    editions = {
        "enforcement-2020": ("生态环境保护综合行政执法装备标准化建设指导标准（2020年版）", None, "2020"),
        "enforcement-2024": (
            "生态环境保护综合行政执法装备标准化建设指导标准（2024年版）",
            "环办执法〔2024〕27号",
            "2024",
        ),
    }
    title, document, effective = editions[standard]
    head = {
        "id": standard, "title": title, "document": document, "limit": more.pop("limit", "floor"),
        "family": "enforcement",
        "issuer": "生态环境部办公厅", "effective": effective, "year_only": True, "note": None, "column": "县级",
        "open_rows": [],
    }  # fmt: skip
    findings = proposed(findings)
    attested = [one for one in findings if one.source.kind == "attested"]
    rows = [one for one in findings if one.obligation == "required"]
    words = ("official", "reprint", "estimate", "attested", "assumed")
    return Report(
        as_of=dt.date(year, 12, 31), as_of_given=True,
        bureau=more.pop("bureau", {"name": "示例区生态环境局", "level": "county", "staff": 17, "vehicles": 3}),
        standard=head, overrides=(), inputs=(Input("台账.xlsx", "0" * 64, "ledger"),),
        coverage=rates(findings), attested=rates(attested),
        trust={word: sum(word in (one.source.status, one.source.kind) for one in rows) for word in words},
        findings=tuple(findings), review=(), unmatched=(), rejected=(), notes=(), questions=(),
        accounting=Accounting(dict.fromkeys(PLACES, 0), dict.fromkeys(PLACES, 0), balanced=True), **more,
    )  # fmt: skip


@functools.cache
def means() -> Means:
    return Means(PriceList(load_catalogue()), shipped_settings())


def proposed(findings: Sequence[Finding]) -> list[Finding]:
    """With what the plan proposes for each gap that a test gives no actions for."""
    steps = proposals(findings, means())
    return [
        one
        if one.actions
        else one._replace(actions=tuple(as_action(step, one) for step in steps[one.requirement]))
        for one in findings
    ]


def purchase(quantity: int, unit_cost: int | None) -> Action:
    cost = None if unit_cost is None else Decimal(unit_cost)
    whole = None if cost is None else cost * quantity
    return Action(
        "purchase", quantity, cost, whole, "工作估价", price_basis="" if cost is None else "工作估价"
    )


def restore(quantity: int, cost: int = 0, why: str = "verification_expired") -> Action:
    price = Decimal(cost)
    return Action(
        "restore", quantity, price, price * quantity, "送检或维修后即可计入", why=why, price_basis="工作估价"
    )


SEED = [
    finding("vehicle-sample-storage", "车载样品保存设备", ["vehicle_sample_storage"], 2, unit="套"),
    finding("pipe-detection", "管道探测仪", ["hidden_pipe_detector"], 1, unit="部"),
    finding("odor-monitor", "恶臭监测仪", ["odor_detector"], 1, service_allowed=True),
    finding("mobile-source", "移动源执法监测设备", ["vehicle_exhaust_analyzer", "opacimeter"], 1),
    finding("sound-level", "声级计", ["sound_level_meter"], 3, 1,
            out={"verification_expired": 2}, trust="assumed", unit="部"),
    finding("uav", "无人机", ["uav"], 1, 1, trust="assumed", unit="架"),
    finding("body-camera", "执法记录仪", ["body_camera"], 9, 9, extra=2, trust="assumed"),
]  # fmt: skip
"""The seed's bureau: four attested kinds missing, the sound-level meters partly lapsed, the rest met."""
