"""Matching a whole ledger: every distinct name once, the answers joined back to the rows."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING, Any

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.ground.frames import MATCHES
from equipcheck.match.by_spelling import weigh_spelling
from equipcheck.match.decisions.file import Confirmed
from equipcheck.match.decisions.load import Decisions, no_decisions
from equipcheck.match.judge import Judge, Row, Thresholds
from equipcheck.match.lexicon import load_lexicon
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.near_names import nearest
from equipcheck.match.unit_and_price import doubted, weigh_columns
from equipcheck.match.verdicts import Verdict, is_plain

if TYPE_CHECKING:
    import polars as pl


def match(
    assets: pl.DataFrame,
    catalogue: Catalogue,
    decisions: Decisions | None = None,
    lexicon: Lexicon | None = None,
) -> pl.DataFrame:
    """`frames.MATCHES`: one row per asset row (and part) that has a name, in the assets' order."""
    import polars as pl

    decided = decisions or no_decisions()
    named = assets.filter(pl.col("name").is_not_null() & (pl.col("name").str.strip_chars() != ""))
    which, distinct = _distinct(named)
    answers = _answers(distinct, catalogue, decided, lexicon or load_lexicon(catalogue))
    matched = pl.concat([named.select("row", "part"), _frame(answers)[which]], how="horizontal")
    matched = weigh_columns(named, matched, catalogue)
    own = decided.part_kinds(named) if decided.splits else {}
    return MATCHES.check(_with_parts(matched, own, catalogue) if own else matched)


def decide(
    assets: pl.DataFrame,
    catalogue: Catalogue,
    decisions: Decisions | None = None,
    lexicon: Lexicon | None = None,
) -> pl.DataFrame:
    """`frames.DECIDED` of every asset row, coded: the same decisions as `match` makes, without their reasons.

    For sums over many bureaus; `assets` may be coded, and a row without a name is `none`. Not for rows that
    decisions split.
    """
    import polars as pl

    which, distinct = _distinct(assets)
    words = lexicon or load_lexicon(catalogue)
    answers = _answers(distinct, catalogue, decisions or no_decisions(), words)
    nameless = pl.Series([not (name or "").strip() for name in distinct["name"].to_list()], dtype=pl.Boolean)
    found = pl.DataFrame(
        {name: [one[name] for one in answers] for name in ("kind", "method", "decision")},
        schema=dict.fromkeys(("kind", "method", "decision"), pl.String()),
    ).with_columns(
        kind=pl.when(~pl.lit(nameless)).then("kind"),
        decision=pl.when(pl.lit(nameless)).then(pl.lit("none")).otherwise("decision"),
    )
    doubtful = doubted(found, which, assets, catalogue)
    coded = found.select(pl.col("kind", "decision").cast(pl.Categorical()))
    kind, decision = coded["kind"].gather(which), coded["decision"].gather(which)
    if doubtful is not None:
        review = pl.Series(["review"], dtype=pl.Categorical())
        kind, decision = kind.set(doubtful, None), decision.zip_with(~doubtful, review)
    return assets.select("row", "part").with_columns(kind.alias("kind"), decision.alias("decision"))


KEYS = ["name", "model", "category"]
"""What of a row bears on its kind, other columns aside."""


def _distinct(assets: pl.DataFrame) -> tuple[pl.Series, pl.DataFrame]:
    """For each row which of the distinct rows (KEYS, as text) it is."""
    import polars as pl

    coded = assets.select(pl.col(KEYS).cast(pl.Categorical()).to_physical())
    highest = coded.select((pl.all().max() + 2).fill_null(1)).row(0)
    size = prod(highest)
    number = pl.UInt32() if size < 1 << 32 else pl.UInt64()
    keys = pl.lit(0, dtype=number)
    for name, many in zip(KEYS, highest, strict=True):
        if many > 1:  # not all of them null
            keys = keys * many + (pl.col(name).cast(number) + 1).fill_null(0)
    if size >= 1 << 63:  # too many for one number
        distinct = (
            assets.select(pl.col(KEYS).cast(pl.String)).unique(maintain_order=True).with_row_index("which")
        )
        words = assets.select(pl.col(KEYS).cast(pl.String))
        joined = words.join(distinct, on=KEYS, how="left", nulls_equal=True, maintain_order="left")
        return joined["which"], distinct.drop("which")
    key = coded.select(keys.alias("key")).to_series()
    if len(key) != assets.height:  # nothing to tell apart, or no rows
        key = key.new_from_index(0, assets.height)
    if size <= 4 * assets.height:  # a list by number is quicker than a join
        rows = pl.int_range(assets.height, dtype=pl.UInt32, eager=True)
        one_of = pl.Series([None], dtype=pl.UInt32).new_from_index(0, size).scatter(key, rows)
        there = one_of.is_not_null()
        which = (there.cast(pl.UInt32).cum_sum() - 1).gather(key)
        first = one_of.filter(there)
    else:
        every = key.to_frame().with_row_index("first").unique("key", keep="any").with_row_index("which")
        which = key.to_frame().join(every, on="key", how="left", maintain_order="left")["which"]
        first = every["first"]
    return which, assets.select(KEYS)[first].cast(pl.String())


