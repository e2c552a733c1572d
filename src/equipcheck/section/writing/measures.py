"""下一步工作措施: an answer to every gap, the cheapest lawful way first.

The order is that of 行政事业性国有资产管理条例 art. 11 (transfer before purchase); what may be restored to use
needs no purchase at all. Money is the plan's working estimate and is called so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from equipcheck.checking.results import Action, Finding, Report
from equipcheck.plan.prices import CONTRACTED, ESTIMATED, LISTED, QUOTED
from equipcheck.section.writing.blocks import Para, clean, itemise
from equipcheck.section.writing.chosen import Chosen, amount, listed, money, name, quoted

QUOTA = "先核编制"
"""How the plan marks what is beyond a quota."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is proposed for one finding: actions of one sort."""

    finding: Finding
    actions: tuple[Action, ...]

    @property
    def quantity(self) -> int:
        """How many units."""
        return sum(one.quantity for one in self.actions)

    @property
    def unpriced(self) -> int:
        """How many of them have no price."""
        return sum(one.quantity for one in self.actions if one.cost is None)

    @property
    def partly(self) -> int:
        """How many have a price that leaves out a fee."""
        return sum(one.quantity for one in self.actions if one.partly)

    @property
    def cost(self) -> Decimal:
        """CNY, of those with a price."""
        return sum((one.cost for one in self.actions if one.cost is not None), Decimal(0))

    def parted(self) -> tuple[Step, Step]:
        """What may be bought, and what waits for its quota (vehicles)."""
        waits = tuple(one for one in self.actions if QUOTA in one.because)
        return Step(self.finding, tuple(one for one in self.actions if one not in waits)), Step(
            self.finding, waits
        )


def measures(report: Report, attested: Chosen, assumed: Chosen | None, *, brief: bool) -> tuple[Para, ...]:
    """The paragraphs of 下一步工作措施. The year is the one after the report's."""
    year = report.as_of.year + 1
    if report.standard["limit"] == "ceiling":
        return _ceiling(attested, year)
    gaps = [*attested.gaps, *(assumed.gaps if assumed else ())]
    parts = [attested, *([assumed] if assumed else [])]
    said = [
        *_recall(gaps, year),
        *_verify(gaps, year),
        *_repair(gaps, year),
        *_ledger(gaps),
        *_transfer(gaps, year),
        *_share(gaps, year),
        *_purchase(gaps, year),
        *_clarify(parts, year),
    ]
    if not said:
        return (
            Para(
                f"{year}年，继续按标准保持各项装备配备水平，按期检定（校准），及时更新资产台账，做到账实相符。"
            ),
        )
    said.append("动态更新资产台账，做到账实相符，每年对照标准开展自查")
    items = itemise(said)
    if brief:
        return (Para(f"下一步，{''.join(items)}"),)
    return tuple(Para(one) for one in items)


def _steps(gaps: Sequence[Finding], action: str, *why: str, sent: bool | None = None) -> list[Step]:
    """What the plan proposes of one sort; of restores for which reasons, and whether they are sent for verification."""
    steps = []
    for one in gaps:
        chosen = [
            each
            for each in one.actions
            if each.role == "gap" and each.action == action and (not why or each.why in why)
            if sent is None or each.sent == sent
        ]
        if chosen:
            steps.append(Step(one, tuple(chosen)))
    return steps


def _counts(steps: Sequence[Step]) -> str:
    return "、".join(f"{name(one.finding)}{amount(one.finding, one.quantity)}" for one in steps)


def _cost(steps: Sequence[Step]) -> str:
    """「，约需480元（按项目询价）」; where some have no price, which units the sum is of and which have none."""
    priced = [(one, one.quantity - one.unpriced) for one in steps if one.quantity > one.unpriced]
    unpriced = [(one, one.unpriced) for one in steps if one.unpriced]
    known = sum((one.cost for one in steps), Decimal(0))
    partly = [(one, one.partly) for one in steps if one.partly]
    rest = f"，{_units(partly)}另有一项费用待询价、未计" if partly else ""
    if not unpriced:
        return f"，约需{money(known)}（按{_bases(steps)}）{rest}" if known else ""
    if not priced:
        return "，所需费用待询价"
    sums = f"，其中{_units(priced)}约需{money(known)}（按{_bases(steps)}）{rest}"
    return f"{sums}，{_units(unpriced)}的费用待询价"


def _units(parts: Sequence[tuple[Step, int]]) -> str:
    return "、".join(f"{name(one.finding)}{amount(one.finding, units)}" for one, units in parts)


def _bases(steps: Sequence[Step]) -> str:
    """「项目询价和工作估价」: where the prices of these steps are from."""
    texts = [each.price_basis for one in steps for each in one.actions if each.cost]
    known = [word for word in (QUOTED, CONTRACTED, LISTED) if any(word in text for text in texts)]
    if any(not any(word in text for word in known) for text in texts):
        known.append(ESTIMATED)
    return "和".join(known)


