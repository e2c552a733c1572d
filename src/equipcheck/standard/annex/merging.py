"""Importing again over an edited draft: what people have answered stays.

Every imported row keeps the words it was read from (`x_words`). Where the words of a cell are still the same,
the draft's own value stands, whether a person changed it or not; where the annex has changed, the new reading
stands. Rows that people added themselves stay; rows that the annex no longer has stay as a question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from equipcheck.ground.closed_words import code_of
from equipcheck.standard.annex.draft import Draft, DraftRow, Question
from equipcheck.standard.annex.dropping import Dropped, dropped

WORDS = "x_words"
_NAME_KEYS = ("id", "name", "kinds")
_OWN_KEYS = (
    "id",
    "family",
    "title",
    "document",
    "issuer",
    "effective",
    "limit",
    "supersedes",
    "extends",
    "note",
)


@dataclass(slots=True)
class Merged:
    """What is to be written, and the questions that are still open."""

    head: dict[str, Any]
    rows: list[dict[str, Any]]
    questions: list[tuple[int, Question]]  # row (-1: the file)
    kept: int  # rows in which a value of the draft differs from the new reading
    back: tuple[str, ...] = ()  # rows of the same annex that the draft no longer had, and has again
    new: tuple[str, ...] = ()  # rows of another annex that the draft has not
    dropped: tuple[Dropped, ...] = ()  # answers to what the annex no longer says


def fresh(draft: Draft) -> Merged:
    """A draft without anything to keep."""
    rows = [row.data | {WORDS: row.words} for row in draft.rows]
    questions = [(-1, question) for question in draft.questions]
    questions += [(at, question) for at, row in enumerate(draft.rows) for question in row.questions]
    return Merged(draft.head, rows, questions, 0)


def merge(draft: Draft, old: dict[str, Any]) -> Merged:
    """The draft with the answers of an older file (its plain data)."""
    _call_columns_alike(draft, old)
    head = _head(draft.head, old)
    labels = {str(one["id"]): str(one["label"]) for one in head.get("columns", ())}
    lost: list[Dropped] = []
    before = [row for row in old.get("requirements") or [] if isinstance(row, dict)]
    pairs = _pairs(draft.rows, before)
    rows: list[dict[str, Any]] = []
    questions = [(-1, question) for question in draft.questions if not _columns_answered(question, head)]
    kept = 0
    for at, row in enumerate(draft.rows):
        new = row.data | {WORDS: row.words}
        was = before[pairs[at]] if at in pairs else None
        final = new if was is None else _row(row, new, was)
        kept += final != new
        if was is not None:
            told = was.get(WORDS)
            lost += dropped(row, was, final, told if isinstance(told, dict) else {}, labels)
        rows.append(final)
        questions += [(at, one) for one in row.questions if was is None or not _answered(one, final)]
    used = set(pairs.values())
    for position, left in enumerate(before):
        if position not in used:
            if WORDS in left:
                why = "附件里已没有这一行，请决定是否删去"
                place = str((left.get("source") or {}).get("place", ""))
                questions.append((len(rows), Question(place, str(left.get("name")), "id", "", why)))
            rows.append(left)
            kept += 1
    same = head.get("x_import", {}).get("sha256") == (old.get("x_import") or {}).get("sha256")
    if not same:
        head.pop("verified", None)  # people compared another file
    missed: tuple[str, ...] = ()
    if (old.get("x_import") or {}).get("file") and before:
        missed = tuple(
            f"{row.data['source']['place']} {row.data['name']}"
            for at, row in enumerate(draft.rows)
            if at not in pairs
        )
    back, new_rows = (missed, ()) if same else ((), missed)
    return Merged(head, _distinct(rows), questions, kept, back, new_rows, tuple(lost))


def _call_columns_alike(draft: Draft, old: dict[str, Any]) -> None:
    """Columns that are known by their headings alone keep the ids that they had: column1 may stand elsewhere now."""
    columns = [one for one in old.get("columns") or [] if isinstance(one, dict)]
    ids = {str(one.get("label")): str(one.get("id")) for one in columns}
    known = {str(one["id"]) for one in draft.head.get("columns", ())} | set(ids.values())
    free = iter([f"column{at}" for at in range(1, 2 * len(known) + 2) if f"column{at}" not in known])
    names = {}
    for one in draft.head.get("columns", ()):
        name, label = str(one["id"]), str(one["label"])
        if name.startswith("column"):
            names[name] = ids.get(label) or (name if name not in ids.values() else next(free))
    for one in draft.head.get("columns", ()):
        one["id"] = names.get(one["id"], one["id"])
    for row in draft.rows:
        for key in ("quantity", "obligation"):
            if isinstance(row.data.get(key), dict):
                row.data[key] = {names.get(name, name): rule for name, rule in row.data[key].items()}
        row.sources = {heading: _renamed(key, names) for heading, key in row.sources.items()}
        row.questions = [replace(one, key=_renamed(one.key, names)) for one in row.questions]


def _renamed(key: str, names: dict[str, str]) -> str:
    """`quantity.column1` by the column's other name."""
    part, dot, name = key.partition(".")
    return f"{part}{dot}{names.get(name, name)}"


