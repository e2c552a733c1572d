"""Tables of a draft: rows that name equipment under heads such as 应配、现有、缺口; cells of other tables are text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from equipcheck.section.drafts.reading.paragraphs import Paragraph, Part, TableRow

NAME = re.compile("名称|装备|设备|仪器|品目|品名|物品|项目|种类")
COUNTED = re.compile(
    "应配|标准|要求|核定|现有|实有|在账|已配|实配|账面|现配|保有|已有|配备|可用|能用|完好|缺|差额|过期|损坏|停用|购|数量|上限"
)
_NUMBERS = re.compile(r"[\d\s*台套部架辆个件只,.%—/\-]*")


def parts_of(rows: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Part]:
    """A table (place and cells of each row) as rows under heads; without such heads, its longer cells as text."""
    at = next((index for index, (_, cells) in enumerate(rows[:6]) if _is_head(cells)), None)
    if at is None:
        for place, cells in rows:
            for text in dict.fromkeys(cells):
                if len(text) > 8:
                    yield Paragraph(text, ((0, place),))
        return
    heads = [_clean(one) for one in rows[at][1]]
    start = at + 1
    if start < len(rows) and _is_second_head(rows[start][1], heads):
        below = [_clean(one) for one in rows[start][1]]
        heads = [head if head == under else head + under for head, under in zip(heads, below, strict=False)]
        start += 1
    for place, cells in rows[start:]:
        counts = any(_NUMBERS.fullmatch(_clean(one)) for one in cells)
        if _clean("".join(cells)) and (counts or not _is_head(cells)):
            yield TableRow(place, tuple(heads), tuple(one.strip() for one in cells))


def _clean(text: str) -> str:
    return re.sub(r"[\s*]", "", text)


def _is_head(cells: Sequence[str]) -> bool:
    texts = [_clean(one) for one in cells]
    if any(len(one) > 16 for one in texts):
        return False
    names = [one for one in texts if NAME.search(one) and not re.search("数量?$|单位", one)]
    counted = [one for one in texts if COUNTED.search(one) and not re.search(r"\d", one)]
    return bool(names) and len(set(counted) - set(names[:1])) >= 1 and len(set(texts)) > 1


def _is_second_head(cells: Sequence[str], heads: Sequence[str]) -> bool:
    """A second storey: heads spread over several columns above it, no numbers in it."""
    texts = [_clean(one) for one in cells]
    spread = any(one and heads.count(one) > 1 for one in heads)
    return spread and not any(one and _NUMBERS.fullmatch(one) for one in texts)
