"""What a draft says of one row of the standard, held against what the check found.

The table of verdicts is that of the published contract: 「没有/未配备」 is wrong where anything is held, 「不足/缺少」
where there is no gap, 「已配备N」 is the number held or usable, 「缺N」 the gap, 「应配N」 what is required.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from equipcheck.checking.results import Finding
from equipcheck.section.drafts.statements.statement import Statement
from equipcheck.section.drafts.statements.turns import EXPIRED
from equipcheck.section.drafts.verdicts import units
from equipcheck.section.drafts.verdicts.judged import Verdict
from equipcheck.section.drafts.verdicts.units import facts, unit

_FACT_NAMES = {"staff": "执法人员", "vehicles": "执法车辆", "teams": "中队"}
_VALID = re.compile("期内|周期内|有效期|检定|校准|合格")


def on_row(
    said: Statement, one: Finding, bureau: Mapping[str, object], *, states: bool
) -> tuple[Verdict, str]:
    """The verdict and its reason. `states`: whether the ledger records what is broken, lent, given up at all."""
    unanswerable = _not_known(said, one)
    if unanswerable is not None:
        return unanswerable
    if said.fact is not None:
        return _by_fact(said, one, bureau)
    if said.turn in ("none", "gap", "planned", "no_gap"):
        return _on_gap(said, one)
    if said.turn == "required":
        return _compare(said, [one.required or 0]), f"应配{one.required}{unit(one)}（{one.rule}）"
    if said.turn == "unusable":
        return _unusable(said, one, states=states)
    held, usable = units.held(said, one), units.usable(said, one)
    if said.turn == "usable" and (said.number is None or _VALID.search(said.words)):
        return _usable(said, one)
    if said.number is None or said.turn == "bought":
        verdict: Verdict = "agrees" if held >= (said.number or 1) else "contradicts"
    else:
        verdict = _compare(said, [usable] if said.turn == "usable" else [held, usable])
    return _unless_reviewed(verdict, one, facts(one))


def _unless_reviewed(verdict: Verdict, one: Finding, because: str) -> tuple[Verdict, str]:
    """More may be held than was matched while ledger rows wait for review."""
    if verdict == "contradicts" and one.candidates:
        return "unknown", because + units.candidates(one)
    return verdict, because


def _not_known(said: Statement, one: Finding) -> tuple[Verdict, str] | None:
    """The verdict on rows of which the ledger cannot speak: no number is required, or they stand in no ledger."""
    if one.status == "not_applicable" and said.turn in ("gap", "planned", "required"):
        return "contradicts", "标准对本单位没有这项要求"
    if one.status == "not_applicable":
        return "unknown", "标准对本单位没有这项要求，未作核查"
    if one.status == "as_needed":
        return "unknown", "标准对本单位没有数量要求，未作核查"
    if one.status == "unrecorded" and said.turn != "required":
        return "unknown", "固定资产台账一般不含此项，未提供补充清单，无从核对"
    if said.turn == "required" and one.required is None:
        return "unknown", "应配数量待定"
    return None


def _on_gap(said: Statement, one: Finding) -> tuple[Verdict, str]:
    told = facts(one)
    if said.turn == "none":
        if units.held(said, one):
            return "contradicts", f"台账有持有：{told}"
        return "agrees", told + units.candidates(one)
    if one.required is None:
        return "unknown", f"应配数量待定，无从判断是否有缺口；{told}"
    return _on_known_gap(said, one, one.required, told)


def _on_known_gap(said: Statement, one: Finding, required: int, told: str) -> tuple[Verdict, str]:
    alone = max(0, required - one.counted)  # the gap with services put aside
    service = units.services(one)
    if said.turn == "no_gap":
        note = f"；{service}" if service and alone else ""
        return _unless_reviewed("contradicts" if one.gap else "agrees", one, told + note)
    if said.number is not None:
        return _gap_number(said, one, alone, told + (f"；{service}" if service else ""))
    if one.gap:
        return "agrees", told + units.candidates(one)
    if alone and service:
        return "agrees", f"{told}；缺额由{service}"
    if units.narrow(said, one) and not units.held(said, one):
        return "unknown", f"标准按“{one.name}”合计核查，没有缺口；所指的一种台账没有：{told}"
    unsure = f"，其中{one.unknown}{unit(one)}有效期未登记，核实前按可用计" if one.unknown else ""
    return "contradicts", f"没有缺口：{told}{unsure}"


def _gap_number(said: Statement, one: Finding, alone: int, told: str) -> tuple[Verdict, str]:
    verdict = _compare(said, [one.gap, alone])
    number = said.number or 0
    if verdict == "contradicts" and one.unknown and one.gap < number <= alone + one.unknown:
        return "unknown", f"{told}；{one.unknown}{unit(one)}有效期未登记，不计入时缺口更大"
    if verdict == "contradicts" and units.narrow(said, one):
        return "unknown", f"标准按“{one.name}”合计核查，单种的缺数不作核对：{told}"
    return verdict, told


def _by_fact(said: Statement, one: Finding, bureau: Mapping[str, object]) -> tuple[Verdict, str]:
    """「人手一台」: at least the number by the fact is held."""
    fact = bureau.get(said.fact or "")
    name = _FACT_NAMES[said.fact or "staff"]
    if not isinstance(fact, int):
        return "unknown", f"没有给出{name}数，无从核对；{facts(one)}"
    need = -(-fact // said.per) * (said.number or 1)
    held = units.held(said, one)
    because = f"{name}{fact}，合{need}{unit(one)}；{facts(one)}"
    return _unless_reviewed("agrees" if held >= need else "contradicts", one, because)


def _usable(said: Statement, one: Finding) -> tuple[Verdict, str]:
    """「均在有效期内」「运行正常」: held to what the ledger records of validity and state."""
    held, usable = units.held(said, one), units.usable(said, one)
    told = facts(one)
    validity = _VALID.search(said.words) is not None
    out = units.out(said, one, "有效期" if validity else "")
    told += f"，检定或校准过期{out}{unit(one)}" if validity and out else ""
    if not held:
        return _unless_reviewed("contradicts", one, told)
    unsure = f"；{one.unknown}{unit(one)}有效期未登记" if one.unknown else ""
    if said.number is not None:
        verdict = _compare(said, [usable, held - out])
        return ("unknown", told + unsure) if unsure and verdict == "contradicts" else (verdict, told)
    if (said.every and out) or not usable:
        return "contradicts", told
    return ("unknown", told + unsure) if unsure and validity else ("agrees", told)


_DENIED = re.compile("未|没有|无")


def _unusable(said: Statement, one: Finding, *, states: bool) -> tuple[Verdict, str]:
    out = units.out(said, one, said.words)
    held = units.held(said, one)
    expired = EXPIRED.search(said.words) is not None and "报废" not in said.words
    what = "检定或校准过期" if expired else "不能使用"
    told = f"台账登记{what}{out}{unit(one)}；{facts(one)}"
    if not held:
        return _unless_reviewed("contradicts", one, f"台账没有持有；{facts(one)}")
    sure = units.all_dated(said, one) if expired else states
    if said.number is None:
        if out:
            wholly = said.every and not _DENIED.match(
                said.words
            )  # 「全部过期」; of 「未检定」 some are enough
            return ("unknown" if wholly and out < held else "agrees"), told
        return ("contradicts", told) if sure else ("unknown", f"台账没有登记{what}的；{facts(one)}")
    verdict = _compare(said, units.outs(said, one, said.words))
    if verdict == "contradicts" and not (sure or (out > said.number and not one.unknown)):
        return "unknown", told + (f"，有效期未登记{one.unknown}{unit(one)}" if one.unknown else "")
    return verdict, told


def _compare(said: Statement, values: Sequence[int]) -> Verdict:
    number = said.number or 0
    if said.loose == "least":
        return "agrees" if max(values) >= number else "contradicts"
    if said.loose == "most":
        return "agrees" if min(values) <= number else "contradicts"
    if said.loose == "about":
        near = any(abs(value - number) * 10 <= max(value, number) for value in values)
        return "agrees" if near else "contradicts"
    return "agrees" if number in values else "contradicts"
