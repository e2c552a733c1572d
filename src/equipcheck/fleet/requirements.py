"""By row of the standard and by kind: what all bureaus together must have, have and lack, and who has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from equipcheck.fleet.results import KindLine, RequirementLine, Tally
from equipcheck.fleet.sums import spread, yuan
from equipcheck.fleet.view import View

NUMBERS = ("held", "usable", "counted", "serviced", "helped", "unknown", "gap", "surplus")
NAMED = ("required", *NUMBERS, "waived_units", "bureaus", "bureaus_met", "bureaus_short")
Key = tuple[str, str]
"""An edition: its id, and the SHA-256 of its file."""


def requirement_lines(view: View) -> tuple[RequirementLine, ...]:
    """One line a row of each edition, in the standards' order; editions are never added up."""
    keys: dict[int, Key] = {one.key: (one.loaded.standard.id, one.loaded.sha256) for one in view.cohorts}
    table = _by_row(view, keys)
    tallies: dict[tuple[Key, str], list[Tally]] = {}
    for row in _by_row(view, keys, "obligation").iter_rows(named=True):
        if row["bureaus"]:
            edition = (row["standard"], row["sha256"])
            tallies.setdefault((edition, row["requirement"]), []).append(
                Tally(obligation=row["obligation"], **_numbers(row))
            )
    first = {keys[one.key]: one.key for one in reversed(view.cohorts)}
    lines = []
    for row in table.iter_rows(named=True):
        edition = (row["standard"], row["sha256"])
        requirement = view.rows[first[edition], row["requirement"]]
        lines.append(
            RequirementLine(
                standard=row["standard"],
                requirement=row["requirement"],
                name=requirement.name,
                category=requirement.category,
                unit=requirement.unit,
                kinds=requirement.kinds,
                obligations=tuple(row["obligations"]),
                trust=(requirement.source.status, requirement.source.kind),
                required_gap=row["required_gap"],
                undecided=row["undecided"],
                spread=spread(row["rates"]),
                tallies=tuple(tallies.get((edition, row["requirement"]), ())),
                **_numbers(row),
            )
        )
    return tuple(lines)


def _numbers(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a line and its tallies have in common."""
    priced, unpriced = row["priced_units"] or 0, row["unpriced_units"] or 0
    return {name: row[name] for name in NAMED} | {
        "quota_units": row["quota_units"] or 0,
        "none": tuple(row["none"]),
        "bureaus_none": len(row["none"]),
        "cost": None if unpriced and not priced else yuan(row["fen"] or 0),
        "unpriced_units": unpriced,
    }


def _by_row(view: View, keys: Mapping[int, Key], *more: str) -> pl.DataFrame:
    """By edition and row (and `more`), in the standards' order, required before optional."""
    editions = list(dict.fromkeys(keys.values()))
    which = {key: editions.index(names) for key, names in keys.items()}
    edition = pl.col("cohort").replace_strict(which, return_dtype=pl.UInt32).alias("edition")
    by = ["edition", "requirement", *more]
    has = pl.col("counted") + pl.col("serviced")
    lacks = (pl.col("required").fill_null(0) - pl.col("counted")).clip(lower_bound=0)
    findings = view.part.findings.with_columns(edition, helped=pl.min_horizontal(lacks, "serviced"))
    asked = (pl.col("required").fill_null(0) > 0) & (pl.col("status") != "not_applicable")
    table = findings.group_by(by).agg(
        order=pl.col("order").first(),
        obligations=pl.col("obligation").filter(asked).unique().sort(descending=True),
        required=pl.col("required").sum(),
        **{name: pl.col(name).sum() for name in NUMBERS},
        required_gap=pl.col("gap").filter(pl.col("obligation") == "required").sum(),
        waived_units=pl.col("gap").filter("waived").sum(),
        bureaus=asked.sum(),
        bureaus_met=pl.col("status").is_in(["met", "surplus"]).sum(),
        bureaus_short=(pl.col("gap") > 0).sum(),
        undecided=(pl.col("status") == "undecided").sum(),
        none=pl.col("bureau").filter(asked & (pl.col("gap") > 0) & (has == 0)).sort(),
        rates=(pl.min_horizontal(has, pl.col("required")) / pl.col("required")).filter(asked).sort(),
    )
    priced, open_ = pl.col("fen").is_not_null(), pl.col("blocked").is_null()
    money = (
        view.part.steps.with_columns(edition)
        .group_by(by)
        .agg(
            fen=pl.col("fen").filter(open_).sum(),
            priced_units=pl.col("units").filter(priced & open_).sum(),
            unpriced_units=pl.col("units").filter(~priced & open_).sum(),
            quota_units=pl.col("units").filter(pl.col("blocked") == "quota").sum(),
        )
    )
    names = pl.DataFrame(editions, schema={"standard": pl.String(), "sha256": pl.String()}, orient="row")
    joined = table.join(money, on=by, how="left").join(names.with_row_index("edition"), on="edition")
    return joined.sort("standard", "sha256", "order", *more, descending=[False] * 3 + [True] * len(more))


def kind_lines(view: View) -> tuple[KindLine, ...]:
    """By the kind that is bought for a row, required rows only, over all editions, which are named."""
    rows = [(key, id_, one.kinds[0]) for (key, id_), one in view.rows.items() if one.kinds]
    kinds = pl.DataFrame(
        rows, schema={"cohort": pl.Int64(), "requirement": pl.String(), "kind": pl.String()}, orient="row"
    )
    names: dict[str, Any] = {
        id_: kind.name for one in view.cohorts for id_, kind in one.catalogue.kinds.items()
    }
    standards = pl.DataFrame(
        [(one.key, one.loaded.standard.id) for one in view.cohorts],
        schema={"cohort": pl.Int64(), "standard": pl.String()},
        orient="row",
    )
    asked = pl.col("required").fill_null(0) > 0
    has = pl.col("counted") + pl.col("serviced")
    short = pl.col("bureau").filter(pl.col("gap") > 0).n_unique()
    table = (
        view.part.findings.filter(
            (pl.col("obligation") == "required") & (pl.col("status") != "not_applicable")
        )
        .join(kinds, on=["cohort", "requirement"])
        .join(standards, on="cohort")
        .group_by("kind")
        .agg(
            standards=pl.col("standard").unique().sort(),
            required=pl.col("required").sum(),
            counted=pl.col("counted").sum(),
            gap=pl.col("gap").sum(),
            surplus=pl.col("surplus").sum(),
            short=short,
            none=pl.col("bureau").filter(asked & (pl.col("gap") > 0) & (has == 0)).n_unique(),
        )
        .filter((pl.col("required") > 0) | (pl.col("counted") > 0))
        .sort("gap", "kind", descending=[True, False])
    )
    return tuple(
        KindLine(
            row["kind"], names.get(row["kind"], row["kind"]), tuple(row["standards"]), row["required"], row["counted"],
            row["gap"], row["surplus"], row["short"], row["none"],
        )
        for row in table.iter_rows(named=True)
    )  # fmt: skip
