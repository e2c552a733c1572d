"""States that stand over rows: in the name of the sheet, in a title, in a group's heading (「二、已报废」)."""

from __future__ import annotations

import re
from bisect import bisect_right

import polars as pl

from equipcheck.ground.patterns import pattern
from equipcheck.ledger.rows.non_assets import ORDINAL
from equipcheck.ledger.rows.table_reading import Reading
from equipcheck.ledger.sheet import spans
from equipcheck.ledger.values.text import squash, text_of
from equipcheck.ledger.words.remarks import speaks_of_a_state
from equipcheck.ledger.words.statuses import parse_status

TITLES_ABOVE = 4  # rows over a heading in which its title is looked for
_ABOUT = pattern(
    r"以下|均|全部|各项|[为是系属]|固定资产|资产|设备|仪器|装备|器材|物资|物品|车辆|清单|清册|明细|台账|账册|登记|汇总|统计|一览|情况|盘点|清查|类|部分|[表册的]"
    r"|(?:19|20)?\d{2}年度?|\d{1,2}月份?|第?\d+号?|[()（）\[\]【】:：、,，.\s_-]"
)


def state_said(text: str) -> tuple[str | None, bool]:
    """(the state that a heading says of what stands under it, whether it may say one that is not clear)."""
    words = re.sub(ORDINAL, "", squash(text))
    bare = _ABOUT.sub("", words)
    for candidate in (words, bare, bare.removesuffix("中")):
        status = parse_status(candidate) if candidate else "unknown"
        if status != "unknown":
            return status, False
    return None, len(words) <= 30 and (speaks_of_a_state(words) or "减少" in words or "核减" in words)


def states_above(read: Reading, rows: list[int], written: pl.Series, states: list[str]) -> list[str]:
    """The rows' states, where a row says none itself: what stands over it. Each heading is noted once."""
    over = _over_table(read) if not read.table.states else None
    groups = sorted(read.groups.items())
    starts = [row for row, _ in groups]
    if over is None and not any(state_said(text) != (None, False) for _, text in groups):
        return states
    found = [*states]
    taken: dict[tuple[str, str, int | str], list[int]] = {}
    silent = [text is None for text in written.to_list()]
    for at, row in enumerate(rows):
        n = bisect_right(starts, row) - 1
        said = (groups[n][1], read.place(groups[n][0])) if n >= 0 else None
        status, doubt = state_said(said[0]) if said is not None else (None, False)
        if status is None and not doubt and over is not None:
            said = over
            status, doubt = state_said(over[0])
        if said is None or not (status or doubt) or status in ("in_use", found[at]):
            continue
        if status and silent[at] and found[at] == "in_use":
            found[at] = status
            code = "status-from-heading"
        else:
            code = "heading-state-unclear" if status is None else "heading-state-differs"
        taken.setdefault((code, *said), []).append(at)
    for (code, text, place), mine in taken.items():
        numbers = [read.sheet.number(read.table.body + rows[at]) for at in mine]
        read.odd.add(code, read.sheet.name, place, text=text, rows=spans(numbers), count=len(mine))
        read.asked(code, [rows[at] for at in mine])
    return found


def _over_table(read: Reading) -> tuple[str, int | str] | None:
    """The nearest title over the table, else the sheet's name, that says a state; with its place."""
    for at in range(read.table.head - 1, max(-1, read.table.head - 1 - TITLES_ABOVE), -1):
        texts = [text for cell in read.sheet.rows[at] if (text := text_of(cell).strip())]
        if len(texts) == 1 and len(texts[0]) <= 40 and state_said(texts[0]) != (None, False):
            return texts[0], read.sheet.place(at)
    if read.sheet.name and state_said(read.sheet.name) != (None, False):
        return read.sheet.name, 0
    return None
