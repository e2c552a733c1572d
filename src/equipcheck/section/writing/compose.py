"""The whole passage from a report and last year's snapshot, ready for a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from equipcheck.checking.results import Report
from equipcheck.history.changes import changes
from equipcheck.history.snapshot import Purchase, Snapshot, take
from equipcheck.report import tables
from equipcheck.section.writing import annex, measures, problems, since_last_year
from equipcheck.section.writing.blocks import Block, Passage, Picture, clean
from equipcheck.section.writing.chosen import choose, day, standard_name

PROBLEMS, CAUSES, MEASURES, SINCE, ANNEX = "存在的问题", "原因", "工作措施", "与上年相比", "附件"
PARTS = (PROBLEMS, CAUSES, MEASURES, SINCE, ANNEX)
VALUES = ("标题", "单位", "年度", "对象", "截至日期", "标准")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the writer is asked for."""

    style: Literal["brief", "full"] = "full"
    part: Literal["problems", "measures", "all"] = "all"
    assumed: bool = False
    chart: bool = False


def compose(
    report: Report,
    history: tuple[Snapshot, ...] = (),
    wish: Wish | None = None,
    purchases: Mapping[int, Purchase] | None = None,
) -> Passage:
    """The passage; `history` holds the snapshots of earlier years (later ones are not read).

    `purchases` (ledger row → purchase) tells what was bought this year from what came otherwise.
    """
    wish = wish or Wish()
    brief = wish.style == "brief"
    earlier = [one for one in history if one.year < report.as_of.year]
    now = take(report, purchases)
    changed = changes(earlier[-1], now, earlier[:-1]) if earlier else ()
    attested = choose(report, "attested")
    assumed = choose(report, "assumed") if wish.assumed else None
    parts: dict[str, tuple[Block, ...]] = {}
    if wish.part != "measures":
        parts[PROBLEMS] = problems.problems(report, attested, assumed, brief=brief)
        parts[CAUSES] = problems.causes([attested, *([assumed] if assumed else [])], changed)
        if earlier:
            trusts = ("attested", "assumed") if wish.assumed else ("attested",)
            parts[SINCE] = since_last_year.since(earlier[-1], now, changed, trusts)
        if not brief:
            parts[ANNEX] = annex.annex(report, attested, assumed)
    if wish.part != "problems":
        parts[MEASURES] = measures.measures(report, attested, assumed, brief=brief)
    picture = _picture(report, assumed=wish.assumed) if wish.chart else None
    return Passage(_values(report), {name: blocks for name, blocks in parts.items() if blocks}, picture)


def _picture(report: Report, *, assumed: bool) -> Picture | None:
    """Required rows by category, of attested kinds unless assumed ones are asked for too."""
    ceiling = report.standard["limit"] == "ceiling"
    bars = tables.by_category([one for one in report.findings if assumed or one.source.kind == "attested"])
    if not bars:
        return None
    last = "超出" if ceiling else "缺口"
    which = "（含参考清单）" if assumed and report.trust["assumed"] else ""
    return Picture(
        title=f"各类装备已计入与{last}的件数{which}",
        series=("已计入", last),
        rows=tuple((one.category, one.filled, one.surplus if ceiling else one.gap) for one in bars),
        words=f"各类必配装备{which}：{tables.bars_in_words(bars, ceiling=ceiling)}",
    )


def _values(report: Report) -> dict[str, str]:
    bureau = clean(report.bureau.get("name") or "本单位")
    what = "执法装备" if report.standard["family"] == "enforcement" else "装备"
    return {
        "标题": f"{bureau}{report.as_of.year}年{what}配备情况",
        "单位": bureau,
        "年度": str(report.as_of.year),
        "对象": what,
        "截至日期": day(report),
        "标准": standard_name(report),
    }
