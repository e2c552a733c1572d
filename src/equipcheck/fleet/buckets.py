"""A roll-up in buckets: each is some bureaus with all that belongs to them, done wherever, and all put together.

Nothing here knows what runs the buckets; `spark` is one that does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from equipcheck.assess.spare import Day
from equipcheck.fleet.assembly import Assembled, assemble, sized, sizes_in, strangers_in
from equipcheck.fleet.batches import assess_all
from equipcheck.fleet.cache import Cache
from equipcheck.fleet.cohorts import Cohort, cohorts_of, days_of
from equipcheck.fleet.loading import Loader
from equipcheck.fleet.members import Failed, Fleet, Member
from equipcheck.fleet.parts import Part, put_aside, together
from equipcheck.fleet.pieces import dealt_out
from equipcheck.fleet.reading import ReadFile, read_files
from equipcheck.ground import frames
from equipcheck.ground.inputs import Input, sha256
from equipcheck.ledger import Source
from equipcheck.ledger.coded_rows import in_bureaus
from equipcheck.problems import InputError, Problem


@dataclass(frozen=True, slots=True)
class Bucket:
    """Some bureaus: their fleet, their cohorts, the files to read there, and rows that were read already."""

    number: int
    fleet: Fleet
    cohorts: tuple[Cohort, ...]
    loader: Loader
    codes: frozenset[str]  # of every bureau of the whole fleet
    days: tuple[Day, ...]  # likewise
    shared: tuple[ReadFile, ...] = ()
    lost: tuple[Failed, ...] = ()  # what is not assessed; its rows are counted all the same
    unread: tuple[
        Failed, ...
    ] = ()  # bureaus that cannot be read from the table: exports may hold rows of theirs


@dataclass(frozen=True, slots=True)
class Done:
    """What a bucket, or all of them, came to."""

    assembled: Assembled
    cohorts: tuple[Cohort, ...]
    part: Part | None
    failed: tuple[Failed, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A fleet dealt out to buckets, and what none of them reads."""

    fleet: Fleet
    cohorts: tuple[Cohort, ...]
    buckets: tuple[Bucket, ...]
    here: tuple[
        ReadFile, ...
    ]  # exports of many bureaus, and files of nobody: read before the buckets are done
    exports: tuple[Source, ...]  # exports whose rows are brought to the buckets by who runs them
    failed: tuple[Failed, ...]  # what belongs to no bureau


def planned(
    fleet: Fleet,
    today: date,
    size: int,
    *,
    apart: Collection[Source] = (),
    cache: Cache | None = None,
    progress: Callable[[str], None] | None = None,
) -> Plan:
    """A fleet with a table of bureaus in buckets of about `size`; `apart`: exports left unread."""
    known = {one.code for one in fleet.members}
    fleet = anywhere(fleet)
    loader = Loader()
    cohorts, failed = cohorts_of(fleet.members, today, loader)
    own = [one for one in fleet.ledgers if one.bureau in known]
    shown = {one.shown for one in apart}
    exports = [one for one in fleet.ledgers if one.shown in shown]
    rest = [one for one in fleet.ledgers if one not in own and one not in exports]
    here = read_files(rest, cache or Cache(None), None, progress)
    buckets = buckets_of(fleet, cohorts, own, here, failed, loader, size)
    names = {**fleet.names, **dict.fromkeys(known, "")}
    outside = replace(fleet, members=(), ledgers=(), names=names)
    strangers = assemble(outside, here, {}).fleet.failed  # with what failed before anything was read
    return Plan(fleet, tuple(cohorts), tuple(buckets), tuple(here), tuple(exports), strangers)


def run(
    fleet: Fleet,
    today: date,
    size: int,
    cache: Cache,
    jobs: int | None,
    progress: Callable[[str], None] | None = None,
    *,
    apart: Sequence[Source] = (),
    scratch: Path,
) -> Done:
    """One bucket after the other on this machine: no more than one bucket's ledgers are in memory.

    `apart`: exports that are too big to be read at once. Raises WholeOnlyError where they must be. What is shown of a
    few rows only is put aside in `scratch`, and asked for there.
    """
    plan = planned(fleet, today, size, apart=apart, cache=cache, progress=progress)
    done = {}
    if progress is not None and apart:
        progress(f"汇总台账按单位分成 {len(plan.buckets)} 组")
    with dealt_out(plan.exports, lambda code: bucket_of(code, len(plan.buckets))) as pieces:
        for count, bucket in enumerate(plan.buckets, start=1):
            found = work(with_exports(bucket, pieces(bucket.number)), cache, jobs)
            if found.part is not None:
                found = replace(found, part=put_aside(found.part, scratch / f"{bucket.number}.parquet"))
            done[bucket.number] = found
            if progress is not None:
                progress(f"已汇总 {count}/{len(plan.buckets)} 组")
    return merge(plan, done)


def anywhere(fleet: Fleet) -> Fleet:
    """The fleet with paths that do not depend on the folder in which a worker runs."""

    def absolute(sources: tuple[Source, ...]) -> tuple[Source, ...]:
        return tuple(one._replace(path=one.path.resolve()) for one in sources)

    members = tuple(replace(one, sources=absolute(one.sources)) for one in fleet.members)
    return replace(fleet, members=members, ledgers=absolute(fleet.ledgers))