def _recall(gaps: Sequence[Finding], year: int) -> list[str]:
    steps = _steps(gaps, "restore", "lent_out", sent=False)
    back = _steps(gaps, "restore", "lent_out", sent=True)
    said = [f"收回在外装备。{year}年内收回{_counts(steps)}，不需经费"] if steps else []
    if back:
        said.append(f"收回并送检。{year}年内收回{_counts(back)}，送检定（校准）合格后投入使用{_cost(back)}")
    return said


def _verify(gaps: Sequence[Finding], year: int) -> list[str]:
    """What is out for its verification only."""
    steps = _steps(gaps, "restore", "verification_expired", "verification_unknown")
    if not steps:
        return []
    return [
        f"及时送检。{year}年内将{_counts(steps)}送检定（校准）机构检定（校准），合格后投入使用{_cost(steps)}"
    ]


def _repair(gaps: Sequence[Finding], year: int) -> list[str]:
    steps = _steps(gaps, "restore", "broken", sent=False)
    checked = _steps(gaps, "restore", "broken", sent=True)
    said = [f"抓紧维修。{year}年内维修{_counts(steps)}，恢复使用{_cost(steps)}"] if steps else []
    if checked:
        said.append(
            f"维修并送检。{year}年内维修{_counts(checked)}，送检定（校准）合格后投入使用{_cost(checked)}"
        )
    return said


def _ledger(gaps: Sequence[Finding]) -> list[str]:
    """Rows of the ledger that may be what is missing: looked at before anything is bought."""
    said = []
    unread = [one for one in gaps if one.unread]
    if unread:
        said.append(f"补正{listed(unread)}登记的数量")
    doubtful = dict.fromkeys(clean(row.name) for one in gaps for row in one.candidates)
    if doubtful:
        said.append(f"复核台账中{quoted(doubtful)}的名称")
    return [f"核清台账。{'，'.join(said)}，核清后再确定购置数量"] if said else []


def _transfer(gaps: Sequence[Finding], year: int) -> list[str]:
    steps = _steps(gaps, "transfer")
    return [f"优先调剂。{year}年内通过调剂解决{_counts(steps)}，盘活存量资产"] if steps else []


def _share(gaps: Sequence[Finding], year: int) -> list[str]:
    """Sharing and services that take purchase's place (nothing of the row is to be bought)."""
    bought = {one.finding.requirement for one in _steps(gaps, "purchase")}
    steps = [
        one
        for how in ("pool", "service")
        for one in _steps(gaps, how)
        if one.finding.requirement not in bought
    ]
    if not steps:
        return []
    return [f"共享共用。{year}年内以统一调配或购买第三方服务方式保障{_counts(steps)}{_cost(steps)}"]


def _purchase(gaps: Sequence[Finding], year: int) -> list[str]:
    parted = [one.parted() for one in _steps(gaps, "purchase")]
    steps = [one for one, _ in parted if one.actions]
    held_back = [one for _, one in parted if one.actions]
    quota = f"执法用车按编制管理。{_counts(held_back)}先核定车辆编制，编制数以内再行配置" if held_back else ""
    if not steps:
        return [quota] if quota else []
    total = sum((one.cost for one in steps), Decimal(0))
    asked = [one.finding for one in steps if one.unpriced]
    text = f"按程序购置。将{_counts(steps)}列入{year}年度资产配置计划和部门预算，"
    text += "优先通过调剂解决，不能调剂的按政府采购规定购置"
    if total:
        text += f"，约需{money(total)}（按{_bases(steps)}，以询价结果和预算批复为准）"
        text += f"，另有{listed(asked)}待询价" if asked else ""
    else:
        text += "，所需经费待询价后申报"
    able = [one.finding for one in steps if one.finding.service_allowed]
    if able:
        text += f"；{listed(able)}也可购买第三方服务"
    return [text, quota] if quota else [text]


def _clarify(parts: Sequence[Chosen], year: int) -> list[str]:
    said = []
    unverified = [one for part in parts for one in (*part.unverified, *part.unsure)]
    if unverified:
        said.append(f"核实有效期。{year}年内补登{listed(unverified)}的检定（校准）有效期，已到期的及时送检")
    unrecorded = [one for part in parts for one in part.unrecorded]
    if unrecorded:
        said.append(f"完善登记。补充登记{listed(unrecorded)}等未入固定资产台账的物品，核实配备数量")
    undecided = [one for part in parts for one in part.undecided]
    if undecided:
        said.append(f"核定基数。补充基础数据，核定{listed(undecided)}的应配数量")
    return said


def _ceiling(chosen: Chosen, year: int) -> tuple[Para, ...]:
    if not chosen.over:
        return (Para(f"{year}年，继续严格执行配置标准，在上限以内按需配置。"),)
    names = listed(chosen.over)
    return (
        Para(
            f"{year}年，{names}超过配置上限的部分优先用于内部调剂或调剂给其他单位，在降至上限以内之前不再新增配置。"
        ),
    )
