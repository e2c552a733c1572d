"""`equipcheck completion SHELL`: the script that makes a shell complete commands and options."""

from __future__ import annotations

import click

from equipcheck.cli.base import Command

SHELLS = ("bash", "zsh", "fish", "powershell")
VARIABLE = "_EQUIPCHECK_COMPLETE"

# click has no PowerShell of its own; its bash protocol (words and the number of the word under the cursor in the
# environment, answers as `type,value` lines) serves it.
POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName equipcheck -ScriptBlock {
    param($word, $commandAst, $cursor)
    $text = $commandAst.ToString()
    if ($cursor -gt $text.Length) { $text = $text + ' ' }
    $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor })
    $env:COMP_WORDS = $text
    $env:COMP_CWORD = [Math]::Max(1, $before.Count)
    $env:%(variable)s = 'bash_complete'
    try {
        equipcheck | ForEach-Object {
            $kind, $value = $_ -split ',', 2
            if ($kind -eq 'plain') {
                [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $value)
            }
        }
    } finally {
        Remove-Item Env:COMP_WORDS, Env:COMP_CWORD, Env:%(variable)s
    }
}
"""


@click.command(
    cls=Command,
    help="命令补全：输出一段脚本，让终端按 Tab 键补全命令和选项。\n\n"
    "bash：equipcheck completion bash >> ~/.bashrc\n\n"
    "zsh：equipcheck completion zsh >> ~/.zshrc\n\n"
    "fish：equipcheck completion fish > ~/.config/fish/completions/equipcheck.fish\n\n"
    "PowerShell：equipcheck completion powershell >> $PROFILE",
)
@click.argument("shell", type=click.Choice(SHELLS), metavar="[bash|zsh|fish|powershell]")
def command(shell: str) -> None:
    """Print the script."""
    if shell == "powershell":
        click.echo(POWERSHELL % {"variable": VARIABLE}, nl=False)
        return
    from click.shell_completion import get_completion_class

    from equipcheck.cli import cli

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(cli, {}, "equipcheck", VARIABLE).source())
