"""`equipcheck standards add`: a standard into this user's library."""

from __future__ import annotations

from pathlib import Path

import click

from equipcheck.cli.base import Command

PATH = click.Path(path_type=Path)


@click.command(cls=Command)
@click.argument("file", metavar="标准.yaml|标准包.zip", type=PATH)
@click.option("--replace", is_flag=True, help="替换库里已有的同一编号，或盖过内置的同一编号")
def command(file: Path, *, replace: bool) -> None:
    """把标准文件放进本用户的标准库，此后各项目都可以按编号使用。

    一个单位导入、两人核对签字的标准，以一个文件发给各区县，各自 add 一次即可。
    标准包（standards pack 写成的 zip）先核对内容、签字和附件，有一处不符就不放入。
    查找的先后：项目文件夹里的 编号.yaml，本用户的标准库，内置。
    """
    from equipcheck.cli.standards_common import catalogue
    from equipcheck.ground.saving import make_folder, save
    from equipcheck.problems import InputError, Place, Problem
    from equipcheck.standard import library
    from equipcheck.standard.load import load_file, shipped_ids
    from equipcheck.standard.packing import ready, unpack

    kinds = catalogue(())
    told = None
    if file.suffix.lower() == ".zip":
        with unpack(file, str(file), kinds) as unpacked:
            standard, content = unpacked.loaded.standard, unpacked.content
        told = "包里没有附件，只核对了内容"
        if unpacked.comparison is not None:
            cells, differing = unpacked.comparison.cells, unpacked.comparison.differing
            told = f"包里的附件已重新比对：{len(cells)} 格，{len(differing)} 格由核对人认定"
        if standard.verified is not None and standard.verified.content is None:
            told += "；签字是旧版写的，没有内容的指纹，签字后改没改过无从核对"
    else:
        loaded = load_file(file, str(file), kinds)
        ready(loaded, Place(str(file)))
        standard, content = loaded.standard, file.read_bytes()
    target = library.path_of(standard.id)
    there = [str(target)] if target.is_file() and target.read_bytes() != content else []
    there += [f"内置的 standards/{standard.id}.yaml"] if standard.id in shipped_ids() else []
    if there and not replace:
        args = {"id": standard.id, "other": "、".join(there)}
        raise InputError(Problem("standard-clash", Place(str(file)), args))
    make_folder(target.parent)
    save(target, content)
    who = standard.verified.said if standard.verified else "没有核对签字"
    click.echo(f"已放入 {target}：{standard.title}（{standard.id}），{who}", err=True)
    if told is not None:
        click.echo(told, err=True)
