"""`equipcheck standards new`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from equipcheck.cli.base import Command
from equipcheck.cli.options import Word
from equipcheck.cli.standards_common import PATH


@click.command(cls=Command, help="新建一个带说明的标准文件。已有的文件不覆盖。")
@click.argument("name", metavar="编号")
@click.option("-o", "--output", type=PATH, metavar="PATH", help="写到哪里；不写为当前文件夹的 编号.yaml")
@click.option("--title", metavar="TEXT", help="标准名称")
@click.option("--family", metavar="NAME", help="系列名；不写时取编号去掉年份")
@click.option("--limit", type=Word("limit"), default="floor", show_default=True, help="下限或上限")
@click.option(
    "--columns",
    "layout",
    type=Word("layout"),
    default="level",
    show_default=True,
    help="原表的列：level 省市县，grade 一二三级，region-… 地区×级别，climate 气候区，none 只有一列",
)
@click.option("--extends", metavar="标准", help="地方标准：在哪个标准之上加严或增加")
def command(
    *,
    name: str,
    output: Path | None,
    title: str | None,
    family: str | None,
    limit: str,
    layout: str,
    extends: str | None,
) -> None:
    """Write a new file."""
    from equipcheck.ground.saving import save
    from equipcheck.problems import InputError, Place, Problem
    from equipcheck.standard.load import find
    from equipcheck.standard.templates import template

    if not re.fullmatch(r"[a-z0-9][a-z0-9_.-]{0,79}", name):
        raise click.UsageError(f"编号“{name}”不合要求：只用小写字母、数字和 - _ .，以字母或数字开头")
    path = output or Path(f"{name}.yaml")
    if path.exists():
        raise InputError(Problem("file-exists", Place(str(path))))
    if extends is not None:
        find(extends, path.parent)
    family = family or re.sub(r"[-_.]?(19|20)[0-9]{2}$", "", name) or name
    save(
        path, template(name, family=family, title=title or name, limit=limit, layout=layout, extends=extends)
    )
    click.echo(f"已写好 {path}。下一步：照原文填写各行，再运行 equipcheck standards lint {path}", err=True)
