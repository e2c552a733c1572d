"""`equipcheck errors`: the catalogue of errors and notes."""

from __future__ import annotations

import click

from equipcheck.cli.base import Command
from equipcheck.cli.options import deliver


@click.command(cls=Command, help="列出全部错误和注意事项：编号、含义、为什么要紧、怎样处理。")
@click.argument("code", required=False, metavar="[编号]")
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "json", "md"]), default="text", help="输出格式"
)
def command(code: str | None, form: str) -> None:
    """List the catalogue, or one entry of it."""
    from equipcheck.problems.listing import as_json, as_markdown, as_text, chosen

    entries = chosen(code)
    render = {"text": as_text, "json": as_json, "md": as_markdown}[form]
    deliver(render(entries), None, form)
