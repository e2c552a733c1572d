"""Which units may lawfully be used on the day, and why the others may not.

The order of exclusion is fixed: duplicate, after_as_of, gone, pending_disposal, lent_out, broken,
verification_expired, verification_unknown. An instrument past its verification period may not be used at work
(计量法实施细则 art. 22).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from equipcheck.assess.coding import codes_of, look_up, table
from equipcheck.assess.need import Need
from equipcheck.ground import frames

BY_STATUS = ("gone", "pending_disposal", "lent_out", "broken")
REASONS = ("duplicate", "after_as_of", *BY_STATUS, "verification_expired", "verification_unknown")
FLAGS = ("verification_due", "verification_unknown")

COUNTED, SURPLUS, EXCLUDED, NOT_REQUIRED, REVIEW, UNMATCHED, REJECTED = range(len(frames.PLACE_NAMES))


class Units(NamedTuple):
    """Asset rows in ledger order, and beside them (`lines`, row by row) what bears on counting them, in codes.

    `lines`: bureau (position in `Need.bureaus`), kind (in `kinds`), cell (bureau and kind as one number), quantity;
    place so far (in PLACE_NAMES; null: usable), reason (in REASONS), flag (in FLAGS), unknown, idle.
    """

    assets: pl.DataFrame
    lines: pl.DataFrame
    kinds: Sequence[str]
    about: pl.DataFrame  # frames.KINDS of `kinds`, in their order


def sort_out(
    assets: pl.DataFrame,
    matches: pl.DataFrame,
    checks: pl.DataFrame,
    kinds: pl.DataFrame,
    asked: Need,
    *,
    as_of: dt.date,
    strict: bool,
) -> Units:
    """Every asset row (and part) with its kind and whether it may be used; `assets` in ledger order."""
    names = list(dict.fromkeys([*kinds["kind"].to_list(), *asked.kinds["kind"].to_list()]))
    about = pl.DataFrame({"kind": names}, schema={"kind": pl.String()}).join(
        kinds, on="kind", how="left", maintain_order="left"
    )
    about = about.with_columns(pl.col("metrology", "off_ledger").fill_null(value=False))
    kind, decision = _decided(assets, matches)
    lines = pl.DataFrame(
        {
            "bureau": codes_of(assets["bureau"], asked.bureaus),
            "kind": codes_of(kind, names),
            "matched": kind.is_not_null(),
            "review": decision == "review",
            "rejected": assets["rejected"].is_not_null(),
            "status": codes_of(assets["status"], frames.STATUSES),
            "quantity": assets["quantity"],
            "acquired": assets["acquired"],
            "repeated": _repeated(assets),
        }
    )
    lines = _with_state(lines, assets, checks, about, as_of, strict=strict)
    bound = _binding(asked, names)
    lines = lines.with_columns(cell=pl.col("bureau") * len(names) + pl.col("kind"))
    lines = lines.with_columns(place=_place(bound))
    usable = pl.col("place").is_null()
    lines = lines.select(
        "bureau",
        "kind",
        "cell",
        "quantity",
        "matched",
        place=pl.when(usable & pl.col("reason").is_not_null())
        .then(pl.lit(EXCLUDED, dtype=pl.UInt8))
        .otherwise(pl.col("place")),
        reason=pl.when(usable).then(pl.col("reason")),
        flag="flag",
        unknown="unknown",
        idle="idle",
    )
    return Units(assets, lines, names, about)


def usable_on(
    units: Units, at: pl.Series, checks: pl.DataFrame, as_of: dt.date, strict: bool
) -> pl.DataFrame:
    """usable, valid_to (of kinds under verification) of asset rows that count, were they to count on another day."""
    assets, lines = units.assets[at], units.lines[at]
    known = pl.DataFrame(
        {
            "kind": lines["kind"],
            "status": codes_of(assets["status"], frames.STATUSES),
            "acquired": assets["acquired"],
        }
    ).with_columns(repeated=pl.lit(value=False))
    state = _with_state(known, assets, checks, units.about, as_of, strict=strict)
    return state.select(usable=pl.col("reason").is_null(), valid_to=pl.when("metrology").then("valid_to"))


def _with_state(
    lines: pl.DataFrame,
    assets: pl.DataFrame,
    checks: pl.DataFrame,
    about: pl.DataFrame,
    as_of: dt.date,
    *,
    strict: bool,
) -> pl.DataFrame:
    """The lines with what bears on using their units on a day: validity, flag, unknown, idle, reason."""
    lines = lines.hstack(_latest(assets, checks, as_of))
    lines = lines.with_columns(
        metrology=look_up(about["metrology"], pl.col("kind")).fill_null(value=False),
        idle=pl.col("status") == frames.STATUSES.index("idle"),
        # The ledger says so and no recorded end says otherwise.
        lapsed=(pl.col("status") == frames.STATUSES.index("expired")) & pl.col("valid_to").is_null(),
    )
    by_check = pl.col("valid_to").is_null() & pl.col("checked_last").is_not_null()
    if lines.select(by_check.any()).item():
        by_check &= look_up(about["months"], pl.col("kind")).is_not_null()
        last = look_up(_last_good(about["months"], as_of), pl.col("kind"))
        due = (pl.col("metrology") & by_check & (pl.col("checked_last") <= last)).fill_null(value=False)
    else:
        due = pl.lit(value=False)
        by_check = pl.lit(value=False)
    lines = lines.with_columns(
        flag=pl.when(due & ~pl.col("lapsed"))
        .then(pl.lit(0, dtype=pl.UInt8))
        .when(
            pl.col("metrology")
            & pl.col("valid_to").is_null()
            & ~pl.col("lapsed")
            & ~by_check.fill_null(value=False)
        )
        .then(pl.lit(1, dtype=pl.UInt8))
    ).with_columns(unknown=pl.col("flag").is_not_null())
    return lines.with_columns(reason=_reason(as_of, strict=strict))


def _decided(assets: pl.DataFrame, matches: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Kind and decision of each asset row, null where it has no name."""
    same = assets.height == matches.height and all(
        assets[name].equals(matches[name]) for name in ("row", "part")
    )
    if not same:
        matches = assets.select("row", "part").join(
            matches, on=["row", "part"], how="left", maintain_order="left"
        )
    return matches["kind"], matches["decision"]