def buckets_of(
    fleet: Fleet,
    cohorts: Sequence[Cohort],
    own: Sequence[Source],
    here: Sequence[ReadFile],
    failed: Sequence[Failed],
    loader: Loader,
    size: int,
) -> Iterator[Bucket]:
    """The fleet in buckets of about `size` bureaus."""
    codes = frozenset({*fleet.names, *(one.code for one in fleet.members)})
    count = max(1, len(fleet.members) // size)
    groups: dict[int, list[Member]] = {number: [] for number in range(count)}
    for one in fleet.members:
        groups.setdefault(bucket_of(one.code, count), []).append(one)
    for number, members in sorted(groups.items()):
        mine = {one.code for one in members}
        shared = tuple(
            replace(one, kept=only(one.kept, mine))
            for one in here
            if one.kept is not None and one.kept.by_code
        )
        part = replace(
            fleet,
            members=tuple(members),
            ledgers=tuple(one for one in own if one.bureau in mine),
            failed=(),
            notes=(),
            names={code: fleet.names.get(code, "") for code in mine},
        )
        held = tuple(
            replace(one, members=tuple(m for m in one.members if m.code in mine))
            for one in cohorts
            if any(m.code in mine for m in one.members)
        )
        lost = tuple(one for one in failed if one.bureau in mine)
        unread = tuple(one for one in fleet.failed if bucket_of(one.bureau, count) == number)
        yield Bucket(number, part, held, loader, codes, days_of(cohorts), shared, lost, unread)


def bucket_of(code: str, count: int) -> int:
    """The bucket of a bureau: by its code alone, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(code.encode(), digest_size=6).digest()) % count


def only(kept: Any, codes: Iterable[str]) -> Any:
    """What was read, less what is not these bureaus'."""
    mine = list(codes)
    checks = kept.checks.filter(pl.col("bureau").is_in(mine))
    return replace(kept, assets=kept.assets.filter(in_bureaus(kept.assets, mine)), checks=checks)


def with_exports(bucket: Bucket, read: Sequence[ReadFile]) -> Bucket:
    """A bucket with its rows of exports; rows under codes that nobody has, or of bureaus that failed, are lost here."""
    own = {one.code for one in bucket.fleet.members}
    sizes = sizes_in(read, {one.bureau for one in bucket.unread})
    unread = [
        replace(one, rows=sizes[one.bureau].rows, units=sizes[one.bureau].units)
        for one in bucket.unread
        if one.bureau in sizes
    ]
    lost = (*bucket.lost, *strangers_in(read, set(bucket.codes)), *unread)
    kept = tuple(replace(one, kept=only(one.kept, own)) for one in read if one.kept is not None)
    return replace(bucket, shared=(*bucket.shared, *kept), lost=lost)


def work(bucket: Bucket, cache: Cache | None = None, jobs: int | None = 1) -> Done:
    """One bucket, on whatever machine: read, deal out, match, assess, account."""
    sources = [*bucket.fleet.ledgers, *(one for member in bucket.fleet.members for one in member.sources)]
    read = read_files(sources, cache or Cache(None), jobs)
    for one in read[: len(bucket.fleet.ledgers)]:
        if (
            one.kept is not None
            and one.kept.by_code
            and set(one.kept.assets["bureau"].unique().to_list()) & set(bucket.codes) - {one.source.bureau}
        ):
            raise InputError(Problem("cluster-mixed-file", args={"file": one.source.shown}))
    own: dict[str, list[ReadFile]] = {}
    for one in read[len(bucket.fleet.ledgers) :]:
        own.setdefault(one.source.bureau, []).append(one)
    assembled = assemble(bucket.fleet, [*read[: len(bucket.fleet.ledgers)], *bucket.shared], own)
    left = {one.code for one in assembled.fleet.members}
    cohorts = [
        replace(one, members=tuple(m for m in one.members if m.code in left)) for one in bucket.cohorts
    ]
    part, failed = assess_all(
        [one for one in cohorts if one.members], assembled, bucket.loader, days=bucket.days
    )
    lost = sized([*assembled.fleet.failed, *bucket.lost, *failed, *(part.failed if part else ())], assembled)
    if part is not None:
        part = replace(part, failed=())
    empty = replace(assembled, assets=assembled.assets.clear(), checks=frames.CHECKS.empty())
    return Done(empty, (), part, tuple(lost))


def merge(plan: Plan, done: Mapping[int, Done]) -> Done:
    """The buckets' results as one, in the fleet's order."""
    fleet, here = plan.fleet, plan.here
    results = [done[number] for number in sorted(done)]
    parts = [one.part for one in results if one.part is not None]
    inputs = {one.path: one for result in results for one in result.assembled.inputs}
    inputs |= {one.input.path: one.input for one in here if one.input is not None}
    inputs |= {
        one.shown: Input(one.shown, sha256(one.path), one.role) for one in plan.exports if one.path.is_file()
    }
    order = [*fleet.ledgers, *(one for member in fleet.members for one in member.sources)]
    first = results[0].assembled
    whole = replace(
        first,
        fleet=replace(fleet, failed=()),
        inputs=tuple(dict.fromkeys(inputs[one.shown] for one in order if one.shown in inputs)),
        notes=pl.concat([one.assembled.notes for one in results]),
        asked=pl.concat([one.assembled.asked for one in results]),
        cached=sum(one.cached for one in here) + sum(one.assembled.cached for one in results),
    )
    lost = [one for result in results for one in result.failed]
    failed = (*_with_more(plan.failed, {one.bureau: one for one in lost}), *lost)
    return Done(whole, plan.cohorts, together(parts) if parts else None, failed)


def _with_more(failed: Sequence[Failed], lost: Mapping[str, Failed]) -> Iterator[Failed]:
    """What failed before anything was read, with the rows of exports that buckets found of it."""
    for one in failed:
        more = lost.get(one.bureau)
        if more is None or not more.rows:
            yield one
        else:
            yield replace(one, rows=(one.rows or 0) + more.rows, units=(one.units or 0) + (more.units or 0))
