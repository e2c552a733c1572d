"""The click classes of this command line: lazy commands, Chinese help and messages, exit codes."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Mapping
from typing import Any

import click

from equipcheck.problems.nearby import or_near

HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}


class Talk:
    """How much is said beside the result, on stderr: -1 nothing but errors, 0 as usual, 1 more."""

    level = 0

    def say(self, text: str) -> None:
        """A remark that a person may want and a program does not."""
        if self.level >= 0:
            click.echo(text, err=True)

    def progress(self, text: str) -> None:
        """What a waiting person sees; elsewhere only where it is asked for."""
        if self.level > 0 or (self.level == 0 and sys.stderr.isatty()):
            click.echo(text, err=True)


talk = Talk()


class ChineseFormatter(click.HelpFormatter):
    """Help pages with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        super().write_usage(prog, args.replace("[OPTIONS]", "[选项]"), prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        """A section's heading."""
        self.write(f"{'':>{self.current_indent}}{HEADINGS.get(heading, heading)}：\n")


click.Context.formatter_class = ChineseFormatter


def _chinese_help_option(command: click.Command, ctx: click.Context) -> click.Option | None:
    option = click.Command.get_help_option(command, ctx)
    if option is not None:
        option.help = "显示这份说明"
        option.allow_from_autoenv = False
    return option


def _with_variables(params: list[click.Parameter], ctx: click.Context) -> list[click.Parameter]:
    """Every option by its variable, named as the option is: EQUIPCHECK_REPORT_AS_OF for `report --as-of`."""
    for one in params:
        if isinstance(one, click.Option) and one.expose_value:
            name = max(one.opts, key=len).lstrip("-").replace("-", "_").upper()
            one.envvar = f"{ctx.auto_envvar_prefix}_{name}" if ctx.auto_envvar_prefix else None
    return params


class Command(click.Command):
    """A command with a Chinese help option."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """All parameters, options with their environment variables."""
        return _with_variables(super().get_params(ctx), ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, described in Chinese."""
        return _chinese_help_option(self, ctx)


class Group(click.Group):
    """A group whose commands are described here and imported only when called.

    `lazy` maps a command's name to (module, one line of help); the module's `command` is the command.
    """

    command_class = Command
    group_class = type

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """All parameters, options with their environment variables."""
        return _with_variables(super().get_params(ctx), ctx)

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Names in the order in which they are declared."""
        return [*self.lazy, *(name for name in self.commands if name not in self.lazy)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name in self.lazy:
            command: click.Command = importlib.import_module(self.lazy[cmd_name][0]).command
            return command
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing the lazy ones."""
        rows = [
            (name, self.lazy[name][1] if name in self.lazy else self.commands[name].get_short_help_str(80))
            for name in self.list_commands(ctx)
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, described in Chinese."""
        return _chinese_help_option(self, ctx)


def usage_message(error: click.UsageError) -> str:
    """What is wrong with the call, in Chinese, with a near match and the way to the help page."""
    text = _usage_text(error)
    if error.ctx is not None:
        text += f"\n用法见：{error.ctx.command_path} --help"
    return text


def _usage_text(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        near = [str(one) for one in error.possibilities or ()]
        return f"没有选项“{error.option_name}”" + (f"，是否为“{near[0]}”？" if near else "")
    if isinstance(error, click.MissingParameter):
        name = error.param.opts[0] if isinstance(error.param, click.Option) else ""
        name = name or (error.param.make_metavar(error.ctx) if error.param and error.ctx else "参数")
        return f"缺少“{name}”"
    if isinstance(error, click.BadParameter):
        return f"“{_name_of(error)}”的取值不对：{_bad_value(error)}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项“{error.option_name}”后面要有取值，且只写在它该在的地方"
    message = error.format_message()
    if message.startswith("No such command"):
        word = message.split("'")[1] if "'" in message else message
        known = (
            error.ctx.command.list_commands(error.ctx)
            if error.ctx and isinstance(error.ctx.command, Group)
            else []
        )
        all_known = f"。可用的命令：{'、'.join(known)}"
        return f"没有命令“{word}”{or_near(word, known, all_known)}"
    if message.startswith("Got unexpected extra argument"):
        return f"多出的参数：{message.split('(', 1)[-1].rstrip(')')}"
    if message.startswith("Missing command"):
        return "还要写一个子命令"
    return message


def _name_of(error: click.BadParameter) -> str:
    """An option as it is typed, an argument as the help page calls it."""
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    if error.param is not None and error.ctx is not None:
        return error.param.make_metavar(error.ctx).strip("[].")
    return error.param_hint if isinstance(error.param_hint, str) else "参数"


def _bad_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return f"{_written(error)}应为 {'、'.join(str(choice) for choice in kind.choices)} 之一"
    if isinstance(kind, click.types.IntParamType):
        return f"{_written(error)}应为整数{_bounds(kind)}"
    if isinstance(kind, click.types.FloatParamType):
        return f"{_written(error)}应为数{_bounds(kind)}"
    if isinstance(kind, click.types.BoolParamType):
        return f"{_written(error)}应为 1（是）或 0（否）"
    if isinstance(kind, click.Path):
        path = error.message.partition("'")[2].rpartition("'")[0]
        return f"“{path}”是文件，不是文件夹"
    return error.message


def _written(error: click.BadParameter) -> str:
    """What stood there, from click's own sentence."""
    found = re.match(r"'?(.+?)'? is not ", error.message)
    return f"写的是“{found[1]}”，" if found is not None else ""


def _bounds(kind: object) -> str:
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is None or high is None:
        return f"（{low} 以上）" if low is not None else ""
    return f"（{low}–{high}）"


def tame_streams() -> None:
    """Never let a character that the console's code page lacks stop a finished result (Chinese Windows)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
