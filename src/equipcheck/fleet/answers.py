"""The answers: by bureau, by parent, level and region, by row and kind; who is worst and best, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from equipcheck.checking.results import Rates
from equipcheck.fleet.assembly import Assembled
from equipcheck.fleet.members import Failed, Fleet
from equipcheck.fleet.requirements import kind_lines, requirement_lines
from equipcheck.fleet.results import BureauLine, Edition, GroupLine, Need, Quality, Rollup, Spread, Transfers
from equipcheck.fleet.sums import need, rates, spread
from equipcheck.fleet.transfers import NO_TRANSFERS
from equipcheck.fleet.view import SUMMED, View
from equipcheck.ground.frames import PLACE_NAMES
from equipcheck.problems.notes import Note

MOST = 10
"""How many bureaus are named as the worst and as the best."""


def rollup(
    view: View,
    failed: Sequence[Failed],
    notes: Sequence[Note],
    transfers: Transfers,
    accounting: Mapping[str, Mapping[str, int]],
    assembled: Assembled,
) -> Rollup:
    """Everything that is said."""
    because = _reasons(view)
    table = view.table.with_columns(
        rate=pl.when(pl.col("applicable") > 0).then(pl.col("met") / pl.col("applicable")),
        filling=pl.when(pl.col("needed") > 0).then(pl.col("filled") / pl.col("needed")),
    )
    lines = tuple(_bureau(row, view, because) for row in table.iter_rows(named=True))
    days = table.group_by("cohort").len().iter_rows()
    dates: dict[str, int] = {}
    for key, count in days:
        day = next(one.as_of for one in view.cohorts if one.key == key).isoformat()
        dates[day] = dates.get(day, 0) + count
    whole = table.select(pl.col(SUMMED).sum()).row(0, named=True)
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
        coverage=rates(whole),
        attested=rates(whole, "attested_"),
        need=need(whole),
        by_kind=spread(table["rate"]),
        by_quantity=spread(table["filling"]),
        bureaus=lines,
        requirements=requirement_lines(view),
        kinds=kind_lines(view),
        parents=_groups(table, "parent", view, failed),
        levels=_groups(table, "level", view, failed),
        regions=_groups(table, "region", view, failed),
        transfers=transfers,
        failed=tuple(failed),
        notes=tuple(notes),
        accounting=accounting,
        inputs=assembled.inputs,
        cached=assembled.cached,
        findings=view.part.findings,
        worst=tuple(ranked["bureau"].head(named).to_list()),
        best=tuple(best["bureau"].head(named).to_list()),
        kind_names={id_: kind.name for one in view.cohorts for id_, kind in one.catalogue.kinds.items()},
    )


def nothing(fleet: Fleet, failed: Sequence[Failed], notes: Sequence[Note], assembled: Assembled) -> Rollup:
    """The roll-up of a fleet of which no bureau could be assessed: who failed and why, and no sums."""
    empty = Rates(None, None, None, 0, 0, 0, 0)
    none = spread(pl.Series([], dtype=pl.Float64))
    zero = dict.fromkeys(("read", *PLACE_NAMES), 0)
    outside = {
        "bureaus": len(failed),
        "rows": sum(one.rows or 0 for one in failed),
        "units": sum(one.units or 0 for one in failed),
    }
    return Rollup(
        fleet.title, fleet.as_of, {}, (), len(failed), empty, empty, Need(0, 0, None, 0, 0), none, none,
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
        sums = mine.select(pl.col(SUMMED).sum()).row(0, named=True)
        standard = next(one.loaded.standard for one in view.cohorts if one.key == cohorts[0])
        found.append(
            Edition(
                id_, standard.title, standard.document, standard.limit, digest, mine.height,
                rates(sums), rates(sums, "attested_"), standard.note,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.id))


def _bureau(row: Mapping[str, Any], view: View, because: Mapping[str, tuple[str, ...]]) -> BureauLine:
    code = row["bureau"]
    cohort = view.cohort_of[code]
    labels = {column.id: column.label for column in cohort.loaded.standard.columns}
    member = view.members[code]
    quality = _quality(row)
    said = (*because.get(code, ()), *_doubts(quality))
    return BureauLine(
        code=code,
        name=member.name,
        parent=member.parent,
        level=row["level"],
        region=row["region"],
        column=labels.get(row["column"] or "", row["column"]),
        staff=row["staff"],
        main_posts=row["main_posts"],
        standard=cohort.loaded.standard.id,
        as_of=cohort.as_of,
        coverage=rates(dict(row)),
        attested=rates(dict(row), "attested_"),
        required=row["required"],
        held=row["held"],
        usable=row["usable"],
        counted=row["counted"],
        excluded=row["units_excluded"],
        scrapped=row["scrapped"],
        surplus=row["surplus"],
        need=need(dict(row)),
        quality=quality,
        undecided=row["undecided"],
        because=said,
    )


def _quality(row: Mapping[str, Any]) -> Quality:
    rows = row["rows_read"]
    sound = rows - row["rows_rejected"]

    def share(part: int, whole: int) -> float | None:
        return part / whole if whole else None

    return Quality(
        rows=rows,
        review_rows=row["rows_review"],
        unmatched_rows=row["rows_unmatched"],
        rejected_rows=row["rows_rejected"],
        review_rate=share(row["rows_review"] + row["rows_rejected"], rows),
        unknown_rate=share(row["unknown"], row["metered"]),
        undated_rate=share(row["undated"], sound),
        unnumbered_rate=share(row["unnumbered"], sound),
        unstated_rate=share(row["unstated"], sound),
        notes=row["notes"],
    )


def _doubts(quality: Quality) -> list[str]:
    """What makes a bureau's numbers less sure."""
    said = []
    if quality.rejected_rows:
        said.append(f"台账有 {quality.rejected_rows} 行读不懂")
    if quality.review_rows:
        said.append(f"{quality.review_rows} 行名称待复核")
    if quality.unknown_rate and quality.unknown_rate >= 0.5:
        said.append(f"{quality.unknown_rate:.0%} 的计量器具没有登记有效期")
    return said


