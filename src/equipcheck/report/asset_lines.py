"""Every unit of the ledger by where it ended and why: a line a row and place, for tables of assets."""

from __future__ import annotations

from dataclasses import dataclass

from equipcheck.checking.results import AssetUse, Finding, OpenRow, Report
from equipcheck.report import explanation, tables, words
from equipcheck.report.columns import Column, Columns


@dataclass(frozen=True, slots=True)
class AssetLine:
    """Units of one ledger row in one place (`words.PLACE`); over all lines they add up to the units read."""

    place: str
    units: int
    why: str  # the reason why they do not count, or what was odd about the row
    requirement: str  # name; empty where no requirement takes the row
    kind: str
    name: str
    model: str
    asset_no: str
    marks: str  # flags and validity dates
    match: str  # how the name came to its kind, or what it might be
    ref: str


COLUMNS: Columns[AssetLine] = (
    Column("归处", lambda one: words.PLACE[one.place], 10, "centre"),
    Column("件数", lambda one: one.units, 7, "count", total=True),
    Column("原因", lambda one: one.why, 13),
    Column("装备要求", lambda one: one.requirement, 18),
    Column("装备种类", lambda one: one.kind, 18),
    Column("资产名称", lambda one: one.name, 22),
    Column("规格型号", lambda one: one.model, 15),
    Column("资产编号", lambda one: one.asset_no, 14),
    Column("状态与有效期", lambda one: one.marks, 20),
    Column("对应依据", lambda one: one.match, 46),
    Column("台账位置", lambda one: one.ref, 28),
)


def asset_lines(report: Report) -> list[AssetLine]:
    """Rows of the findings in the standard's order, then those that no requirement takes, each in ledger order."""
    lines = [line for one in report.findings for asset in one.assets for line in _used(report, one, asset)]
    lines += [
        _open(report, place, row)
        for place, rows in (
            ("not_required", report.not_required),
            ("review", report.review),
            ("unmatched", report.unmatched),
        )
        for row in rows
    ]
    return lines + [
        AssetLine("rejected", 0, note.note, "", "", "", "", "", "", "", note.ref or "")
        for note in report.rejected
    ]


def _used(report: Report, one: Finding, asset: AssetUse) -> list[AssetLine]:
    parts = [("counted", asset.counted), ("surplus", asset.surplus), ("excluded", asset.out)]
    parts = [part for part in parts if part[1]] or [("excluded" if asset.excluded else "counted", 0)]
    reason = words.REASON[asset.excluded] if asset.excluded else ""
    return [
        AssetLine(
            place,
            units,
            reason if place == "excluded" else "",
            one.name,
            report.kind_names.get(asset.kind, asset.kind),
            asset.name,
            asset.model or "",
            asset.asset_no or "",
            "，".join(explanation.marks(asset)),
            "；".join(explanation.match_lines(report, asset)),
            asset.ref,
        )
        for place, units in parts
    ]


def _open(report: Report, place: str, row: OpenRow) -> AssetLine:
    guesses = tables.guesses(report, row)
    kind = guesses[0] if guesses and place == "not_required" else ""
    maybe = f"可能是：{'、'.join(guesses)}" if guesses and place != "not_required" else ""
    return AssetLine(place, row.quantity, "", "", kind, row.name, "", "", "", maybe, row.ref)
