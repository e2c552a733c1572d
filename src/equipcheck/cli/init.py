"""`equipcheck init`: a new project in a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from equipcheck.cli import options
from equipcheck.cli.base import Command

NUMBERS = {"1": "province", "2": "city", "3": "county"}
COUNT = click.IntRange(0, 10_000_000)
TEMPLATE = "台账模板.xlsx"


@click.command(
    cls=Command,
    help="新建项目：问几个问题（或用选项回答），认出文件夹里已有的台账，写好带说明的 equipcheck.yaml、"
    "decisions.yaml 和台账模板，并给出第一次核查的结果。已有的文件从不覆盖。",
)
@click.argument("folder", metavar="[文件夹]", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", metavar="TEXT", help="单位名称")
@click.option("--level", type=options.LEVEL, metavar="省级|市级|县级", help="层级")
@click.option("--region", type=options.REGION, metavar="东部|中部|西部", help="地区")
@click.option("--staff", type=COUNT, metavar="N", help="执法人员数")
@click.option("--vehicles", type=COUNT, metavar="N", help="执法车辆数")
@click.option(
    "--fact",
    "more",
    type=options.FactOption(),
    multiple=True,
    metavar="名称=取值",
    help="其他情况，可多次使用",
)
@click.option("--standard", metavar="标准", help="用哪个标准：编号或文件；不写时按日期选用")
@click.option("--no-input", is_flag=True, help="不提问，没有回答的在文件里留作待填")
@click.option("--no-report", is_flag=True, help="不做第一次核查")
def command(
    *,
    folder: Path,
    name: str | None,
    level: str | None,
    region: str | None,
    staff: int | None,
    vehicles: int | None,
    more: tuple[tuple[str, str | int], ...],
    standard: str | None,
    no_input: bool,
    no_report: bool,
) -> None:
    """Start a project."""
    from equipcheck.ground.saving import make_folder
    from equipcheck.problems import InputError, Place, Problem
    from equipcheck.project.starter_files import found_ledgers

    if (folder / "equipcheck.yaml").exists():
        raise InputError(Problem("file-exists", Place(str(folder / "equipcheck.yaml"))))
    if standard is not None:
        from equipcheck.standard.load import find

        find(standard, folder)
    ask = _silent if no_input else _ask
    facts: dict[str, str | int | None] = {
        "name": name,
        "level": level or ask("层级（省、市、县）：", _level),
        "region": region,
        "staff": staff if staff is not None else ask("执法人员数：", _count),
        "vehicles": vehicles if vehicles is not None else ask("执法车辆数：", _count),
    }
    answered = {key: value for key, value in facts.items() if value is not None} | dict(more)
    make_folder(folder / "inventories")
    ledgers = found_ledgers(folder)
    _write(folder, answered, standard, tuple(ledgers))
    for ledger in ledgers:
        click.echo(f"认出台账：{ledger.path}", err=True)
    if not ledgers:
        shown = folder / "inventories"
        click.echo(
            f"还没有台账。把台账放进 {shown}，写进 equipcheck.yaml 的 ledgers，再运行 equipcheck report {folder}",
            err=True,
        )
    elif not no_report:
        _first_report(folder)


def _write(
    folder: Path, facts: dict[str, str | int], standard: str | None, ledgers: tuple[object, ...]
) -> None:
    """Each file unless it is there already."""
    from equipcheck.catalogue.kinds import load_catalogue
    from equipcheck.ground.saving import save
    from equipcheck.project.ledger_template import ledger_template
    from equipcheck.project.starter_files import DECISIONS, project_text

    names = [kind.name for kind in load_catalogue().kinds.values() if kind.replaced_by is None]
    made: dict[str, Callable[[], bytes | str]] = {
        "equipcheck.yaml": lambda: project_text(facts, standard, ledgers),  # type: ignore[arg-type]
        "decisions.yaml": lambda: DECISIONS,
        TEMPLATE: lambda: ledger_template(names),
    }
    for file, content in made.items():
        path = folder / file
        if path.exists():
            click.echo(f"已有 {path}，没有改动", err=True)
        else:
            save(path, content())
            click.echo(f"已写好 {path}", err=True)


def _first_report(folder: Path) -> None:
    """The report that `equipcheck report` would give; what stands in its way is said, the project stays."""
    from equipcheck.cli import report
    from equipcheck.problems import InputError

    try:
        report.command.main([str(folder)], prog_name="equipcheck report", standalone_mode=False)
    except InputError as error:
        click.echo("第一次核查没有完成：", err=True)
        for problem in error.problems:
            click.echo(str(problem), err=True)
        click.echo(f"改好后运行：equipcheck report {folder}", err=True)


def _ask(question: str, read: Callable[[str], str | int | None]) -> str | int | None:
    """Ask until the answer is understood; an empty answer or the end of input leaves it open."""
    while True:
        click.echo(question, nl=False, err=True)
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if not line.strip():
            click.echo("（留作待填）", err=True)
            return None
        answer = read(line.strip())
        if answer is not None:
            return answer
        click.echo(f"“{line.strip()}”没有看懂，请再答一次（直接回车跳过）", err=True)


def _silent(question: str, read: Callable[[str], str | int | None]) -> str | int | None:  # noqa: ARG001 (as `_ask`)
    return None


def _level(text: str) -> str | None:
    return NUMBERS.get(text) or options.LEVEL.words().get(text.lower())


def _count(text: str) -> int | None:
    from equipcheck.standard.tokens import tokens

    words = tokens(text)
    value = words[0].value if words and words[0].kind == "number" and len(words) <= 2 else None
    return (
        int(value)
        if value is not None and value == value.to_integral_value() and value <= 10_000_000
        else None
    )
