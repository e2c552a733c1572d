"""The command line: thin click commands, one a file; heavy imports stand inside the commands."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from equipcheck.cli.base import Group, talk, tame_streams, usage_message
from equipcheck.problems import InputError, Place, Problem

COMMANDS = {
    "report": ("equipcheck.cli.report", "对照标准核查台账：要求多少、能用多少、缺什么"),
    "explain": ("equipcheck.cli.explain", "一项结论的来龙去脉：标准原文、计算、逐件资产"),
    "match": ("equipcheck.cli.match", "名称对应哪种装备：依据、复核、人工决定"),
    "plan": ("equipcheck.cli.plan", "补齐缺口的计划：途径、先后、经费、采购和送检日程"),
    "section": ("equipcheck.cli.section", "年度报告的装备部分：撰写，或核对已写好的文稿"),
    "rollup": ("equipcheck.cli.rollup", "许多机构一起：达标率、缺口、经费、调剂、没有报送的"),
    "history": ("equipcheck.cli.history", "每年登记一次快照，看历年变化及其原因"),
    "ledger": ("equipcheck.cli.ledger", "台账读成了什么：表头、各列、跳过的行"),
    "standards": ("equipcheck.cli.standards", "装备标准：查看、比较、检查，从附件导入，与原文核对"),
    "desk": ("equipcheck.cli.desk", "在浏览器里完成全部工作，不用终端"),
    "init": ("equipcheck.cli.init", "新建项目：认出已有的台账，写好配置和模板，并做第一次核查"),
    "errors": ("equipcheck.cli.errors", "错误和注意事项一览：含义、为什么要紧、怎样处理"),
    "help": ("equipcheck.cli.help", "按任务编排的使用说明：第一次核查、名称复核、写年报……"),
    "doctor": ("equipcheck.cli.doctor", "检查运行环境：缺什么、影响哪项功能"),
    "completion": ("equipcheck.cli.completion", "让终端按 Tab 键补全命令和选项"),
}


def show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """The program's version, and those of the data that it brings along."""
    if not wanted or ctx.resilient_parsing:
        return
    from equipcheck.cli.versions import versions

    click.echo(versions())
    ctx.exit()


@click.group(
    cls=Group,
    lazy=COMMANDS,
    help="对照装备标准核查资产台账：标准要求什么、手上依法能用的有什么、还缺什么、怎样补齐。",
    epilog="先看示例：equipcheck report inventories/sample-district\n\n"
    "每个选项都可以用环境变量给出，如 EQUIPCHECK_REPORT_STAFF=17 就是 report 的 --staff 17。",
    context_settings={"auto_envvar_prefix": "EQUIPCHECK"},
)
@click.option("-q", "--quiet", is_flag=True, help="只输出结果和错误，不说进度和提示")
@click.option("-v", "--verbose", is_flag=True, help="不在终端里运行时也说进度")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    allow_from_autoenv=False,
    callback=show_version,
    help="显示版本号",
)
def cli(*, quiet: bool, verbose: bool) -> None:
    """The group that holds all commands."""
    talk.level = -1 if quiet else 1 if verbose else 0


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code: 0 done, 1 a bar was missed, 2 call or input wrong."""
    tame_streams()
    try:
        result = cli.main(
            args=None if arguments is None else list(arguments), prog_name="equipcheck", standalone_mode=False
        )
        sys.stdout.flush()  # what cannot be written is told here, not when the interpreter ends
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        click.echo(f"错误：{usage_message(error)}", err=True)
        return 2
    except click.Abort:
        click.echo("已中止，未写入任何文件。", err=True)
        return 130
    except InputError as error:
        for problem in error.problems:
            click.echo(f"错误：{problem}" if not str(problem.place) else str(problem), err=True)
        return 2
    except BrokenPipeError:
        _let_go_of_stdout()
        return 0
    except OSError as error:
        if error.filename is None:
            _let_go_of_stdout()
        click.echo(f"错误：{_of_system(error)}", err=True)
        return 2
    return result if isinstance(result, int) else 0


def _let_go_of_stdout() -> None:
    """Nothing more can be written there, and nothing is to be tried when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _of_system(error: OSError) -> Problem:
    """What the system refused, where no command has a better word for it."""
    from equipcheck.problems.reasons import reason_of

    reason = {"reason": reason_of(error)}
    if error.filename is None:
        return Problem("unwritable-stream", args=reason)
    return Problem("unreadable-file", Place(str(error.filename)), reason)


def main() -> NoReturn:
    """The `equipcheck` command."""
    gc.set_threshold(500_000, 10, 10)  # a start makes many objects that stay: searching them finds nothing
    code = run()
    gc.freeze()  # nor does the interpreter's last search, before it lets everything go
    sys.exit(code)
