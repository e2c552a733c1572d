"""`rollup` in the terminal: the whole, by parent, the worst with reasons, what is missing most, who is not in it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from equipcheck.fleet.results import BureauLine, RequirementLine, Rollup
from equipcheck.report import rollup_words as say
from equipcheck.report import words
from equipcheck.report.page import RULES, Page, heading

MOST = 15


def render(rollup: Rollup, *, colour: bool, width: int | None = None) -> str:
    """The roll-up as text, with ANSI colours where `colour`."""
    page = Page(colour=colour, width=width)
    console = page.console
    console.print(Text(f"{rollup.title} 装备配备汇总", style="bold"))
    for line in (*say.head_lines(rollup), *say.trust_lines(rollup)):
        console.print(f"  {line}")
    if rollup.bureaus:
        heading(console, "合计")
        for line in say.whole_lines(rollup):
            console.print(f"  {line}")
        if len(rollup.parents) > 1:
            _groups(console, rollup)
        _bureaus(console, "达标率最低的单位", rollup.worst, rollup)
        if len(rollup.bureaus) > len(rollup.worst):
            _bureaus(console, "达标率最高的单位", rollup.best, rollup)
        _missing(console, rollup)
        _transfers(console, rollup)
        heading(console, "账目")
        console.print(f"  {say.books_line(rollup)}")
    _failed(console, rollup)
    if rollup.notes:
        heading(console, f"提示 {len(rollup.notes)} 处")
        for one in rollup.notes[:MOST]:
            console.print(f"  {f'{one.ref}  ' if one.ref else ''}{one.note}")
        _more(console, len(rollup.notes))
    console.print()
    console.print(Text(f"下一步：{say.next_step(rollup)}", style="bold"))
    return page.text()


def _table(
    console: Console, heads: Sequence[str], rows: Sequence[Sequence[str]], wide: Sequence[str]
) -> None:
    table = Table(box=RULES, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for head in heads:
        text = head in wide
        table.add_column(
            head,
            justify="left" if text else "right",
            no_wrap=not text,
            overflow="fold",
            ratio=1 if head == "原因" else None,
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _groups(console: Console, rollup: Rollup) -> None:
    heading(console, "按上级")
    rows = [
        (
            one.name or one.key or "（没有上级）",
            str(one.bureaus),
            words.span(one.coverage),
            words.share(one.by_kind.median),
            words.share(one.coverage.by_quantity),
            str(one.need.gap_units),
            say.cost(one.need),
        )
        for one in rollup.parents[:MOST]
    ]
    _table(
        console,
        ("上级", "单位数", "达标率", "中位数", "数量配备率", "缺口件数", "补齐约需(元)"),
        rows,
        ("上级",),
    )
    _more(console, len(rollup.parents))


def _bureaus(console: Console, title: str, codes: Sequence[str], rollup: Rollup) -> None:
    by_code = {one.code: one for one in rollup.bureaus}
    heading(console, title)
    rows = [_bureau(by_code[code]) for code in codes]
    _table(
        console, ("单位", "达标率", "数量配备率", "缺口件数", "补齐约需(元)", "原因"), rows, ("单位", "原因")
    )


def _bureau(one: BureauLine) -> tuple[str, ...]:
    return (
        one.name or one.code,
        words.span(one.coverage),
        words.share(one.coverage.by_quantity),
        str(one.need.gap_units),
        say.cost(one.need),
        "；".join(one.because) or "无缺口",
    )


def _missing(console: Console, rollup: Rollup) -> None:
    """Attested kinds, and apart from them the assumed ones, which are no requirement of the standard."""
    lines = sorted(
        (one for one in rollup.requirements if one.required_gap),
        key=lambda one: (-one.bureaus_short, -one.gap),
    )
    for kind, which in (("attested", "标准有据的装备"), ("assumed", "参考清单：种类为推定，不作为标准要求")):
        if chosen := [one for one in lines if one.trust[1] == kind]:
            heading(console, f"缺的单位最多的装备（必配，{which}）")
            _short(console, chosen, many=len(rollup.editions) > 1)


def _short(console: Console, lines: Sequence[RequirementLine], *, many: bool) -> None:
    rows = [
        (
            f"{one.name}{f'（{one.standard}）' if many else ''}",
            str(one.required),
            str(one.counted + one.serviced),
            str(one.gap),
            f"{one.bureaus_short}/{one.bureaus}",
            str(one.bureaus_none),
        )
        for one in lines[:MOST]
    ]
    _table(console, ("装备名称", "要求", "计入", "缺口", "有缺口的单位", "一件也没有的"), rows, ("装备名称",))
    _more(console, len(lines))


def _transfers(console: Console, rollup: Rollup) -> None:
    found = rollup.transfers
    if not found.lines:
        return
    heading(console, "单位之间可调剂（先调剂后购置）")
    console.print(f"  {say.transfers_line(rollup)}")
    names = {one.code: one.name or one.code for one in rollup.bureaus}
    for one in found.lines[:MOST]:
        numbers = words.names([asset.asset_no or asset.ref for asset in one.assets], 3)
        odd = say.asset_doubts(one)
        console.print(
            f"  {names[one.giver]} → {names[one.taker]}：{one.name} {one.quantity}{one.unit or '件'}（{numbers}{odd}）"
        )
    _more(console, len(found.lines))


def _failed(console: Console, rollup: Rollup) -> None:
    if not rollup.failed:
        return
    heading(console, f"没有计入的 {len(rollup.failed)} 个")
    for one in rollup.failed[:MOST]:
        label = f"{one.name}（{one.bureau}）" if one.name else one.bureau or "（没有代码）"
        rows = f"（台账 {one.rows} 行 {one.units} 件未计入）" if one.rows else ""
        console.print(f"  {label}：{one.why}{rows}")
    _more(console, len(rollup.failed))


def _more(console: Console, count: int) -> None:
    if count > MOST:
        console.print(f"  ……另有 {count - MOST} 条，全部内容见 -f json 或 -f xlsx")
