"""By bureau: its rates, what it lacks and why, and how far its numbers can be trusted."""

from __future__ import annotations

import polars as pl

from equipcheck.fleet.results import BureauLine, Need, Quality
from equipcheck.fleet.sums import needs_of, rates_of
from equipcheck.fleet.view import View
from equipcheck.standard.bureau import FACT_NAMES, fact_order


def bureau_lines(table: pl.DataFrame, view: View) -> tuple[BureauLine, ...]:
    """A line for each row of the view's table. Worked out by columns: there may be thousands."""
    table = table.join(_reasons(view), on="bureau", how="left", maintain_order="left")
    whose = {one.key: one for one in view.cohorts}
    labels = {
        (key, column.id): column.label
        for key, cohort in whose.items()
        for column in cohort.loaded.standard.columns
    }
    own = table.select(
        "bureau", "cohort", "level", "region", "column", "staff", "main_posts",
        "required", "held", "usable", "counted", "units_excluded", "scrapped", "surplus",
        "undecided", "none_and_some", "largest", "facts", "open",
    )  # fmt: skip
    return tuple(
        BureauLine(
            code=code,
            name=view.members[code].name,
            parent=view.members[code].parent,
            level=level,
            region=region,
            column=labels.get((key, column), column),
            staff=staff,
            main_posts=posts,
            standard=whose[key].loaded.standard.id,
            as_of=whose[key].as_of,
            coverage=coverage,
            attested=attested,
            required=required,
            held=held,
            usable=usable,
            counted=counted,
            excluded=excluded,
            scrapped=scrapped,
            surplus=surplus,
            need=need,
            quality=quality,
            undecided=undecided,
            missing_facts=tuple(facts or ()),
            because=(
                *(one for one in (some, largest, open_) if one is not None),
                *_left_out(need),
                *_doubts(quality),
            ),
        )
        for (
            code, key, level, region, column, staff, posts, required, held, usable, counted, excluded, scrapped,
            surplus, undecided, some, largest, facts, open_,
        ), coverage, attested, need, quality in zip(
            own.iter_rows(), rates_of(table), rates_of(table, "attested_"), needs_of(table), _qualities(table),
            strict=True,
        )
    )  # fmt: skip


def _qualities(table: pl.DataFrame) -> list[Quality]:
    rows = pl.col("rows_read")
    sound = rows - pl.col("rows_rejected")

    def share(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
        return pl.when(whole != 0).then(part / whole)

    found = table.select(
        rows=rows,
        review_rows="rows_review",
        unmatched_rows="rows_unmatched",
        rejected_rows="rows_rejected",
        review_rate=share(pl.col("rows_review") + pl.col("rows_rejected"), rows),
        unknown_rate=share(pl.col("unknown"), pl.col("metered")),
        undated_rate=share(pl.col("undated"), sound),
        unnumbered_rate=share(pl.col("unnumbered"), sound),
        unstated_rate=share(pl.col("unstated"), sound),
        notes="notes",
        unknown_units="unknown",
        open_rows="open_rows",
        open_units="open_units",
    )
    return [Quality(*row) for row in found.iter_rows()]


def _left_out(need: Need) -> list[str]:
    """What of a bureau's gap stands in no cost."""
    parts = ((need.waived_units, "件缺口有情况说明"), (need.quota_units, "件先核车辆编制"))
    return [f"{count} {why}" for count, why in parts if count]


def _doubts(quality: Quality) -> list[str]:
    """What makes a bureau's numbers less sure."""
    said = []
    if quality.rejected_rows:
        said.append(f"台账有 {quality.rejected_rows} 行读不懂")
    if quality.review_rows:
        said.append(f"{quality.review_rows} 行名称待复核")
    if quality.unknown_rate and quality.unknown_rate >= 0.5:
        said.append(
            f"可用的计量器具中 {quality.unknown_rate:.0%}（{quality.unknown_units} 件）没有登记有效期"
        )
    if quality.open_rows:
        said.append(f"{quality.open_rows} 行 {quality.open_units} 件的状况或归属要问清")
    return said


LARGEST = 3
"""How many of the largest gaps are named."""


def _reasons(view: View) -> pl.DataFrame:
    """bureau; none_and_some: 「一件也没有的 12 项、数量不足的 3 项」; largest: its largest gaps; open: which facts are
    missing.
    """
    gaps = view.part.findings.filter((pl.col("gap") > 0) & (pl.col("obligation") == "required"))
    has = pl.col("counted") + pl.col("serviced")
    none, some = (has == 0).sum(), (has > 0).sum()
    counts = gaps.group_by("bureau").agg(
        none_and_some=pl.concat_str(
            pl.when(none > 0).then(pl.format("一件也没有的 {} 项", none)),
            pl.when(some > 0).then(pl.format("数量不足的 {} 项", some)),
            separator="、",
            ignore_nulls=True,
        )
    )
    named = pl.DataFrame(
        [(key, row.id, row.name, row.unit or "件") for (key, _), row in view.rows.items()],
        schema={"cohort": pl.Int64(), **dict.fromkeys(("requirement", "name", "unit"), pl.String())},
        orient="row",
    )
    largest = (
        gaps.select(
            "bureau", "cohort", "requirement", "order", "gap", share=pl.col("gap") / pl.col("required")
        )
        .sort("share", "gap", "order", descending=[True, True, False])
        .group_by("bureau", maintain_order=True)
        .head(LARGEST)
        .join(named, on=["cohort", "requirement"], how="left")
        .sort("bureau", "order")
        .group_by("bureau", maintain_order=True)
        .agg(largest=pl.format("{}缺{}{}", "name", "gap", "unit").str.join("、"))
    )
    reasons = view.table.select("bureau").join(counts, on="bureau", how="left")
    return reasons.join(largest, on="bureau", how="left").join(_undecided(view), on="bureau", how="left")


def _undecided(view: View) -> pl.DataFrame:
    """bureau, facts (that are missing), open: 「缺少“执法人员”，3 项待定：…」; none is where the standard is open."""
    rows = view.part.findings.filter(pl.col("status") == "undecided").sort("bureau", "order")
    found: dict[str, tuple[dict[str, None], list[str]]] = {}
    for bureau, cohort, requirement, facts in rows.select(
        "bureau", "cohort", "requirement", "missing_facts"
    ).iter_rows():
        missing, names = found.setdefault(bureau, ({}, []))
        missing.update(dict.fromkeys(facts or ()))
        names.append(view.rows[cohort, requirement].name)
    said = []
    for bureau, (missing, names) in found.items():
        facts = sorted(missing, key=fact_order)
        lacking = "、".join(FACT_NAMES.get(one, one) for one in facts)
        what = f"{len(names)} 项待定：{'、'.join(names[:LARGEST])}{'等' if len(names) > LARGEST else ''}"
        said.append((bureau, facts, f"缺少“{lacking}”，{what}" if lacking else what))
    schema = {"bureau": pl.String(), "facts": pl.List(pl.String()), "open": pl.String()}
    return pl.DataFrame(said, schema=schema, orient="row")
