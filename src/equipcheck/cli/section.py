"""`equipcheck section`: write the yearly report's passage, or check a draft of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from equipcheck.cli import options
from equipcheck.cli.base import Command

if TYPE_CHECKING:
    from equipcheck.checking.check import Run
    from equipcheck.section.drafts.check import DraftCheck
    from equipcheck.section.settings import SectionSettings
    from equipcheck.section.writing.blocks import Passage

Style = Literal["brief", "full"]
Part = Literal["problems", "measures", "all"]

FORMATS = ("md", "docx", "terminal", "json")


@click.command("section", cls=Command)
@options.project_options
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS), help="写稿：md、docx；核对：terminal、json、md"
)
@click.option("-o", "--output", type=options.Output(), metavar="文件", help="写入文件（docx 必须写明）")
@click.option(
    "--style",
    type=options.Word("style"),
    help="brief：简写成段；full：逐项写明并附表（默认）",
)
@click.option(
    "--part",
    type=options.Word("part"),
    default="all",
    help="只写问题、只写措施，或全部",
)
@click.option("--assumed", is_flag=True, help="连同参考清单（种类为推定的装备）一并写入")
@click.option("--chart", is_flag=True, help="docx 里“存在的问题”之后加一幅图：各类装备已计入与缺口的件数")
@click.option(
    "--template", type=click.Path(path_type=Path), metavar="模板", help="用自备的模板（docx 或 md）"
)
@click.option(
    "--save-template",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="把内置模板另存出来，供修改后使用",
)
@click.option(
    "--check",
    "draft",
    type=click.Path(path_type=Path),
    metavar="文稿",
    help="核对已写好的报告（docx、md、txt）",
)
@click.option("--explain", is_flag=True, help="核对时列出每个分句读作什么")
@click.option("--strict", is_flag=True, help="核对时有不符、遗漏或没有措施的问题，退出码为 1")
def command(
    form: str | None,
    output: Path | None,
    style: Style | None,
    part: Part,
    template: Path | None,
    save_template: Path | None,
    draft: Path | None,
    *,
    assumed: bool,
    chart: bool,
    strict: bool,
    explain: bool,
    **called: Any,
) -> int:
    """撰写或核对年度报告里的装备部分。

    撰写：存在的问题、原因、下一步工作措施、与上年相比和附表，全部出自台账核查的结果。

    核对：equipcheck section --check 报告.docx，逐句核对文稿里关于装备的说法，
    指出与台账不符的、遗漏的缺口和没有措施的问题。
    """
    if save_template is not None:
        return _save_template(save_template)
    if draft is not None:
        form = options.choose_format(form, output, FORMATS)
        if form == "docx":
            raise click.UsageError("核对结果的形式是 terminal、json 或 md")
        run = options.run_called(called)
        return _check(run, draft, form, output, strict=strict, explain=explain)
    form = options.choose_format(form, output, FORMATS, "md")
    if form not in ("md", "docx"):
        raise click.UsageError("文稿的形式是 md 或 docx；核对文稿请用 --check")
    if form == "docx" and output is None:
        raise click.UsageError("docx 请用 -o 写明文件名，如 -o 装备部分.docx")
    if chart and (form != "docx" or part == "measures"):
        raise click.UsageError("--chart 只用于 docx，图在“存在的问题”之后")
    _same_format(template, form)
    run = options.run_called(called)
    settings = _settings(run)
    if template is None and settings.template is not None and settings.template.endswith(f".{form}"):
        template = run.project.root / settings.template
    passage = _compose(run, style or settings.style, part, assumed=assumed or settings.assumed, chart=chart)
    options.deliver(_render(passage, form, template), output, form)
    return 0


def _settings(run: Run) -> SectionSettings:
    from equipcheck.section.settings import section_settings

    return section_settings(run.project)


def _compose(run: Run, style: Style, part: Part, *, assumed: bool, chart: bool) -> Passage:
    from equipcheck.section.writing.compose import Wish
    from equipcheck.section.writing.of_run import passage_of

    passage, notes = passage_of(run, Wish(style, part, assumed=assumed, chart=chart))
    for note in notes:
        click.echo(f"提示：{note.ref}：{note.note}", err=True)
    return passage


def _render(passage: Passage, form: str, template: Path | None) -> str | bytes:
    if form == "md":
        from equipcheck.section import markdown

        return markdown.render(passage, template)
    from equipcheck.section.word import document

    return document.render(passage, template)


def _same_format(template: Path | None, form: str) -> None:
    from equipcheck.problems import InputError, Place, Problem

    if template is not None and template.suffix.lower().lstrip(".") != form:
        raise InputError(
            Problem("template-format", Place(str(template)), {"form": form, "suffix": template.suffix})
        )


def _check(run: Run, draft: Path, form: str, output: Path | None, *, strict: bool, explain: bool) -> int:
    from equipcheck.section.drafts.check import check_draft
    from equipcheck.section.drafts.reading.files import read_draft

    found = check_draft(read_draft(draft), run.report, run.gathered.catalogue)
    options.deliver(_render_check(found, run, draft, form, output, explain=explain), output, form)
    return 1 if strict and not found.ok else 0


def _render_check(
    found: DraftCheck, run: Run, draft: Path, form: str, output: Path | None, *, explain: bool
) -> str:
    from equipcheck.section.drafts import rendering as drafts

    if form == "json":
        return drafts.as_json(found, run.report, draft, explain=explain)
    if form == "md":
        return drafts.as_markdown(found, run.report, draft, explain=explain)
    return drafts.as_text(found, run.report, draft, colour=options.wants_colour(output), explain=explain)


def _save_template(path: Path) -> int:
    from importlib.resources import files

    from equipcheck.section.word.template import shipped

    suffix = path.suffix.lower()
    if suffix not in (".md", ".docx"):
        raise click.UsageError("模板的文件名以 .docx 或 .md 结尾")
    text = files("equipcheck.section") / "templates" / "section.md"
    options.deliver(shipped() if suffix == ".docx" else text.read_bytes(), path, suffix)
    return 0