def _place(bound: pl.Series) -> pl.Expr:
    """Where a row ends whatever its state; null where its units may count."""
    found: pl.Expr = pl.lit(None, dtype=pl.UInt8)
    for where, place in (
        (look_up(bound, pl.col("cell")).is_null(), NOT_REQUIRED),
        (~pl.col("matched"), UNMATCHED),
        (pl.col("review").fill_null(value=False), REVIEW),
        (pl.col("rejected"), REJECTED),
    ):
        found = pl.when(where).then(pl.lit(place, dtype=pl.UInt8)).otherwise(found)
    return found


def _reason(as_of: dt.date, *, strict: bool) -> pl.Expr:
    """The first reason in the order of REASONS."""
    by_status = pl.Series(
        [REASONS.index(one) if one in BY_STATUS else None for one in frames.STATUSES], dtype=pl.UInt8
    )
    metrology = pl.col("metrology")
    return (
        pl.when("repeated")
        .then(pl.lit(REASONS.index("duplicate"), dtype=pl.UInt8))
        .when(pl.col("acquired") > as_of)
        .then(pl.lit(REASONS.index("after_as_of"), dtype=pl.UInt8))
        .when(look_up(by_status, pl.col("status")).is_not_null())
        .then(look_up(by_status, pl.col("status")))
        .when(metrology & ((pl.col("valid_to") < as_of).fill_null(value=False) | pl.col("lapsed")))
        .then(pl.lit(REASONS.index("verification_expired"), dtype=pl.UInt8))
        .when(pl.lit(strict) & pl.col("unknown"))
        .then(pl.lit(REASONS.index("verification_unknown"), dtype=pl.UInt8))
    )


def _last_good(months: pl.Series, as_of: dt.date) -> pl.Series:
    """By kind, the last day of a check whose period is over on the day: from the next one on it still holds."""
    found: dict[int, dt.date] = {}
    for length in months.drop_nulls().unique().to_list():
        about = as_of - dt.timedelta(days=int(length * 30.4375))
        days = pl.date_range(about - dt.timedelta(days=8), about + dt.timedelta(days=8), eager=True)
        found[length] = days.filter(days.dt.offset_by(f"{length}mo") < as_of).max()  # type: ignore[assignment]
    return pl.Series([found.get(length) for length in months.to_list()], dtype=pl.Date)


