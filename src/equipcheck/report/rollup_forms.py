"""The forms of a roll-up's workbook: the statistics form, the list of transfers, a request for each giver."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from equipcheck.fleet.results import BureauLine, HeldBack, Moved, Rollup, TransferLine, Withheld
from equipcheck.report import rollup_words as say
from equipcheck.report import words
from equipcheck.report.book import Book
from equipcheck.report.columns import Cell, Column, Columns, Formula, serial


def _ratio(units: int, heads: int | None, column: str) -> Cell:
    """Units a head; `column` is where the heads stand, units stand in B."""
    if not heads:
        return "—"
    value = (Decimal(units) / heads).quantize(Decimal("0.01"))
    return Formula(f"=ROUND(B{{row}}/{column}{{row}},2)", value)


def _ratio_of_all(
    lines: Sequence[BureauLine], count: Callable[[BureauLine], int | None], column: str
) -> Cell:
    """The same of all who told their heads: a formula only where all did."""
    told = [(one.held, heads) for one in lines if (heads := count(one))]
    whole = _ratio(sum(units for units, _ in told), sum(heads for _, heads in told), column)
    return whole.value if isinstance(whole, Formula) and len(told) < len(lines) else whole


def _not_told(one: BureauLine) -> str:
    numbers = (("执法人员数", one.staff), ("主要执法岗数", one.main_posts))
    missing = [label for label, number in numbers if number is None]
    return f"未填报{'、'.join(missing)}" if missing else ""


STATISTICS: Columns[BureauLine] = (
    Column("单位", lambda one: one.name or one.code, 28),
    Column("现有\n(件)", lambda one: one.held, 9, "count", total=True),
    Column("报废\n(件)", lambda one: one.scrapped, 9, "count", total=True),
    Column("缺口\n(件)", lambda one: one.need.gap_units, 9, "count", total=True),
    Column("执法\n人员数", lambda one: one.staff, 9, "count", total=True),
    Column("主要\n执法岗数", lambda one: one.main_posts, 9, "count", total=True),
    Column(
        "人均\n(件/执法人员)", lambda one: _ratio(one.held, one.staff, "E"), 13, "ratio",
        lambda lines: _ratio_of_all(lines, lambda one: one.staff, "E"),
    ),
    Column(
        "岗均\n(件/主要执法岗)", lambda one: _ratio(one.held, one.main_posts, "F"), 14, "ratio",
        lambda lines: _ratio_of_all(lines, lambda one: one.main_posts, "F"),
    ),
    Column("备注", _not_told, 30),
)  # fmt: skip


def statistics(book: Book, rollup: Rollup) -> None:
    """执法必配装备配备情况统计表: what required rows hold, what waits for disposal, what is missing, by head-count."""
    page = book.page("配备情况统计表", STATISTICS)
    page.title("执法必配装备配备情况统计表")
    empty = ["—"] * (len(STATISTICS) - 2)
    silent = {one.bureau for one in rollup.not_reported}
    lost: list[list[Cell]] = [
        [one.name, *empty, "未报送" if one.bureau in silent else "未计入，原因见“没有计入的”"]
        for one in rollup.failed
        if one.name
    ]
    page.line(f"截至：{say.day_line(rollup)}")
    page.table(STATISTICS, rollup.bureaus, lost)
    page.line(
        "现有：必配装备持有的件数（不含已处置、重复登记和截止日后取得的）；报废：其中待报废、待处置的；"
        "缺口：应配减计入和服务抵充。人均、岗均按现有计算，合计只算填报了人数的单位。",
        grey=True,
    )


def _transfers(names: Mapping[str, str]) -> Columns[TransferLine]:
    return (
        Column("序号", serial, 6, "serial"),
        Column("调出单位", lambda one: names[one.giver], 24),
        Column("调入单位", lambda one: names[one.taker], 24),
        Column("装备名称", lambda one: one.name, 20),
        Column("数量", lambda one: one.quantity, 7, "count", total=True),
        Column("单位", lambda one: one.unit or "", 6, "centre"),
        Column("资产编号", _numbers, 30),
        Column("少购置约\n(元)", lambda one: words.priced(one.saves), 13, "money", total=True),
        Column("现状、\n须先办的", lambda one: "；".join(say.asset_doubts(one)), 22),
        Column("依据", lambda one: one.because, 40),
    )


def _withheld(names: Mapping[str, str]) -> Columns[Withheld]:
    return (
        Column("序号", serial, 6, "serial"),
        Column("单位", lambda one: names[one.bureau], 24),
        Column("资产编号", lambda one: one.asset_no or one.ref, 24),
        Column("资产名称", lambda one: one.name, 20),
        Column("数量", lambda one: one.quantity, 7, "count", total=True),
        Column("型号", lambda one: one.model or "", 6),
        Column("原因", say.why_withheld, 30),
    )


def _held_back(names: Mapping[str, str]) -> Columns[HeldBack]:
    return (
        Column("序号", serial, 6, "serial"),
        Column("单位", lambda one: names[one.bureau], 24),
        Column("必配/选配", lambda one: words.OBLIGATION[one.obligation], 24),
        Column("装备名称", lambda one: one.name, 20),
        Column("数量", lambda one: one.quantity, 7, "count", total=True),
        Column("单位", lambda one: one.unit or "", 6, "centre"),
        Column("原因", say.why_held_back, 30),
    )


def transfers(book: Book, rollup: Rollup) -> None:
    """Every transfer that is proposed."""
    columns = _transfers(say.names(rollup))
    page = book.page("可调剂", columns)
    page.title("单位之间可调剂的装备")
    page.line(f"目标：{rollup.transfers.objective}。")
    page.line(say.transfers_line(rollup))
    page.table(columns, rollup.transfers.lines)
    found = rollup.transfers
    if found.withheld:
        page.heading("别处缺而没有列入调剂的有余装备")
        page.table(_withheld(say.names(rollup)), found.withheld)
    if found.held_back:
        page.heading("缺而不列入购置和调剂的")
        page.table(_held_back(say.names(rollup)), found.held_back)
    for cite, text, trust in rollup.transfers.basis:
        page.line(f"依据：{cite}：“{text}”（文本可信度 {trust}）", grey=True)
    page.line("这是测算，不是决定：须经调出、调入单位同意，并按资产管理权限报批后办理。", grey=True)


def _state(asset: Moved) -> str:
    return "、".join(say.asset_flags(asset)) or "可用"


def _request(names: Mapping[str, str]) -> Columns[tuple[TransferLine, Moved]]:
    return (
        Column("序号", serial, 5, "serial"),
        Column("资产编号", lambda at: at[1].asset_no or at[1].ref, 19),
        Column("资产名称", lambda at: at[1].name, 20),
        Column("规格型号", lambda at: at[1].model or "", 14),
        Column("数量", lambda at: at[1].units, 7, "count", total=True),
        Column("单位", lambda at: at[0].unit or "", 6, "centre"),
        Column("调入单位", lambda at: names[at[0].taker], 25),
        Column("用于", lambda at: at[0].name, 16),
        Column("现状说明", lambda at: _state(at[1]), 20),
    )


OWN_LINES = 8
"""Bureaus up to which each that receives has a line of its own to agree on."""


def requests(book: Book, rollup: Rollup) -> None:
    """A request form for each bureau that gives, ready to be signed."""
    names = say.names(rollup)
    columns = _request(names)
    page = book.page("调剂申请表", columns, repeat=False, forms=True)
    by_giver: dict[str, list[TransferLine]] = {}
    for one in rollup.transfers.lines:
        by_giver.setdefault(one.giver, []).append(one)
    if not by_giver:
        page.title("国有资产调剂申请表")
        page.line("没有可调剂的装备。")
    for at, (giver, lines) in enumerate(by_giver.items()):
        if at:
            page.new_page()
        page.title("国有资产调剂申请表")
        page.line(f"调出单位：{names[giver]}（{giver}）　　　　申请日期：　　　　年　　月　　日")
        page.table(columns, [(one, asset) for one in lines for asset in one.assets])
        cites = "；".join(f"{cite}：“{text}”" for cite, text, _ in rollup.transfers.basis)
        page.line(f"调剂理由：以上资产超出调出单位应配数量，调入单位缺配。依据{cites}")
        takers = list(dict.fromkeys(names[one.taker] for one in lines))
        who = takers if len(takers) <= OWN_LINES else ["各调入单位"]
        for name in (names[giver], *who, "主管部门", "财政部门（按权限）"):
            page.line(f"{name}意见（盖章）：".ljust(30, "　") + "年　　月　　日")


def _numbers(one: TransferLine) -> str:
    return words.names(
        [
            f"{asset.asset_no or asset.ref}{f'×{asset.units}' if asset.units > 1 else ''}"
            for asset in one.assets
        ],
        6,
    )