def _head(new: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    head = dict(new)
    for key in _OWN_KEYS:
        if key in old and (old[key] is not None or key in new):
            head[key] = old[key]
    mine = {str(column["id"]): column for column in old.get("columns") or [] if isinstance(column, dict)}
    if "columns" in head:
        head["columns"] = [mine.get(str(column["id"]), column) for column in head["columns"]]
        known = {str(column["id"]) for column in head["columns"]}
        head["columns"] += [column for name, column in mine.items() if name not in known]
    own = {
        key: value for key, value in old.items() if key not in head and key not in ("requirements", "columns")
    }
    told, now = old.get("x_import"), head.get("x_import")
    if isinstance(told, dict) and now is not None and told.get("sha256") == now["sha256"]:
        head["x_import"] = told  # a person who has dealt with what was left unread has deleted it there
    return head | own


def _pairs(new: list[DraftRow], old: list[dict[str, Any]]) -> dict[int, int]:
    """New row → old row: the same name at the same place, then the same name once in both."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    headings = {heading for row in new for heading, key in row.sources.items() if key == "name"}
    by_name: dict[str, list[int]] = {}
    for position, was in enumerate(old):
        for name in {_old_name(was, heading) for heading in headings or {""}}:
            by_name.setdefault(name, []).append(position)
    for same_place in (True, False):
        for at, row in enumerate(new):
            if at in pairs:
                continue
            heading = next((one for one, key in row.sources.items() if key == "name"), "")
            name = row.words.get(heading, str(row.data["name"]))
            place = row.data["source"]["place"]
            found = [
                position
                for position in by_name.get(name, ())
                if position not in taken
                and _old_name(old[position], heading) == name
                and (not same_place or (old[position].get("source") or {}).get("place") == place)
            ]
            if len(found) > 1 and same_place:  # one printed row as two: 必配 and 选配
                found = [position for position in found if _duty(old[position]) == _duty(row.data)]
            if found and (not same_place or len(found) == 1):
                pairs[at] = found[0]
                taken.add(found[0])
    return pairs


def _duty(row: dict[str, Any]) -> bool:
    """Whether a row binds nobody: all of it is optional."""
    told = row.get("obligation", "required")
    duties = told.values() if isinstance(told, dict) else (told,)
    return {code_of("obligation", one) for one in duties} == {"optional"}


def _old_name(was: dict[str, Any], heading: str) -> str:
    words = was.get(WORDS)
    if isinstance(words, dict) and heading in words:
        return str(words[heading])
    return str(was.get("name"))


def _row(row: DraftRow, new: dict[str, Any], was: dict[str, Any]) -> dict[str, Any]:
    told = was.get(WORDS)
    words: dict[str, Any] = told if isinstance(told, dict) else {}
    if words == row.words:
        final = dict(was)
    else:
        unchanged = set(row.sources.values()) - {
            key for heading, key in row.sources.items() if _word(words, heading) != row.words.get(heading)
        }
        final = dict(new)
        for key, value in was.items():
            if key not in new or key in unchanged or (key in _NAME_KEYS and "name" in unchanged):
                final[key] = value
        final["quantity"] = _quantity(new, was, unchanged)
        final["obligation"] = _obligation(new, was, unchanged, final["quantity"])
    _read_open_ones_anew(final, new)
    source = dict(was["source"]) if isinstance(was.get("source"), dict) else {}
    stale = {"place"} if words == row.words else {"place", "status"}  # checked words were other words
    final["source"] = new["source"] | {key: value for key, value in source.items() if key not in stale}
    final[WORDS] = row.words
    return {key: final[key] for key in (*was, *final) if key in final}


def _read_open_ones_anew(final: dict[str, Any], new: dict[str, Any]) -> None:
    """What nobody has answered is no answer to keep: a better reading takes its place."""
    if not final.get("kinds"):
        final["kinds"] = new["kinds"]
    kept, read = final.get("quantity"), new.get("quantity")
    if _is_open(kept):
        final["quantity"] = read
    elif isinstance(kept, dict) and isinstance(read, dict):
        final["quantity"] = {
            name: read[name] if _is_open(rule) and name in read else rule for name, rule in kept.items()
        }


def _is_open(rule: Any) -> bool:
    return isinstance(rule, dict) and "text" in rule


def _obligation(new: dict[str, Any], was: dict[str, Any], unchanged: set[str], quantity: Any) -> Any:
    """Per column: the draft's own where the column's words are unchanged."""
    columns = quantity if isinstance(quantity, dict) else {}
    if not any(f"quantity.{name}" in unchanged for name in columns):
        return was.get("obligation") if "quantity.all" in unchanged else new.get("obligation")
    chosen = {
        name: _of_column(was if f"quantity.{name}" in unchanged else new, name) or "required"
        for name in columns
    }
    return next(iter(chosen.values())) if len(set(chosen.values())) == 1 else chosen


def _of_column(row: dict[str, Any], column: str) -> Any:
    given = row.get("obligation", "required")
    return given.get(column) if isinstance(given, dict) else given


def _word(words: dict[str, Any], heading: str) -> str | None:
    value = words.get(heading)
    return None if value is None else str(value)


def _quantity(new: dict[str, Any], was: dict[str, Any], unchanged: set[str]) -> Any:
    after, before = new.get("quantity", {}), was.get("quantity", {})
    if not isinstance(after, dict) or not isinstance(before, dict) or "quantity.all" in unchanged:
        return before if "quantity.all" in unchanged else after
    named = dict.fromkeys([*after, *before])
    final = {name: (before if f"quantity.{name}" in unchanged else after).get(name) for name in named}
    return {name: rule for name, rule in final.items() if rule is not None}


def _answered(question: Question, row: dict[str, Any]) -> bool:
    """Whether the row no longer holds what the question asks about."""
    if question.key == "kinds":
        return bool(row.get("kinds"))
    if question.key.startswith("quantity."):
        quantity = row.get("quantity")
        rule = (
            quantity.get(question.key.partition(".")[2], quantity) if isinstance(quantity, dict) else quantity
        )
        return not _is_open(rule)
    if question.key == "name":
        return not str(row.get("name", "")).startswith("（原文没有")
    return False


def _columns_answered(question: Question, head: dict[str, Any]) -> bool:
    return any(
        isinstance(column, dict) and column.get("label") == question.words and bool(column.get("when"))
        for column in head.get("columns", ())
    )


def _distinct(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Ids that collide after merging give way to the place's."""
    seen: set[str] = set()
    for row in rows:
        if str(row.get("id")) in seen:
            row["id"] = f"{row['id']}-{len(seen)}"
        seen.add(str(row.get("id")))
    return rows
