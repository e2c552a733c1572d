"""The options that every command on a project shares, and the way from them to a project."""

from __future__ import annotations

import datetime as dt
import importlib
import re
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from equipcheck.cli.base import talk
from equipcheck.ground.closed_words import codes_by_word, in_chinese
from equipcheck.ground.days import EXPECTED, parse_day

if TYPE_CHECKING:
    from decimal import Decimal

    from equipcheck.checking.check import Run
    from equipcheck.project.project import Project

Function = TypeVar("Function", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)


class Output(click.Path):
    """Where the result goes: a file, or `-` for stdout, as where none is named."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, None for stdout."""
        return None if str(value) == "-" else super().convert(value, param, ctx)


class Share(click.FloatRange):
    """A share from 0 to 1; nan is none."""

    def __init__(self) -> None:
        super().__init__(0, 1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number, or a usage error."""
        if str(value).strip().lower().lstrip("+-") == "nan":
            self.fail(f"{value!r} is not a valid float.", param, ctx)
        return super().convert(value, param, ctx)


ENDINGS = {"terminal": "txt"}
"""The ending of a form's files, where it is not the form's name."""


class Day(click.ParamType[dt.date]):
    """A date: 2023-12-31, 20231231 or 2023年12月31日."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The date, or a usage error."""
        if isinstance(value, dt.date):
            return value
        day = parse_day(str(value))
        if day is None:
            self.fail(f"写的是“{value}”；要求：{EXPECTED}", param, ctx)
        return day


class Word(click.ParamType[str]):
    """A word of a closed set, in Chinese too; a stray one is refused with the nearest that is known."""

    def __init__(self, name: str, *codes: str) -> None:
        """A set of `closed_words`, or some of its codes."""
        self.name, self.codes = name, codes

    def words(self) -> dict[str, str]:
        """As people may write it → the word."""
        return {
            said: code
            for said, code in codes_by_word(self.name).items()
            if not self.codes or code in self.codes
        }

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 (click's signature)
        """The codes, as the help page lists them."""
        return "|".join(dict.fromkeys(self.words().values()))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, or a usage error."""
        from equipcheck.problems.nearby import near

        text, words = str(value).strip(), self.words()
        if text not in words:
            codes = "、".join(dict.fromkeys(words.values()))
            shown = in_chinese(self.name)
            said = "|".join(shown[code] for code in dict.fromkeys(words.values()) if code in shown)
            self.fail(f"“{text}”不在可选的词里{near(text, words)}；应为 {said}（{codes}）之一", param, ctx)
        return words[text]

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        """The words themselves, completed in the shell."""
        del ctx, param
        words = dict.fromkeys(self.words().values())
        return [click.shell_completion.CompletionItem(one) for one in words if one.startswith(incomplete)]


LEVEL = Word("level")
REGION = Word("region")
METROLOGY = Word("metrology")


class FactOption(click.ParamType[tuple[str, Any]]):
    """NAME=VALUE; numbers and 是/否 are read as such."""

    name = "名称=取值"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Any]:
        """(name, value), or a usage error."""
        if isinstance(value, tuple):
            return value
        name, equals, text = str(value).partition("=")
        if not equals or not re.fullmatch(r"[a-z][a-z0-9_]*", name.strip()) or not text.strip():
            self.fail(f"“{value}”应写成 名称=取值，如 grade=2", param, ctx)
        from equipcheck.standard.bureau import in_code, stray

        wrong = stray(name.strip(), text.strip())
        if wrong is not None:
            self.fail(f"“{name.strip()}”没有“{text.strip()}”这个取值{wrong[1]}；可写：{wrong[0]}", param, ctx)
        return name.strip(), _fact(str(in_code(name.strip(), text.strip())))


def _fact(text: str) -> str | int | Decimal | bool:
    words = {"true": True, "false": False, "yes": True, "no": False, "是": True, "否": False}
    if text.lower() in words:
        return words[text.lower()]
    if re.fullmatch(r"\d{1,9}", text):
        return int(text)
    from decimal import Decimal

    return Decimal(text) if re.fullmatch(r"\d{1,9}\.\d{1,9}", text) else text


targets = click.argument("targets", metavar="[项目|台账]...", nargs=-1, type=click.Path(path_type=Path))
count = click.IntRange(min=0, max=10_000_000)

_OPTIONS = (
    click.option(
        "--standard",
        "standard",
        metavar="标准",
        help="标准的编号或 YAML 文件（默认：截至日期适用的执法装备标准）",
    ),
    click.option(
        "--as-of", "as_of", type=Day(), metavar="日期", help="截至日期，如 2023-12-31（默认：今天）"
    ),
    click.option(
        "--level",
        type=LEVEL,
        metavar="省级|市级|县级",
        help="层级（province、city、county 也可）",
    ),
    click.option(
        "--region",
        type=REGION,
        metavar="东部|中部|西部",
        help="地区（east、central、west 也可）",
    ),
    click.option("--staff", type=count, metavar="人数", help="执法人员数"),
    click.option("--vehicles", type=count, metavar="辆数", help="执法车辆数"),
    click.option(
        "--fact", "facts", type=FactOption(), multiple=True, metavar="名称=取值", help="其他情况，可多次使用"
    ),
    click.option(
        "--metrology",
        type=METROLOGY,
        metavar="登记|严格",
        help="严格（strict）：有效期未登记的仪器不计入；登记（record）为默认",
    ),
)


def project_options(function: Function) -> Function:
    """Targets and every option that may replace what a project says."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return targets(function)


def open_called(options: Mapping[str, Any]) -> Project:
    """The project that a call names, with its options applied. Raises InputError."""
    from equipcheck.project.project import Options, open_project

    facts, typed = _facts_given(options)
    project = open_project(
        list(options["targets"]),
        Options(
            standard=options["standard"],
            as_of=options["as_of"],
            facts=facts,
            metrology=options["metrology"],
            typed=typed,
        ),
    )
    if not options["targets"] and project.document is not None:
        talk.say(f"项目 {project.document.path}")
    return project


def _facts_given(options: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The facts that options state, and which option each; one fact is stated once."""
    plain = ("level", "region", "staff", "vehicles")
    stated = [
        (name, options[name], f"--{name} {options[name]}") for name in plain if options[name] is not None
    ]
    stated += [(name, value, f"--fact {name}={value}") for name, value in options["facts"]]
    facts: dict[str, Any] = {}
    typed: dict[str, str] = {}
    for name, value, option in stated:
        if facts.setdefault(name, value) != value:
            raise click.UsageError(f"{typed[name]} 与 {option} 说的是同一项情况，取值不同；只写一个")
        typed.setdefault(name, option)
    return facts, typed


def run_called(options: Mapping[str, Any]) -> Run:
    """Open, read and evaluate what a call names; progress goes to stderr. Raises InputError."""
    from equipcheck.checking.check import check

    return check(open_called(options), today(), progress)


def today() -> dt.date:
    """The day of the call: the only place where the clock is read."""
    return dt.datetime.now().astimezone().date()


def progress(text: str) -> None:
    """Tell a waiting person what is going on, where someone is watching."""
    talk.progress(text)


def wants_colour(output: Path | None) -> bool:
    """Whether the result goes to a terminal that shows colours (NO_COLOR and TERM=dumb honoured)."""
    import os

    return (
        output is None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM", "") != "dumb"
    )


def terminal_width() -> int | None:
    """The terminal's width, None when piped."""
    import shutil

    return max(72, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None


def output_options(*forms: str) -> Callable[[Function], Function]:
    """-f and -o of a command that writes its result in one of these forms."""

    def give(function: Function) -> Function:
        kinds = click.Choice(forms)
        function = click.option(
            "-o", "--output", type=Output(), metavar="文件", help="写入文件：要么完整，要么不写"
        )(function)
        told = "输出形式（默认 terminal，或随 -o 的结尾）"
        return click.option("-f", "--format", "form", type=kinds, help=told)(function)

    return give


def choose_format(
    given: str | None, output: Path | None, forms: Collection[str], default: str = "terminal"
) -> str:
    """The form named, or the one of `forms` that the output's ending means."""
    if given is not None:
        return given
    if output is None:
        return default
    known = {ENDINGS.get(form, form): form for form in forms}
    suffix = output.suffix.lower().lstrip(".")
    suffix = "html" if suffix == "htm" else suffix
    if suffix not in known:
        endings = "、".join(f".{one}" for one in known)
        raise click.UsageError(
            f"从文件名“{output.name}”看不出格式，请用 -f 写明，或用这些结尾之一：{endings}"
        )
    return known[suffix]


def render_as(
    form: str, modules: Mapping[str, str], result: object, output: Path | None, **how: Any
) -> str | bytes:
    """A result in one of its forms; each is a module with a `render`, imported only now."""
    if form == "terminal":
        how |= {"colour": wants_colour(output), "width": terminal_width()}
    made: str | bytes = importlib.import_module(f"equipcheck.{modules[form]}").render(result, **how)
    return made


def deliver(content: str | bytes, output: Path | None, form: str) -> None:
    """The result to a file, whole or not at all, or to stdout. Raises InputError.

    What people read on the console is in the console's encoding; every other form is UTF-8 whatever that is.
    """
    if output is not None:
        from equipcheck.ground.saving import save

        save(output, content)
        talk.say(f"已写入 {output}")
        return
    if isinstance(content, str):
        content = content if content.endswith("\n") else f"{content}\n"
        content = content if form in ("terminal", "text") else content.encode("utf-8")
    click.echo(content, nl=False)
