"""`equipcheck standards list`."""

from __future__ import annotations

import click

from equipcheck.cli.base import Command
from equipcheck.cli.options import deliver


@click.command(cls=Command, help="列出内置的标准和本用户标准库里的标准。")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式")
def command(form: str) -> None:
    """List the shipped standards and this user's own, with where each comes from."""
    from equipcheck.cli.standards_common import as_json, catalogue
    from equipcheck.cli.tables import print_table
    from equipcheck.ground.shipped import shipped_dir
    from equipcheck.standard import library
    from equipcheck.standard.load import Loaded, editions, load_file
    from equipcheck.standard.tables import list_table, listed

    def origin(one: Loaded) -> str:
        return "shipped" if one.shipped else "user"

    kinds = catalogue(())
    shipped = [
        load_file(shipped_dir() / f"{one.id}.yaml", f"standards/{one.id}.yaml", kinds, shipped=True)
        for one in editions()
    ]
    own = [load_file(library.path_of(id_), str(library.path_of(id_)), kinds) for id_ in library.own_ids()]
    every = [*own, *shipped]
    if form == "json":
        deliver(
            as_json([listed(one.standard) | {"origin": origin(one), "path": one.shown} for one in every]),
            None,
            form,
        )
        return
    print_table(list_table([one.standard for one in every]))
    for one in own:
        over = "，盖过内置的同一编号" if one.standard.id in {two.standard.id for two in shipped} else ""
        click.echo(f"本用户的标准库：{one.standard.id}（{one.shown}）{over}")
