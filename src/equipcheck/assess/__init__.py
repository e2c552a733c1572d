"""The core: assets × requirements × bureaus × date → findings, and the place where every unit ended.

`assess` is a pure function over frames, for one bureau or ten thousand; `tests/oracle.py` says the same slowly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from functools import cached_property

import polars as pl

from equipcheck.assess.allocate import allocate
from equipcheck.assess.need import Need, need
from equipcheck.assess.places import coded, in_words
from equipcheck.assess.spare import Day, spare
from equipcheck.assess.usable import sort_out
from equipcheck.assess.verdict import verdicts
from equipcheck.ground import frames
from equipcheck.ground.frames import row_key
from equipcheck.ground.mutable import Mutable
from equipcheck.standard.model import Standard

__all__ = ["Assessment", "assess"]


class Assessment(Mutable):
    """Findings (frames.FINDINGS), where every unit ended, and bureaus for which no one column fits."""

    findings: pl.DataFrame
    coded: pl.DataFrame  # `places.coded`: what sums over many bureaus are made of
    unplaced: pl.DataFrame  # bureau, fitting: List[column], missing: List[fact]
    assets: pl.DataFrame  # in ledger order: `coded["at"]` is a position in it
    spare: pl.DataFrame | None = None  # `spare.SPARE`, where it was asked for

    @cached_property
    def places(self) -> pl.DataFrame:
        """The same in words and sorted, for those who show it (frames.PLACES)."""
        return in_words(self.coded)


def assess(
    standard: Standard,
    facts: pl.DataFrame,
    assets: pl.DataFrame,
    matches: pl.DataFrame,
    checks: pl.DataFrame,
    kinds: pl.DataFrame,
    services: pl.DataFrame,
    *,
    as_of: dt.date,
    strict: bool = False,
    supplemented: Collection[str] = (),
    spare_on: Sequence[Day] | None = None,
) -> Assessment:
    """Assess bureaus against one standard on one day.

    `facts` has a column `bureau` and one text column a fact (null: not stated); `services` are those in force;
    `supplemented` names the bureaus that gave a list of things kept outside the fixed-asset ledger.
    `strict` counts no instrument whose validity is not recorded. `spare_on` asks what could be spared for bureaus that
    are assessed on these days.
    """
    if not assets.select(row_key().is_sorted()).item():
        assets = assets.sort("row", "part")
    asked: Need = need(standard, facts)
    units = sort_out(
        frames.ASSESSED.check(assets.select(list(frames.ASSESSED.columns))),
        frames.DECIDED.check(matches.select(list(frames.DECIDED.columns))),
        frames.CHECKS.check(checks),
        frames.KINDS.check(kinds),
        asked,
        as_of=as_of,
        strict=strict,
    )
    ends = allocate(units, asked, frames.SERVICES.check(services), standard)
    findings = verdicts(ends, asked, services, units, standard, supplemented)
    left = None
    if spare_on is not None:
        left = spare(units, ends, asked, services, checks, standard, own=(as_of, strict), days=spare_on)
    return Assessment(
        frames.FINDINGS.check(findings), coded(ends, units, asked), asked.unplaced, assets, left
    )
