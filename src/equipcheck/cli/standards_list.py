"""`equipcheck standards list`."""

from __future__ import annotations

import click

from equipcheck.cli.base import Command


@click.command(cls=Command, help="列出内置的标准。")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式")
def command(form: str) -> None:
    """List the shipped standards."""
    from equipcheck.cli.standards_common import as_json, catalogue, emit, open_standard
    from equipcheck.cli.tables import print_table
    from equipcheck.standard.load import editions
    from equipcheck.standard.tables import list_table, listed

    kinds = catalogue(())
    standards = [open_standard(edition.id, kinds).standard for edition in editions()]
    if form == "json":
        emit(as_json([listed(one) for one in standards]), None)
    else:
        print_table(list_table(standards))
