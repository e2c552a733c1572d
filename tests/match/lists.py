"""Lists of names with the kind that each is, and how good decisions on them are: see docs/matching.md.

`expect`: positive (equipment of one of `kinds`), negative (no equipment), ask (several kinds are possible, or it is
not to be told from the name).
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from equipcheck.match.judge import Row
from equipcheck.match.verdicts import Verdict

FOLDER = Path(__file__).parent
DEVELOPED = (
    "names_developed.csv",
    "names_last.csv",
    "names_trade.csv",
    "names_ordinary.csv",
    "names_fresh.csv",
)
BLIND = (
    "names_blind_first.csv",
    "names_blind_last.csv",
    "names_blind_third.csv",
    "names_blind_fourth.csv",
    "names_blind_fifth.csv",
    "names_blind_sixth.csv",
    "names_blind_seventh.csv",
    "names_blind_eighth.csv",
    "names_blind_ninth.csv",
    "names_blind_tenth.csv",
    "names_blind_eleventh.csv",
)


@dataclass(frozen=True)
class Case:
    row: Row
    expect: str
    kinds: frozenset[str]


@dataclass(frozen=True)
class Score:
    """Counts over a list."""

    decided: int = 0
    right: int = 0
    equipment: int = 0
    found: int = 0
    first3: int = 0
    others: int = 0
    asked: int = 0

    def __add__(self, other: Score) -> Score:
        pairs = ((getattr(self, f.name), getattr(other, f.name)) for f in fields(self))
        return Score(*(a + b for a, b in pairs))

    def line(self) -> str:
        return " | ".join(
            f"{part}/{whole} {part / whole:.1%}" if whole else "-"
            for part, whole in (
                (self.right, self.decided),
                (self.found, self.equipment),
                (self.first3, self.equipment),
                (self.asked, self.others),
            )
        )

    @property
    def worth(self) -> tuple[bool, float]:
        """Right decisions first; then equipment found less other assets asked about."""
        precise = self.right >= 0.995 * self.decided
        return precise, self.found / max(1, self.equipment) - self.asked / max(1, self.others)


def load(path: Path) -> list[Case]:
    with path.open(encoding="utf-8") as file:
        return [
            Case(
                Row(row["name"], row["model"] or ""),
                row["expect"],
                frozenset(filter(None, row["kinds"].split(";"))),
            )
            for row in csv.DictReader(file)
        ]


def measure(cases: Sequence[Case], verdicts: Sequence[Verdict]) -> Score:
    total = Score()
    for case, verdict in zip(cases, verdicts, strict=True):
        auto = verdict.decision == "auto"
        positive = case.expect == "positive"
        first = {kind for kind, _ in verdict.suggestions[:3]}
        total += Score(
            decided=auto,
            right=auto and verdict.kind in case.kinds,
            equipment=positive,
            found=positive and auto and verdict.kind in case.kinds,
            first3=positive and bool(case.kinds & first),
            others=case.expect == "negative",
            asked=case.expect == "negative" and verdict.decision == "review",
        )
    return total