def _reasons(view: View) -> dict[str, tuple[str, ...]]:
    """「缺配 12 项、不足 3 项」 and the rows with the largest gaps, by bureau."""
    gaps = view.part.findings.filter((pl.col("gap") > 0) & (pl.col("obligation") == "required"))
    counts = gaps.group_by("bureau").agg(
        none=(pl.col("counted") + pl.col("serviced") == 0).sum(),
        some=(pl.col("counted") + pl.col("serviced") > 0).sum(),
    )
    said: dict[str, list[str]] = {}
    for code, none, some in counts.iter_rows():
        parts = [
            f"{label} {number} 项"
            for label, number in (("一件也没有的", none), ("数量不足的", some))
            if number
        ]
        said[code] = ["、".join(parts)]
    top = (
        gaps.with_columns(share=pl.col("gap") / pl.col("required"))
        .sort("share", "gap", "order", descending=[True, True, False])
        .group_by("bureau", maintain_order=True)
        .head(3)
        .sort("bureau", "order")
    )
    missing: dict[str, list[str]] = {}
    for code, requirement, gap in top.select("bureau", "requirement", "gap").iter_rows():
        row = view.requirement(code, requirement)
        missing.setdefault(code, []).append(f"{row.name}缺{gap}{row.unit or '件'}")
    return {code: (*texts, "、".join(missing[code])) for code, texts in said.items()}


def _groups(table: pl.DataFrame, by: str, view: View, failed: Sequence[Failed]) -> tuple[GroupLine, ...]:
    """Bureaus by parent, level or region; for parents also everything beneath them at any depth."""
    sums = table.group_by(by).agg(
        pl.col(SUMMED).sum(),
        pl.len(),
        pl.col("staff").sum(),
        pl.col("main_posts").sum(),
        rates=pl.col("rate"),
    )
    lost: dict[str | None, int] = {}
    if by == "parent":
        for one in failed:
            if one.bureau in view.fleet.names:
                above = view.parents.get(one.bureau)
                lost[above] = lost.get(above, 0) + 1
    under = _beneath(table, view) if by == "parent" else {}
    lines = []
    for row in sums.sort(by, nulls_last=True).iter_rows(named=True):
        key = row[by]
        lines.append(
            GroupLine(
                key=key,
                name=view.fleet.names.get(key or "") or None if by == "parent" else None,
                bureaus=row["len"],
                failed=lost.get(key, 0),
                coverage=rates(row),
                attested=rates(row, "attested_"),
                need=need(row),
                staff=row["staff"],
                main_posts=row["main_posts"],
                by_kind=spread(pl.Series(row["rates"], dtype=pl.Float64)),
                under=under.get(key, {}),
            )
        )
    return tuple(lines)


def _beneath(table: pl.DataFrame, view: View) -> dict[str | None, dict[str, Any]]:
    """Parent → the sums of itself and of all beneath it."""
    pairs = []
    for code in table["bureau"].to_list():
        here: str | None = code
        while here is not None:
            pairs.append((here, code))
            here = view.parents.get(here)
    links = pl.DataFrame(pairs, schema={"above": pl.String(), "bureau": pl.String()}, orient="row")
    sums = links.join(table, on="bureau").group_by("above").agg(pl.len(), pl.col(SUMMED).sum())
    return {
        row["above"]: {
            "bureaus": row["len"],
            "coverage": rates(row),
            "attested": rates(row, "attested_"),
            "need": need(row),
        }
        for row in sums.iter_rows(named=True)
    }


__all__ = ["Spread", "nothing", "rollup"]
