"""`equipcheck ledger`: how a ledger file is read."""

from __future__ import annotations

import click

from equipcheck.cli.base import Group

COMMANDS = {
    "show": ("equipcheck.cli.ledger_show", "台账读成了什么：表头、各列、跳过的行、前几行"),
}


@click.group(cls=Group, lazy=COMMANDS, help="台账：看它被读成了什么。")
def command() -> None:
    """The group."""
