"""How the thresholds of matching were found, and how good it is: cross-validation on lists of names.

python benchmarks/calibrate_match.py [LIST.csv …]   (columns: name, model, expect, kinds)

For each threshold a sweep shows what it buys; five-fold cross-validation chooses all three on four fifths
and measures on the last, so that no name is judged by thresholds it helped to choose.
"""

from __future__ import annotations

import csv
import itertools
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.match.engine import judge_all
from equipcheck.match.judge import Row, Thresholds, Verdict
from equipcheck.match.lexicon import load_lexicon
from equipcheck.match.lexicon.words import Lexicon

LISTS = Path(__file__).parents[1] / "tests" / "match"
DEFAULT = ("names_seen.csv", "names_developed.csv", "names_last.csv", "names_trade.csv")
AUTO = (0.5, 0.6, 0.65, 0.7, 0.8, 0.85, 0.9, 0.96, 0.98)
NEAR = (0.5, 0.6, 0.66, 0.72, 0.8, 0.9)
FOLDS = 5


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


def run(cases: Sequence[Case], lexicon: Lexicon, thresholds: Thresholds) -> Score:
    return measure(cases, judge_all([case.row for case in cases], lexicon, thresholds))


def sweep(cases: Sequence[Case], lexicon: Lexicon) -> None:
    for name, values in (("auto", AUTO), ("near", NEAR), ("near_generic", NEAR)):
        print(f"\n{name}: right of decided | equipment decided | in first three | others asked about")
        for value in values:
            chosen = replace(Thresholds(), **{name: value})
            mark = " *" if value == getattr(Thresholds(), name) else ""
            print(f"  {value:.2f}{mark:2} {run(cases, lexicon, chosen).line()}")


def cross_validate(cases: Sequence[Case], lexicon: Lexicon) -> None:
    grid = [
        Thresholds(*three)
        for three in itertools.product((0.6, 0.7, 0.85, 0.96), (0.6, 0.72, 0.85), (0.5, 0.62, 0.75))
    ]
    everything = [judge_all([case.row for case in cases], lexicon, one) for one in grid]
    total = Score()
    for fold in range(FOLDS):
        inside = [at for at in range(len(cases)) if at % FOLDS == fold]
        outside = [at for at in range(len(cases)) if at % FOLDS != fold]

        def on(places: Sequence[int], verdicts: Sequence[Verdict]) -> Score:
            return measure([cases[at] for at in places], [verdicts[at] for at in places])

        best = max(
            range(len(grid)), key=lambda at: (on(outside, everything[at]).worth, grid[at] == Thresholds())
        )
        total += on(inside, everything[best])
        print(f"  fold {fold + 1}: {grid[best]}")
    print(f"  measured on the folds left out: {total.line()}")


def main(paths: Sequence[Path]) -> None:
    lexicon = load_lexicon(load_catalogue())
    lists = {path.name: load(path) for path in paths}
    print("list: right of decided | equipment decided | in first three | others asked about")
    for name, cases in lists.items():
        print(f"  {name} ({len(cases)}): {run(cases, lexicon, Thresholds()).line()}")
    everything = [case for cases in lists.values() for case in cases]
    sweep(everything, lexicon)
    print("\nfive-fold cross-validation of the three thresholds")
    for name, cases in {**lists, "all lists": everything}.items():
        print(f" {name}")
        cross_validate(cases, lexicon)


if __name__ == "__main__":
    main([Path(one) for one in sys.argv[1:]] or [LISTS / name for name in DEFAULT])
