"""How fast a province is planned: 200 bureaus × 50 rows, three years, by priority and by value.

    python benchmarks/plan.py [BUREAUS]

The findings are made up; reading and assessing are not measured here.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from equipcheck.catalogue.kinds import load_catalogue  # noqa: E402 (the path above first)
from equipcheck.plan.means import Means  # noqa: E402
from equipcheck.plan.opening import Stand  # noqa: E402
from equipcheck.plan.prices import PriceList  # noqa: E402
from equipcheck.plan.years import plan_years  # noqa: E402
from tests.plan.made import asset, finding, settings, stand  # noqa: E402

ROWS, YEARS = 50, 3


def bureau(chance: random.Random, means: Means, kinds: list[str]) -> list[Stand]:
    """One bureau's state at the beginning of each year: about half of its rows are short."""
    rows = []
    for at in range(ROWS):
        kind, required = chance.choice(kinds), chance.randint(1, 9)
        expired = [asset(f"t#{at}", kind, excluded="verification_expired")] if chance.random() < 0.2 else []
        rows.append(
            finding(
                f"r{at}",
                kinds=(kind,),
                required=required,
                counted=chance.randint(0, required),
                assets=expired,
                category=f"类{at % 6}",
                trust=chance.choice(["attested", "assumed"]),
            )
        )
    first = stand(means, *rows)
    return [replace(first, year=2024 + at, day=dt.date(2023 + at, 12, 31)) for at in range(YEARS)]


def main(bureaus: int) -> None:
    """Plan every bureau twice and print seconds."""
    chance = random.Random(7)
    catalogue = load_catalogue()
    means = Means(PriceList(catalogue), settings())
    kinds = [name for name, kind in catalogue.kinds.items() if kind.price is not None and not kind.quota]
    start = time.perf_counter()
    province = [bureau(chance, means, kinds) for _ in range(bureaus)]
    print(f"{bureaus} bureaus × {ROWS} rows, priorities and actions: {time.perf_counter() - start:.2f} s")
    budgets = [Decimal(300_000)] * YEARS
    for by in ("priority", "value"):
        start = time.perf_counter()
        closed = sum(
            item.quantity
            for stands in province
            for year in plan_years(stands, budgets, means, by=by).years
            for item in year.items
        )
        print(f"{YEARS} years by {by}: {time.perf_counter() - start:.2f} s, {closed} units closed")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
