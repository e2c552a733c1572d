"""Matching a whole ledger: every distinct name once, the answers joined back to the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from equipcheck.catalogue import Catalogue
from equipcheck.frames import MATCHES
from equipcheck.match.decide import Row, Verdict, is_plain, judge, weigh_spelling
from equipcheck.match.decisions import Confirmed, Decisions, no_decisions
from equipcheck.match.lexicon import Lexicon, load_lexicon
from equipcheck.match.suggest import nearest

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
    keys = ["name", "model"]
    distinct = named.select(keys).unique(maintain_order=True).with_row_index("which")
    names = distinct["name"].to_list()
    models = [model or "" for model in distinct["model"].to_list()]
    words = lexicon or load_lexicon(catalogue)
    verdicts = judge_all([Row(name, model) for name, model in zip(names, models, strict=True)], words)
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
    own = decided.part_kinds(named) if decided.splits else {}
    return MATCHES.check(_with_parts(matched, own, catalogue) if own else matched)


def judge_all(rows: Sequence[Row], lexicon: Lexicon) -> list[Verdict]:
    """The verdicts on distinct rows; names that the rules leave open are weighed by spelling together."""
    verdicts = [judge(row, lexicon) for row in rows]
    open_ = [at for at, verdict in enumerate(verdicts) if verdict.text]
    for at, near in zip(open_, nearest([verdicts[i].text for i in open_], lexicon), strict=True):
        plain = is_plain(lexicon.spell(rows[at].name), lexicon)
        weigh_spelling(verdicts[at], near, lexicon, plain=plain)
    return verdicts


def _plain(verdict: Verdict) -> dict[str, Any]:
    return {
        "kind": verdict.kind,
        "method": verdict.method,
        "score": verdict.score,
        "decision": verdict.decision,
        "evidence": verdict.evidence,
        "suggestions": [{"kind": kind, "score": score} for kind, score in verdict.suggestions],
    }


def _confirmed(found: Confirmed, verdict: Verdict, catalogue: Catalogue) -> dict[str, Any]:
    what = "不是目录里的装备" if found.kind is None else f"是{catalogue.name(found.kind)}"
    note = f"（{found.note}）" if found.note else ""
    evidence = [f"决定文件 {found.place} 写明{what}{note}"]
    suggestions = [{"kind": k, "score": s} for k, s in verdict.suggestions if k != found.kind]
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
        "suggestions": [{"kind": found.kind, "score": 1.0}, *suggestions],
    }


def _frame(answers: list[dict[str, Any]]) -> pl.DataFrame:
    import polars as pl

    schema = {name: kind for name, kind in MATCHES.columns.items() if name not in ("row", "part")}
    return pl.DataFrame({name: [one[name] for one in answers] for name in schema}, schema=schema)


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