def validity(assets: pl.DataFrame, checks: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """row, part, valid_to, checked_last: of several records the later holds; a later check proves nothing yet."""
    return assets.select("row", "part").hstack(_latest(assets, checks, as_of))


def _latest(assets: pl.DataFrame, checks: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """valid_to, checked_last of each asset row, in their order."""
    holds = pl.col("checked_on").is_null() | (pl.col("checked_on") <= as_of)
    # An end before a check that is made later is of an earlier one: it was known on the day.
    known = holds | (pl.col("valid_until") < pl.col("checked_on"))
    dates = (
        pl.when(known).then(pl.col("valid_until")).alias("valid_until"),
        pl.when(holds).then(pl.col("checked_on")).alias("checked_on"),
    )
    own = assets.select(dates)
    if not checks.is_empty():
        own = _with_register(own, assets, checks.with_columns(dates))
    # A check made after the recorded end stands alone: that end no longer tells of the instrument's state.
    superseded = (pl.col("checked_on") > pl.col("valid_until")).fill_null(value=False)
    return own.select(
        valid_to=pl.when(~superseded).then(pl.col("valid_until")), checked_last=pl.col("checked_on")
    )


def _with_register(own: pl.DataFrame, assets: pl.DataFrame, checks: pl.DataFrame) -> pl.DataFrame:
    """The later of a row's own dates and of what registers say of its asset number or serial number."""
    found = []
    for key in ("asset_no", "serial"):
        rows = assets.select(
            pl.col("bureau").cast(pl.String), key, at=pl.int_range(pl.len(), dtype=pl.UInt32)
        ).filter(pl.col(key).is_not_null())
        register = checks.filter(pl.col(key).is_not_null()).select("bureau", key, *own.columns)
        found.append(rows.join(register, on=["bureau", key]).select("at", *own.columns))
    said = pl.concat(found)
    if said.is_empty():
        return own
    at = said["at"].unique()
    latest = pl.concat([said, own[at].select(at, *own.columns)]).group_by("at").agg(pl.all().max())
    return own.with_columns(own[name].scatter(latest["at"], latest[name]) for name in own.columns)


def checks_astray(assets: pl.DataFrame, checks: pl.DataFrame) -> pl.DataFrame:
    """Checks that name no asset there is, by neither of its numbers: their dates tell of nothing."""
    astray = checks
    for key in ("asset_no", "serial"):
        known = assets.select(pl.col("bureau").cast(pl.String), key).drop_nulls(key).unique()
        astray = astray.join(known, on=["bureau", key], how="anti", maintain_order="left")
    return astray


def _sharing(assets: pl.DataFrame) -> pl.Series | None:
    """Rows whose asset number may stand in another row too; None where none does.

    Numbers that differ have, but for chance, different hashes: only what shares one is compared by its words.
    """
    numbered = assets["asset_no"].is_not_null() & assets["rejected"].is_null()
    bureaus = assets["bureau"].cast(pl.Categorical()).to_physical()
    mine = (assets["asset_no"].hash() ^ bureaus.hash(7)).filter(numbered)
    if mine.n_unique() == len(mine):
        return None
    return numbered.arg_true().filter(mine.is_duplicated())


def numbered_again(units: Units) -> pl.Series:
    """Whether a row's asset number stands in an earlier row that says other things of it: it may be the same asset."""
    at = _sharing(units.assets)
    none = pl.repeat(value=False, n=units.assets.height, eager=True)
    if at is None:
        return none
    rows = units.assets[at].select("bureau", "asset_no", "row")
    return none.scatter(
        at, rows.select(pl.col("row") > pl.col("row").min().over("bureau", "asset_no")).to_series()
    )


def _repeated(assets: pl.DataFrame) -> pl.Series:
    """Whether the same asset stands in an earlier row, in any ledger."""
    at = _sharing(assets)
    none = pl.repeat(value=False, n=assets.height, eager=True)
    if at is None:
        return none
    same = [
        "bureau", "asset_no", "name", "model", "quantity", "status", "acquired", "checked_on", "valid_until",
    ]  # fmt: skip
    word = pl.when(pl.col("status") == "unknown").then(pl.col("status_text"))
    first = pl.col("row").min().over([*same, "word"])
    rows = assets[at].with_columns(word=word)
    return none.scatter(at, rows.select(pl.col("row") > first).to_series())


def _binding(asked: Need, kinds: Sequence[str]) -> pl.Series:
    """By cell: true where a row that binds the bureau asks for the kind, else null."""
    bound = asked.rows.select("requirement", "binds", at=pl.int_range(pl.len()) // max(1, asked.count))
    wanted = asked.kinds.with_columns(codes_of(asked.kinds["kind"], kinds).alias("kind"))
    cells = (
        bound.filter("binds")
        .join(wanted, on="requirement")
        .select((pl.col("at") * len(kinds) + pl.col("kind")).cast(pl.UInt32))
        .to_series()
        .unique()
    )
    return table(len(asked.bureaus) * len(kinds), cells, pl.repeat(value=True, n=len(cells), eager=True))
