"""`match` in the terminal: doubtful names first, then what was decided, the next step last."""

from __future__ import annotations

import polars as pl

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.cli.tables import aligned
from equipcheck.ground.tables import Table

METHODS = {
    "confirmed": "人工",
    "exact": "名称",
    "alias": "别名",
    "pattern": "词语",
    "model": "型号",
    "fuzzy": "近似",
    "none": "",
}
SECTIONS = (
    ("review", "待复核"),
    ("confirmed", "人工确认"),
    ("auto", "自动对应"),
    ("none", "不是目录里的装备"),
)


def render(assets: pl.DataFrame, matches: pl.DataFrame, catalogue: Catalogue, states: int = 0) -> str:
    """The matches by distinct name; `states` rows have a state that people must tell."""
    names = _by_name(assets, matches)
    lines: list[str] = []
    counts: list[str] = []
    for decision, title in SECTIONS:
        part = names.filter(pl.col("decision") == decision)
        if part.is_empty():
            continue
        counts.append(f"{title} {part['rows'].sum()} 行 {part.height} 个名称")
        lines += [f"{title}（{part.height} 个名称）", _table(part, decision, catalogue), ""]
    lines.append(
        f"合计 {matches['row'].n_unique()} 行：{'；'.join(counts)}" if counts else "台账里没有带名称的行"
    )
    open_ = names.filter(pl.col("decision") == "review").height
    asked = [f"{open_} 个名称待复核"] * bool(open_) + [f"{states} 行的状况待定"] * bool(states)
    if asked:
        lines.append(f"下一步：{'、'.join(asked)}，运行 equipcheck match --review 复核.xlsx")
    return "\n".join(lines) + "\n"


def _by_name(assets: pl.DataFrame, matches: pl.DataFrame) -> pl.DataFrame:
    return (
        matches.join(assets, on=["row", "part"], how="left", maintain_order="left")
        .group_by("name", "model", "kind", "decision", maintain_order=True)
        .agg(
            pl.col("row").n_unique().alias("rows"),  # parts of one row are one row
            pl.col("quantity").sum(),
            pl.col("method").first(),
            pl.col("score").first(),
            pl.col("evidence").first(),
            pl.col("suggestions").first(),
        )
    )


def _table(part: pl.DataFrame, decision: str, catalogue: Catalogue) -> str:
    rows = []
    for row in part.iter_rows(named=True):
        name = row["name"] + (f" {row['model']}" if row["model"] else "")
        first = [name, row["rows"], row["quantity"]]
        why = "；".join(row["evidence"] or ())
        if decision == "review":
            best = "、".join(catalogue.name(one["kind"]) for one in (row["suggestions"] or ())[:3])
            rows.append([*first, best or "（没有相近的）", why])
        elif decision == "none":
            rows.append([*first, why])
        else:
            method = f"{METHODS[row['method']]} {row['score']:.2f}"
            rows.append([*first, catalogue.name(row["kind"]), method, why])
    heads = {
        "review": ["名称", "行", "件", "可能是", "依据"],
        "none": ["名称", "行", "件", "依据"],
    }.get(decision, ["名称", "行", "件", "对应种类", "方式", "依据"])
    numeric = frozenset(at for at, head in enumerate(heads) if head in ("行", "件"))
    return aligned(Table(tuple(heads), tuple(tuple(map(str, row)) for row in rows), numeric))
