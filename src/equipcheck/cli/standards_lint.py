"""`equipcheck standards lint`."""

from __future__ import annotations

from pathlib import Path

import click

from equipcheck.cli.base import Command
from equipcheck.cli.options import deliver
from equipcheck.cli.standards_common import PATH, catalogue_option

LEVELS = {"error": "错误", "hint": "提示"}


@click.command(
    cls=Command,
    help="检查标准文件。不写文件时检查内置的标准。有错误或待定的问题时退出码为 1，只有提示时为 0。",
)
@click.argument("files", metavar="[文件]...", nargs=-1, type=PATH)
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式")
@catalogue_option
def command(files: tuple[Path, ...], form: str, extra: tuple[Path, ...]) -> int:
    """Look through standards."""
    from equipcheck.cli.standards_common import as_json, catalogue
    from equipcheck.ground.shipped import shipped_dir
    from equipcheck.standard.lint import known_editions, lint

    kinds = catalogue(extra)
    named = [(path, str(path)) for path in files] or [
        (path, f"standards/{path.name}") for path in sorted(shipped_dir().glob("*.yaml"))
    ]
    known = known_editions([path for path, _ in named])
    linted = [lint(path, shown, kinds, known) for path, shown in named]
    found = [(one.shown, problem) for one in linted for problem in one.problems]
    errors = sum(problem.level == "error" for _, problem in found)
    if form == "json":
        deliver(
            as_json(
                [
                    {
                        "file": shown,
                        "line": problem.place.line or 1,
                        "column": problem.place.column or 1,
                        "level": problem.level,
                        "code": problem.code,
                        "message": problem.message,
                    }
                    for shown, problem in found
                ]
            ),
            None,
            form,
        )
    else:
        for _, problem in found:
            click.echo(f"{problem.place}: {LEVELS[problem.level]} {problem.code} {problem.message}")
        click.echo(f"检查了 {len(linted)} 个文件：错误 {errors} 处，提示 {len(found) - errors} 处")
    return 1 if errors else 0
