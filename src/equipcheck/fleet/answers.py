"""The answers put together: by bureau, by parent, level and region, by row and kind; who is worst and best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import polars as pl

from equipcheck.checking.results import Rates
from equipcheck.fleet.assembly import Assembled
from equipcheck.fleet.bureau_lines import bureau_lines
from equipcheck.fleet.group_lines import group_lines
from equipcheck.fleet.members import Failed, Fleet
from equipcheck.fleet.requirements import kind_lines, requirement_lines
from equipcheck.fleet.results import Edition, Need, Question, Rollup
from equipcheck.fleet.sums import needs_of, rates_of, spread
from equipcheck.fleet.transfers import NO_TRANSFERS
from equipcheck.fleet.view import SUMMED, View
from equipcheck.ground.frames import PLACE_NAMES
from equipcheck.problems.catalogue import ENTRIES
from equipcheck.problems.notes import Note

MOST = 10
"""How many bureaus are named as the worst and as the best."""


def rollup(
    view: View,
    failed: Sequence[Failed],
    notes: Sequence[Note],
    accounting: Mapping[str, Mapping[str, int]],
    assembled: Assembled,
) -> Rollup:
    """Everything that is said, but for what could move."""
    table = view.table.with_columns(
        rate=pl.when(pl.col("applicable") > 0).then(pl.col("met") / pl.col("applicable")),
        filling=pl.when(pl.col("needed") > 0).then(pl.col("filled") / pl.col("needed")),
    )
    with ThreadPoolExecutor(1) as beside:
        rows, kinds = beside.submit(requirement_lines, view), beside.submit(kind_lines, view)
        lines = bureau_lines(table, view)
    days = table.group_by("cohort").len().iter_rows()
    dates: dict[str, int] = {}
    for key, count in days:
        day = next(one.as_of for one in view.cohorts if one.key == key).isoformat()
        dates[day] = dates.get(day, 0) + count
    whole = table.select(pl.col(SUMMED).sum())
    ranked = table.filter(pl.col("rate").is_not_null()).sort("rate", "filling", "bureau", nulls_last=True)
    named = min(MOST, (ranked.height + 1) // 2)
    best = ranked.sort("rate", "filling", "bureau", descending=[True, True, False], nulls_last=True)
    return Rollup(
        title=view.fleet.title,
        as_of=next(one.as_of for one in view.cohorts if one.as_of.isoformat() in dates)
        if len(dates) == 1
        else None,
        dates=dict(sorted(dates.items())),
        editions=_editions(table, view),
        listed=len(lines) + len(failed),
        coverage=rates_of(whole)[0],
        attested=rates_of(whole, "attested_")[0],
        need=needs_of(whole)[0],
        by_kind=spread(table["rate"].to_list()),
        by_quantity=spread(table["filling"].to_list()),
        bureaus=lines,
        requirements=rows.result(),
        kinds=kinds.result(),
        parents=group_lines(table, "parent", view, failed),
        levels=group_lines(table, "level", view, failed),
        regions=group_lines(table, "region", view, failed),
        transfers=NO_TRANSFERS,
        failed=tuple(failed),
        notes=tuple(notes),
        accounting=accounting,
        inputs=assembled.inputs,
        cached=assembled.cached,
        findings=view.part.findings,
        worst=tuple(ranked["bureau"].head(named).to_list()),
        best=tuple(best["bureau"].head(min(named, ranked.height - named)).to_list()),  # none is both
        questions=_questions(view, assembled),
        kind_names={id_: kind.name for one in view.cohorts for id_, kind in one.catalogue.kinds.items()},
    )


def _questions(view: View, assembled: Assembled) -> tuple[Question, ...]:
    """What is asked, in the fleet's order; of a note that stands for several rows its title is given."""
    asked = assembled.asked.unique(["ref", "code"], keep="first")
    order = view.table.select("bureau").with_row_index("n")
    rows = view.part.questions.join(asked, on=["ref", "code"], how="left", maintain_order="left")
    rows = rows.join(order, on="bureau").sort("n", maintain_order=True)
    columns = ("bureau", "ref", "asset_no", "name", "units", "code", "place", "ask", "said")
    return tuple(
        Question(bureau, ref, number, name or "", units, code, place, ask or _title(code, said))
        for bureau, ref, number, name, units, code, place, ask, said in rows.select(columns).iter_rows()
    )


def _title(code: str, said: str | None) -> str:
    return ENTRIES[code].title + (f"：“{said}”" if said else "")


def nothing(fleet: Fleet, failed: Sequence[Failed], notes: Sequence[Note], assembled: Assembled) -> Rollup:
    """The roll-up of a fleet of which no bureau could be assessed: who failed and why, and no sums."""
    empty = Rates(None, None, None, 0, 0, 0, 0)
    none = spread([])
    zero = dict.fromkeys(("read", *PLACE_NAMES), 0)
    outside = {
        "bureaus": len(failed),
        "rows": sum(one.rows or 0 for one in failed),
        "units": sum(one.units or 0 for one in failed),
    }
    return Rollup(
        fleet.title, fleet.as_of, {}, (), len(failed), empty, empty, Need(0, 0, None, 0, 0, 0), none, none,
        (), (), (), (), (), (), NO_TRANSFERS, tuple(failed), tuple(notes),
        {"rows": zero, "units": zero, "not_assessed": outside}, assembled.inputs, assembled.cached, pl.DataFrame(),
    )  # fmt: skip


def _editions(table: pl.DataFrame, view: View) -> tuple[Edition, ...]:
    """Each edition once, however many days it is asked about."""
    keys: dict[tuple[str, str], list[int]] = {}
    for one in view.cohorts:
        keys.setdefault((one.loaded.standard.id, one.loaded.sha256), []).append(one.key)
    found = []
    for (id_, digest), cohorts in keys.items():
        mine = table.filter(pl.col("cohort").is_in(cohorts))
        if mine.is_empty():
            continue
        sums = mine.select(pl.col(SUMMED).sum())
        standard = next(one.loaded.standard for one in view.cohorts if one.key == cohorts[0])
        found.append(
            Edition(
                id_, standard.title, standard.document, standard.limit, digest, mine.height,
                rates_of(sums)[0], rates_of(sums, "attested_")[0], standard.note,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.id))
