"""Which units may lawfully be used on the day, and why the others may not.

The order of exclusion is fixed: duplicate, after_as_of, gone, pending_disposal, lent_out, broken,
verification_expired, verification_unknown. An instrument past its verification period may not be used at work
(计量法实施细则 art. 22).
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from equipcheck.assess.need import Need

BY_STATUS = ("gone", "pending_disposal", "lent_out", "broken")


def sort_out(
    assets: pl.DataFrame,
    matches: pl.DataFrame,
    checks: pl.DataFrame,
    kinds: pl.DataFrame,
    asked: Need,
    *,
    as_of: dt.date,
    strict: bool,
) -> pl.DataFrame:
    """Asset rows (and parts) with kind, place so far (null: usable), reason, flags, unknown, idle.

    Columns: bureau, row, part, quantity, kind, place, reason, flags, unknown, idle.
    """
    table = (
        assets.join(matches.select("row", "part", "kind", "decision"), on=["row", "part"], how="left")
        .join(kinds, on="kind", how="left")
        .join(validity(assets, checks, as_of), on=["row", "part"], how="left")
        .join(_repeats(assets), on=["row", "part"], how="left")
        .join(_binding_kinds(asked), on=["bureau", "kind"], how="left")
        .with_columns(pl.col("metrology", "repeated").fill_null(value=False))
    )
    due_from = _months_after(pl.col("checked_last"), sorted(kinds["months"].drop_nulls().unique()))
    by_check = (
        pl.col("valid_to").is_null() & pl.col("checked_last").is_not_null() & pl.col("months").is_not_null()
    )
    table = table.with_columns(due=pl.col("metrology") & by_check & (due_from < as_of)).with_columns(
        unknown=pl.col("metrology")
        & (
            pl.col("due").fill_null(value=False)
            | (pl.col("valid_to").is_null() & ~by_check.fill_null(value=False))
        )
    )
    return table.select(
        "bureau",
        "row",
        "part",
        "quantity",
        "kind",
        place=_place(),
        reason=_reason(as_of, strict=strict),
        flags=_flags(),
        unknown=pl.col("unknown"),
        idle=pl.col("status") == "idle",
    ).with_columns(
        place=pl.when(pl.col("place").is_null() & pl.col("reason").is_not_null())
        .then(pl.lit("excluded"))
        .otherwise(pl.col("place")),
        reason=pl.when(pl.col("place").is_null()).then(pl.col("reason")),
    )


def _place() -> pl.Expr:
    return (
        pl.when(pl.col("rejected").is_not_null())
        .then(pl.lit("rejected"))
        .when(pl.col("decision") == "review")
        .then(pl.lit("review"))
        .when(pl.col("kind").is_null())
        .then(pl.lit("unmatched"))
        .when(pl.col("bound").is_null())
        .then(pl.lit("not_required"))
    )


def _reason(as_of: dt.date, *, strict: bool) -> pl.Expr:
    reason = pl.when(pl.col("repeated")).then(pl.lit("duplicate")).when(pl.col("acquired") > as_of)
    chain = reason.then(pl.lit("after_as_of"))
    for status in BY_STATUS:
        chain = chain.when(pl.col("status") == status).then(pl.lit(status))
    chain = chain.when(pl.col("metrology") & (pl.col("valid_to") < as_of)).then(
        pl.lit("verification_expired")
    )
    return chain.when(pl.lit(strict) & pl.col("unknown")).then(pl.lit("verification_unknown"))


def _months_after(day: pl.Expr, months: list[int]) -> pl.Expr:
    """The day so many months later; one expression per length, since few lengths occur."""
    later: pl.Expr = pl.lit(None, dtype=pl.Date)
    for length in months:
        later = pl.when(pl.col("months") == length).then(day.dt.offset_by(f"{length}mo")).otherwise(later)
    return later


def _flags() -> pl.Expr:
    validity_flag = (
        pl.when(pl.col("due").fill_null(value=False))
        .then(pl.lit("verification_due"))
        .when(pl.col("unknown"))
        .then(pl.lit("verification_unknown"))
    )
    flags: pl.Expr = pl.lit([], dtype=pl.List(pl.String))
    for idle in ([], ["idle"]):
        for said in ([], ["verification_due"], ["verification_unknown"]):
            same = validity_flag.eq_missing(pl.lit(said[0] if said else None, dtype=pl.String))
            this = same & ((pl.col("status") == "idle") == bool(idle))
            flags = pl.when(this).then(pl.lit([*said, *idle], dtype=pl.List(pl.String))).otherwise(flags)
    return flags


def validity(assets: pl.DataFrame, checks: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """row, part, valid_to, checked_last: of several records the later holds; a later check proves nothing yet."""
    own = assets.select("row", "part", "checked_on", "valid_until")
    keys = [
        assets.filter(pl.col(key).is_not_null()).select("row", "part", "bureau", key) for key in _JOIN_KEYS
    ]
    joined = [
        key_rows.join(checks.filter(pl.col(key).is_not_null()), on=["bureau", key]).select(own.columns)
        for key, key_rows in zip(_JOIN_KEYS, keys, strict=True)
    ]
    holds = pl.col("checked_on").is_null() | (pl.col("checked_on") <= as_of)
    if all(one.is_empty() for one in joined):  # each row has its own record alone
        latest = own.filter(holds).rename({"valid_until": "valid_to", "checked_on": "checked_last"})
    else:
        records = pl.concat([own, *joined]).filter(holds)
        latest = records.group_by("row", "part").agg(
            valid_to=pl.col("valid_until").max(), checked_last=pl.col("checked_on").max()
        )
    # A check made after the recorded end stands alone: that end no longer tells of the instrument's state.
    superseded = (pl.col("checked_last") > pl.col("valid_to")).fill_null(value=False)
    return latest.with_columns(valid_to=pl.when(~superseded).then(pl.col("valid_to")))


_JOIN_KEYS = ("asset_no", "serial")


def _repeats(assets: pl.DataFrame) -> pl.DataFrame:
    """row, part, repeated: whether the same asset stands in an earlier row, in any ledger."""
    same = [
        "bureau",
        "asset_no",
        "name",
        "model",
        "quantity",
        "status",
        "acquired",
        "checked_on",
        "valid_until",
    ]
    numbered = assets.filter(pl.col("asset_no").is_not_null() & pl.col("rejected").is_null())
    again = pl.struct("bureau", "asset_no").is_duplicated()
    numbered = numbered.filter(again)
    word = pl.when(pl.col("status") == "unknown").then(pl.col("status_text"))
    first = pl.col("row").min().over([*same, "word"])
    return numbered.with_columns(word=word).select("row", "part", repeated=pl.col("row") > first)


def _binding_kinds(asked: Need) -> pl.DataFrame:
    bound = (
        asked.rows.filter(pl.col("binds")).select("bureau", "requirement").join(asked.kinds, on="requirement")
    )
    return bound.select("bureau", "kind", bound=pl.lit(value=True)).unique()
