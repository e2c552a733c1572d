"""The status of each row: from its status column, then from what its name and remark say of the whole row."""

from __future__ import annotations

import polars as pl

from equipcheck.ledger.rows.heading_states import states_above
from equipcheck.ledger.rows.table_reading import Reading
from equipcheck.ledger.sheet import spans
from equipcheck.ledger.values.numerals import parse_quantity
from equipcheck.ledger.words.remarks import (
    BAD,
    NOT_OWN,
    NOT_OWN_ALONE,
    STATE_IN_NAME,
    Said,
    anothers_in_name,
    is_anothers,
    read_remark,
    read_status,
    said_in_name,
    says_elsewhere,
)
from equipcheck.ledger.words.statuses import parse_status

_OPEN = frozenset({"in_use", "idle", "unknown"})  # a remark may say worse; it never says better


def read_states(
    read: Reading,
    rows: list[int],
    units: list[int],
    *,
    name: pl.Series,
    written: pl.Series,
    remark: pl.Series,
) -> pl.Series:
    """frames.STATUSES of asset rows; words that decide but are no plain status are noted."""
    known = {text: parse_status(text or "", read.statuses) for text in written.unique().to_list()}
    states = [known[text] for text in written.to_list()]
    if "unknown" in known.values():
        for at, text in enumerate(written.to_list()):
            if states[at] == "unknown":
                states[at] = _from_words(read, rows[at], text, units[at])
    for at in name.str.contains(STATE_IN_NAME).arg_true().to_list():
        said = said_in_name(name[at], units[at])
        if said.part and states[at] in _OPEN:
            read.note("partial-remark", rows[at], heading="名称", value=name[at])
        elif said.status is not None and states[at] in _OPEN:
            states[at] = said.status
            read.note("status-from-name", rows[at], value=name[at])
    for at in remark.str.contains(BAD).arg_true().to_list():
        said = read_remark(remark[at], units[at])
        states[at] = _from_remark(read, rows[at], remark[at], said, states[at])
    _note_anothers(read, rows, states, name=name, remark=remark)
    _note_elsewhere(read, rows, states)
    return pl.Series(states_above(read, rows, written, states), dtype=pl.String)


def _note_anothers(
    read: Reading, rows: list[int], states: list[str], *, name: pl.Series, remark: pl.Series
) -> None:
    """Rows that say in their remark, their name or a column that is read as nothing that they are another's."""
    found: dict[int, tuple[str, str]] = {}
    for column in read.table.columns:
        if column.field is None:
            texts = read.texts[str(column.index)][rows]
            for at in texts.str.contains(NOT_OWN_ALONE).arg_true().to_list():
                found[at] = column.heading, texts[at]
    for at in name.str.contains(NOT_OWN).arg_true().to_list():
        if anothers_in_name(name[at]):
            found[at] = "资产名称", name[at]
    for at in remark.str.contains(NOT_OWN).arg_true().to_list():
        if is_anothers(remark[at]):
            found[at] = "备注", remark[at]
    for at, (heading, text) in sorted(found.items()):
        if states[at] in _OPEN and rows[at] not in read.open:
            read.note("not-own", rows[at], heading=heading, value=text)


def _note_elsewhere(read: Reading, rows: list[int], states: list[str]) -> None:
    """Columns that are read as nothing, yet say that an asset is gone, broken or lent: once a column."""
    ticked = {index for column in read.table.columns for index in column.joined}
    for column in read.table.columns:
        if column.field is not None or column.index in ticked:
            continue
        texts = read.texts[str(column.index)][rows]
        telling = says_elsewhere(column.heading, texts.unique(maintain_order=True).drop_nulls())
        if not telling:
            continue
        at = [n for n in texts.is_in(telling).arg_true() if states[n] in _OPEN]
        if at:
            numbers = spans([read.sheet.number(read.table.body + rows[n]) for n in at])
            said = "、".join(dict.fromkeys(texts[n] for n in at[:20]))
            read.note("status-elsewhere", rows[at[0]], heading=column.heading, value=said, rows=numbers)
            read.asked("status-elsewhere", [rows[n] for n in at])


def _from_words(read: Reading, row: int, text: str, units: int) -> str:
    if read.table.states and parse_quantity(text)[0] is not None:
        return "unknown"  # units under a state: they are told apart afterwards
    said = read_status(text, units)
    if said.part:
        read.note("partial-remark", row, heading="使用状况", value=text)
    elif said.status:
        read.note("status-from-words", row, value=text)
    else:
        read.note("status-unknown", row, value=text)
    return said.status or "unknown"


def _from_remark(read: Reading, row: int, text: str, said: Said, state: str) -> str:
    if said.part and state in _OPEN:
        read.note("partial-remark", row, heading="备注", value=text)
    elif said.status is not None and state in _OPEN and said.status != state:
        read.note("status-from-remark", row, value=text)
        return said.status
    elif said.doubt and state in _OPEN:
        read.note("remark-unclear", row, value=text)
    return state
