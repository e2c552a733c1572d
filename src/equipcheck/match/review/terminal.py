"""Asking in the terminal: one doubtful name at a time; every answer is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.match.decisions.file import NONE
from equipcheck.match.decisions.write import Decided
from equipcheck.match.review.answers import Answers
from equipcheck.match.review.questions import Question

HELP = "输入序号选择，或直接写种类名称；0 不是装备，回车 跳过，b 上一条，q 结束"
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Talk:
    """How to speak and listen; `read` returns None at the end of input."""

    say: Callable[[str], None]
    read: Callable[[str], str | None]


def ask(
    questions: Sequence[Question],
    catalogue: Catalogue,
    talk: Talk,
    keep: Callable[[Question, Decided], None],
) -> int:
    """Ask until all are answered or the person stops; `keep` is called at each answer. Returns how many."""
    answers = Answers(catalogue)
    answered: set[int] = set()
    at = 0
    while at < len(questions):
        question = questions[at]
        talk.say("")
        talk.say(_text(question, at, len(questions), catalogue))
        line = talk.read("> ")
        word = "q" if line is None else line.strip()
        if word.lower() in ("q", "quit", "停", "结束"):
            break
        if word.lower() in ("b", "上一条"):
            at = max(0, at - 1)
            continue
        if word.lower() in ("", "s", "跳过"):
            at += 1
            continue
        kind = _kind(word, question, answers)
        if kind is None:
            talk.say(f"看不懂“{word}”{answers.read(word).wrong or ''}。{HELP}")
            continue
        keep(question, Decided(question.name, kind, question.model))
        answered.add(at)
        talk.say(f"已记下：{question.name} → {'不是装备' if kind == NONE else catalogue.name(kind)}")
        at += 1
    return len(answered)


def _kind(word: str, question: Question, answers: Answers) -> str | None:
    if word == "0":
        return NONE
    if word.isascii() and word.isdigit() and 1 <= int(word) <= min(SHOWN, len(question.suggestions)):
        return question.suggestions[int(word) - 1][0]
    return answers.read(word).kind


def _text(question: Question, at: int, total: int, catalogue: Catalogue) -> str:
    narrowed = f"（型号 {question.model}）" if question.model else ""
    lines = [f"[{at + 1}/{total}] {question.name}{narrowed}：{question.rows} 行 {question.units} 件"]
    lines.append(f"  位置：{'、'.join(question.refs)}")
    if question.models and not question.model:
        lines.append(f"  型号：{'、'.join(question.models)}")
    if question.evidence:
        lines.append(f"  依据：{'；'.join(question.evidence)}")
    for number, (kind, score) in enumerate(question.suggestions[:SHOWN], start=1):
        lines.append(f"  {number} {catalogue.name(kind)}（{score:.2f}）")
    lines += ["  0 不是装备", f"  {HELP}"]
    return "\n".join(lines)
