"""`equipcheck standards schema`."""

from __future__ import annotations

from pathlib import Path

import click

from equipcheck.cli.base import Command
from equipcheck.cli.options import Word, deliver
from equipcheck.cli.standards_common import output_option
from equipcheck.schemas import NAMES


class _Name(Word):
    """A file or an output; those of words have no other name."""

    def words(self) -> dict[str, str]:
        """As people may write it → the name."""
        return super().words() | {name: name for name in NAMES}


@click.command(cls=Command, help="输出 JSON Schema：编辑器用它提示和检查输入文件，程序用它核对输出。")
@click.option(
    "--of",
    "name",
    type=_Name("schema"),
    default="standard",
    show_default=True,
    help="哪一种文件或输出",
)
@output_option
def command(name: str, output: Path | None) -> None:
    """Print a schema."""
    from equipcheck.cli.standards_common import as_json
    from equipcheck.schemas import schema_of

    deliver(as_json(schema_of(name)), output, "json")
