"""What an edited draft loses when its annex is another one: answers to cells that now say something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from equipcheck.standard.annex.draft import DraftRow
from equipcheck.standard.annex.writing import flow, is_rule, rule_data
from equipcheck.standard.grammar import parse_cell
from equipcheck.standard.model import ONE_COLUMN
from equipcheck.standard.tokens import flat


@dataclass(frozen=True, slots=True)
class Dropped:
    """An answer that gave way: what stood in the draft, and what the annex says now."""

    place: str
    name: str
    key: str  # kinds, obligation, or a column's label
    was: str
    now: str
    words: str = ""  # as the annex has them now

    def __str__(self) -> str:
        said = f"附件这里改为“{self.words}”，" if self.words else "附件改了，"
        return (
            f"{self.place} {self.name}（{self.key}）：草稿里写的 {self.was} 不再保留；{said}现写作 {self.now}"
        )


def dropped(
    row: DraftRow, was: dict[str, Any], final: dict[str, Any], words: dict[str, Any], labels: dict[str, str]
) -> Iterator[Dropped]:
    """The answers of a row's older form (`was`, read from `words`) that its new form no longer has."""
    place, name = str(row.data["source"]["place"]), str(final.get("name"))
    before, after = _columns(was.get("quantity")), _columns(final.get("quantity"))
    for column, rule in before.items():
        headings = [one for one, key in row.sources.items() if key == f"quantity.{column}"]
        printed = [flat(str(words[one])) for one in headings if one in words]
        if after.get(column) != rule and not _open(rule) and rule not in [_read(text) for text in printed]:
            now = "；".join(flat(row.words[one]) for one in headings if one in row.words)
            told = "（没有）" if column not in after else flow(after[column])
            yield Dropped(place, name, labels.get(column, "数量"), flow(rule), told, now)
    for key, label in (("kinds", "对应的种类"), ("obligation", "必配还是选配")):
        if was.get(key) and final.get(key) != was[key] and set(before) == set(after):
            yield Dropped(place, name, label, flow(was[key]), flow(final.get(key)))


def _columns(quantity: Any) -> dict[str, Any]:
    if isinstance(quantity, dict) and not is_rule(quantity):
        return quantity
    return {} if quantity is None else {ONE_COLUMN: quantity}


def _open(rule: Any) -> bool:
    return isinstance(rule, dict) and "text" in rule


def _read(text: str) -> Any:
    """What the program itself reads in a cell: no answer of a person's is lost with it."""
    rule = parse_cell(text).rule
    return None if rule is None else rule_data(rule)
