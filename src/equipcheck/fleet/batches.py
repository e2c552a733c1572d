"""Cohorts assessed in batches of whole bureaus, side by side: memory is bounded however many there are."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from equipcheck.assess.spare import Day
from equipcheck.fleet.assembly import Assembled
from equipcheck.fleet.cohorts import Cohort, assess_cohort, matched
from equipcheck.fleet.loading import Loader
from equipcheck.fleet.members import Failed, Member
from equipcheck.fleet.money import Climbed
from equipcheck.fleet.parts import Part, together
from equipcheck.ledger.coded_rows import in_bureaus

ROWS_AT_ONCE = 1_000_000
"""Rows that are assessed at one time, all batches under way together."""

ROWS_A_THREAD = 150_000
"""Rows from which a further batch at the same time saves more than it costs."""

MOST_THREADS = 8
"""Batches at the same time: with more of them each gets too small to be worth its own cost."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some bureaus of a cohort, and where their rows stand: all in one stretch, or (None) anywhere."""

    cohort: Cohort
    rows: slice | None


def assess_all(
    cohorts: Sequence[Cohort], assembled: Assembled, loader: Loader, *, days: Sequence[Day] | None
) -> tuple[Part | None, list[Failed]]:
    """Every cohort's part, put together; None where there is no bureau left. Bureaus whose decisions do not fit.

    `days` of all cohorts that transfers may go to; None: it is not asked what can be spared.
    """
    parts: list[Part] = []
    failed: list[Failed] = []
    climbed: dict[tuple[int, str], Climbed] = {}  # batches share it
    for cohort in cohorts:
        rows, wrong = _matched(cohort, assembled, loader)
        failed += wrong
        held = without(cohort, [one.bureau for one in wrong]) if wrong else cohort
        threads = max(1, min(os.cpu_count() or 1, MOST_THREADS, rows.height // ROWS_A_THREAD))
        count = max(threads, -(-rows.height * threads // ROWS_AT_ONCE))
        dealt = batches(held, rows, count)
        do = partial(_assess, rows=rows, assembled=assembled, climbed=climbed, days=days)
        if threads == 1 or len(dealt) == 1:
            parts += map(do, dealt)
        else:  # polars works outside of the interpreter's lock
            with ThreadPoolExecutor(threads) as beside:
                parts += beside.map(do, dealt)
    return (together(parts) if parts else None), failed


def batches(cohort: Cohort, rows: pl.DataFrame, count: int) -> list[Batch]:
    """A cohort in up to `count` batches of about as many rows each."""
    if count == 1:
        return [Batch(cohort, slice(0, rows.height))]
    runs = rows["bureau"].rle().struct.unnest().with_columns(pl.col("value").cast(pl.String))
    whole = runs["value"].n_unique() == runs.height
    if not whole:
        runs = runs.group_by("value", maintain_order=True).agg(pl.col("len").sum())
    groups: list[list[str]] = [[] for _ in range(count)]
    sizes = [0] * count
    before = 0
    for code, size in runs.select("value", "len").iter_rows():
        at = before * count // rows.height
        groups[at].append(code)
        sizes[at] += size
        before += size
    by_code = {one.code: one for one in cohort.members}
    members: list[list[Member]] = [[by_code.pop(code) for code in group] for group in groups]
    members[0] += by_code.values()  # without a row
    found, start = [], 0
    for mine, size in zip(members, sizes, strict=True):
        if mine:
            where = slice(start, start + size) if whole else None
            found.append(Batch(replace(cohort, members=tuple(mine)), where))
        start += size
    return found


def _matched(cohort: Cohort, assembled: Assembled, loader: Loader) -> tuple[pl.DataFrame, list[Failed]]:
    """The rows of a cohort's bureaus with `kind` and `decision`, and the bureaus whose decisions do not fit."""
    rows = assembled.assets
    if len(cohort.members) < len(assembled.fleet.members):
        rows = rows.filter(in_bureaus(rows, [one.code for one in cohort.members]))
    found, wrong = matched(cohort.members, rows, loader)
    return (found.filter(~in_bureaus(found, [one.bureau for one in wrong])) if wrong else found), wrong


def _assess(
    batch: Batch,
    *,
    rows: pl.DataFrame,
    assembled: Assembled,
    climbed: dict[tuple[int, str], Climbed],
    days: Sequence[Day] | None,
) -> Part:
    """The part of some bureaus: one call of `assess`."""
    if batch.rows is not None:
        mine = rows[batch.rows]
    else:
        mine = rows.filter(in_bureaus(rows, [one.code for one in batch.cohort.members]))
    matches = mine.select("row", "part", "kind", "decision")
    assets = mine.drop("kind", "decision")
    return assess_cohort(
        batch.cohort,
        assets,
        matches,
        assembled.checks,
        assembled.supplemented,
        climbed=climbed,
        days=days,
    )


def without(cohort: Cohort, codes: Sequence[str]) -> Cohort:
    """A cohort less some bureaus."""
    return replace(cohort, members=tuple(one for one in cohort.members if one.code not in codes))
