"""`equipcheck desk`: the whole way in a browser window on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from equipcheck.cli.base import Command


@click.command(
    cls=Command,
    help="在本机的浏览器里完成核查、复核、计划和年报，不用终端，也不联网。只有本机能打开；按 Ctrl+C 停止。",
)
@click.argument("folder", metavar="[文件夹]", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--no-browser", is_flag=True, help="不自动打开浏览器，只显示地址")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, metavar="端口", help="端口（默认任选一个空闲的）"
)
@click.option(
    "--idle",
    type=click.FloatRange(min=0.01),
    default=12,
    metavar="小时",
    help="多久没有使用就自动停止（默认 12）",
)
def command(folder: Path, port: int, idle: float, *, no_browser: bool) -> None:
    """Serve a folder."""
    from equipcheck.desk.serve import serve
    from equipcheck.ground.saving import make_folder

    make_folder(folder)
    serve(folder.resolve(), port=port, browser=not no_browser, idle_hours=idle)
