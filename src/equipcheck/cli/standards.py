"""`equipcheck standards`: the group of commands that keep the standards in good order."""

from __future__ import annotations

import click

from equipcheck.cli.base import Group

COMMANDS = {
    "list": ("equipcheck.cli.standards_list", "内置的标准：编号、名称、文号、施行日期、依据"),
    "add": ("equipcheck.cli.standards_add", "把标准文件放进本用户的标准库，各项目按编号使用"),
    "pack": ("equipcheck.cli.standards_pack", "把标准、附件和核对表装成一个文件，发给各单位 add"),
    "show": ("equipcheck.cli.standards_show", "按原表样式显示一个标准"),
    "diff": ("equipcheck.cli.standards_diff", "比较两个标准：新增、取消、变化"),
    "import": (
        "equipcheck.cli.standards_import",
        "把附件里的标准表（Word、Excel、ODF、网页、CSV、PDF）读成草稿",
    ),
    "verify": ("equipcheck.cli.standards_verify", "把标准文件与附件原文并排打印，两人核对后记为原文"),
    "new": ("equipcheck.cli.standards_new", "新建一个带说明的标准文件"),
    "schema": ("equipcheck.cli.standards_schema", "各种文件和输出的 JSON Schema"),
    "lint": ("equipcheck.cli.standards_lint", "检查标准文件：错误、待定的问题、提示"),
}


@click.group(
    cls=Group,
    lazy=COMMANDS,
    help="装备标准：查看、比较、检查，从附件导入，与原文核对。",
    epilog="从附件到核对：import 导入附件 → 回答待定的问题 → lint 检查 → verify 核对",
)
def command() -> None:
    """The group."""
