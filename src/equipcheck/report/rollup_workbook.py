"""`rollup -f xlsx`: one workbook to hand round: the whole, each bureau, what is missing, forms, transfers."""

from __future__ import annotations

import datetime as dt

from equipcheck.fleet.results import GroupLine, Need, Rollup
from equipcheck.report import rollup_forms, words
from equipcheck.report import rollup_words as say
from equipcheck.report.book import Book, Cell, Column


def render(rollup: Rollup) -> bytes:
    """The workbook's bytes; the same roll-up gives the same bytes."""
    book = Book(
        rollup.as_of or max(map(dt.date.fromisoformat, rollup.dates), default=dt.date(2000, 1, 1)),
        rollup.title,
    )
    _summary(book, rollup)
    _bureaus(book, rollup)
    _requirements(book, rollup)
    rollup_forms.statistics(book, rollup)
    rollup_forms.transfers(book, rollup)
    rollup_forms.requests(book, rollup)
    _quality(book, rollup)
    _failed(book, rollup)
    return book.finish()


GROUPS = (
    Column("分组", 10, "centre"),
    Column("名称", 28),
    Column("计入单位", 8, "count"),
    Column("没有计入", 8, "count"),
    Column("达标率", 16, "centre"),
    Column("单位达标率\n中位数", 11, "centre"),
    Column("数量配备率", 11, "centre"),
    Column("缺口件数", 9, "count"),
    Column("补齐约需(元)", 15, "money"),
    Column("待询价件数", 10, "count"),
    Column("执法\n人员数", 8, "count"),
    Column("主要\n执法岗数", 9, "count"),
)


def _summary(book: Book, rollup: Rollup) -> None:
    page = book.page("汇总", [one.width for one in GROUPS], repeat=False)
    page.title(f"{rollup.title}装备配备汇总")
    for line in (*say.head_lines(rollup), *say.trust_lines(rollup)):
        page.line(line)
    if not rollup.bureaus:
        return
    for line in say.whole_lines(rollup):
        page.line(line)
    page.line(say.books_line(rollup))
    page.heading("分组合计")
    rows = [_group("上级", one.name or one.key or "（没有上级）", one) for one in rollup.parents]
    rows += [
        _group("层级", say.LEVELS.get(one.key or "", one.key or "（未写明）"), one) for one in rollup.levels
    ]
    rows += [
        _group("地区", say.REGIONS.get(one.key or "", one.key or "（未写明）"), one) for one in rollup.regions
    ]
    page.table(GROUPS, rows)
    page.line(
        "按上级的各行相加等于合计；上级自己的台账列在它的上级之下。补齐经费按目录或各单位询价估算，不是报价。",
        grey=True,
    )
    if rollup.notes:
        page.heading("请注意")
        for number, one in enumerate(rollup.notes, start=1):
            page.line(f"{number}. {one.note}")


def _group(by: str, name: str, one: GroupLine) -> list[Cell]:
    return [
        by, name, one.bureaus, one.failed, words.span(one.coverage), words.share(one.by_kind.median),
        words.share(one.coverage.by_quantity), one.need.gap_units, _money(one.need), one.need.unpriced_units,
        one.staff, one.main_posts,
    ]  # fmt: skip


def _money(need: Need) -> Cell:
    return "待询价" if need.cost is None else need.cost


BUREAUS = (
    Column("机构代码", 13, "centre"),
    Column("机构名称", 26),
    Column("层级", 7, "centre"),
    Column("执法\n人员数", 7, "count", total=True),
    Column("主要\n执法岗数", 8, "count", total=True),
    Column("达标率", 15, "centre"),
    Column("有据种类\n达标率", 14, "centre"),
    Column("数量\n配备率", 9, "centre"),
    Column("持有", 7, "count", total=True),
    Column("可用", 7, "count", total=True),
    Column("不计入", 7, "count", total=True),
    Column("缺口\n件数", 7, "count", total=True),
    Column("补齐约需(元)", 14, "money", total=True),
    Column("待询价\n件数", 7, "count", total=True),
    Column("标准", 16),
    Column("截至", 11, "date"),
    Column("说明", 40),
)


