"""存在的问题 and 原因: what the standard asks and is not there, and the facts behind it."""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.checking.results import Finding, Report
from equipcheck.history.changes import Change
from equipcheck.section.writing.blocks import Para, clean, itemise
from equipcheck.section.writing.chosen import (
    Chosen,
    amount,
    apart,
    day,
    listed,
    name,
    need,
    out,
    out_units,
    out_words,
    quoted,
    standard_name,
)

MOST_ITEMS = 8
"""More gaps than this are told one by one only down to TOLD; the rest share an item."""
TOLD = 5


def problems(report: Report, attested: Chosen, assumed: Chosen | None, *, brief: bool) -> tuple[Para, ...]:
    """The paragraphs of 存在的问题."""
    if report.standard["limit"] == "ceiling":
        return _ceiling(report, attested)
    paragraphs = [Para(_lead(report, attested))]
    if brief:
        paragraphs = [Para(paragraphs[0].text + _in_brackets(attested) + "".join(_apart(attested)))]
    else:
        told = [_item(one) for one in _told(attested)] + _rest(attested)
        paragraphs += [Para(one) for one in itemise(told)]
        paragraphs += [Para(one) for one in _apart(attested)]
    if assumed is not None and assumed.rows:
        paragraphs.append(Para(_reference(assumed)))
    return tuple(paragraphs)


def _lead(report: Report, chosen: Chosen) -> str:
    head = f"对照{standard_name(report)}，按截至{day(report)}的资产台账核查，"
    if not chosen.rows:
        return f"{head}所列装备种类均为推定，尚不具备对外表述的依据，见参考清单。"
    total, met, short = chosen.settled, len(chosen.met), len(chosen.gaps) + len(chosen.waived)
    of = _basis(report)
    what, goal = f"{of}的{total}种装备", _goal(chosen)
    unsure = f"{len(chosen.unverified)}种尚待核实"
    if not total:
        text = f"{head}{of}的{len(chosen.rows)}种装备配备数量尚待核实。"
    elif not short and not chosen.unverified:
        text = f"{head}{what}均已达到{goal}，未发现缺口。"
    elif not short:
        text = f"{head}{what}中，{met}种已达到{goal}，{unsure}。"
    elif short == total:
        text = f"{head}{what}均未达到{goal}。"
    else:
        tail = f"，{unsure}" if chosen.unverified else ""
        text = f"{head}{what}中，{met}种已达到{goal}，{short}种与{goal}仍有差距{tail}。"
    return text + _estimated(chosen) + _unproven(chosen)


def _unproven(chosen: Chosen) -> str:
    """Of which kinds the number is called the standard's own and no signature holds for it."""
    said = []
    for why, told in _UNPROVEN.items():
        rows = [one for one in chosen.rows if one.source.unproven == why]
        if rows:
            which = "文中" if len(rows) == len(chosen.rows) else f"其中，{_some(rows)}"
            said.append(f"{which}的应配数量{told}。")
    return "".join(said)


_UNPROVEN = {
    "unsigned": "尚待对照标准原件核对签字",
    "changed": "在核对签字之后改过，须重新对照标准原件",
}


def _basis(report: Report) -> str:
    """「标准要求配备」 only where every required row has a public basis: else the standard may ask for more or less."""
    required = [one for one in report.findings if one.obligation == "required"]
    known = all(one.source.kind == "attested" for one in required)
    return "标准要求配备" if known else "有公开依据"


def _goal(chosen: Chosen) -> str:
    """「要求」 is the standard's number; with working values among them it is only what they come to."""
    estimated = any(one.source.status == "estimate" for one in chosen.rows)
    return "应配数量" if estimated else "要求"


def _estimated(chosen: Chosen) -> str:
    """Names the kinds whose number is a working value."""
    rows = [one for one in chosen.rows if one.source.status == "estimate" and one.required is not None]
    if not rows:
        return ""
    return f"其中，{listed(rows)}的数量按工作参考值测算，不是标准规定的数量。"


def _told(chosen: Chosen) -> Sequence[Finding]:
    return chosen.gaps if len(chosen.gaps) <= MOST_ITEMS else chosen.gaps[:TOLD]


def _rest(chosen: Chosen) -> list[str]:
    rest = chosen.gaps[len(_told(chosen)) :]
    if not rest:
        return []
    return [
        f"其余{len(rest)}种装备也有不同程度的缺口：{'、'.join(f'{name(one)}缺{amount(one, one.gap)}' for one in rest)}"
    ]


