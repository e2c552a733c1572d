"""Reading a review workbook back, after Excel, WPS or LibreOffice saved it, in whatever order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from equipcheck.ledger.containers.detect import open_book, read_file
from equipcheck.ledger.sheet import Sheet, Value
from equipcheck.match.decisions.write import Decided
from equipcheck.match.review.answers import Answers
from equipcheck.match.review.states import StateQuestion, StateTold, told_state
from equipcheck.match.review.workbook_write import (
    ANSWER,
    MODEL,
    NAME,
    NOTE,
    PLACE,
    TOLD,
    UNITS,
)
from equipcheck.problems import InputError, Place, Problem

_HEAD_ROWS = 30


@dataclass(slots=True)
class ReadBack:
    """What a workbook says: answers in its order, rows left open, and what was not taken."""

    answers: list[Decided] = field(default_factory=list)
    states: list[StateTold] = field(default_factory=list)
    open: int = 0
    problems: list[Problem] = field(default_factory=list)


def read_review(path: Path, answers: Answers, asked: Sequence[StateQuestion] = ()) -> ReadBack:
    """Read every sheet that has the workbook's headings; `asked` are the rows whose state is open.

    Raises InputError where no sheet has them.
    """
    name = str(path)
    found = ReadBack()
    seen: dict[tuple[str, str], tuple[str, Place, str]] = {}
    conflicts: set[tuple[str, str]] = set()
    heads = 0
    for sheet in open_book(read_file(path, name), name).sheets:
        if (head := _head(sheet, (PLACE, UNITS, TOLD), (PLACE, UNITS, TOLD, NOTE))) is not None:
            heads += 1
            _take_states(sheet, head, Place(name, sheet.name), {one.ref: one for one in asked}, found)
            continue
        head = _head(sheet, (NAME, ANSWER), (NAME, MODEL, ANSWER, NOTE))
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


def _take_states(
    sheet: Sheet,
    head: tuple[int, dict[str, int]],
    where: Place,
    asked: dict[str, StateQuestion],
    found: ReadBack,
) -> None:
    at, columns = head
    for index in range(at + 1, len(sheet.rows)):
        texts = _texts(sheet.rows[index], columns)
        ref, told, units = texts[PLACE], texts[TOLD], texts[UNITS]
        if not ref:
            continue
        if not told and not units:
            found.open += 1
            continue
        place = Place(where.path, where.sheet, sheet.number(index))
        one = asked.get(ref)
        answer = told_state(one, told, units, texts.get(NOTE) or None) if one is not None else None
        if answer is not None:
            found.states.append(answer)
        else:
            code = "review-state-gone" if one is None else "review-state-unclear"
            args = {"row": ref, "told": told, "units": units, "quantity": one.quantity if one else 0}
            found.problems.append(Problem(code, place, args, level="hint"))


def _head(sheet: Sheet, wanted: Sequence[str], kept: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """The heading's row and where the columns stand, in whatever order."""
    for index, row in enumerate(sheet.rows[:_HEAD_ROWS]):
        texts = [_text(value) for value in row]
        if all(word in texts for word in wanted):
            return index, {word: texts.index(word) for word in kept if word in texts}
    return None


def _texts(row: list[Value], columns: dict[str, int]) -> dict[str, str]:
    return {word: _text(row[at]) if at < len(row) else "" for word, at in columns.items()}


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # 12369 comes back from some programs as a number
    return str(value).strip()
