"""The provisions that a plan cites, as data with their trust; nothing from memory is among them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Literal

from equipcheck.ground.records import Record
from equipcheck.ground.shipped import shipped_dir
from equipcheck.ground.validation import read

if TYPE_CHECKING:
    from equipcheck.ground.fields import Id


class Law(Record):
    """One provision: how it is cited, its words, and how far the text that was read can be trusted."""

    cite: str
    text: str
    trust: Literal["A", "B", "C"]


class LawFile(Record):
    """`standards/plan/laws.yaml`."""

    format: Literal[1] = 1
    laws: dict[Id, Law]


@cache
def laws() -> Mapping[str, Law]:
    """Every provision by its id."""
    file, _ = read(LawFile, shipped_dir() / "plan" / "laws.yaml", "plan/laws.yaml", ["plan/laws.py"])
    return file.laws


def cite(name: str) -> str:
    """How a provision is cited."""
    return laws()[name].cite
