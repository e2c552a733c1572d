"""What a draft says, held against what the check found: agrees, contradicts or unknown, and because of what.

The table of verdicts is that of the published contract: 「没有/未配备」 is wrong where anything is held, 「不足/缺少」
where there is no gap, 「已配备N」 is the number held or usable, 「缺N」 the gap, 「应配N」 what is required.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from equipcheck.checking.results import AssetUse, Finding
from equipcheck.report.words import HOW
from equipcheck.section.drafts.phrases import Turn
from equipcheck.section.drafts.statements import Said

About = Literal["missing", "held", "number", "rate", "standard"]
Verdict = Literal["agrees", "contradicts", "unknown"]

NOT_HELD = ("duplicate", "after_as_of", "gone")
NOT_KNOWN = ("not_applicable", "as_needed")

_ABOUT: Mapping[Turn, About] = {
    "denied": "missing",
    "plan": "missing",
    "short": "missing",
    "none": "missing",
    "lapsed": "missing",
    "full": "held",
    "held": "held",
    "usable": "held",
    "bought": "held",
    "required": "number",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim without its place: what it is about, of which requirement and kind, and the verdict."""

    requirement: str | None
    kind: str | None
    about: About
    verdict: Verdict
    because: str


def judge(said: Said, findings: Mapping[str, Finding]) -> list[Judged]:
    """The claims that a statement makes (none where nothing can be held against it)."""
    if said.turn in ("weak", "rate"):
        return []
    if said.target.whole:
        return [_on_all(said, [one for one in findings.values() if one.obligation == "required"])]
    rows = [findings[one] for one in said.target.requirements]
    about = _about(said)
    if not rows:
        return [
            Judged(
                None, said.target.kind, about, "unknown", f"所用标准没有“{said.target.name}”这一项，无从核对"
            )
        ]
    if len(rows) > 1:
        return _on_several(said, rows)
    verdict, because = _on_row(said, rows[0])
    because = f"文称{_stated(said)}；{because}"
    kind = said.target.kind or (rows[0].kinds[0] if len(rows[0].kinds) == 1 else None)
    return [Judged(rows[0].requirement, kind, about, verdict, because)]


def _about(said: Said) -> About:
    return "number" if said.number is not None else _ABOUT[said.turn]


_WORDS: Mapping[Turn, str] = {
    "denied": "没有缺口",
    "plan": "计划配备（即尚缺）",
    "short": "不足",
    "none": "没有",
    "lapsed": "检定或校准过期",
    "full": "已配齐",
    "held": "已配备",
    "usable": "可用",
    "bought": "购置",
    "required": "应配",
}


def _stated(said: Said) -> str:
    """What the draft says, in a word: 「缺2」「已配备3」."""
    if said.number is None:
        return _WORDS[said.turn]
    word = "缺" if said.turn in ("short", "none") else _WORDS[said.turn]
    return word + {"about": "约", "least": "至少"}.get(said.loose, "") + str(said.number)


def gaps_to_tell(rows: Sequence[Finding]) -> list[Finding]:
    """Required rows with a gap that is not waived; those that stand in no ledger among them."""
    return [
        one
        for one in rows
        if one.obligation == "required" and one.gap and not (one.waiver is not None and one.waiver.in_force)
    ]


def open_gaps(rows: Sequence[Finding]) -> list[Finding]:
    """Those of `gaps_to_tell` of which the ledger can speak."""
    return [one for one in gaps_to_tell(rows) if one.status not in ("unrecorded", "undecided")]


# -- one row -----------------------------------------------------------------------------------------------------


def _on_row(said: Said, one: Finding) -> tuple[Verdict, str]:
    unanswerable = _not_known(said, one)
    if unanswerable is not None:
        return unanswerable
    held, usable = _held(said, one), _usable(said, one)
    facts = _facts(one)
    if said.turn in ("none", "short", "plan", "full", "denied"):
        return _on_gap(said, one, held, facts)
    if said.turn == "required":
        return _compare(said, [one.required or 0]), f"应配{one.required}{_unit(one)}（{one.rule}）"
    if said.turn == "lapsed":
        return _lapsed(said, one, facts)
    if said.number is None or said.turn == "bought":
        return ("agrees" if held >= (said.number or 1) else "contradicts"), facts
    return _compare(said, [usable] if said.turn == "usable" else [held, usable]), facts


def _not_known(said: Said, one: Finding) -> tuple[Verdict, str] | None:
    """The verdict on rows of which the ledger cannot speak: no number is required, or they stand in no ledger."""
    if one.status == "not_applicable" and said.turn in ("short", "plan", "required"):
        return "contradicts", "标准对本单位没有这项要求"
    if one.status in NOT_KNOWN:
        return (
            "unknown",
            "标准对本单位没有数量要求，未作核查"
            if one.status == "as_needed"
            else "标准对本单位没有这项要求，未作核查",
        )
    if one.status == "unrecorded" and said.turn != "required":
        return "unknown", "固定资产台账一般不含此项，未提供补充清单，无从核对"
    if said.turn == "required" and one.required is None:
        return "unknown", "应配数量待定"
    return None


def _on_gap(said: Said, one: Finding, held: int, facts: str) -> tuple[Verdict, str]:
    if said.turn == "none" and said.number is None:
        if held:
            return "contradicts", f"台账有持有：{facts}"
        return "agrees", facts + _maybe(one)
    if one.required is None:
        return "unknown", f"应配数量待定，无从判断是否有缺口；{facts}"
    alone = max(0, one.required - one.counted)  # the gap with services put aside
    service = _services(one)
    if said.turn in ("full", "denied"):
        note = f"；{service}" if service and alone else ""
        return ("contradicts" if one.gap else "agrees"), facts + note
    if said.number is not None:
        return _compare(said, [one.gap]), facts + (f"；{service}" if service else "")
    if one.gap:
        return "agrees", facts + _maybe(one)
    if alone and service:
        return "agrees", f"{facts}；缺额由{service}"
    unsure = f"，其中{one.unknown}{_unit(one)}有效期未登记，核实前按可用计" if one.unknown else ""
    return "contradicts", f"没有缺口：{facts}{unsure}"


