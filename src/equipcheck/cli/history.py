"""`equipcheck history`: a snapshot a year, and what changed between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from equipcheck.cli import options
from equipcheck.cli.base import Command, Group

FORMATS = ("terminal", "json", "md")


@click.group("history", cls=Group)
def command() -> None:
    """每年登记一次核查结果的快照，看历年变化及其原因。"""


@command.command("record", cls=Command, short_help="登记这一年的快照")
@options.project_options
@click.option("--force", is_flag=True, help="这一年已有内容不同的快照时，用这次的结果替换")
def record(*, force: bool, **called: Any) -> int:
    """把这次核查的结果登记为所在年度的快照：项目文件夹里的 history/年份.yaml。

    重复登记没有影响；内容不同时不会覆盖，除非写明 --force。
    """
    from equipcheck.history import files, snapshot
    from equipcheck.history.bought import purchases_of
    from equipcheck.plan import propose

    run = options.run_called(called)
    done = files.record(
        snapshot.take(propose(run), purchases_of(run.gathered.assets)), run.project.root, force=force
    )
    said = {"new": "已登记", "same": "内容与已登记的相同，没有改动", "replaced": "已替换"}
    click.echo(f"{said[done.state]} {files.FOLDER}/{done.path.name}")
    return 0


@command.command("trend", cls=Command, short_help="历年变化及其原因")
@options.project_options
@options.output_options(*FORMATS)
def trend(form: str | None, output: Path | None, **called: Any) -> int:
    """历年变化：每项缺口是新出现、仍未补齐、已补齐还是再次出现，以及原因。"""
    from equipcheck.history import files
    from equipcheck.history.trend import trend as build
    from equipcheck.problems import InputError, Place, Problem
    from equipcheck.report import trend_

    form = options.choose_format(form, output, FORMATS)
    root = options.open_called(called).root
    snapshots, notes = files.read_all(root)
    if not snapshots:
        raise InputError(Problem("no-history", Place(str(root / files.FOLDER))))
    result = build(snapshots, notes)
    if form == "json":
        content = trend_.as_json(result)
    elif form == "md":
        content = trend_.as_markdown(result)
    else:
        content = trend_.as_text(result, colour=options.wants_colour(output))
    options.deliver(content, output, form)
    return 0
