"""`rollup -f xlsx`: one workbook to hand round: the whole, each bureau, what is missing, forms, transfers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from equipcheck.fleet.members import Failed
from equipcheck.fleet.results import BureauLine, GroupLine, Question, RequirementLine, Rollup, Tally
from equipcheck.report import rollup_forms, words
from equipcheck.report import rollup_words as say
from equipcheck.report.book import Book
from equipcheck.report.columns import Column, Columns


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
    _asked(book, rollup)
    _failed(book, rollup)
    return book.finish()


GROUPS: Columns[tuple[str, str, GroupLine]] = (
    Column("分组", lambda at: at[0], 10, "centre"),
    Column("名称", lambda at: at[1], 28),
    Column("计入单位", lambda at: at[2].bureaus, 8, "count"),
    Column("没有计入", lambda at: at[2].failed, 8, "count"),
    Column("达标率", lambda at: words.span(at[2].coverage), 16, "centre"),
    Column("单位达标率\n中位数", lambda at: words.share(at[2].by_kind.median), 11, "centre"),
    Column("数量配备率", lambda at: words.share(at[2].coverage.by_quantity), 11, "centre"),
    Column("缺口件数", lambda at: at[2].need.gap_units, 9, "count"),
    Column("补齐约需(元)", lambda at: words.priced(at[2].need.cost), 15, "money"),
    Column("待询价件数", lambda at: at[2].need.unpriced_units, 10, "count"),
    Column("执法\n人员数", lambda at: at[2].staff or None, 8, "count"),
    Column("主要\n执法岗数", lambda at: at[2].main_posts or None, 9, "count"),
)


def _summary(book: Book, rollup: Rollup) -> None:
    page = book.page("汇总", GROUPS, repeat=False)
    page.title(f"{rollup.title}装备配备汇总")
    for line in (*say.head_lines(rollup), *say.trust_lines(rollup)):
        page.line(line)
    if not rollup.bureaus:
        return
    for line in say.whole_lines(rollup):
        page.line(line)
    page.line(say.books_line(rollup))
    page.heading("分组合计")
    rows = [("上级", one.name or one.key or "（没有上级）", one) for one in rollup.parents]
    rows += [("层级", say.level(one.key), one) for one in rollup.levels]
    rows += [("地区", say.region(one.key), one) for one in rollup.regions]
    page.table(GROUPS, rows)
    page.line(
        "按上级的各行相加等于合计；上级自己的台账列在它的上级之下。补齐经费按目录或各单位询价估算，不是报价。",
        grey=True,
    )
    if rollup.notes:
        page.heading("请注意")
        for number, one in enumerate(rollup.notes, start=1):
            page.line(f"{number}. {one.note}")


BUREAUS: Columns[BureauLine] = (
    Column("机构代码", lambda one: one.code, 13, "centre"),
    Column("机构名称", lambda one: one.name or "", 26),
    Column("层级", lambda one: say.level(one.level, ""), 7, "centre"),
    Column("执法\n人员数", lambda one: one.staff, 7, "count", total=True),
    Column("主要\n执法岗数", lambda one: one.main_posts, 8, "count", total=True),
    Column("达标率", lambda one: words.span(one.coverage), 15, "centre"),
    Column("有据种类\n达标率", lambda one: words.span(one.attested), 14, "centre"),
    Column("数量\n配备率", lambda one: words.share(one.coverage.by_quantity), 9, "centre"),
    Column("持有", lambda one: one.held, 7, "count", total=True),
    Column("可用", lambda one: one.usable, 7, "count", total=True),
    Column("不计入", lambda one: one.excluded, 7, "count", total=True),
    Column("缺口\n件数", lambda one: one.need.gap_units, 7, "count", total=True),
    Column("补齐约需(元)", lambda one: words.priced(one.need.cost), 14, "money", total=True),
    Column("待询价\n件数", lambda one: one.need.unpriced_units, 7, "count", total=True),
    Column("有情况\n说明件数", lambda one: one.need.waived_units, 8, "count", total=True),
    Column("先核编制\n件数", lambda one: one.need.quota_units, 8, "count", total=True),
    Column("标准", lambda one: one.standard, 16),
    Column("截至", lambda one: one.as_of, 11, "date"),
    Column("说明", lambda one: "；".join(one.because), 40),
)


def _bureaus(book: Book, rollup: Rollup) -> None:
    page = book.page("各单位", BUREAUS)
    page.title("各单位配备情况")
    page.table(BUREAUS, rollup.bureaus)


def _requirement_columns(names: Mapping[str, str]) -> Columns[tuple[RequirementLine, Tally]]:
    return (
        Column("标准", lambda at: at[0].standard, 16),
        Column("类别", lambda at: at[0].category or "", 14),
        Column("装备名称", lambda at: at[0].name, 24),
        Column("必配\n选配", lambda at: words.OBLIGATION[at[1].obligation], 6, "centre"),
        Column("单位", lambda at: at[0].unit or "", 6, "centre"),
        Column("应配", lambda at: at[1].required, 8, "count"),
        Column("持有", lambda at: at[1].held, 8, "count"),
        Column("可用", lambda at: at[1].usable, 8, "count"),
        Column("计入", lambda at: at[1].counted, 8, "count"),
        Column("其中有效期\n未登记", lambda at: at[1].unknown, 9, "count"),
        Column("服务等\n抵充", lambda at: at[1].helped, 7, "count"),
        Column("缺口", lambda at: at[1].gap, 8, "count"),
        Column("其中有\n情况说明", lambda at: at[1].waived_units, 8, "count"),
        Column("其中先\n核编制", lambda at: at[1].quota_units, 8, "count"),
        Column("有余", lambda at: at[1].surplus, 8, "count"),
        Column("适用\n单位", lambda at: at[1].bureaus, 7, "count"),
        Column("有缺口\n单位", lambda at: at[1].bureaus_short, 7, "count"),
        Column("一件也没\n有的单位", lambda at: at[1].bureaus_none, 9, "count"),
        Column("补齐约需(元)", lambda at: words.priced(at[1].cost), 14, "money"),
        Column(
            "依据",
            lambda at: f"{words.TRUST[at[0].trust[0]]}、{words.KIND_TRUST[at[0].trust[1]]}",
            12,
            "centre",
        ),
        Column("一件也没有的是", lambda at: say.without(at[1], names), 44),
    )


def _requirements(book: Book, rollup: Rollup) -> None:
    columns = _requirement_columns(say.names(rollup))
    page = book.page("各项装备", columns)
    page.title("各项装备的缺口")
    page.table(columns, [(one, tally) for one in rollup.requirements for tally in one.tallies])
    page.line("有情况说明的、先核编制的缺口照列，不在补齐约需内。", grey=True)
    if len(rollup.editions) > 1:
        page.line("各单位适用的标准不同，各行按版本分列，不同版本的行不相加。", grey=True)


QUALITY: Columns[BureauLine] = (
    Column("机构代码", lambda one: one.code, 13, "centre"),
    Column("机构名称", lambda one: one.name or "", 30),
    Column("台账行数", lambda one: one.quality.rows, 9, "count", total=True),
    Column("待复核", lambda one: one.quality.review_rows, 8, "count", total=True),
    Column("非装备", lambda one: one.quality.unmatched_rows, 8, "count", total=True),
    Column("读不懂", lambda one: one.quality.rejected_rows, 8, "count", total=True),
    Column("待复核或\n读不懂", lambda one: words.share(one.quality.review_rate), 10, "centre"),
    Column("可用计量器具\n有效期不明", lambda one: words.share(one.quality.unknown_rate), 11, "centre"),
    Column("无取得日期", lambda one: words.share(one.quality.undated_rate), 11, "centre"),
    Column("无资产编号", lambda one: words.share(one.quality.unnumbered_rate), 11, "centre"),
    Column("状态不明", lambda one: words.share(one.quality.unstated_rate), 10, "centre"),
    Column("状况或归属\n要问清", lambda one: one.quality.open_rows, 10, "count", total=True),
    Column("读台账时的\n提示", lambda one: one.quality.notes, 10, "count", total=True),
)


def _quality(book: Book, rollup: Rollup) -> None:
    page = book.page("数据质量", QUALITY)
    page.title("各单位台账的数据质量")
    page.table(QUALITY, rollup.bureaus)


def _asked(book: Book, rollup: Rollup) -> None:
    if not rollup.questions:
        return
    names = say.names(rollup)
    columns: Columns[Question] = (
        Column("单位", lambda one: names[one.bureau], 26),
        Column("位置", lambda one: one.ref, 30),
        Column("资产编号", lambda one: one.asset_no or "", 18),
        Column("资产名称", lambda one: one.name, 22),
        Column("数量", lambda one: one.quantity, 7, "count", total=True),
        Column("现在归入", lambda one: words.PLACE.get(one.place or "", ""), 10, "centre"),
        Column("要问什么", lambda one: one.ask, 70),
    )
    page = book.page("要问清的", columns)
    page.title("状况或归属要问清的台账行")
    page.line(f"{say.asked_line(rollup)}。")
    page.table(columns, rollup.questions)


FAILED: Columns[Failed] = (
    Column("机构代码", lambda one: one.bureau or "（没有代码）", 16, "centre"),
    Column("机构名称", lambda one: one.name or "", 30),
    Column("原因", lambda one: one.why, 80),
    Column("台账行数", lambda one: one.rows, 9, "count"),
    Column("件数", lambda one: one.units, 9, "count"),
)


def _failed(book: Book, rollup: Rollup) -> None:
    page = book.page("没有计入的", FAILED)
    page.title("没有计入合计的单位和台账")
    page.table(FAILED, rollup.failed)
