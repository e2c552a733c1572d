"""What each row of the standard asks of each bureau: its column, its obligation, how many."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from equipcheck.ground.mutable import Mutable
from equipcheck.standard.model import QuantityRule, Requirement, Standard, When
from equipcheck.standard.rules import amount_expr, when_expr

ASKS = {
    "bureau": pl.String(),
    "column": pl.String(),
    "order": pl.Int64(),
    "requirement": pl.String(),
    "obligation": pl.String(),
    "state": pl.String(),  # not_applicable | undecided | as_needed; null where a number stands
    "required": pl.Int64(),  # null: undecided, as_needed
    "binds": pl.Boolean(),  # whether the row takes units at all
    "missing_facts": pl.List(pl.String()),
}


class Need(Mutable):
    """What is asked (`rows`, as ASKS), of which kinds, and the bureaus for which no one column could be chosen.

    `rows` has `count` lines a bureau, bureau by bureau in the order of `bureaus`, so that line // count tells the
    bureau and line % count the row of the standard.
    """

    rows: pl.DataFrame
    kinds: pl.DataFrame  # requirement, kind, width: how many kinds the row takes
    unplaced: pl.DataFrame
    requirements: Sequence[str]  # ids in the standard's order

    @property
    def count(self) -> int:
        """How many rows the standard has."""
        return len(self.requirements)

    @property
    def bureaus(self) -> list[str]:
        """The bureaus for which a column was chosen."""
        return self.rows["bureau"].gather_every(max(1, self.count)).to_list()


def facts_read(standard: Standard) -> set[str]:
    """Every fact that a column, a condition or a rule of the standard reads."""
    whens = [*(column.when for column in standard.columns), *(row.when for row in standard.requirements)]
    rules = [rule for row in standard.requirements for rule in row.quantity.values()]
    return {name for when in whens for name in when} | {name for rule in rules for name in rule.facts}


def need(standard: Standard, facts: pl.DataFrame) -> Need:
    """What the standard asks of each bureau in `facts` (`bureau` and one text column a fact).

    Bureaus whose facts are the same are asked the same: each distinct profile is worked out once.
    """
    read = sorted(facts_read(standard))
    absent = [pl.lit(None, dtype=pl.String).alias(name) for name in read if name not in facts.columns]
    facts = facts.sort("bureau").with_columns(*absent, pl.lit(0, dtype=pl.Int8).alias(_ONE))
    profiles = facts.select(_ONE, *read).unique(maintain_order=True).with_row_index("profile")
    whose = facts.join(profiles, on=[_ONE, *read], how="left", nulls_equal=True, maintain_order="left")
    chosen = _choose_columns(standard, profiles)
    asked = pl.concat(
        [
            pl.DataFrame(schema=_ASKED),
            *(
                _column_rows(
                    standard,
                    column.id,
                    profiles.join(chosen.filter(pl.col("column") == column.id), on="profile"),
                )
                for column in standard.columns
                if column.id in set(chosen["column"])
            ),
        ]
    )
    rows = whose.select("bureau", "profile").join(asked, on="profile").sort("bureau", "order")
    kinds = pl.DataFrame(
        [
            (row.id, kind, len(set(row.kinds)))
            for row in standard.requirements
            for kind in dict.fromkeys(row.kinds)
        ],
        schema={"requirement": pl.String(), "kind": pl.String(), "width": pl.Int64()},
        orient="row",
    )
    open_ = chosen.filter(pl.col("column").is_null())
    unplaced = (
        whose.select("bureau", "profile").join(open_, on="profile").select("bureau", "fitting", "missing")
        if open_.height
        else pl.DataFrame(schema=_UNPLACED)
    )
    return Need(rows.select(list(ASKS)), kinds, unplaced, [row.id for row in standard.requirements])


_ONE = "same for all"  # a column of its own, so that a standard that reads no fact has one profile
_UNPLACED = {"bureau": pl.String(), "fitting": pl.List(pl.String()), "missing": pl.List(pl.String())}
_ASKED = {"profile": pl.UInt32(), **{name: kind for name, kind in ASKS.items() if name != "bureau"}}


def _choose_columns(standard: Standard, profiles: pl.DataFrame) -> pl.DataFrame:
    """profile, column (null unless exactly one fits for certain), fitting, missing."""
    ids = [column.id for column in standard.columns]
    tests = profiles.with_columns(
        *(when_expr(column.when).alias(f"fits {column.id}") for column in standard.columns)
    )

    def those(value: bool | None) -> pl.Expr:
        hit = [
            pl.col(f"fits {one}").is_null() if value is None else pl.col(f"fits {one}").eq(value)
            for one in ids
        ]
        return pl.concat_list(
            [
                pl.when(test.fill_null(value=False)).then(pl.lit(one))
                for test, one in zip(hit, ids, strict=True)
            ]
        ).list.drop_nulls()

    fitting, open_ = those(value=True), those(value=None)
    result = tests.with_columns(fitting=fitting, open=open_).with_columns(
        column=pl.when((pl.col("fitting").list.len() == 1) & (pl.col("open").list.len() == 0)).then(
            pl.col("fitting").list.first()
        )
    )
    missing = [
        pl.when(pl.col(name).is_null() & pl.col("open").list.contains(column.id)).then(pl.lit(name))
        for column in standard.columns
        for name in column.when
    ]
    asked = (
        pl.concat_list(missing).list.drop_nulls().list.unique(maintain_order=True) if missing else _NO_NAMES
    )
    return result.select("profile", "column", "fitting", missing=asked)


_NO_NAMES = pl.lit([], dtype=pl.List(pl.String))


def _column_rows(standard: Standard, column: str, facts: pl.DataFrame) -> pl.DataFrame:
    """The standard's rows for the profiles that read one column (_ASKED)."""
    static = pl.DataFrame(
        [_static(row, index, column, standard) for index, row in enumerate(standard.requirements)],
        schema=_STATIC,
    )
    applies, low, high = [], [], []
    always, never, unknown = when_expr({}), pl.lit(value=False), pl.lit(None, dtype=pl.Int64)
    bounds: dict[QuantityRule, tuple[pl.Expr, pl.Expr]] = {}  # many rows ask by the same rule
    for row in standard.requirements:
        rule = row.quantity.get(column)
        applies.append(never if rule is None else when_expr(row.when) if row.when else always)
        bound = unknown, unknown
        if rule is not None and rule.text is None and not rule.as_needed:
            if rule not in bounds:
                bounds[rule] = amount_expr(rule, "low"), amount_expr(rule, "high")
            bound = bounds[rule]
        low.append(bound[0])
        high.append(bound[1])
    wide = facts.select(
        "profile",
        column=pl.lit(column),
        order=pl.lit(list(range(len(applies))), dtype=pl.List(pl.Int64)),
        applies=pl.concat_list(applies),
        low=pl.concat_list(low),
        high=pl.concat_list(high),
    )
    long = wide.explode("order", "applies", "low", "high").join(static, on="order", how="left")
    return _settle(long, facts, standard, column)