def _item(one: Finding) -> str:
    """One gap with its numbers: required, on the books, usable, short."""
    gap = f"缺{amount(one, one.gap)}{_doubt(one)}"
    helped = "".join(f"，另以{_HOW[each.how]}方式保障{amount(one, each.quantity)}" for each in one.services)
    if not one.held:
        none = "" if one.unread or one.candidates else "尚未配备，"
        return f"{name(one)}{none}{need(one)}{helped}，{gap}"
    why = out_words(one)
    if not one.usable:
        unfit = f"因{why or '不符合计入条件'}均不能使用"
        return f"{name(one)}在账{amount(one, one.held)}，{unfit}，{need(one)}{helped}，{gap}"
    inside = f"，其中{why}" if why else ""
    unknown = f"（检定（校准）有效期未登记{amount(one, one.unknown)}）" if one.unknown else ""
    return (
        f"{name(one)}数量不足，{need(one)}，在账{amount(one, one.held)}{inside}，"
        f"可用{amount(one, one.usable)}{unknown}{helped}，{gap}"
    )


def _doubt(one: Finding) -> str:
    """What in the ledger may be this, or came too late, in brackets."""
    later = apart(one, "after_as_of")
    said = [f"截止日后取得{amount(one, later)}，不计入"] if later else []
    said += ["台账登记的数量读不懂，没有计入"] if one.unread else []
    said += ["台账中有名称待复核的，可能即此项"] if one.candidates else []
    return f"（{'；'.join(said)}）" if said else ""


_HOW = {"service": "购买第三方服务", "pool": "统一调配共享", "loan": "借用"}


def _in_brackets(chosen: Chosen) -> str:
    """The brief form: every gap in a list."""
    if not chosen.gaps:
        return ""
    parts = []
    for one in chosen.gaps:
        usable = f"，可用{amount(one, one.usable)}" if one.held else ""
        parts.append(f"{name(one)}（{need(one)}{usable}，缺{amount(one, one.gap)}）")
    return f"尚未配备到位的有：{'、'.join(parts)}。"


def _apart(chosen: Chosen) -> list[str]:
    """What is neither met nor a plain gap: unverified, unrecorded, undecided, waived, covered by services."""
    said = []
    if chosen.unverified:
        said.append(f"{_unrecorded(chosen.unverified)}的检定（校准）有效期未登记，尚待核实。")
    if chosen.unsure:
        told = _unrecorded(chosen.unsure)
        said.append(f"{told}的检定（校准）有效期也未登记，虽按件数计入，同样尚待核实。")
    if chosen.unrecorded:
        said.append(f"{listed(chosen.unrecorded)}一般不列入固定资产台账，实有数量尚待补充登记后核实。")
    if chosen.undecided:
        said.append(f"{listed(chosen.undecided)}因基础数据或标准条文待明确，应配数量尚未核定。")
    for one in chosen.waived:
        if one.waiver is not None:
            until = one.waiver.until
            said.append(
                f"{name(one)}（{need(one)}，缺{amount(one, one.gap)}）因{clean(one.waiver.reason)}，"
                f"暂不列入配备计划，说明有效期至{until.year}年{until.month}月{until.day}日。"
            )
    helped = [one for one in chosen.rows if one.serviced and not one.gap]
    if helped:
        ways = [
            f"{name(one)}以{_HOW[each.how]}方式保障{amount(one, each.quantity)}"
            for one in helped
            for each in one.services
        ]
        said.append(f"{'，'.join(ways)}，计入后没有缺口。")
    return said


def _unrecorded(rows: Sequence[Finding]) -> str:
    """「声校准器1台、酸度计2部」, of those whose validity is not recorded."""
    return "、".join(f"{name(one)}{amount(one, one.unknown)}" for one in rows)


def _reference(assumed: Chosen) -> str:
    """Assumed kinds: a list for reference, never a requirement of the standard."""
    gaps = assumed.gaps
    head = "另据参考清单（所列装备种类为推定，不作为标准要求，数量按工作参考值测算），"
    if gaps:
        parts = "、".join(f"{name(one)}缺{amount(one, one.gap)}" for one in gaps)
        text = f"{head}有{len(gaps)}种装备可进一步补充：{parts}。"
    else:
        text = f"{head}所列{len(assumed.rows)}种装备未见缺口。"
    if assumed.unrecorded:
        text += f"其中，{listed(assumed.unrecorded)}一般不列入固定资产台账，实有数量尚待补充登记后核实。"
    return text


