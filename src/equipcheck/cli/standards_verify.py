"""`equipcheck standards verify`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from equipcheck.cli.base import Command
from equipcheck.cli.options import Day, deliver, today
from equipcheck.cli.standards_common import PATH, catalogue_option, output_option


@click.command(
    cls=Command,
    help="把标准文件与附件原文逐格并排打印，供两人核对。两人核对无误后加 --by 甲 --by 乙，"
    "在文件里把附件中找到的行记为 official，并写入核对日期、核对人和附件的 SHA-256。",
)
@click.argument("standard", metavar="标准文件", type=PATH)
@click.option("--against", "annex", type=PATH, required=True, metavar="附件", help="发文机关的附件原件")
@click.option("--by", "names", multiple=True, metavar="姓名", help="核对人，两人各写一次")
@click.option("--on", "day", type=Day(), metavar="日期", help="核对日期；不写为今天")
@click.option("-f", "--format", "form", type=click.Choice(["terminal", "md"]), help="核对表的格式")
@catalogue_option
@output_option
def command(
    *,
    standard: Path,
    annex: Path,
    names: tuple[str, ...],
    day: dt.date | None,
    form: str | None,
    extra: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Compare with the annex, and stamp."""
    from equipcheck.cli.standards_common import catalogue
    from equipcheck.cli.tables import print_table
    from equipcheck.ground.saving import save
    from equipcheck.standard.load import load_file
    from equipcheck.standard.verify import compare, comparison_lines, comparison_page, comparison_table, stamp

    on = day or today()
    kinds = catalogue(extra)
    loaded = load_file(standard, str(standard), kinds)
    comparison = compare(loaded, annex, str(annex), kinds)
    if names:
        from equipcheck.standard.lint import known_editions, lint

        found = lint(standard, str(standard), kinds, known_editions([standard])).problems
        save(standard, stamp(loaded, comparison, names, on, found))
        click.echo(
            f"已记为核对：{len(comparison.found)} 行改为 official，核对人 {'、'.join(names)}，{on}", err=True
        )
        for cell in comparison.differing:
            said = f"原文“{cell.words}”，标准文件“{cell.says}”（{cell.verdict}），由核对人认定"
            click.echo(f"注意 {cell.place} {cell.name} {cell.column}：{said}", err=True)
        return
    if form == "md" or output is not None:
        deliver(comparison_page(loaded, annex.name, comparison), output, "md")
        return
    for line in comparison_lines(loaded, annex.name, comparison):
        click.echo(line)
    click.echo()
    print_table(comparison_table(comparison))
    click.echo()
    click.echo(f"两人核对无误后：equipcheck standards verify {standard} --against {annex} --by 甲 --by 乙")
