"""`equipcheck ledger show FILE`: which row was taken as heading, which column as what, what was skipped and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from equipcheck.cli.base import Command
from equipcheck.cli.options import Word, deliver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from equipcheck.ledger.cell_book import CellBalance
    from equipcheck.ledger.inspect import Shown, TableShown
    from equipcheck.problems.notes import Note

ROWS = 5
ALIKE = 3  # like notes that are shown in full, with one more
PLACES = 10  # of the others that are named
KINDS = {
    "asset": "资产",
    "blank": "空行",
    "total": "合计",
    "group": "分组标题",
    "note": "签字、说明",
    "heading": "重复表头",
    "sample": "填写示例",
    "plan": "购置计划（还没有）",
    "check": "检定登记（按编号并入）",
    "part": "其中（已在上面的行里）",
    "earlier": "先前的结存",
    "carried_on": "上一行的下半行",
    "summary": "汇总（已在明细里）",
}
FATES = {
    "field": "资产的字段",
    "extra": "原样保留",
    "heading": "表头",
    "title": "标题",
    "total": "合计",
    "group": "分组标题",
    "note": "签字、说明",
    "summary": "汇总、其中",
}
SHOWN = (
    "ref",
    "asset_no",
    "serial",
    "name",
    "model",
    "quantity",
    "status",
    "acquired",
    "checked_on",
    "valid_until",
)
STATES = {
    "in_use": "在用",
    "idle": "闲置",
    "lent_out": "出租出借",
    "broken": "损坏停用",
    "pending_disposal": "待处置",
    "gone": "已处置",
    "expired": "检定过期",
    "unknown": "不认识",
}


@click.command(
    cls=Command, help="显示一份台账被读成了什么：表头在哪一行、哪一列当作什么、跳过了什么、前几行的内容。"
)
@click.argument("file", type=click.Path(path_type=Path), metavar="台账文件")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式")
@click.option(
    "--as",
    "role",
    type=Word("role"),
    default="ledger",
    help="当作台账、补充清单还是检定台账来读",
)
@click.option("--columns", multiple=True, metavar="字段=列标题", help="指明某一列，如 name=物件名；可写多次")
@click.option("--sheet", "sheets", multiple=True, metavar="工作表", help="只读这张工作表；可写多次")
@click.option("--header-row", type=click.IntRange(min=1), metavar="行号", help="表头所在的行（从 1 数）")
@click.option("-n", "--rows", type=click.IntRange(min=0), default=ROWS, metavar="行数", help="显示前几行资产")
def command(
    file: Path,
    form: str,
    role: Any,
    columns: tuple[str, ...],
    sheets: tuple[str, ...],
    header_row: int | None,
    rows: int,
) -> None:
    """Show how a ledger is read."""
    from equipcheck.ledger.inspect import inspect
    from equipcheck.ledger.source import Source

    source = Source(file, file.name, role, _mapping(columns), sheets or None, header_row)
    shown = inspect(source)
    if form == "json":
        import json

        from equipcheck.ledger.shown_json import as_data

        text = json.dumps(as_data(shown, rows), ensure_ascii=False, indent=2, default=str)
        deliver(text, None, form)
    else:
        _print(shown, rows)


def _mapping(columns: tuple[str, ...]) -> dict[str, str]:
    mapping: dict[str, str] = {}
    for text in columns:
        name, mark, heading = text.partition("=")
        if not (name and mark and heading):
            raise click.BadParameter(f"“{text}”应写成 字段=列标题，如 name=物件名", param_hint="--columns")
        mapping[name.strip()] = heading
    return mapping


def _print(shown: Shown, rows: int) -> None:
    from equipcheck.cli.tables import print_table
    from equipcheck.ground.tables import Table
    from equipcheck.ledger.shown_json import rejected as rejected_rows
    from equipcheck.ledger.words.form import COLUMN_NAMES

    for sheet in shown.sheets:
        title = f"工作表“{sheet.name}”" if sheet.name else shown.path
        hidden = "（隐藏）" if sheet.hidden else ""
        lies = "，卡片式" if sheet.cards else "，横放的表" if sheet.sideways else ""
        click.echo(f"{title}{hidden}：{sheet.rows} {'列' if sheet.sideways else '行'}{lies}")
        if not sheet.tables:
            click.echo("  没有认得的表头，未读")
        for table in sheet.tables:
            click.echo(f"  {_summary(table, '列' if sheet.sideways else '行')}")
            print_table(
                Table(
                    ("  行" if sheet.sideways else "  列", "列标题", "当作"),
                    tuple(
                        (f"  {c.column}", c.heading, COLUMN_NAMES.get(c.field or "", "原样保留"))
                        for c in table.columns
                    ),
                )
            )
        click.echo()
    if rows and shown.rows.height:
        click.echo(f"前 {min(rows, shown.rows.height)} 行读作：")
        names = [name for name in SHOWN if name in shown.rows.columns]
        first = shown.rows.head(rows).select(names)
        used = [name for name in names if first[name].null_count() < first.height]
        headers = tuple("位置" if name == "ref" else COLUMN_NAMES[name] for name in used)
        print_table(Table(headers, tuple(tuple(_cell(c) for c in row) for row in first.select(used).rows())))
        click.echo()
    for balance in shown.cells:
        click.echo(_balance(balance))
    for row in rejected_rows(shown):
        click.echo(f"未计入 {row['ref']}：{row['why']}")
    _print_notes(shown.notes)
    rejected = sum(table.rejected for sheet in shown.sheets for table in sheet.tables)
    units = sum(table.units for sheet in shown.sheets for table in sheet.tables)
    what = "条检定记录" if shown.role == "verification" else f"行资产（其中 {rejected} 行未计入），{units} 件"
    count = (shown.rows["part"] < 2).sum() if "part" in shown.rows.columns else shown.rows.height
    if states := _by_state(shown):
        click.echo(f"按状况：{states}")
    click.echo(f"共读出 {count} {what}；注意事项 {len(shown.notes)} 条。")
    if shown.role != "verification":
        click.echo(
            "列认错了，用 --columns、--header-row、--sheet 试，再写进 equipcheck.yaml 的 columns、header_row、sheets。"
        )


def _print_notes(notes: Sequence[Note]) -> None:
    """What is to be looked at, like notes together and the first few of them; then what needs nothing."""
    from equipcheck.problems import entry

    alike: dict[str, list[Note]] = {}
    for note in notes:
        alike.setdefault(note.code, []).append(note)
    routine = {code for code in alike if entry(code).mend.startswith("无需处理")}
    for code in (*(one for one in alike if one not in routine), *(one for one in alike if one in routine)):
        word = "说明" if code in routine else "注意"
        first = alike[code][:ALIKE] if len(alike[code]) > ALIKE + 1 else alike[code]
        for note in first:
            click.echo(f"{word} {note.ref}：{note.note}")
        if more := alike[code][len(first) :]:
            places = "、".join(dict.fromkeys((one.ref or "").rpartition("#")[2] for one in more[:PLACES]))
            tail = " 等" if len(more) > PLACES else ""
            click.echo(f"{word} 同样的还有 {len(more)} 条（{entry(code).title}）：{places}{tail}")


def _by_state(shown: Shown) -> str:
    """「在用 12 件，待处置 3 件」."""
    if shown.role == "verification" or not shown.rows.height:
        return ""
    units = dict.fromkeys(STATES, 0)
    for state, quantity in shown.rows.select("status", "quantity").iter_rows():
        units[state] += quantity
    return "，".join(f"{STATES[state]} {count} 件" for state, count in units.items() if count)


def _balance(balance: CellBalance) -> str:
    """One line a sheet: how many cells with content became what."""
    where = f"工作表“{balance.sheet}”" if balance.sheet else "全文"
    became = "，".join(f"{FATES[fate]} {count}" for fate, count in balance.became.items())
    lost = f"没有读入 {balance.nothing} 个" if balance.nothing else "没有遗漏"
    return f"{where}有内容的单元格 {balance.cells} 个：" + "；".join(filter(None, (became, lost)))


def _summary(table: TableShown, unit: str) -> str:
    heading = "、".join(str(row) for row in table.heading_rows)
    heading = f"第 {heading} {unit}" if heading else "不在这里，按别处的表头读"
    counts = "，".join(f"{KINDS[kind]} {number} {unit}" for kind, number in table.rows.items() if number)
    body = f"第 {table.first_row}-{table.last_row} {unit}"
    return f"表头：{heading}；内容：{body}（{counts or '没有内容'}）"


def _cell(value: object) -> str:
    return "" if value is None else STATES.get(str(value), str(value))
