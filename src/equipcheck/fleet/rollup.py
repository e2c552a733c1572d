"""The way of a roll-up: open, read, deal out, match, assess each cohort in one call, add up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from equipcheck.checking.books import ACCOUNT_COLUMNS
from equipcheck.fleet import answers
from equipcheck.fleet.assembly import Assembled, assemble, cycles, sized
from equipcheck.fleet.batches import assess_all
from equipcheck.fleet.cache import Cache
from equipcheck.fleet.cohorts import Cohort, arranged_notes, cohorts_of, days_of
from equipcheck.fleet.loading import Loader
from equipcheck.fleet.members import Failed, Fleet, note
from equipcheck.fleet.opening import Options, open_fleet
from equipcheck.fleet.parts import Part
from equipcheck.fleet.pieces import WholeOnlyError, bytes_of
from equipcheck.fleet.reading import Ahead, ReadFile, read_ahead, read_files
from equipcheck.fleet.results import Rollup
from equipcheck.fleet.transfers import propose_transfers
from equipcheck.fleet.view import view
from equipcheck.ground.frames import PLACE_NAMES
from equipcheck.ground.garbage import without_gc
from equipcheck.ledger import Source
from equipcheck.problems import InputError
from equipcheck.problems.notes import Note

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class How:
    """How a roll-up is run; none of it changes what comes out."""

    cache: Cache = field(default_factory=lambda: Cache(None))
    jobs: int | None = None
    transfers: bool = True
    cluster: str | None = None  # a Spark master; None: this machine


def roll_up(
    target: Path,
    today: dt.date,
    options: Options | None = None,
    how: How | None = None,
    progress: Progress | None = None,
) -> Rollup:
    """The roll-up of what a path names; `today` stands in where a bureau names no date. Raises InputError."""
    with without_gc(), read_ahead(target, BYTES_WHOLE) as ahead:
        return _roll_up(open_fleet(target, options), today, how or How(), progress, ahead)


def _roll_up(fleet: Fleet, today: dt.date, how: How, progress: Progress | None, ahead: list[Ahead]) -> Rollup:
    if how.cluster is not None:
        from equipcheck.fleet import spark

        done = spark.run(fleet, today, how.cluster, progress)
        return conclude(done.assembled, done.cohorts, done.part, done.failed, how)
    if (parts := _in_parts(fleet)) is not None:
        from equipcheck.fleet import buckets

        size, apart = parts
        try:
            with TemporaryDirectory(prefix="equipcheck-", ignore_cleanup_errors=True) as folder:
                scratch = Path(folder)
                done = buckets.run(
                    fleet, today, size, how.cache, how.jobs, progress, apart=apart, scratch=scratch
                )
                return conclude(done.assembled, done.cohorts, done.part, done.failed, how)
        except WholeOnlyError:
            if progress is not None:
                progress("汇总台账有须与上下行一起读的行，整份读入，内存随行数增长")
        except InputError as error:
            if [one.code for one in error.problems] != ["cluster-mixed-file"]:
                raise
    own = [source for member in fleet.members for source in member.sources]
    loader = Loader()
    with ThreadPoolExecutor(1) as beside:
        ready = beside.submit(loader.prepare, fleet.members or filter(None, [fleet.template]), today)
        read = read_files([*fleet.ledgers, *own], how.cache, how.jobs, progress, ahead)
        ready.result()
    mine: dict[str, list[ReadFile]] = {}
    for one in read[len(fleet.ledgers) :]:
        mine.setdefault(one.source.bureau, []).append(one)
    assembled = assemble(fleet, read[: len(fleet.ledgers)], mine)
    if progress is not None:
        progress(f"共 {assembled.assets.height} 行，正在对应名称并核查")
    cohorts, failed = cohorts_of(assembled.fleet.members, today, loader)
    days = days_of(cohorts) if how.transfers else None
    part, undone = assess_all(cohorts, assembled, loader, days=days)
    return conclude(assembled, cohorts, part, [*failed, *undone], how)


BYTES_AT_ONCE = 128 << 20
"""Ledgers of one bureau each are read and assessed in parts of about this size, where there is more in all."""

BYTES_WHOLE = 512 << 20
"""An export of many bureaus that is larger goes in such parts too; as a whole it would take some 2.5 times its size."""


def _in_parts(fleet: Fleet) -> tuple[int, list[Source]] | None:
    """How many bureaus go through together, and which exports are dealt out to them; None: all, which is the quickest
    way while memory holds them.
    """
    if fleet.template is not None:
        return None
    codes = {one.code for one in fleet.members}
    own = [one.path for one in fleet.ledgers if one.bureau in codes]
    own += [source.path for member in fleet.members for source in member.sources]
    size = sum(path.stat().st_size for path in own if path.is_file())
    shared = [one for one in fleet.ledgers if one.bureau not in codes and one.role != "verification"]
    sizes = [(one, bytes_of(one.path)) for one in shared]
    exports = [(one, most) for one, most in sizes if most > BYTES_WHOLE]
    if size <= BYTES_AT_ONCE and not exports:
        return None
    size += sum(most for _, most in exports)
    return max(1, len(codes) * BYTES_AT_ONCE // size), [one for one, _ in exports]


def conclude(
    assembled: Assembled,
    cohorts: Sequence[Cohort],
    part: Part | None,
    failed: Sequence[Failed],
    how: How,
) -> Rollup:
    """Everything that is said of the fleet, from its frames."""
    fleet = assembled.fleet
    parents, circles = cycles(fleet.parents)
    lost = [*fleet.failed, *failed, *(part.failed if part is not None else ())]
    lost = sized(lost, assembled)
    notes = [*fleet.notes, *circles, *_notes(cohorts, part)]
    if part is None:
        return answers.nothing(fleet, lost, notes, assembled)
    seen = view(fleet, cohorts, part, parents, assembled.notes, lost)
    with ThreadPoolExecutor(1) as beside:  # its solver works outside of the interpreter's lock
        moves = beside.submit(propose_transfers, seen) if how.transfers else None
        found = answers.rollup(seen, lost, notes, _accounting(part, lost), assembled)
        return found if moves is None else replace(found, transfers=moves.result())


def _accounting(part: Part, lost: Sequence[Failed]) -> dict[str, dict[str, int]]:
    """Rows and units by place over all assessed bureaus, and what stands outside with the failed ones."""
    sums = part.accounts.select(pl.col(ACCOUNT_COLUMNS).sum()).row(0, named=True)
    found = {
        what: {place: int(sums[f"{what}_{place}"]) for place in ("read", *PLACE_NAMES)}
        for what in ("rows", "units")
    }
    outside = {
        "bureaus": len(lost),
        "rows": sum(one.rows or 0 for one in lost),
        "units": sum(one.units or 0 for one in lost),
    }
    return {**found, "not_assessed": outside}


def _notes(cohorts: Sequence[Cohort], part: Part | None) -> list[Note]:
    """What a reader of sums must know: several editions, several days, days that nobody stated."""
    said: list[Note] = []
    if part is None:
        return said
    held = set(part.findings["cohort"].unique().to_list())
    used = [one for one in cohorts if one.key in held]
    editions = sorted({one.loaded.standard.id for one in used})
    if len(editions) > 1:
        said.append(note("fleet-many-editions", editions="、".join(editions)))
    days = sorted({one.as_of for one in used})
    if len(days) > 1:
        said.append(note("fleet-many-dates", dates="、".join(map(str, days))))
    open_days = [member.code for one in used for member in one.members if member.as_of is None]
    if open_days:
        said.append(note("fleet-as-of-today", bureaus=len(open_days)))
    said += [one for cohort in used for one in arranged_notes(cohort)]
    said += [Note("edition-by-date", one.edition_note) for one in used if one.edition_note is not None]
    return list({(one.code, one.note): one for one in said}.values())
