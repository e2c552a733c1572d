"""`equipcheck standards import`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import click

from equipcheck.cli.base import Command
from equipcheck.cli.options import Word, deliver
from equipcheck.cli.standards_common import PATH, catalogue_option, output_option


@click.command(
    cls=Command,
    help="把附件里的标准表（docx、odt、xlsx、xls、ods、html、csv，装有 pdf 附加件时还有 pdf）读成草稿。"
    "读不准的一律保留原文并列为待定，不猜、不丢。不写 -o 时输出到屏幕。",
)
@click.argument("file", metavar="附件", type=PATH)
@output_option
@click.option(
    "--id", "name", metavar="ID", help="标准的编号（小写字母、数字、-），如 local-2025；不写时取文件名"
)
@click.option("--family", metavar="NAME", help="同一标准各版本共用的系列名；不写时取编号去掉年份")
@click.option("--title", metavar="TEXT", help="标准名称；不写时取附件的标题")
@click.option("--document", metavar="TEXT", help="文号")
@click.option("--effective", metavar="DATE", help="施行日期（2025-01-01），只知年份时写年份")
@click.option(
    "--status",
    type=Word("status", "official", "reprint"),
    default="reprint",
    show_default=True,
    help="数量的依据：official 发文机关原件，reprint 转载件",
)
@click.option(
    "--limit",
    type=Word("limit"),
    help="数量的性质：floor 配备下限，ceiling 配置上限；不写时看表头和标题，没有写明的按下限",
)
@click.option(
    "--columns",
    metavar="名称=B,县级=D",
    help="用手指明各列：名称、单位、备注……和各数量列（县级、数量、县级必配），"
    "等号后写列的字母、序号或表头原文；没有写到的列不读作数量",
)
@click.option("--merge", is_flag=True, help="草稿已存在时：重新导入，保留其中已有的答复")
@click.option("--force", is_flag=True, help="草稿已存在时：覆盖，其中的答复全部丢弃")
@click.option("--strict", is_flag=True, help="还有待定的问题时退出码为 1")
@catalogue_option
def command(
    *,
    file: Path,
    output: Path | None,
    name: str | None,
    family: str | None,
    title: str | None,
    document: str | None,
    effective: str | None,
    status: str,
    limit: Literal["floor", "ceiling"] | None,
    columns: str | None,
    merge: bool,
    force: bool,
    strict: bool,
    extra: tuple[Path, ...],
) -> int:
    """Import an annex."""
    from equipcheck.cli.standards_common import catalogue
    from equipcheck.problems import InputError, Place, Problem
    from equipcheck.standard.annex.draft import Wanted
    from equipcheck.standard.annex.drafting.drafted import listed
    from equipcheck.standard.annex.importing import account, import_annex

    if merge and force:
        raise click.UsageError("--merge 与 --force 只能选一个")
    existing = output is not None and output.exists()
    if existing and not merge and not force:
        raise InputError(Problem("draft-exists", Place(str(output))))
    name = _identity(name, output or file)
    wanted = Wanted(
        name,
        family or re.sub(r"[-_.]?(19|20)[0-9]{2}$", "", name) or name,
        title,
        document,
        effective,
        "official" if status == "official" else "reprint",
        limit,
        columns=None if columns is None else _columns(columns),
    )
    kinds = catalogue(extra)
    done = import_annex(file, str(file), kinds, wanted, output if existing and merge else None)
    if not done.unchanged:
        deliver(done.text, output, "yaml")
    for line in account(done):
        click.echo(line, err=True)
    if existing and merge:
        told = (
            "附件和草稿都没有变化，草稿原样保留" if done.unchanged else f"保留了 {done.kept} 行里已有的答复"
        )
        click.echo(told, err=True)
    for row in done.back:
        click.echo(f"注意：草稿里已没有 {row}，附件里还有，已重新写入；确实不要的请再删去", err=True)
    for row in done.new:
        click.echo(f"注意：草稿里没有 {row}，按附件写入；附件换过，若是您以前有意删去的请再删去", err=True)
    for answer in done.dropped:
        click.echo(f"注意：{answer}", err=True)
    for question in listed(done.questions):
        click.echo(f"待定：{question}", err=True)
    click.echo(_next(len(done.questions), output), err=True)
    return 1 if strict and done.questions else 0


def _columns(text: str) -> dict[str, str]:
    """「名称=B,县级=D」 as heading → column."""
    from equipcheck.problems import InputError, Place, Problem
    from equipcheck.standard.annex.layout.by_hand import named_by_hand

    found: dict[str, str] = {}
    for part in re.split("[,，;；]", text):
        label, mark, where = part.replace("＝", "=").partition("=")
        if not mark or not label.strip() or not where.strip():
            raise InputError(
                Problem("annex-columns", Place("--columns"), {"part": part, "why": "不是“名称=列”"})
            )
        if label.strip() in found:
            raise InputError(Problem("annex-columns", Place("--columns"), {"part": label, "why": "写了两次"}))
        found[label.strip()] = where.strip()
    roles = {named_by_hand(label).role for label in found}
    for role, why in (("name", "没有写名称在哪一列"), ("quantity", "没有写数量在哪一列")):
        if role not in roles:
            raise InputError(Problem("annex-columns", Place("--columns"), {"part": text, "why": why}))
    return found


def _identity(name: str | None, path: Path) -> str:
    if name is not None:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_.-]{0,79}", name):
            raise click.BadParameter("只用小写字母、数字和 - _ .，以字母或数字开头", param_hint="--id")
        return name
    plain = re.sub(r"[^a-z0-9_.-]+", "-", path.stem.lower()).strip("-_.")
    return plain or "draft"


def _next(questions: int, output: Path | None) -> str:
    shown = output if output is not None else "草稿.yaml"
    if questions:
        where = f"待定 {questions} 处，已写在草稿里相应的行旁"
        return f"{where}。下一步：对照原文写明，再运行 equipcheck standards lint {shown}"
    return f"没有待定的问题。下一步：equipcheck standards verify {shown} --against 附件，与原文逐行核对"
