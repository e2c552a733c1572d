"""The most important next step after a check, in one sentence with the command that takes it."""

from __future__ import annotations

from equipcheck.checking.results import Finding, Report, with_units


def next_step(report: Report) -> str:
    """What to do first: answer what leaves rows open, then what may close gaps without money, then plan."""
    facts = [one.fact for one in report.questions if one.fact is not None]
    if facts:
        rows = {row for one in report.questions if one.fact is not None for row in one.rows}
        return f"先补充 {'、'.join(facts)}：有 {len(rows)} 项因此无法确定"
    for take in (_rejected, _review, _expired, _unverified, _unrecorded):
        said = take(report)
        if said:
            return said
    short = [one for one in report.findings if _missing(one)]
    if short:
        return f"{len(short)} 项有缺口，运行 equipcheck plan 排出补齐的先后、途径和经费"
    for take in (_over, _nothing_asked, _open, _still_in_review):
        said = take(report)
        if said:
            return said
    if report.trust["estimate"]:
        return "按工作值已无缺口；取得标准原表后用 equipcheck standards import 导入，再据以签字"
    assumed = report.trust["assumed"]
    apart = f"（其中 {assumed} 项的种类是推定，不作为标准要求）" if assumed else ""
    return f"核查的必配项均已达标{apart}，保持检定有效期即可"


def _over(report: Report) -> str | None:
    rows = [one for one in report.findings if one.status == "over"]
    if not rows:
        return None
    named = _some([one.name for one in rows])
    return f"{len(rows)} 项超过配置上限（{named}）：不再新增，先内部调剂，或按规定处置"


def _some(names: list[str]) -> str:
    return "、".join(names[:3]) + ("等" if len(names) > 3 else "")


def _nothing_asked(report: Report) -> str | None:
    rates = report.coverage
    if rates.applicable or rates.unrecorded or rates.undecided:
        return None
    return "标准里没有适用于本单位、可以核查的必配项，请核对用的标准和本单位的层级、人数等情况"


def _open(report: Report) -> str | None:
    count = report.coverage.undecided
    return f"标准还有 {count} 项待定，请在标准文件里写明后再核查" if count else None


def _still_in_review(report: Report) -> str | None:
    if not report.review:
        return None
    return (
        f"已无缺口；还有 {len(report.review)} 行名称待复核，运行 equipcheck match --review 复核.xlsx 逐项确认"
    )


def _missing(one: Finding) -> bool:
    return bool(one.gap) and one.obligation == "required" and not (one.waiver and one.waiver.in_force)


def _rejected(report: Report) -> str | None:
    if not report.rejected:
        return None
    first = report.rejected[0]
    return f"台账有 {len(report.rejected)} 行读不懂（如 {first.ref}：{first.note}），请先改正"


def _review(report: Report) -> str | None:
    useful = {row.ref for one in report.findings if one.gap for row in one.candidates}
    if not useful:
        return None
    total = len(report.review)
    return (
        f"台账里有 {len(useful)} 行可能正是所缺的装备（待复核共 {total} 行），"
        "运行 equipcheck match --review 复核.xlsx 逐项确认，无需花钱就可能补上缺口"
    )


def _of_reason(one: Finding, reason: str) -> int:
    return sum(asset.out for asset in with_units(one.assets, "out") if asset.excluded == reason)


def _expired(report: Report) -> str | None:
    lapsed = [
        (one.name, units)
        for one in report.findings
        if _missing(one) and (units := min(one.gap, _of_reason(one, "verification_expired")))
    ]
    if not lapsed:
        return None
    units = sum(number for _, number in lapsed)
    return f"{units} 台检定过期的仪器送检后即可计入（{_some([name for name, _ in lapsed])}），先送检再谈购置"


def _unverified(report: Report) -> str | None:
    rows = [one for one in report.findings if one.obligation == "required" and one.unsure]
    if not rows:
        return None
    return f"{len(rows)} 项的仪器没有登记检定有效期，补登检定台账（as: verification）后才能确认达标"


def _unrecorded(report: Report) -> str | None:
    rows = [one for one in report.findings if one.status == "unrecorded"]
    short = [one for one in report.findings if _missing(one) and one.status != "unrecorded"]
    if not rows or short:
        return None
    return f"{len(rows)} 项通常不入固定资产台账，请补充低值易耗品清单（as: supplement）"
