"""The core: assets × requirements × bureaus × date → findings, and the place where every unit ended.

`assess` is a pure function over frames, for one bureau or ten thousand; `tests/oracle.py` says the same slowly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from equipcheck.assess.allocate import allocate
from equipcheck.assess.need import Need, need
from equipcheck.assess.usable import sort_out
from equipcheck.assess.verdict import verdicts
from equipcheck.ground import frames
from equipcheck.standard.model import Standard

__all__ = ["Assessment", "assess"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Findings (frames.FINDINGS), places (frames.PLACES), and bureaus for which no one column fits."""

    findings: pl.DataFrame
    places: pl.DataFrame
    unplaced: pl.DataFrame  # bureau, fitting: List[column], missing: List[fact]


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
) -> Assessment:
    """Assess bureaus against one standard on one day.

    `facts` has a column `bureau` and one text column a fact (null: not stated); `services` are those in force;
    `supplemented` names the bureaus that gave a list of things kept outside the fixed-asset ledger.
    `strict` counts no instrument whose validity is not recorded.
    """
    asked: Need = need(standard, facts)
    units = sort_out(
        frames.ASSETS.check(assets),
        frames.MATCHES.check(matches),
        frames.CHECKS.check(checks),
        frames.KINDS.check(kinds),
        asked,
        as_of=as_of,
        strict=strict,
    )
    places = allocate(units, asked, frames.SERVICES.check(services), standard)
    findings = verdicts(places, asked, services, units, kinds, standard, supplemented)
    return Assessment(frames.FINDINGS.check(findings), frames.PLACES.check(places), asked.unplaced)