def _bureaus(book: Book, rollup: Rollup) -> None:
    page = book.page("各单位", [one.width for one in BUREAUS])
    page.title("各单位配备情况")
    page.table(
        BUREAUS,
        [
            [
                one.code, one.name or "", say.LEVELS.get(one.level or "", one.level or ""), one.staff, one.main_posts,
                words.span(one.coverage), words.span(one.attested), words.share(one.coverage.by_quantity), one.held,
                one.usable, one.excluded, one.need.gap_units, _money(one.need), one.need.unpriced_units, one.standard,
                one.as_of, "；".join(one.because),
            ]
            for one in rollup.bureaus
        ],
    )  # fmt: skip


REQUIREMENTS = (
    Column("标准", 16),
    Column("类别", 14),
    Column("装备名称", 24),
    Column("单位", 6, "centre"),
    Column("应配", 8, "count"),
    Column("持有", 8, "count"),
    Column("可用", 8, "count"),
    Column("计入", 8, "count"),
    Column("缺口", 8, "count"),
    Column("有余", 8, "count"),
    Column("适用\n单位", 7, "count"),
    Column("有缺口\n单位", 7, "count"),
    Column("一件也没\n有的单位", 9, "count"),
    Column("补齐约需(元)", 14, "money"),
    Column("依据", 12, "centre"),
    Column("一件也没有的是", 44),
)


def _requirements(book: Book, rollup: Rollup) -> None:
    page = book.page("各项装备", [one.width for one in REQUIREMENTS])
    page.title("各项装备的缺口")
    names = {one.code: one.name or one.code for one in rollup.bureaus}
    rows: list[list[Cell]] = [
        [
            one.standard, one.category or "", one.name, one.unit or "", one.required, one.held, one.usable,
            one.counted + one.serviced, one.gap, one.surplus, one.bureaus, one.bureaus_short, one.bureaus_none,
            "待询价" if one.cost is None else one.cost,
            f"{words.TRUST[one.trust[0]]}、{words.KIND_TRUST[one.trust[1]]}",
            words.names([names[code] for code in one.none], 8) if one.none else "",
        ]
        for one in rollup.requirements
        if one.bureaus
    ]  # fmt: skip
    page.table(REQUIREMENTS, rows)
    if len(rollup.editions) > 1:
        page.line("各单位适用的标准不同，各行按版本分列，不同版本的行不相加。", grey=True)


QUALITY = (
    Column("机构代码", 13, "centre"),
    Column("机构名称", 30),
    Column("台账行数", 9, "count", total=True),
    Column("待复核", 8, "count", total=True),
    Column("非装备", 8, "count", total=True),
    Column("读不懂", 8, "count", total=True),
    Column("待复核或\n读不懂", 10, "centre"),
    Column("计量器具\n有效期不明", 11, "centre"),
    Column("无取得日期", 11, "centre"),
    Column("无资产编号", 11, "centre"),
    Column("状态不明", 10, "centre"),
    Column("读台账时的\n提示", 10, "count", total=True),
)


def _quality(book: Book, rollup: Rollup) -> None:
    page = book.page("数据质量", [one.width for one in QUALITY])
    page.title("各单位台账的数据质量")
    page.table(
        QUALITY,
        [
            [
                one.code, one.name or "", one.quality.rows, one.quality.review_rows, one.quality.unmatched_rows,
                one.quality.rejected_rows, words.share(one.quality.review_rate), words.share(one.quality.unknown_rate),
                words.share(one.quality.undated_rate), words.share(one.quality.unnumbered_rate),
                words.share(one.quality.unstated_rate), one.quality.notes,
            ]
            for one in rollup.bureaus
        ],
    )  # fmt: skip


FAILED = (
    Column("机构代码", 16, "centre"),
    Column("机构名称", 30),
    Column("原因", 80),
    Column("台账行数", 9, "count"),
    Column("件数", 9, "count"),
)


def _failed(book: Book, rollup: Rollup) -> None:
    page = book.page("没有计入的", [one.width for one in FAILED])
    page.title("没有计入合计的单位和台账")
    rows: list[list[Cell]] = [
        [one.bureau or "（没有代码）", one.name or "", one.why, one.rows, one.units] for one in rollup.failed
    ]
    page.table(FAILED, rows)
