"""A roll-up of thousands of bureaus for the tests: the sample fleet's results, repeated under new codes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl

from equipcheck.fleet.cache import Cache
from equipcheck.fleet.opening import Options
from equipcheck.fleet.results import GroupLine, Rollup
from equipcheck.fleet.rollup import How, roll_up
from equipcheck.ground.inputs import Input
from tests.conftest import ROOT


def sample() -> Rollup:
    """The sample fleet's roll-up."""
    how = How(Cache(None), 1, transfers=True)
    return roll_up(
        ROOT / "inventories" / "sample-fleet", dt.date(2024, 1, 1), Options(None, None, None, None), how
    )


def repeated(count: int, *, name: str = "第{at}号生态环境保护综合行政执法大队") -> Rollup:
    """`count` bureaus: a tenth are cities beneath one province, the rest districts beneath the cities."""
    base = sample()
    bureaus, frames, parents = [], [], []
    for at in range(count):
        model = base.bureaus[at % len(base.bureaus)]
        parent = None if at == 0 else "B0" if at <= count // 10 else f"B{1 + at % (count // 10)}"
        level = "province" if at == 0 else "city" if at <= count // 10 else "county"
        bureaus.append(model._replace(code=f"B{at}", name=name.format(at=at), parent=parent, level=level))
        frames.append(
            base.findings.filter(pl.col("bureau") == model.code).with_columns(bureau=pl.lit(f"B{at}"))
        )
    group = base.parents[0]
    parents = [_group(group, one.code, one.name) for one in bureaus[: count // 10 + 1]]
    lines = [
        replace(line, giver=f"B{at % count}", taker=f"B{(at * 7 + 1) % count}")
        for at in range(count)
        for line in base.transfers.lines[:3]
    ]
    return replace(
        base,
        listed=count,
        bureaus=tuple(bureaus),
        findings=pl.concat(frames),
        parents=tuple(parents),
        transfers=replace(base.transfers, lines=tuple(lines)),
        inputs=tuple(Input(f"ledgers/B{at}.xlsx", f"{at:064x}", "ledger") for at in range(count)),
        worst=tuple(one.code for one in bureaus[:5]),
        best=tuple(one.code for one in bureaus[5:10]),
    )


def _group(model: GroupLine, code: str, name: str | None) -> GroupLine:
    return replace(model, key=code, name=name)