def _ceiling(report: Report, chosen: Chosen) -> tuple[Para, ...]:
    head = f"对照{standard_name(report)}，按截至{day(report)}的资产台账核查，"
    if not chosen.over:
        return (Para(f"{head}核查的{len(chosen.rows)}种装备均在配置上限以内。"),)
    items = [
        f"{name(one)}配置上限{amount(one, one.required or 0)}，现有可用{amount(one, one.usable)}，"
        f"超出{amount(one, one.surplus)}"
        for one in chosen.over
    ]
    lead = f"{head}有{len(chosen.over)}种装备超过配置上限。"
    return (Para(lead), *(Para(one) for one in itemise(items)))


def causes(chosen: Sequence[Chosen], changed: Sequence[Change]) -> tuple[Para, ...]:
    """The paragraph of 原因: facts of the ledger and of the change since last year only."""
    gaps = [one for part in chosen for one in part.gaps]
    said = []
    expired = [one for one in gaps if out_units(one, "verification_expired")]
    if expired:
        said.append(
            f"部分仪器检定（校准）到期，不能继续使用，涉及{_counted(expired, 'verification_expired')}"
        )
    worn = [one for one in gaps if out_units(one, "broken", "pending_disposal")]
    if worn:
        said.append(f"部分装备损坏待修或已待报废，涉及{_counted(worn, 'broken', 'pending_disposal')}")
    lent = [one for one in gaps if out_units(one, "lent_out")]
    if lent:
        said.append(f"部分装备出租出借在外，涉及{_counted(lent, 'lent_out')}")
    shown = {one.requirement for one in gaps}
    said += _since_last_year([one for one in changed if one.requirement in shown])
    dateless = [one for one in gaps if out_units(one, "verification_unknown")]
    if dateless:
        told = _counted(dateless, "verification_unknown")
        said.append(f"部分仪器检定（校准）有效期未登记，按从严口径不计入，涉及{told}")
    never = [one for one in gaps if not (one.held or one.assets or one.unread or one.candidates)]
    if never:
        said.append(f"台账中没有{_some(never)}的登记")
    said += _not_counted(gaps)
    few = [one for one in gaps if one.held and not out(one)]
    if few:
        said.append(f"{_some(few)}现有数量少于应配数量")
    return tuple(Para(one) for one in itemise(said)) if said else ()


def _not_counted(gaps: Sequence[Finding]) -> list[str]:
    """What stands in the ledger and is not on the books, or not for certain."""
    said = []
    none = [one for one in gaps if not one.held]
    gone = [f"{name(one)}{amount(one, units)}" for one in none if (units := apart(one, "gone"))]
    if gone:
        said.append(f"原登记的{'、'.join(gone)}已处置")
    later = [f"{name(one)}{amount(one, units)}" for one in gaps if (units := apart(one, "after_as_of"))]
    if later:
        said.append(f"部分装备的取得日期晚于截止日，不计入本年度，涉及{'、'.join(later)}")
    unread = [one for one in gaps if one.unread]
    if unread:
        said.append(f"台账登记的数量有待补正，暂未计入，涉及{listed(unread)}")
    doubtful = dict.fromkeys(clean(row.name) for one in gaps for row in one.candidates)
    if doubtful:
        said.append(f"台账中{quoted(doubtful)}的名称有待复核，没有计入")
    return said


def _some(rows: Sequence[Finding]) -> str:
    """All names, or the first three where they are many (each is named among the problems)."""
    return listed(rows) if len(rows) <= 5 else f"{listed(rows[:3])}等{len(rows)}种装备"


def _counted(rows: Sequence[Finding], *reasons: str) -> str:
    return "、".join(f"{name(one)}{amount(one, out_units(one, *reasons))}" for one in rows)


def _since_last_year(changed: Sequence[Change]) -> list[str]:
    """Growth of the team and new editions, from the comparison with last year's snapshot."""
    said = []
    for code, word in (
        ("facts", "人员、车辆等情况变化"),
        ("edition", "标准版本更新"),
        ("standard", "标准规则变化"),
    ):
        rows = [
            (one, reason)
            for one in changed
            for reason in one.because
            if reason.what == "requirement" and reason.why == code and one.required_by > 0
        ]
        if rows:
            parts = "；".join(f"{clean(one.name)}：{clean(reason.text)}" for one, reason in rows)
            said.append(f"{word}，应配数量增加（{parts}）")
    return said
