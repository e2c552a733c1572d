"""`equipcheck standards pack`: a standard, its annex and the comparison in one archive."""

from __future__ import annotations

from pathlib import Path

import click

from equipcheck.cli.base import Command

PATH = click.Path(path_type=Path)


@click.command(cls=Command)
@click.argument("standard", metavar="标准")
@click.option("-o", "--output", type=PATH, required=True, metavar="FILE.zip", help="写到哪个文件")
@click.option("--annex", type=PATH, metavar="附件", help="发文机关的附件原件，须是核对签字时的那一份")
def command(*, standard: str, output: Path, annex: Path | None) -> None:
    """把标准（编号或文件）连同核对签字、附件和核对表装成一个文件，发给各单位。

    收到的单位运行 equipcheck standards add FILE.zip：内容、签字、附件逐一核对无误才放进标准库。
    """
    from equipcheck.cli.standards_common import catalogue, open_standard
    from equipcheck.ground.saving import save
    from equipcheck.standard.packing import pack

    kinds = catalogue(())
    loaded = open_standard(standard, kinds)
    content, comparison = pack(loaded, annex, kinds)
    save(output, content)
    signed = loaded.standard.verified
    click.echo(f"已写 {output}：{loaded.standard.title}（{loaded.standard.id}）", err=True)
    click.echo(signed.said if signed else "没有核对签字：收到的单位不能确认它与原文一致", err=True)
    if comparison is None:
        click.echo("没有附件和核对表；要一并发出请加 --annex 附件", err=True)
    else:
        told = f"附有附件和核对表：{len(comparison.cells)} 格，{len(comparison.differing)} 格由核对人认定"
        click.echo(told, err=True)
