"""Matching a whole ledger: every distinct name once, the answers joined back to the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.ground.frames import MATCHES
from equipcheck.match.decisions.file import Confirmed
from equipcheck.match.decisions.load import Decisions, no_decisions
from equipcheck.match.judge import Judge, Row, Thresholds, Verdict, is_plain, weigh_spelling
from equipcheck.match.lexicon import load_lexicon
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.near_names import nearest
from equipcheck.match.unit_and_price import weigh_columns

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
    keys = ["name", "model", "category"]
    distinct = named.select(keys).unique(maintain_order=True).with_row_index("which")
    names = distinct["name"].to_list()
    models = [model or "" for model in distinct["model"].to_list()]
    classes = [category or "" for category in distinct["category"].to_list()]
    words = lexicon or load_lexicon(catalogue)
    verdicts = judge_all([Row(*one) for one in zip(names, models, classes, strict=True)], words)
    answers = [
        _confirmed(found, verdict, catalogue) if (found := decided.find(name, model)) else _plain(verdict)
        for name, model, verdict in zip(names, models, verdicts, strict=True)
    ]
    frame = _frame(answers)
    joined = (
        named.select("row", "part", *keys)
        .join(distinct, on=keys, how="left", nulls_equal=True, maintain_order="left")
        .select("row", "part", "which")
    )
    matched = pl.concat([joined.select("row", "part"), frame[joined["which"]]], how="horizontal")
    matched = weigh_columns(named, matched, catalogue)
    own = decided.part_kinds(named) if decided.splits else {}
    return MATCHES.check(_with_parts(matched, own, catalogue) if own else matched)


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
