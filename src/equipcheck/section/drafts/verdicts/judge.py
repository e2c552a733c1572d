"""The claims that a statement makes: on one row, on an umbrella word's rows, or on the equipment as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from equipcheck.checking.results import Finding, Report
from equipcheck.section.drafts.statements.statement import Statement
from equipcheck.section.drafts.verdicts.judged import Judged, Verdict, about, stated
from equipcheck.section.drafts.verdicts.rates import judge_rate
from equipcheck.section.drafts.verdicts.rows import on_row
from equipcheck.section.drafts.verdicts.units import facts, gaps_to_tell, open_gaps, out, unit

_STATES = ("broken", "pending_disposal", "lent_out", "gone")


class Judge:
    """Holds statements against a report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.rows = {one.requirement: one for one in report.findings}
        self.states = any(
            asset.excluded in _STATES or "idle" in asset.flags
            for one in report.findings
            for asset in one.assets
        )

    def __call__(self, said: Statement) -> list[Judged]:
        """The claims of a statement. Where a word was not understood, each is `unknown` and says which."""
        if said.turn == "weak":
            return []
        judged = self._judged(said)
        if not said.unread:
            return judged
        note = f"“{said.unread}”未读懂，不作判断，请人工核对；"
        return [replace(one, verdict="unknown", because=note + one.because) for one in judged]

    def _judged(self, said: Statement) -> list[Judged]:
        if said.turn == "rate":
            rate = judge_rate(said, self.report, self.rows)
            if rate is not None and "完好率" in said.words:
                because = "完好率不是配备率，不作核对"
                return [replace(rate, verdict="unknown", because=because)]
            return [] if rate is None else [rate]
        if said.target.whole:
            rows = [one for one in self.rows.values() if one.obligation == "required"]
            return [_on_all(said, rows)]
        rows = [self.rows[one] for one in said.target.requirements]
        if not rows:
            because = f"所用标准没有“{said.target.name}”这一项，无从核对"
            return [Judged(None, said.target.kind, about(said), "unknown", because)]
        if len(rows) > 1:
            return self._on_several(said, rows)
        verdict, because = self._on_row(said, rows[0])
        kind = said.target.kind or (rows[0].kinds[0] if len(rows[0].kinds) == 1 else None)
        return [Judged(rows[0].requirement, kind, about(said), verdict, f"文称{stated(said)}；{because}")]

    def _on_row(self, said: Statement, one: Finding) -> tuple[Verdict, str]:
        return on_row(said, one, self.report.bureau, states=self.states)

    def _on_several(self, said: Statement, rows: Sequence[Finding]) -> list[Judged]:
        """An umbrella word over several rows: 「不足」 needs a gap in one of them, 「配齐」 in none."""
        what = about(said)
        names = "、".join(one.name for one in rows)
        if said.number is not None:
            because = f"“{said.target.name}”涉及{len(rows)}项（{names}），合计数不作核对"
            return [Judged(None, None, what, "unknown", because)]
        gaps = [one for one in rows if one.gap]
        if said.turn in ("gap", "planned"):
            if not gaps:
                open_ = [one for one in rows if one.status in ("unrecorded", "undecided", "as_needed")]
                verdict: Verdict = "unknown" if open_ else "contradicts"
                because = f"“{said.target.name}”涉及的{names}都没有已核实的缺口"
                return [Judged(None, None, what, verdict, because)]
            return [Judged(one.requirement, None, what, "agrees", facts(one)) for one in gaps]
        judged = [(one, *self._on_row(said, one)) for one in rows]
        some = said.turn in ("held", "bought", "unusable", "usable") and not said.every
        if some and any(verdict == "agrees" for _, verdict, _ in judged):
            judged = [each for each in judged if each[1] == "agrees"]
        elif said.turn == "none" and any(one.held for one in rows):
            # 「快检设备未配备」: a part of them may be there without its being wrong of those meant
            judged = [
                (one, "unknown" if verdict == "contradicts" else verdict, because)
                for one, verdict, because in judged
            ]
        return [Judged(one.requirement, None, what, verdict, because) for one, verdict, because in judged]


