"""`equipcheck doctor`: what this machine offers, and what is missing for which feature."""

from __future__ import annotations

import click

from equipcheck.cli.base import Command
from equipcheck.cli.options import deliver


@click.command(
    cls=Command,
    help="检查运行环境：版本、编码、字体、可选组件，缺什么会影响哪项功能。请人帮忙时把这份结果一起发去。",
)
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式")
def command(form: str) -> None:
    """Print the findings; the exit code is 0 whatever is missing, 1 where the main job cannot run."""
    from equipcheck.cli.environment import as_json, as_text, examine

    found = examine()
    deliver(as_json(found) if form == "json" else as_text(found), None, form)
    if any(one.state == "bad" for one in found):
        click.get_current_context().exit(1)
