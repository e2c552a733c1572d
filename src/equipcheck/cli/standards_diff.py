"""`equipcheck standards diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from equipcheck.cli import options
from equipcheck.cli.base import Command
from equipcheck.cli.standards_common import PATH, catalogue_option, output_option

if TYPE_CHECKING:
    from equipcheck.catalogue.kinds import Catalogue
    from equipcheck.plan.edition_impact import Impact

FORMS = ("terminal", "md", "json")


@click.command(
    cls=Command,
    help="比较两个标准（编号或文件）：B 比 A 新增、取消、变化了什么。加 --for 看换用 B 后本单位的缺口和经费怎样变。",
)
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option(
    "--for", "project", type=PATH, metavar="项目", help="项目文件夹：同一份台账按两个标准各核查一次"
)
@click.option("-f", "--format", "form", type=click.Choice(FORMS), help="输出格式")
@catalogue_option
@output_option
def command(
    *,
    old: str,
    new: str,
    project: Path | None,
    form: str | None,
    extra: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Compare two standards."""
    from equipcheck.cli.standards_common import as_json, catalogue, form_of, open_standard
    from equipcheck.cli.tables import print_table
    from equipcheck.ground.tables import markdown
    from equipcheck.standard.diff import as_json as difference_json
    from equipcheck.standard.diff import diff
    from equipcheck.standard.tables import counts_in_words, difference_table

    told = None
    if project is None:
        kinds = catalogue(extra)
        difference = diff(open_standard(old, kinds).standard, open_standard(new, kinds).standard)
    else:
        told, kinds = _impact(project, old, new)
        difference = diff(open_standard(old, kinds).standard, open_standard(new, kinds).standard)
    chosen = form_of(form, output, FORMS, "terminal" if output is None else "md")
    if chosen == "json":
        data = difference_json(difference)
        options.deliver(as_json(data if told is None else data | {"impact": told.as_json()}), output, chosen)
        return
    parts = [
        (
            f"{difference.old.title} → {difference.new.title}",
            [counts_in_words(difference)],
            difference_table(difference),
        )
    ]
    if told is not None:
        from equipcheck.report.impact_words import impact_lines, impact_table

        parts.append((f"对本单位的影响（截至 {told.as_of}）", impact_lines(told), impact_table(told)))
    if chosen == "md" or output is not None:
        options.deliver(
            "\n".join(
                f"# {head}\n\n" + "\n\n".join(lines) + "\n\n" + markdown(table)
                for head, lines, table in parts
            ),
            output,
            "md",
        )
        return
    for head, lines, table in parts:
        for line in (head, *lines):
            click.echo(line)
        click.echo()
        if table.rows:
            print_table(table)
            click.echo()


def _impact(project: Path, old: str, new: str) -> tuple[Impact, Catalogue]:
    """The same ledgers by both standards; today stands in where the project names no date."""
    from equipcheck.checking.gather import gather
    from equipcheck.cli.standards_common import open_standard
    from equipcheck.plan.edition_impact import impact
    from equipcheck.project.project import open_project

    gathered = gather(open_project([project]))
    kinds = gathered.catalogue
    today = options.today()
    return impact(gathered, today, open_standard(old, kinds), open_standard(new, kinds)), kinds