def _on_all(said: Statement, rows: Sequence[Finding]) -> Judged:
    """A statement on the equipment as a whole."""
    what = about(said)
    if said.number is not None:
        return Judged(None, None, what, "unknown", "装备的合计数不作核对")
    if said.turn in ("usable", "unusable"):
        return _state_of_all(said, rows)
    gaps = [one for one in open_gaps(rows) if one.requirement not in said.besides]
    listed = "、".join(f"{one.name}缺{one.gap}{unit(one)}" for one in gaps[:6]) + (
        "等" if len(gaps) > 6 else ""
    )
    if said.turn in ("gap", "none", "planned"):
        return Judged(None, None, what, *_lack_of_all(said, rows, gaps, listed))
    if gaps:
        return Judged(None, None, what, "contradicts", f"尚有{len(gaps)}项缺口：{listed}")
    unknown = _undecided(rows)
    if unknown:
        names = "、".join(one.name for one in unknown[:6])
        because = f"没有已核实的缺口，但{len(unknown)}项尚不能确定（{names}）"
        return Judged(None, None, what, "unknown", because)
    tail = "（已作情况说明的除外）" if _waived(rows) else ""
    return Judged(None, None, what, "agrees", f"各项必配装备都没有缺口{tail}")


def _undecided(rows: Sequence[Finding]) -> list[Finding]:
    return [one for one in rows if one.status in ("undecided", "unrecorded", "unverified")]


def _waived(rows: Sequence[Finding]) -> list[Finding]:
    return [one for one in rows if one.gap and one.waiver is not None and one.waiver.in_force]


def _lack_of_all(
    said: Statement, rows: Sequence[Finding], gaps: Sequence[Finding], listed: str
) -> tuple[Verdict, str]:
    """「装备短缺」 agrees with any gap; 「缺口21项」 with so many, 「均未配备」 where nothing is there."""
    if not gaps:
        open_ = (
            bool(_waived(rows) or _undecided(rows)) or said.turn == "planned"
        )  # better than asked is no lack
        return ("unknown" if open_ else "contradicts"), "没有已核实的缺口"
    if said.turn == "none" and said.besides:
        return "unknown", f"其余各项是否均未配备，请对照附表；有{len(gaps)}项缺口：{listed}"
    there = [one for one in rows if one.held]
    if said.turn == "none" and there:
        return "unknown", f"在账的有{len(there)}项，缺口有{len(gaps)}项：{listed}"
    counts = {len(gaps), len(gaps_to_tell(rows)), sum(bool(one.gap) for one in rows)}
    if said.target.items is not None and said.target.items not in counts:
        return "unknown", f"文称{said.target.items}项，台账核查有{len(gaps)}项缺口：{listed}"
    return "agrees", f"有{len(gaps)}项缺口：{listed}"


def _state_of_all(said: Statement, rows: Sequence[Finding]) -> Judged:
    """「各类仪器均在检定有效期内」"""
    words = said.words if said.turn == "unusable" else "有效期"
    lapsed = [(one, out(said, one, words)) for one in rows if one.requirement not in said.besides]
    lapsed = [each for each in lapsed if each[1]]
    listed = "、".join(f"{one.name}{count}{unit(one)}" for one, count in lapsed[:6])
    if said.turn == "unusable":
        if lapsed:
            return Judged(None, None, about(said), "agrees", f"台账登记的有：{listed}")
        return Judged(None, None, about(said), "unknown", "台账没有登记这样的装备")
    if lapsed and said.every:
        return Judged(None, None, about(said), "contradicts", f"台账登记检定或校准过期的有：{listed}")
    unsure = [one.name for one in rows if one.unknown]
    if unsure or lapsed:
        names = "、".join([*unsure, *(one.name for one, _ in lapsed)][:6])
        return Judged(None, None, about(said), "unknown", f"有效期未登记或已过期的有：{names}")
    return Judged(None, None, about(said), "agrees", "台账没有登记过期的")
