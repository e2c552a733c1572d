"""Hand-built findings, means and states for the tests of planning."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from equipcheck.catalogue.kinds import Catalogue, Kind
from equipcheck.checking.results import Accounting, AssetUse, Finding, Rates, Report, SourceInfo
from equipcheck.plan.means import Means
from equipcheck.plan.opening import Stand
from equipcheck.plan.prices import PriceList, Quote
from equipcheck.plan.propose import with_proposals
from equipcheck.plan.settings import Settings, read_settings
from equipcheck.project.project import Project
from equipcheck.standard.bureau import Bureau

DAY = dt.date(2023, 12, 31)
NOTHING = Rates(None, None, None, 0, 0, 0, 0)


def finding(name: str = "a", **given) -> Finding:
    """A required, attested row without anything held, with its numbers made consistent."""
    required = given.pop("required", 1)
    counted, serviced = given.pop("counted", 0), given.pop("serviced", 0)
    gap = given.pop("gap", max(0, (required or 0) - counted - serviced))
    assets = tuple(given.pop("assets", ()))
    status = given.pop("status", "met" if not gap else "short" if counted + serviced else "absent")
    trust = SourceInfo(None, None, "official", given.pop("trust", "attested"))
    base = {
        "requirement": name, "name": f"装备{name}", "category": "取证装备", "obligation": "required", "unit": "台",
        "kinds": (name,), "column": "county", "held": counted, "usable": counted, "surplus": 0, "unknown": 0,
        "flags": (), "waiver": None, "rule": "1台", "service_allowed": False,
    }  # fmt: skip
    return Finding(
        **(base | given), required=required, counted=counted, serviced=serviced, gap=gap,
        status=status, source=trust, assets=assets,
    )  # fmt: skip


def asset(ref: str, kind: str = "a", units: int = 1, excluded: str | None = None, **given) -> AssetUse:
    """A ledger row that counts, or does not for the reason given."""
    counted = given.pop("counted", 0 if excluded else units)
    out = given.pop("out", units - counted)
    base = {"asset_no": None, "name": kind, "model": None, "surplus": 0, "flags": ()}
    return AssetUse(
        **(base | given), ref=ref, kind=kind, quantity=units, counted=counted, out=out, excluded=excluded
    )


def kind(name: str, **given) -> Kind:
    price = given.pop("price", None)
    if price is not None:
        given["price"] = {"low": price, "typical": price, "high": price, "basis": "工作估价，未经询价"}
    return Kind(id=name, name=f"种类{name}", **given)


def means(*kinds: Kind, quotes: tuple[Quote, ...] = (), plan: dict | None = None, **given) -> Means:
    catalogue = Catalogue({one.id: one for one in kinds})
    prices = PriceList(catalogue, {(quote.kind, quote.use): quote for quote in quotes})
    return Means(prices, settings(plan), **given)


def settings(plan: dict | None = None) -> Settings:
    return read_settings(Project(Bureau(), (), plan=plan or {}))


def quote(name: str, price: str, use: str = "purchase") -> Quote:
    return Quote(name, use, Decimal(price), 2023, "询价单")


def report(*findings: Finding) -> Report:
    none = dict.fromkeys(("read", "counted"), 0)
    return Report(
        as_of=DAY, as_of_given=True, bureau={"name": "示例"}, standard={"id": "demo", "limit": "floor"}, overrides=(),
        inputs=(), coverage=NOTHING, attested=NOTHING, trust={"estimate": 0}, findings=findings, review=(),
        unmatched=(), rejected=(), notes=(), questions=(), accounting=Accounting(none, none, balanced=True),
    )  # fmt: skip


def stand(ways: Means, *findings: Finding, year: int = 2024) -> Stand:
    """The state of a first year: findings with the priorities that the report gives them."""
    return Stand(year, dt.date(year - 1, 12, 31), with_proposals(report(*findings), ways).findings)
