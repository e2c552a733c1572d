"""What `equipcheck match` does once its options are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from equipcheck.checking.gather import Gathered, gather
from equipcheck.checking.reviewing import (
    DecisionsFilePlace,
    decisions_file,
    open_questions,
    open_states,
    protected,
)
from equipcheck.cli import options
from equipcheck.match.decisions.file import NONE
from equipcheck.match.decisions.write import Decided, DecisionsOnDisk, Kept
from equipcheck.match.review.questions import Question
from equipcheck.match.review.states import StateQuestion
from equipcheck.problems import InputError, Place, Problem
from equipcheck.project.project import Project

if TYPE_CHECKING:
    from equipcheck.catalogue.kinds import Catalogue


def show(project: Project, form: str) -> str:
    """The matches, for people or as JSON."""
    gathered = gather(project, options.progress)
    if form == "json":
        from equipcheck.match.as_json import render

        return render(gathered.assets, gathered.matches)
    from equipcheck.cli.match_view import render as view

    return view(gathered.assets, gathered.matches, gathered.catalogue, len(open_states(gathered)))


def review(project: Project, target: Path) -> int:
    """Write the review workbook."""
    from equipcheck.match.review.workbook_write import write_review

    gathered = gather(project, options.progress)
    open_ = open_questions(gathered, options.today())
    if target.suffix.lower() != ".xlsx":
        raise click.UsageError(f"复核表写成 Excel 工作簿，文件名应以 .xlsx 结尾：“{target.name}”")
    states = open_states(gathered)
    if waiting := _not_read_back(target, gathered, open_, states):
        raise InputError(Problem("review-waits", Place(str(target)), {"count": waiting, "path": target}))
    options.deliver(write_review(open_, gathered.catalogue, states), target, "xlsx")
    if open_:
        rows = sum(question.rows for question in open_)
        click.echo(f"待复核 {len(open_)} 个名称（{rows} 行），填“复核”页的“结论”一列。", err=True)
    if states:
        click.echo(f"状况待定 {len(states)} 行，填“状况”页的“其中几件”“状况”两列。", err=True)
    if open_ or states:
        click.echo(f"填好后运行：\n  equipcheck match --apply {target}", err=True)
    else:
        click.echo("没有待复核的名称，工作簿是空表。", err=True)
    return 0


def _not_read_back(
    target: Path, gathered: Gathered, open_: Sequence[Question], states: Sequence[StateQuestion]
) -> int:
    """How many answers of a workbook that is there already still wait to be read back."""
    from equipcheck.match.review.answers import Answers
    from equipcheck.match.review.workbook_read import read_review

    if not target.is_file():
        return 0
    try:
        read = read_review(target, Answers(gathered.catalogue), states)
    except InputError:  # no workbook of ours: replaced like any file that is named
        return 0
    asked = {(one.name.strip(), (one.model or "").strip()) for one in open_}
    names = {(one.name.strip(), (one.model or "").strip()) for one in read.answers}
    return len(asked & names) + len(read.states)


def apply(project: Project, source: Path, decisions: Path | None, by: str | None) -> int:
    """Read a filled workbook back and keep its answers."""
    from equipcheck.match.review.answers import Answers
    from equipcheck.match.review.states import as_splits
    from equipcheck.match.review.workbook_read import read_review

    gathered = gather(project, options.progress)
    read = read_review(source, Answers(gathered.catalogue), open_states(gathered, settled=True))
    place = decisions_file(project, decisions)
    disk = DecisionsOnDisk(place.path, place.shown)
    open_ = open_questions(gathered, options.today())
    kept = disk.merge(protected(read.answers, open_), by, options.today())
    rows = disk.merge_splits(as_splits(read.states, gathered.ledgers.assets), by, options.today())
    if kept.added or kept.changed or rows:
        disk.write()
    _report(kept, gathered.catalogue, place)
    for one in read.states:
        click.echo(f"状况：{one.ref} {one.units} 件 → {one.status}")
    for problem in read.problems:
        click.echo(str(problem), err=True)
    known = {name.strip() for name in gathered.assets["name"].drop_nulls().to_list()}
    strange = [one.name for one in read.answers if one.name not in known]
    if strange:
        click.echo(f"台账里没有这些名称，已照记：{'、'.join(strange[:10])}", err=True)
    click.echo(f"未填或暂不确定 {read.open} 条，未采用 {len(read.problems)} 条。", err=True)
    return 0


def ask_all(project: Project, decisions: Path | None, by: str | None) -> int:
    """Ask in the terminal; every answer is written at once."""
    from equipcheck.match.review.terminal import Talk, ask

    gathered = gather(project, options.progress)
    open_ = open_questions(gathered, options.today())
    if not open_:
        click.echo("没有待复核的名称。", err=True)
        return 0
    place = decisions_file(project, decisions)
    disk = DecisionsOnDisk(place.path, place.shown)

    def keep(question: Question, answer: Decided) -> None:
        disk.merge(protected([answer], [question]), by, options.today())
        disk.write()

    answered = 0
    try:
        answered = ask(open_, gathered.catalogue, Talk(lambda text: click.echo(text, err=True), _read), keep)
    except (KeyboardInterrupt, click.Abort):
        click.echo("", err=True)
    click.echo(
        f"已记入 {place.shown}{place.hint}；还有 {max(0, len(open_) - answered)} 个名称未定。", err=True
    )
    return 0


def aliases(project: Project) -> str:
    """A proposed catalogue patch from the project's decisions."""
    from equipcheck.catalogue.kinds import load_catalogue
    from equipcheck.match.decisions.alias_proposals import suggest_aliases
    from equipcheck.match.decisions.load import load_decisions

    catalogue = load_catalogue(project.catalogue)
    return suggest_aliases(load_decisions(project.decisions, catalogue), catalogue)


def _read(prompt: str) -> str | None:
    try:
        click.echo(prompt, err=True, nl=False)
        return input()
    except EOFError:
        return None


def _report(kept: Kept, catalogue: Catalogue, place: DecisionsFilePlace) -> None:
    for word, answers in (("新增", kept.added), ("改为", kept.changed)):
        for answer in answers:
            what = "不是装备" if answer.kind == NONE else catalogue.name(answer.kind)
            model = f"（型号 {answer.model}）" if answer.model else ""
            click.echo(f"{word}：{answer.name}{model} → {what}")
    total = len(kept.added) + len(kept.changed) + len(kept.same)
    click.echo(
        f"采用 {total} 条：新增 {len(kept.added)}，改动 {len(kept.changed)}，与已有决定相同 {len(kept.same)}。"
        f"决定文件：{place.shown}{place.hint}"
    )
