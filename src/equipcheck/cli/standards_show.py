"""`equipcheck standards show`."""

from __future__ import annotations

from pathlib import Path

import click

from equipcheck.cli.base import Command
from equipcheck.cli.options import deliver
from equipcheck.cli.standards_common import PATH, catalogue_option, output_option

FORMS = ("terminal", "md", "json")


@click.command(cls=Command, help="按原表样式显示一个标准（编号或文件）。加 --for 显示本单位应配的数量。")
@click.argument("standard", metavar="标准")
@click.option("--for", "project", type=PATH, metavar="项目", help="项目文件夹：按它的机构资料算出应配数量")
@click.option("-f", "--format", "form", type=click.Choice(FORMS), help="输出格式")
@catalogue_option
@output_option
def command(
    standard: str, project: Path | None, form: str | None, extra: tuple[Path, ...], output: Path | None
) -> None:
    """Show one standard."""
    from equipcheck.cli.standards_common import as_json, catalogue, form_of, open_standard
    from equipcheck.cli.tables import print_table
    from equipcheck.ground.tables import markdown
    from equipcheck.standard.normal import normal
    from equipcheck.standard.tables import standard_table
    from equipcheck.standard.words import head_lines

    own = None
    if project is None:
        loaded = open_standard(standard, catalogue(extra))
    else:
        from equipcheck.checking.demand import demand_of
        from equipcheck.project.project import open_project

        opened = open_project([project])
        loaded = open_standard(standard, catalogue((*opened.catalogue, *extra)))
        own = demand_of(loaded, opened.bureau)
    chosen = form_of(form, output, FORMS, "terminal" if output is None else "md")
    if chosen == "json":
        data = normal(loaded.standard) | {"open_questions": list(loaded.open_rows)}
        deliver(as_json(data if own is None else data | {"own": own.as_json()}), output, chosen)
        return
    table = standard_table(loaded.standard, None if own is None else own.texts)
    lines = head_lines(loaded.standard) + ([] if own is None else [own.head])
    lines += [f"有 {len(loaded.open_rows)} 行待定，只列出、不核算"] if loaded.open_rows else []
    if chosen == "md" or output is not None:
        deliver("# " + "\n\n".join(lines) + "\n\n" + markdown(table), output, "md")
        return
    for line in lines:
        click.echo(line)
    click.echo()
    print_table(table)
