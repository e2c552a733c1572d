"""`equipcheck explain`: the whole chain behind one finding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from equipcheck.cli import options
from equipcheck.cli.base import Command


@click.command("explain", cls=Command)
@click.argument("item", metavar="项目名称或编号")
@options.project_options
@click.option("-o", "--output", type=options.Output(), metavar="文件", help="写入文件")
def command(item: str, output: Path | None, **called: Any) -> int:
    """一项结论的来龙去脉：标准的哪一行、怎样测算、哪些资产计入、哪些不计入及原因。

    “项目名称或编号”可以是配备要求的编号（如 sound-level）、名称（如 声级计），或装备种类的编号。
    """
    from equipcheck.plan import propose
    from equipcheck.report import explanation

    report = propose(options.run_called(called))
    options.deliver(explanation.render(report, item), output, "terminal")
    return 0
