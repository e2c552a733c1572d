"""`equipcheck standards diff`."""

from __future__ import annotations

from pathlib import Path

import click

from equipcheck.cli.base import Command
from equipcheck.cli.standards_common import catalogue_option, output_option

FORMS = ("terminal", "md", "json")


@click.command(cls=Command, help="比较两个标准（编号或文件）：B 比 A 新增、取消、变化了什么。")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option("-f", "--format", "form", type=click.Choice(FORMS), help="输出格式")
@catalogue_option
@output_option
def command(
    *,
    old: str,
    new: str,
    form: str | None,
    extra: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Compare two standards."""
    from equipcheck.cli.standards_common import as_json, catalogue, emit, form_of, open_standard
    from equipcheck.cli.tables import print_table
    from equipcheck.standard.diff import as_json as difference_json
    from equipcheck.standard.diff import diff
    from equipcheck.standard.tables import counts_in_words, difference_table, markdown

    kinds = catalogue(extra)
    difference = diff(open_standard(old, kinds).standard, open_standard(new, kinds).standard)
    chosen = form_of(form, output, FORMS, "terminal" if output is None else "md")
    if chosen == "json":
        emit(as_json(difference_json(difference)), output)
        return
    lines = [f"{difference.old.title} → {difference.new.title}", counts_in_words(difference)]
    table = difference_table(difference)
    if chosen == "md":
        emit("# " + "\n\n".join(lines) + "\n\n" + markdown(table), output)
        return
    for line in lines:
        click.echo(line)
    if table.rows:
        click.echo()
        print_table(table)
