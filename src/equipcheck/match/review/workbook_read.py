"""Reading a review workbook back, after Excel, WPS or LibreOffice saved it, in whatever order."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from equipcheck.ledger.containers.detect import open_book, read_file
from equipcheck.ledger.sheet import Sheet, Value
from equipcheck.match.decisions.write import Decided
from equipcheck.match.review.answers import Answers
from equipcheck.match.review.workbook_write import ANSWER, MODEL, NAME, NOTE
from equipcheck.problems import InputError, Place, Problem

_HEAD_ROWS = 30


@dataclass(slots=True)
class ReadBack:
    """What a workbook says: answers in its order, rows left open, and what was not taken."""

    answers: list[Decided] = field(default_factory=list)
    open: int = 0
    problems: list[Problem] = field(default_factory=list)


def read_review(path: Path, answers: Answers) -> ReadBack:
    """Read every sheet that has the workbook's headings. Raises InputError where none has."""
    name = str(path)
    found = ReadBack()
    seen: dict[tuple[str, str], tuple[str, Place, str]] = {}
    conflicts: set[tuple[str, str]] = set()
    heads = 0
    for sheet in open_book(read_file(path, name), name).sheets:
        head = _head(sheet)
        if head is None:
            continue
        heads += 1
        at, columns = head
        for index in range(at + 1, len(sheet.rows)):
            place = Place(name, sheet.name, sheet.number(index))
            _take(_texts(sheet.rows[index], columns), place, answers, found, seen, conflicts)
    if not heads:
        raise InputError(Problem("not-a-review", Place(name), {"expected": f"{NAME}、{ANSWER}"}))
    found.answers = [one for one in found.answers if (one.name, one.model or "") not in conflicts]
    return found


def _take(
    texts: dict[str, str],
    place: Place,
    answers: Answers,
    found: ReadBack,
    seen: dict[tuple[str, str], tuple[str, Place, str]],
    conflicts: set[tuple[str, str]],
) -> None:
    name, model, text = texts[NAME], texts.get(MODEL, ""), texts[ANSWER]
    if not name:
        return
    answer = answers.read(text)
    if answer.wrong is not None:
        wrong = {"name": name, "answer": text, "near": answer.wrong}
        found.problems.append(Problem("review-unknown-answer", place, wrong, level="hint"))
        return
    if answer.kind is None:
        found.open += 1
        return
    where = (name, model)
    first = seen.setdefault(where, (answer.kind, place, text))
    if first[1] is not place:
        if first[0] != answer.kind:
            args: dict[str, object] = {"name": name, "first": first[1].line, "first_answer": first[2]}
            args["answer"] = text
            found.problems.append(Problem("review-conflict", place, args, level="hint"))
            conflicts.add(where)
        return
    note = texts.get(NOTE) or None
    found.answers.append(Decided(name, answer.kind, model or None, note))


def _head(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The heading's row and where the wanted columns stand, in whatever order."""
    for index, row in enumerate(sheet.rows[:_HEAD_ROWS]):
        texts = [_text(value) for value in row]
        if NAME in texts and ANSWER in texts:
            return index, {word: texts.index(word) for word in (NAME, MODEL, ANSWER, NOTE) if word in texts}
    return None


def _texts(row: list[Value], columns: dict[str, int]) -> dict[str, str]:
    return {word: _text(row[at]) if at < len(row) else "" for word, at in columns.items()}


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # 12369 comes back from some programs as a number
    return str(value).strip()
