"""`equipcheck report`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from equipcheck.cli import options
from equipcheck.cli.base import Command

if TYPE_CHECKING:
    from equipcheck.checking.check import Run
    from equipcheck.checking.results import Report

FORMATS = {
    "terminal": "report.terminal",
    "json": "report.json_",
    "md": "report.markdown",
    "csv": "report.csv_",
    "html": "report.html.bureau",
    "xlsx": "report.workbook",
}
"""Each form and the module that renders it."""
FILES = ("html", "xlsx")
"""Forms that are a file to open, never text on a terminal."""


@click.command("report", cls=Command)
@options.project_options
@options.output_options(*FORMATS)
@click.option(
    "--of",
    type=options.Word("of"),
    help="csv 一行写什么：findings 一项要求（默认），assets 一项资产及其归处",
)
@click.option("--all-assets", is_flag=True, help="json 里列出每项的全部资产行（默认至多前 200 行）")
@click.option("--chart", is_flag=True, help="终端里另按类别画出要求、可用、缺口")
@click.option("--fail-under", type=options.Share(), metavar="0～1", help="达标率低于此值时退出码为 1")
@click.option("--strict", is_flag=True, help="有待复核、读不懂或待定的内容时退出码为 1")
def command(
    form: str | None,
    output: Path | None,
    of: str | None,
    fail_under: float | None,
    *,
    chart: bool,
    all_assets: bool,
    strict: bool,
    **called: Any,
) -> int:
    """对照标准核查台账。

    不写参数时核查当前文件夹（或上级）的项目；也可以写项目文件夹，或直接写台账文件并用选项给出单位情况。

    例：equipcheck report 台账.xlsx --level county --staff 17 --vehicles 3 --as-of 2023-12-31
    """
    form = options.choose_format(form, output, FORMATS)
    if form in FILES and output is None:
        raise click.UsageError(f"{form} 请用 -o 写明文件名，如 -o 核查.{form}")
    if of is not None and form != "csv":
        raise click.UsageError("--of 只用于 csv")
    if all_assets and form != "json":
        raise click.UsageError("--all-assets 只用于 json；csv --of assets 和 xlsx 里本来就全")
    if chart and form != "terminal":
        raise click.UsageError("--chart 只用于终端；md、html 和 xlsx 里本来就有")
    run = options.run_called(called)
    if form in FILES:
        report, content = render_file(run, form)
    else:
        report = run.report if _without_plan(run, form) else _proposed(run)
        asked: dict[str, dict[str, Any]] = {
            "terminal": {"chart": chart},
            "json": {"all_assets": all_assets},
            "csv": {"of": of},
        }
        content = options.render_as(form, FORMATS, report, output, **asked.get(form, {}))
    options.deliver(content, output, form)
    return missed(report, fail_under, strict=strict)


def _without_plan(run: Run, form: str) -> bool:
    """Whether nothing of planning is shown, and nothing that the project says of it is to be checked."""
    return form == "terminal" and not run.project.plan and run.project.prices is None


def _proposed(run: Run) -> Report:
    from equipcheck.plan import propose

    return propose(run)


def render_file(run: Run, form: str) -> tuple[Report, str | bytes]:
    """The report with its plan and its years as one file to open (FILES)."""
    from equipcheck.plan import make_plan

    plan = make_plan(run)
    if form == "xlsx":
        from equipcheck.report import workbook

        return plan.report, workbook.render(plan)
    from equipcheck.history import files
    from equipcheck.history.trend import trend
    from equipcheck.report.html import bureau

    snapshots, notes = files.read_all(run.project.root)
    return plan.report, bureau.render(plan, trend(snapshots, notes))


def missed(report: Report, fail_under: float | None, *, strict: bool) -> int:
    """1 where a bar that was asked for was missed, else 0; says why on stderr."""
    code = 0
    rate = report.coverage.by_kind
    if fail_under and rate is None:
        click.echo(f"没有可算达标率的必配项，不能说达到了 {fail_under}", err=True)
        code = 1
    elif fail_under is not None and rate is not None and rate < fail_under:
        click.echo(f"达标率 {rate:.3f} 低于要求的 {fail_under}", err=True)
        code = 1
    undecided = sum(one.status == "undecided" for one in report.findings)
    open_ = [
        f"{count} {label}"
        for count, label in (
            (len(report.review), "行待复核"),
            (len(report.rejected), "行读不懂"),
            (undecided, "项待定"),
        )
        if count
    ]
    if strict and open_:
        click.echo(f"尚有{'、'.join(open_)}", err=True)
        code = 1
    return code
