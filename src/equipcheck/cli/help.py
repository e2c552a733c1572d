"""`equipcheck help [TOPIC]`: the guide, page by page, where no browser is at hand."""

from __future__ import annotations

import sys

import click

from equipcheck.cli.base import Command


@click.command(
    cls=Command, help="使用说明：不写主题时列出各页；也可以写一条命令的名字，如 equipcheck help report。"
)
@click.argument("topic", required=False, metavar="[主题]")
@click.pass_context
def command(ctx: click.Context, topic: str | None) -> None:
    """Print a page of the guide, or a command's own help."""
    from equipcheck.ground.shipped import guide_dir

    pages = {path.stem: path for path in sorted(guide_dir().glob("*.md"))}
    if topic is None:
        topic = "index"
    if topic in pages:
        _show(pages[topic].read_text(encoding="utf-8"))
        return
    group = ctx.find_root().command
    found = group.get_command(ctx, topic) if isinstance(group, click.Group) else None
    if found is None:
        from equipcheck.problems.nearby import near

        known = [*pages, *(group.list_commands(ctx) if isinstance(group, click.Group) else [])]
        raise click.UsageError(f"没有主题“{topic}”{near(topic, known)}。各页：{'、'.join(pages)}", ctx)
    with click.Context(found, info_name=topic, parent=ctx.find_root()) as below:
        click.echo(found.get_help(below))


def _show(text: str) -> None:
    """As it stands when piped; on a terminal with headings and tables made out."""
    import re

    text = re.sub(r"<!--.*?-->\n\n?", "", text)
    if not sys.stdout.isatty():
        click.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))
