"""The forms of a roll-up's workbook: the statistics form, the list of transfers, a request for each giver."""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.fleet.results import BureauLine, Rollup, TransferLine
from equipcheck.report import rollup_words as say
from equipcheck.report import words
from equipcheck.report.book import Book, Cell, Column, Formula

STATISTICS = (
    Column("单位", 28),
    Column("现有\n(件)", 9, "count", total=True),
    Column("报废\n(件)", 9, "count", total=True),
    Column("缺口\n(件)", 9, "count", total=True),
    Column("执法\n人员数", 9, "count", total=True),
    Column("主要\n执法岗数", 9, "count", total=True),
    Column("人均\n(件/执法人员)", 13, "centre"),
    Column("岗均\n(件/主要执法岗)", 14, "centre"),
    Column("备注", 30),
)


def statistics(book: Book, rollup: Rollup) -> None:
    """执法必配装备配备情况统计表: what required rows hold, what waits for disposal, what is missing, by head-count."""
    page = book.page("配备情况统计表", [one.width for one in STATISTICS])
    page.title("执法必配装备配备情况统计表")
    rows: list[list[Cell]] = [_statistics(one) for one in rollup.bureaus]
    rows += [
        [one.name or one.bureau, None, None, None, None, None, "—", "—", "未报送或未计入"]
        for one in rollup.failed
        if one.name
    ]
    page.table(STATISTICS, rows)
    page.line(
        "现有：必配装备持有的件数（不含已处置、重复登记和截止日后取得的）；报废：其中待报废、待处置的；"
        "缺口：应配减计入和服务抵充。人均、岗均按现有计算；没有填报人数的为空。",
        grey=True,
    )


def _statistics(one: BureauLine) -> list[Cell]:
    missing = [
        label
        for label, number in (("执法人员数", one.staff), ("主要执法岗数", one.main_posts))
        if number is None
    ]
    return [
        one.name or one.code,
        one.held,
        one.scrapped,
        one.need.gap_units,
        one.staff,
        one.main_posts,
        _ratio("B", "E", one.held, one.staff),
        _ratio("B", "F", one.held, one.main_posts),
        f"未填报{'、'.join(missing)}" if missing else "",
    ]


def _ratio(above: str, below: str, units: int, heads: int | None) -> Cell:
    if not heads:
        return "—"
    from decimal import Decimal

    value = (Decimal(units) / heads).quantize(Decimal("0.01"))
    return Formula(f"=ROUND({above}{{row}}/{below}{{row}},2)", value)


TRANSFERS = (
    Column("序号", 6, "count"),
    Column("调出单位", 24),
    Column("调入单位", 24),
    Column("装备名称", 20),
    Column("数量", 7, "count", total=True),
    Column("单位", 6, "centre"),
    Column("资产编号", 30),
    Column("少购置约\n(元)", 13, "money", total=True),
    Column("须先办的", 22),
    Column("依据", 40),
)


def transfers(book: Book, rollup: Rollup) -> None:
    """Every transfer that is proposed."""
    page = book.page("可调剂", [one.width for one in TRANSFERS])
    page.title("单位之间可调剂的装备")
    page.line(f"目标：{rollup.transfers.objective}。")
    page.line(say.transfers_line(rollup))
    names = _names(rollup)
    rows: list[list[Cell]] = [
        [
            number, names[one.giver], names[one.taker], one.name, one.quantity, one.unit or "", _numbers(one),
            "待询价" if one.saves is None else one.saves, _first(one), one.because,
        ]
        for number, one in enumerate(rollup.transfers.lines, start=1)
    ]  # fmt: skip
    page.table(TRANSFERS, rows)
    for cite, text, trust in rollup.transfers.basis:
        page.line(f"依据：{cite}：“{text}”（文本可信度 {trust}）", grey=True)
    page.line("这是测算，不是决定：须经调出、调入单位同意，并按资产管理权限报批后办理。", grey=True)


REQUEST = (
    Column("序号", 6, "count"),
    Column("资产编号", 20),
    Column("资产名称", 24),
    Column("规格型号", 18),
    Column("数量", 7, "count", total=True),
    Column("单位", 6, "centre"),
    Column("调入单位", 26),
    Column("用于", 20),
    Column("现状说明", 26),
)


def requests(book: Book, rollup: Rollup) -> None:
    """A request form for each bureau that gives, ready to be signed."""
    page = book.page("调剂申请表", [one.width for one in REQUEST], repeat=False)
    names = _names(rollup)
    by_giver: dict[str, list[TransferLine]] = {}
    for one in rollup.transfers.lines:
        by_giver.setdefault(one.giver, []).append(one)
    if not by_giver:
        page.title("国有资产调剂申请表")
        page.line("没有可调剂的装备。")
    for giver, lines in by_giver.items():
        page.title("国有资产调剂申请表")
        page.line(f"调出单位：{names[giver]}（{giver}）　　　　申请日期：　　　　年　　月　　日")
        page.table(REQUEST, _request(lines, names))
        cites = "；".join(f"{cite}：“{text}”" for cite, text, _ in rollup.transfers.basis)
        page.line(f"调剂理由：以上资产超出调出单位应配数量，调入单位缺配。依据{cites}")
        for who in (
            "调出单位意见（盖章）：",
            "调入单位意见（盖章）：",
            "主管部门意见（盖章）：",
            "财政部门意见（按权限，盖章）：",
        ):
            page.line(f"{who}　　　　　　　　　　　　　　　　　　　　　　　年　　月　　日")
        page.row += 1


def _request(lines: Sequence[TransferLine], names: dict[str, str]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for one in lines:
        for asset in one.assets:
            state = "、".join(say.FLAGS[flag] for flag in asset.flags) or "可用"
            rows.append(
                [
                    len(rows) + 1, asset.asset_no or asset.ref, asset.name, asset.model or "", asset.units,
                    one.unit or "", names[one.taker], one.name, state,
                ]
            )  # fmt: skip
    return rows


def _numbers(one: TransferLine) -> str:
    return words.names(
        [
            f"{asset.asset_no or asset.ref}{f'×{asset.units}' if asset.units > 1 else ''}"
            for asset in one.assets
        ],
        6,
    )


def _first(one: TransferLine) -> str:
    return say.asset_doubts(one).removeprefix("，")


def _names(rollup: Rollup) -> dict[str, str]:
    return {one.code: one.name or one.code for one in rollup.bureaus}