_STATIC = {
    "order": pl.Int64(),
    "requirement": pl.String(),
    "obligation": pl.String(),
    "open": pl.Boolean(),  # an open question: a text rule, or no kinds
    "as_needed": pl.Boolean(),
    "floor": pl.Boolean(),
}


def _static(row: Requirement, index: int, column: str, standard: Standard) -> dict[str, object]:
    rule = row.quantity.get(column)
    return {
        "order": index,
        "requirement": row.id,
        "obligation": row.obligation.get(column, next(iter(row.obligation.values()), "required")),
        "open": not row.kinds or (rule is not None and rule.text is not None),
        "as_needed": rule is not None and rule.as_needed,
        "floor": standard.limit == "floor",
    }


def _settle(rows: pl.DataFrame, facts: pl.DataFrame, standard: Standard, column: str) -> pl.DataFrame:
    """Mutable, number and binding of each row, by what is known of the bureau."""
    known_zero = (pl.col("low") == 0) & (pl.col("high") == 0) & pl.col("floor")
    outside = pl.col("applies").eq(other=False).fill_null(value=False)
    undecided = pl.col("open") | (
        pl.when(pl.col("as_needed"))
        .then(pl.col("applies").is_null())
        .otherwise((pl.col("low") != pl.col("high")) | pl.col("applies").is_null() & ~known_zero)
    )
    state = (
        pl.when(outside)
        .then(pl.lit("not_applicable"))
        .when(undecided)
        .then(pl.lit("undecided"))
        .when(pl.col("as_needed"))
        .then(pl.lit("as_needed"))
        .when(known_zero)
        .then(pl.lit("not_applicable"))
    )
    settled = rows.with_columns(state=state).with_columns(
        required=pl.when(pl.col("state").is_in(["undecided", "as_needed"]).fill_null(value=False))
        .then(None)
        .when(outside)
        .then(0)
        .otherwise(pl.col("low")),
        binds=~outside & (pl.col("state").is_null() | (pl.col("state") != "as_needed")),
    )
    undecided_rows = settled.filter(pl.col("state") == "undecided").select("profile", "order")
    missing = _missing(undecided_rows, facts, standard, column)
    found = settled.join(missing, on=["profile", "order"], how="left", maintain_order="left")
    return found.select(list(_ASKED)).cast(pl.Schema(_ASKED))


def _missing(undecided: pl.DataFrame, facts: pl.DataFrame, standard: Standard, column: str) -> pl.DataFrame:
    """profile, order, missing_facts: the facts that undecided rows read and that are not stated."""
    read = [sorted(_facts_of(row, column)) for row in standard.requirements]
    names = sorted({name for one in read for name in one})
    blank = {
        row["profile"]: {name for name in names if row[name] is None}
        for row in (facts.select("profile", *names).iter_rows(named=True) if undecided.height else ())
    }
    found = [
        (profile, order, missing)
        for profile, order in undecided.iter_rows()
        if (missing := [name for name in read[order] if name in blank[profile]])
    ]
    schema = {"profile": pl.UInt32(), "order": pl.Int64(), "missing_facts": pl.List(pl.String())}
    return pl.DataFrame(found, schema=schema, orient="row")


def _facts_of(row: Requirement, column: str) -> set[str]:
    rule = row.quantity.get(column)
    when: When = row.when
    return set(when) | (set(rule.facts) if rule is not None else set())