def _answers(
    distinct: pl.DataFrame, catalogue: Catalogue, decided: Decisions, words: Lexicon
) -> list[dict[str, Any]]:
    """The verdict on each distinct row of KEYS, as a person decided or as judged."""
    names = distinct["name"].to_list()
    models = [model or "" for model in distinct["model"].to_list()]
    classes = [category or "" for category in distinct["category"].to_list()]
    rows = [
        Row(name or "", model, category) for name, model, category in zip(names, models, classes, strict=True)
    ]
    return [
        _confirmed(found, verdict, catalogue)
        if (found := decided.find(row.name, row.model))
        else _plain(verdict)
        for row, verdict in zip(rows, judge_all(rows, words), strict=True)
    ]


def judge_all(rows: Sequence[Row], lexicon: Lexicon, thresholds: Thresholds | None = None) -> list[Verdict]:
    """The verdicts on distinct rows; names that the rules leave open are weighed by spelling together."""
    judge = Judge(lexicon, thresholds)
    verdicts = [judge.decide(row) for row in rows]
    open_ = [at for at, verdict in enumerate(verdicts) if verdict.text]
    for at, near in zip(open_, nearest([verdicts[i].text for i in open_], lexicon), strict=True):
        text, _ = judge.name_of(rows[at])
        plain = is_plain(text, lexicon)
        weigh_spelling(verdicts[at], near, lexicon, judge.thresholds, text, plain=plain)
    return verdicts


def _plain(verdict: Verdict) -> dict[str, Any]:
    return {
        "kind": verdict.kind,
        "method": verdict.method,
        "score": verdict.score,
        "decision": verdict.decision,
        "evidence": verdict.evidence,
        "suggestions": verdict.suggestions,
    }


def _confirmed(found: Confirmed, verdict: Verdict, catalogue: Catalogue) -> dict[str, Any]:
    what = "不是目录里的装备" if found.kind is None else f"是{catalogue.name(found.kind)}"
    note = f"（{found.note}）" if found.note else ""
    evidence = [f"决定文件 {found.place} 写明{what}{note}"]
    suggestions = [(kind, score) for kind, score in verdict.suggestions if kind != found.kind]
    if found.kind is None:
        return {
            "kind": None,
            "method": "confirmed",
            "score": 1.0,
            "decision": "none",
            "evidence": evidence,
            "suggestions": [],
        }
    return {
        "kind": found.kind,
        "method": "confirmed",
        "score": 1.0,
        "decision": "confirmed",
        "evidence": evidence,
        "suggestions": [(found.kind, 1.0), *suggestions],
    }


def _frame(answers: list[dict[str, Any]]) -> pl.DataFrame:
    """The answers as columns. Lists are built from flat columns: many times faster than from Python lists."""
    import polars as pl

    plain = pl.DataFrame(
        {name: [one[name] for one in answers] for name in ("kind", "method", "score", "decision")},
        schema={name: MATCHES.columns[name] for name in ("kind", "method", "score", "decision")},
    ).with_row_index("which")
    evidence = pl.DataFrame(
        {
            "which": [at for at, one in enumerate(answers) for _ in one["evidence"]],
            "evidence": [why for one in answers for why in one["evidence"]],
        },
        schema={"which": pl.UInt32(), "evidence": pl.String()},
    )
    suggested = [(at, kind, score) for at, one in enumerate(answers) for kind, score in one["suggestions"]]
    suggestions = pl.DataFrame(
        suggested, schema={"which": pl.UInt32(), "kind": pl.String(), "score": pl.Float64()}, orient="row"
    ).select("which", pl.struct("kind", "score").alias("suggestions"))
    joined = plain
    for flat, name in ((evidence, "evidence"), (suggestions, "suggestions")):
        lists = flat.group_by("which", maintain_order=True).agg(pl.col(name))
        joined = joined.join(lists, on="which", how="left", maintain_order="left")
    return joined.select(
        "kind",
        "method",
        "score",
        "decision",
        *(pl.col(name).fill_null([]).cast(MATCHES.columns[name]) for name in ("evidence", "suggestions")),
    )


def _with_parts(
    matched: pl.DataFrame, own: dict[tuple[int, int], Confirmed], catalogue: Catalogue
) -> pl.DataFrame:
    """The kinds that splits give to parts, in place of what the row's name says."""
    import polars as pl

    empty = Verdict(None, "none", 0.0, "none", [])
    parts = list(own.items())
    frame = _frame([_confirmed(found, empty, catalogue) for _, found in parts]).with_columns(
        pl.Series("row", [where[0] for where, _ in parts], dtype=pl.Int64),
        pl.Series("part", [where[1] for where, _ in parts], dtype=pl.Int64),
    )
    return matched.update(frame, on=["row", "part"], how="left", include_nulls=True)
