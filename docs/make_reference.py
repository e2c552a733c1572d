"""Writes docs/reference.md from the command line itself: every command, every option, as `--help` says it.

python docs/make_reference.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from equipcheck.cli import cli

PAGE = Path(__file__).parent / "reference.md"
HEAD = """# 命令参考

由命令自身的帮助生成（`python docs/make_reference.py`），测试保证两者一致。

退出码：0 完成；1 完成，但没有达到要求的门槛（`--fail-under`、`--strict`、`lint` 有错误）；
2 命令或输入有误，标准输出为空，不写任何文件。
结果写到标准输出，进度和提示写到标准错误。设置 `NO_COLOR` 或转入管道时不用颜色。
给人看的（terminal、text）按控制台的编码；其余各种形式（json、csv、md 等）和写出的文件一律是
UTF-8，不论控制台是什么编码。
标准输出写不进去（如磁盘已满）、文件夹建不了，也是退出码 2。

日期在选项和配置文件里都写到日：`2023-12-31`、`2023/12/31`、`2023.12.31`、`20231231`、`2023年12月31日`。
只写到月或年的（`2023-12`、`202312`）不猜是哪一天，退出码 2。

每个选项都可以用环境变量给出：`EQUIPCHECK_` 加命令和选项的名字，连字符改作下划线，如 `EQUIPCHECK_REPORT_AS_OF` 就是
`report --as-of`；可多次使用的选项用空格隔开几个取值，开关写 1 或 0。命令行上写了的以命令行为准。
`-o -` 与不写 `-o` 相同，结果写到标准输出。同一项情况用两个选项写了不同的取值（`--staff 9 --fact staff=3`）不予接受。

没有可算达标率的必配项时达标率为空，不算达到 `--fail-under` 的门槛。`plan --from` 不早于截至日期所在的年度。
`match --review`、`--apply`、`--ask` 各自单用，不与 `-f`、`-o` 同用；已有的复核表里还有没读回的答复时不覆盖。

选项和配置文件里从一组词中选一个的地方，也可以写中文：`--level 县级`、`--metrology 严格`、`--by 价值`，
`how: 统调平台`、`obligation: 必配`、`limit: 配置上限`、`round: 向上`。各组的词见 `equipcheck standards schema`。

一行资产的位置（`ref`）是台账相对于项目文件夹的路径加 `#工作表!行`（文本文件为 `#行`），项目文件夹以外的写作 `../…`；
直接写台账文件时是文件名，几份同名的在前面加上足以区分的文件夹。
"""


def commands(command: click.Command, path: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    """(path, help page) of a command and all below it."""
    context = click.Context(
        command, info_name=path if parent is None else path.rsplit(" ", 1)[1], parent=parent
    )
    context.max_content_width = 100
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from commands(below, f"{path} {name}", context)


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for path, text in commands(cli, "equipcheck", None):
        parts.append(f"## {path}\n\n```text\n{text.rstrip()}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
