"""`equipcheck match`: how names were matched to kinds, and people's decisions on the doubtful ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from equipcheck.cli import options
from equipcheck.cli.base import Command

FORMATS = ("terminal", "json")
file = click.Path(path_type=Path)


@click.command("match", cls=Command)
@options.project_options
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), help="输出形式")
@click.option("-o", "--output", type=options.Output(), metavar="文件", help="写入文件：要么完整，要么不写")
@click.option("--review", type=file, metavar="复核.xlsx", help="把不确定的名称写成工作簿，供下拉选择")
@click.option("--apply", "apply_", type=file, metavar="复核.xlsx", help="读回填好的工作簿，记入决定文件")
@click.option("--ask", "asking", is_flag=True, help="在终端逐条询问不确定的名称")
@click.option("--suggest-aliases", is_flag=True, help="由已确认的决定提议装备目录的新叫法")
@click.option(
    "--decisions", "decisions", type=file, metavar="文件", help="记入哪个决定文件（默认：项目写明的第一个）"
)
@click.option("--by", metavar="姓名", help="作决定的人，记入决定文件")
def command(
    form: str | None,
    output: Path | None,
    review: Path | None,
    apply_: Path | None,
    decisions: Path | None,
    by: str | None,
    *,
    asking: bool,
    suggest_aliases: bool,
    **called: Any,
) -> int:
    """台账里的名称各对应哪种装备，依据是什么；不确定的交人决定，决定过的不再问。

    \b
    例：equipcheck match                         查看对应情况
        equipcheck match --review 复核.xlsx      写出待复核的名称
        equipcheck match --apply 复核.xlsx       读回填好的结论
    """
    chosen = [
        name
        for name, given in (
            ("--review", review), ("--apply", apply_), ("--ask", asking), ("--suggest-aliases", suggest_aliases),
        )
        if given
    ]  # fmt: skip
    if len(chosen) > 1:
        raise click.UsageError(f"{'、'.join(chosen)} 一次只用一个")
    if chosen and (form is not None or (output is not None and not suggest_aliases)):
        raise click.UsageError(f"{chosen[0]} 不与 -f、-o 同用；对应情况请另运行一次 equipcheck match")
    from equipcheck.cli import match_work as work

    project = options.open_called(called)
    if apply_ is not None:
        return work.apply(project, apply_, decisions, by)
    if asking:
        return work.ask_all(project, decisions, by)
    if review is not None:
        return work.review(project, review)
    if suggest_aliases:
        options.deliver(work.aliases(project), output, "yaml")
        return 0
    form = options.choose_format(form, output, FORMATS)
    options.deliver(work.show(project, form), output, form)
    return 0
