"""`equipcheck rollup`: many bureaus at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from equipcheck.cli import options
from equipcheck.cli.base import Command

if TYPE_CHECKING:
    from equipcheck.fleet.opening import Options

FORMATS = {
    "terminal": "report.rollup_terminal",
    "json": "report.rollup_json",
    "csv": "report.rollup_csv",
    "parquet": "fleet.export",
    "html": "report.html.fleet",
    "xlsx": "report.rollup_workbook",
}
"""Each form and the module that renders it."""
FILES = ("parquet", "html", "xlsx")
PATH = click.Path(path_type=Path)


@click.command("rollup", cls=Command)
@click.argument("target", metavar="文件夹|fleet.yaml|汇总台账", type=PATH, default=Path())
@click.option(
    "--bureaus",
    type=PATH,
    metavar="机构表",
    help="机构表（csv、xlsx）：机构代码、名称、级别、上级、人员数、车辆数等",
)
@click.option("--standard", metavar="标准", help="全部机构都按这个标准（编号或 YAML 文件）")
@click.option("--as-of", "as_of", type=options.Day(), metavar="日期", help="全部机构都按这一天")
@click.option(
    "--metrology",
    type=options.METROLOGY,
    metavar="登记|严格",
    help="严格（strict）：有效期未登记的仪器不计入；登记（record）为默认",
)
@options.output_options(*FORMATS)
@click.option("--no-transfers", is_flag=True, help="不测算单位之间的调剂")
@click.option(
    "--jobs", type=click.IntRange(min=1, max=256), metavar="个数", help="同时读文件的进程数（默认按处理器数）"
)
@click.option(
    "--cache",
    type=PATH,
    metavar="文件夹",
    help="已读台账的缓存放在哪里（默认：本用户的缓存文件夹；可随时删除）",
)
@click.option("--no-cache", is_flag=True, help="不用缓存，每份台账都重读")
@click.option(
    "--cluster",
    metavar="地址",
    help="在 Spark 集群上运行：spark://…、yarn，或 local-cluster[2,1,1024]（需装 equipcheck[spark]）",
)
@click.option("--strict", is_flag=True, help="有没有计入的机构时退出码为 1")
@click.option(
    "--blank",
    type=PATH,
    metavar="文件夹",
    help="不汇总：按机构表每个机构写一份空白报表，发出去填，收回来照读",
)
def command(
    target: Path,
    bureaus: Path | None,
    standard: str | None,
    as_of: dt.date | None,
    metrology: str | None,
    form: str | None,
    output: Path | None,
    jobs: int | None,
    cache: Path | None,
    cluster: str | None,
    blank: Path | None,
    *,
    no_transfers: bool,
    no_cache: bool,
    strict: bool,
) -> int:
    """汇总许多机构：达标率、缺口、经费、可调剂的、没有报送的。

    可以是 fleet.yaml、放着各单位项目的文件夹、一个机构一份台账（文件名为机构代码）的文件夹，
    或带单位代码列的一份汇总台账（csv、xlsx、parquet）。

    例：equipcheck rollup inventories/sample-fleet
    """
    from equipcheck.fleet.cache import Cache, usual_folder
    from equipcheck.fleet.opening import Options
    from equipcheck.fleet.rollup import How, roll_up

    called = Options(standard, as_of, metrology, bureaus)
    if blank is not None:
        if output is not None or form is not None:
            raise click.UsageError("--blank 只写空白报表，不与 -o、-f 同用")
        return _write_blanks(target, called, blank)
    form = options.choose_format(form, output, FORMATS)
    if form in FILES and output is None:
        raise click.UsageError(f"{form} 请用 -o 写明文件名，如 -o 汇总.{form}")
    how = How(
        Cache(None if no_cache else cache or usual_folder()),
        jobs,
        transfers=not no_transfers,
        cluster=cluster,
    )
    rollup = roll_up(target, options.today(), called, how, options.progress)
    options.deliver(options.render_as(form, FORMATS, rollup, output), output, form)
    if rollup.failed:
        click.echo(f"有 {len(rollup.failed)} 个机构或代码没有计入合计，原因见结果", err=True)
    return 1 if strict and rollup.failed else 0


def _write_blanks(target: Path, called: Options, folder: Path) -> int:
    """One workbook a bureau, all or none."""
    from equipcheck.catalogue.kinds import load_catalogue
    from equipcheck.fleet.blanks import blanks
    from equipcheck.fleet.opening import open_fleet
    from equipcheck.ground.saving import make_folder, save
    from equipcheck.problems import InputError, Place, Problem

    fleet = open_fleet(target, replace(called, ledgers=False))
    names = [kind.name for kind in load_catalogue().kinds.values() if kind.replaced_by is None]
    made = blanks(fleet, names)
    there = [name for name in made if (folder / name).exists()]
    if there:
        args = {"files": "、".join(there[:3]) + ("等" if len(there) > 3 else "")}
        raise InputError(Problem("blank-exists", Place(str(folder)), args))
    make_folder(folder)
    for name, content in made.items():
        save(folder / name, content)
    click.echo(f"已写 {len(made)} 份空白报表到 {folder}；收回后放进台账文件夹，再运行 rollup", err=True)
    for one in fleet.failed:
        click.echo(f"没有写 {one.bureau}：{one.why}", err=True)
    return 0