def _lapsed(said: Said, one: Finding, facts: str) -> tuple[Verdict, str]:
    out = sum(asset.out for asset in one.assets if asset.excluded == "verification_expired")
    if not out:
        return "unknown", f"台账没有登记过期的；{facts}"
    if said.number is not None:
        return _compare(said, [out]), f"台账登记检定或校准过期{out}{_unit(one)}；{facts}"
    return "agrees", f"台账登记检定或校准过期{out}{_unit(one)}；{facts}"


def _compare(said: Said, values: Sequence[int]) -> Verdict:
    number = said.number or 0
    if said.loose == "least":
        return "agrees" if max(values) >= number else "contradicts"
    if said.loose == "about":
        return (
            "agrees"
            if any(abs(value - number) * 10 <= max(value, number) for value in values)
            else "contradicts"
        )
    return "agrees" if number in values else "contradicts"


def _of_kind(said: Said, one: Finding) -> list[AssetUse]:
    """The row's assets; where one kind of several is named, those of that kind."""
    narrow = said.target.kind is not None and len(one.kinds) > 1
    return [asset for asset in one.assets if not narrow or asset.kind == said.target.kind]


def _held(said: Said, one: Finding) -> int:
    if said.target.kind is None or len(one.kinds) == 1:
        return one.held
    return sum(
        asset.counted + asset.surplus + (asset.out if asset.excluded not in NOT_HELD else 0)
        for asset in _of_kind(said, one)
    )


def _usable(said: Said, one: Finding) -> int:
    if said.target.kind is None or len(one.kinds) == 1:
        return one.usable
    return sum(asset.counted + asset.surplus for asset in _of_kind(said, one))


def _unit(one: Finding) -> str:
    return one.unit or "台"


def _facts(one: Finding) -> str:
    """「应配3台，在账2台，可用1台，缺2台」"""
    unit = _unit(one)
    need = "应配数量待定" if one.required is None else f"应配{one.required}{unit}"
    text = f"{need}，在账{one.held}{unit}，可用{one.usable}{unit}"
    text += f"，缺{one.gap}{unit}" if one.gap else ""
    return text if one.obligation == "required" else f"{text}（选配）"


def _services(one: Finding) -> str:
    return "、".join(f"{HOW[each.how]}保障{each.quantity}{_unit(one)}" for each in one.services)


def _maybe(one: Finding) -> str:
    if not one.candidates:
        return ""
    names = "、".join(dict.fromkeys(row.name for row in one.candidates[:3]))
    return f"；台账里的“{names}”是否即此项，尚待复核"


# -- several rows, and all ---------------------------------------------------------------------------------------


def _on_several(said: Said, rows: Sequence[Finding]) -> list[Judged]:
    """An umbrella word over several rows: 「不足」 needs a gap in one of them, 「配齐」 in none."""
    about = _about(said)
    names = "、".join(one.name for one in rows)
    if said.number is not None:
        return [
            Judged(
                None,
                None,
                about,
                "unknown",
                f"“{said.target.name}”涉及{len(rows)}项（{names}），合计数不作核对",
            )
        ]
    gaps = [one for one in rows if one.gap]
    if said.turn in ("short", "plan") and not gaps:
        return [Judged(None, None, about, "contradicts", f"“{said.target.name}”涉及的{names}都没有缺口")]
    if said.turn in ("short", "plan"):
        return [Judged(one.requirement, None, about, "agrees", _facts(one)) for one in gaps]
    judged = [(one, *_on_row(said, one)) for one in rows]
    if said.turn in ("held", "bought", "lapsed") and any(verdict == "agrees" for _, verdict, _ in judged):
        judged = [each for each in judged if each[1] == "agrees"]
    return [Judged(one.requirement, None, about, verdict, because) for one, verdict, because in judged]


def _on_all(said: Said, rows: Sequence[Finding]) -> Judged:
    """A statement on the equipment as a whole."""
    about = _ABOUT[said.turn]
    gaps = [one for one in open_gaps(rows) if one.requirement not in said.besides]
    waived = [one for one in rows if one.gap and one.waiver is not None and one.waiver.in_force]
    unknown = [one for one in rows if one.status in ("undecided", "unrecorded", "unverified")]
    listed = "、".join(f"{one.name}缺{one.gap}{_unit(one)}" for one in gaps[:6]) + (
        "等" if len(gaps) > 6 else ""
    )
    if said.turn in ("short", "none", "lapsed"):
        if gaps:
            return Judged(None, None, about, "agrees", f"有{len(gaps)}项缺口：{listed}")
        return Judged(
            None, None, about, "unknown" if waived or unknown else "contradicts", "没有已核实的缺口"
        )
    if gaps:
        return Judged(None, None, about, "contradicts", f"尚有{len(gaps)}项缺口：{listed}")
    if unknown:
        names = "、".join(one.name for one in unknown[:6])
        return Judged(
            None, None, about, "unknown", f"没有已核实的缺口，但{len(unknown)}项尚不能确定（{names}）"
        )
    return Judged(
        None, None, about, "agrees", "各项必配装备都没有缺口" + ("（已作情况说明的除外）" if waived else "")
    )
