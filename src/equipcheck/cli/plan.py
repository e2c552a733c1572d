"""`equipcheck plan`: what to do about each gap, in which order, with which money, by when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from equipcheck.cli import options
from equipcheck.cli.base import Command

FORMATS = {
    "terminal": "report.plan_terminal",
    "json": "report.plan_json",
    "md": "report.plan_markdown",
    "csv": "report.plan_csv",
    "ics": "report.ics",
}
"""Each form and the module that renders it."""


@click.command("plan", cls=Command)
@options.project_options
@click.option(
    "--budget", metavar="元[,元…]", help="每年的预算，逗号分开：300000,200000 或 30万,20万（默认不限）"
)
@click.option(
    "--by",
    type=options.Word("by"),
    default="priority",
    help="按先后逐项安排（默认），或按价值取最优",
)
@click.option(
    "--from",
    "first_year",
    type=click.IntRange(2000, 2199),
    metavar="年",
    help="第一个预算年度（默认截至日期的下一年）",
)
@click.option("--with-optional", is_flag=True, help="选配的也列入")
@click.option(
    "--what-if",
    "what_if",
    type=options.FactOption(),
    multiple=True,
    metavar="名称=取值",
    help="假设，如 staff=20",
)
@options.output_options(*FORMATS)
@click.option(
    "--xlsx",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="另写一份工作簿：汇总、明细、采购意向、送检计划等",
)
def command(
    budget: str | None,
    by: str,
    first_year: int | None,
    what_if: tuple[tuple[str, Any], ...],
    form: str | None,
    output: Path | None,
    xlsx: Path | None,
    *,
    with_optional: bool,
    **called: Any,
) -> int:
    """补齐缺口的计划：先修、先调、再买，按先后和经费逐年安排。

    例：equipcheck plan --budget 30万,20万 --xlsx 计划.xlsx
    """
    from equipcheck.plan.budgets import parse_budgets
    from equipcheck.plan.make import Call, make_plan

    if xlsx is not None and xlsx.suffix.lower() != ".xlsx":
        raise click.UsageError(f"--xlsx 写成 Excel 工作簿，文件名应以 .xlsx 结尾：“{xlsx.name}”")
    budgets = parse_budgets(budget) if budget is not None else None
    form = options.choose_format(form, output, FORMATS)
    run = options.run_called(called)
    if first_year is not None and first_year < run.as_of.year:
        raise click.UsageError(f"--from {first_year} 早于截至日期（{run.as_of}）所在的年度")
    plan = make_plan(run, Call(budgets, by, first_year, with_optional, dict(what_if)))
    content = options.render_as(form, FORMATS, plan, output)
    if xlsx is not None:
        from equipcheck.report import plan_workbook

        options.deliver(plan_workbook.render(plan), xlsx, "xlsx")
    options.deliver(content, output, form)
    return 0
