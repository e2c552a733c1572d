"""`rollup` in the terminal: the whole, by parent, the worst with reasons, what is missing most, who is not in it."""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.fleet.results import BureauLine, GroupLine, Rollup, Tally
from equipcheck.report import rollup_words as say
from equipcheck.report import words
from equipcheck.report.columns import Column, Columns
from equipcheck.report.page import Page

MOST = 15
WHOLE = "-f json 或 -f xlsx"


def render(rollup: Rollup, *, colour: bool, width: int | None = None) -> str:
    """The roll-up as text, with ANSI colours where `colour`."""
    page = Page(colour=colour, width=width)
    page.say(f"{rollup.title} 装备配备汇总", "bold")
    for line in (*say.head_lines(rollup), *say.trust_lines(rollup)):
        page.say(f"  {line}")
    if rollup.bureaus:
        page.heading("合计")
        for line in say.whole_lines(rollup):
            page.say(f"  {line}")
        if len(rollup.parents) > 1:
            _groups(page, rollup)
        _bureaus(page, "达标率最低的单位", rollup.worst, rollup)
        if len(rollup.bureaus) > len(rollup.worst):
            _bureaus(page, "达标率最高的单位", rollup.best, rollup)
        _missing(page, rollup)
        _transfers(page, rollup)
        _asked(page, rollup)
        page.heading("账目")
        page.say(f"  {say.books_line(rollup)}")
    _failed(page, rollup)
    if rollup.notes:
        page.heading(f"提示 {len(rollup.notes)} 处")
        for one in rollup.notes[:MOST]:
            page.say(f"  {f'{one.ref}  ' if one.ref else ''}{one.note}")
        page.more(len(rollup.notes), MOST, WHOLE)
    page.say()
    page.say(f"下一步：{say.next_step(rollup)}", "bold")
    return page.text()


GROUPS: Columns[GroupLine] = (
    Column("上级", lambda one: one.name or one.key or "（没有上级）"),
    Column("单位数", lambda one: one.bureaus, kind="count"),
    Column("达标率", lambda one: words.span(one.coverage), kind="rate"),
    Column("中位数", lambda one: words.share(one.by_kind.median), kind="rate"),
    Column("数量配备率", lambda one: words.share(one.coverage.by_quantity), kind="rate"),
    Column("缺口件数", lambda one: one.need.gap_units, kind="count"),
    Column("补齐约需(元)", lambda one: say.cost(one.need), kind="money"),
)
BUREAUS: Columns[BureauLine] = (
    Column("单位", lambda one: one.name or one.code),
    Column("达标率", lambda one: words.span(one.coverage), kind="rate"),
    Column("数量配备率", lambda one: words.share(one.coverage.by_quantity), kind="rate"),
    Column("缺口件数", lambda one: one.need.gap_units, kind="count"),
    Column("补齐约需(元)", lambda one: say.cost(one.need), kind="money"),
    Column("原因", lambda one: "；".join(one.because) or "无缺口", kind="rest"),
)
MISSING: Columns[tuple[str, Tally]] = (
    Column("装备名称", lambda at: at[0]),
    Column("要求", lambda at: at[1].required, kind="count"),
    Column("计入", lambda at: at[1].counted, kind="count"),
    Column(words.HELPED, lambda at: at[1].helped, kind="count"),
    Column("缺口", lambda at: at[1].gap, kind="count"),
    Column("有缺口的单位", lambda at: f"{at[1].bureaus_short}/{at[1].bureaus}", kind="count"),
    Column("一件也没有的", lambda at: at[1].bureaus_none, kind="count"),
)


def _groups(page: Page, rollup: Rollup) -> None:
    page.heading("按上级")
    page.table(GROUPS, rollup.parents[:MOST])
    page.more(len(rollup.parents), MOST, WHOLE)


def _bureaus(page: Page, title: str, codes: Sequence[str], rollup: Rollup) -> None:
    by_code = {one.code: one for one in rollup.bureaus}
    page.heading(title)
    page.table(BUREAUS, [by_code[code] for code in codes])


def _missing(page: Page, rollup: Rollup) -> None:
    """Attested kinds, and apart from them the assumed ones, which are no requirement of the standard."""
    many = len(rollup.editions) > 1
    for kind, which in (("attested", "标准有据的装备"), ("assumed", "参考清单：种类为推定，不作为标准要求")):
        lines = [one for one in rollup.requirements if one.trust[1] == kind]
        chosen = [
            (f"{one.name}{f'（{one.standard}）' if many else ''}", must) for one, must in say.missing(lines)
        ]
        if chosen:
            helped = any(one.helped for _, one in chosen)
            page.heading(f"缺的单位最多的装备（必配，{which}）")
            page.table([one for one in MISSING if helped or one.head != words.HELPED], chosen[:MOST])
            page.more(len(chosen), MOST, WHOLE)


def _transfers(page: Page, rollup: Rollup) -> None:
    found = rollup.transfers
    names = say.names(rollup)
    if found.lines:
        page.heading("单位之间可调剂（先调剂后购置）")
        page.say(f"  {say.transfers_line(rollup)}")
    for one in found.lines[:MOST]:
        numbers = words.names([asset.asset_no or asset.ref for asset in one.assets], 3)
        what = f"{one.name} {one.quantity}{one.unit or '件'}（{say.with_doubts(one, numbers)}）"
        page.say(f"  {names[one.giver]} → {names[one.taker]}：{what}")
    page.more(len(found.lines), MOST, WHOLE)
    if found.withheld:
        page.heading(say.withheld_line(rollup))
        for kept in found.withheld[:MOST]:
            where = kept.asset_no or kept.ref
            page.say(
                f"  {names[kept.bureau]}：{kept.name} {kept.quantity}件（{where}）：{say.why_withheld(kept)}"
            )
        page.more(len(found.withheld), MOST, WHOLE)
    if found.held_back:
        page.heading("缺而不列入购置和调剂的")
        for held in found.held_back[:MOST]:
            what = f"{held.name} {held.quantity}{held.unit or '件'}"
            page.say(f"  {names[held.bureau]}：{what}：{say.why_held_back(held)}")
        page.more(len(found.held_back), MOST, WHOLE)


def _asked(page: Page, rollup: Rollup) -> None:
    if rollup.questions:
        names = say.names(rollup)
        page.heading(say.asked_line(rollup))
        for one in rollup.questions[:MOST]:
            page.say(f"  {names[one.bureau]} {one.ref} {one.name} {one.quantity}件：{one.ask}")
        page.more(len(rollup.questions), MOST, WHOLE)


def _failed(page: Page, rollup: Rollup) -> None:
    if not rollup.failed:
        return
    page.heading(f"没有计入的 {len(rollup.failed)} 个")
    for one in rollup.failed[:MOST]:
        label = f"{one.name}（{one.bureau}）" if one.name else one.bureau or "（没有代码）"
        rows = f"（台账 {one.rows} 行 {one.units} 件未计入）" if one.rows else ""
        page.say(f"  {label}：{one.why}{rows}")
    page.more(len(rollup.failed), MOST, WHOLE)
