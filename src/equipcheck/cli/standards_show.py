"""`equipcheck standards show`."""

from __future__ import annotations

from pathlib import Path

import click

from equipcheck.cli.base import Command
from equipcheck.cli.standards_common import catalogue_option, output_option

FORMS = ("terminal", "md", "json")


@click.command(cls=Command, help="按原表样式显示一个标准（编号或文件）。")
@click.argument("standard", metavar="标准")
@click.option("-f", "--format", "form", type=click.Choice(FORMS), help="输出格式")
@catalogue_option
@output_option
def command(standard: str, form: str | None, extra: tuple[Path, ...], output: Path | None) -> None:
    """Show one standard."""
    from equipcheck.cli.standards_common import as_json, catalogue, emit, form_of, open_standard
    from equipcheck.cli.tables import print_table
    from equipcheck.standard.normal import normal
    from equipcheck.standard.tables import markdown, standard_table
    from equipcheck.standard.words import head_lines

    loaded = open_standard(standard, catalogue(extra))
    chosen = form_of(form, output, FORMS, "terminal" if output is None else "md")
    if chosen == "json":
        data = normal(loaded.standard)
        data["open_questions"] = list(loaded.open_rows)
        emit(as_json(data), output)
        return
    table = standard_table(loaded.standard)
    lines = head_lines(loaded.standard)
    lines += [f"有 {len(loaded.open_rows)} 行待定，只列出、不核算"] if loaded.open_rows else []
    if chosen == "md" or output is not None:
        emit("# " + "\n\n".join(lines) + "\n\n" + markdown(table), output)
        return
    for line in lines:
        click.echo(line)
    click.echo()
    print_table(table)
