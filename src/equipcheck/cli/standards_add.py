"""`equipcheck standards add`: a standard into this user's library."""

from __future__ import annotations

from pathlib import Path

import click

from equipcheck.cli.base import Command

PATH = click.Path(path_type=Path)


@click.command(cls=Command)
@click.argument("file", metavar="标准.yaml", type=PATH)
@click.option("--replace", is_flag=True, help="替换库里已有的同一编号，或盖过内置的同一编号")
def command(file: Path, *, replace: bool) -> None:
    """把标准文件放进本用户的标准库，此后各项目都可以按编号使用。

    一个单位导入、两人核对签字的标准，以一个文件发给各区县，各自 add 一次即可。
    查找的先后：项目文件夹里的 编号.yaml，本用户的标准库，内置。
    """
    from equipcheck.cli.standards_common import catalogue
    from equipcheck.ground.saving import save
    from equipcheck.problems import InputError, Place, Problem
    from equipcheck.standard import library
    from equipcheck.standard.load import load_file, shipped_ids

    loaded = load_file(file, str(file), catalogue(()))
    standard = loaded.standard
    if loaded.open_rows:
        raise InputError(
            Problem("standard-unfinished", Place(str(file)), {"rows": "、".join(loaded.open_rows)})
        )
    if loaded.base is not None and not loaded.base.shipped:
        raise InputError(Problem("standard-rests-on-file", Place(str(file)), {"base": loaded.base.shown}))
    target = library.path_of(standard.id)
    content = file.read_bytes()
    there = [str(target)] if target.is_file() and target.read_bytes() != content else []
    there += [f"内置的 standards/{standard.id}.yaml"] if standard.id in shipped_ids() else []
    if there and not replace:
        args = {"id": standard.id, "other": "、".join(there)}
        raise InputError(Problem("standard-clash", Place(str(file)), args))
    target.parent.mkdir(parents=True, exist_ok=True)
    save(target, content)
    signed = standard.verified
    who = (
        f"{'、'.join(signed.by)} 于 {signed.on} 核对，附件 SHA-256 {signed.sha256}"
        if signed
        else "没有核对签字"
    )
    click.echo(f"已放入 {target}：{standard.title}（{standard.id}），{who}", err=True)
