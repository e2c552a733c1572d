"""How the thresholds of matching were found, and how good it is: cross-validation on lists of names.

python benchmarks/calibrate_match.py [LIST.csv …]   (columns: name, model, expect, kinds)

For each threshold a sweep shows what it buys; five-fold cross-validation chooses all three on four fifths
and measures on the last, so that no name is judged by thresholds it helped to choose.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from equipcheck.catalogue.kinds import load_catalogue  # noqa: E402 (the path above first)
from equipcheck.match.engine import judge_all  # noqa: E402
from equipcheck.match.judge import Thresholds  # noqa: E402
from equipcheck.match.lexicon import load_lexicon  # noqa: E402
from equipcheck.match.lexicon.words import Lexicon  # noqa: E402
from equipcheck.match.verdicts import Verdict  # noqa: E402
from tests.match.lists import BLIND, DEVELOPED, FOLDER, Case, Score, load, measure  # noqa: E402

DEFAULT = ("names_seen.csv", *DEVELOPED, *BLIND)
AUTO = (0.5, 0.6, 0.65, 0.7, 0.8, 0.85, 0.9, 0.96, 0.98)
NEAR = (0.5, 0.6, 0.66, 0.72, 0.8, 0.9)
FOLDS = 5


def run(cases: Sequence[Case], lexicon: Lexicon, thresholds: Thresholds) -> Score:
    return measure(cases, judge_all([case.row for case in cases], lexicon, thresholds))


def sweep(cases: Sequence[Case], lexicon: Lexicon) -> None:
    for name, values in (("auto", AUTO), ("near", NEAR), ("near_generic", NEAR)):
        print(f"\n{name}: right of decided | equipment decided | in first three | others asked about")
        for value in values:
            chosen = Thresholds()._replace(**{name: value})
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
    main([Path(one) for one in sys.argv[1:]] or [FOLDER / name for name in DEFAULT])
