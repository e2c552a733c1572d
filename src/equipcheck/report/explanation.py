"""`explain`: from the standard's row and its source, through the rule, to each asset counted or not."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from equipcheck.checking.results import AssetUse, Finding, Report
from equipcheck.problems import InputError, Problem
from equipcheck.report import tables, words


def find(report: Report, item: str) -> list[Finding]:
    """The findings an item means: by id, name, kind id or kind name. Raises InputError with near matches."""
    wanted = item.strip()
    names = report.kind_names
    for words_of in (_names, lambda one: {*one.kinds, *(names.get(kind) for kind in one.kinds)}):
        found = [one for one in report.findings if wanted in words_of(one)]
        if found:
            return found
    found = [one for one in report.findings if wanted and wanted in one.name]
    if found:
        return found
    known = [word for one in report.findings for word in (one.requirement, one.name)]
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.4)
    hint = f"，是否为“{'”“'.join(near)}”？" if near else ""
    reason = f"没有名为“{item}”的配备要求{hint}。全部条目见 equipcheck standards show {report.standard['id']}"
    raise InputError(Problem("bad-usage", args={"reason": reason}))


def _names(one: Finding) -> set[str | None]:
    return {one.requirement, one.name}


def render(report: Report, item: str) -> str:
    """The explanation as text."""
    return "\n\n".join(_one(report, finding) for finding in find(report, item)) + "\n"


def _one(report: Report, one: Finding) -> str:
    lines = [f"{one.name}（{one.requirement}）：{words.STATUS[one.status]}", "", "标准"]
    lines += _indent(_standard(report, one))
    lines += ["", "测算", *_indent(_sums(report, one))]
    for title, rows in _assets(one):
        lines += [
            "",
            f"{title} {len(rows)} 行",
            *_indent(line for row in rows for line in _asset(report, row)),
        ]
    if one.services:
        lines += ["", "服务、统调、借用"]
        lines += _indent(
            f"{words.HOW[s.how]} {s.quantity}{one.unit or ''}，{s.by or '提供方未写明'}，"
            f"{s.paper or '依据未写明'}，{f'至 {s.until}' if s.until else '未写到期日'}"
            for s in one.services
        )
    if one.candidates:
        lines += [
            "",
            "可能就是此项，等待确认",
            *_indent(f"{row.ref}  {row.name}  {row.quantity}件" for row in one.candidates),
        ]
    if one.actions:
        lines += ["", "怎样补齐", *_indent(_actions(one))]
    if one.waiver is not None:
        state = "有效" if one.waiver.in_force else "已到期"
        lines += ["", f"情况说明（{state}，至 {one.waiver.until}）：{one.waiver.reason}"]
    return "\n".join(lines)


def _actions(one: Finding) -> list[str]:
    """Each step with its cost and reason, then how urgent the gap is and why."""
    marks = {"alternative": "（备选）", "verify": "（确认有效期）"}
    lines = [
        f"{words.ACTION[step.action]}{marks.get(step.role, '')} {step.quantity}{one.unit or '件'}，"
        f"{'待询价' if step.cost is None else f'{words.yuan(step.cost)} 元'}：{step.because}"
        for step in one.actions
    ]
    if one.priority is not None:
        lines.append(
            f"先后：第 {one.priority.rank} 位，{one.priority.score} 分（{'，'.join(one.priority.because)}）"
        )
    return lines


def _standard(report: Report, one: Finding) -> list[str]:
    source = one.source
    kinds = "、".join(f"{report.kind_names.get(kind, kind)}（{kind}）" for kind in one.kinds) or "未确定"
    lines = [
        tables.standard_line(report),
        f"位置：{source.place or '未注明'}",
        f"可信度：数量为{words.TRUST[source.status]}，种类{words.KIND_TRUST[source.kind]}"
        + ("；数量是估计，不是标准原文的数量" if source.status == "estimate" else ""),
    ]
    lines += [f"依据：{source.note}"] if source.note else []
    lines += [f"出自：{source.origin}"] if source.origin else []
    lines += [f"注：{one.note}"] if one.note else []
    service = "；允许以第三方服务满足" if one.service_allowed else ""
    return [*lines, f"满足此项的种类：{kinds}", f"{words.OBLIGATION[one.obligation]}{service}"]


def _sums(report: Report, one: Finding) -> list[str]:
    lines = [f"规则：{one.rule}", f"截至 {report.as_of}"]
    if one.missing_facts:
        lines.append(f"缺少：{'、'.join(one.missing_facts)}")
    if one.required is None:
        return [*lines, f"持有 {one.held}，可用 {one.usable}"]
    ceiling = report.standard["limit"] == "ceiling"
    end = f"缺口 {one.gap}" if not ceiling else f"超出 {one.surplus}"
    serviced = f" ＋ 服务等 {one.serviced}" if one.serviced else ""
    return [
        *lines,
        f"{'上限' if ceiling else '要求'} {one.required}；持有 {one.held}，可用 {one.usable}",
        f"计入 {one.counted}{serviced}，有余 {one.surplus}，{end}",
    ]


def _assets(one: Finding) -> list[tuple[str, list[AssetUse]]]:
    parts = [
        ("计入", [row for row in one.assets if row.counted or not (row.surplus or row.excluded)]),
        ("有余", [row for row in one.assets if row.surplus and not row.counted]),
        ("不计入", [row for row in one.assets if row.excluded]),
    ]
    return [(title, rows) for title, rows in parts if rows]


def _asset(report: Report, row: AssetUse) -> list[str]:
    model = f" {row.model}" if row.model else ""
    number = f" 编号{row.asset_no}" if row.asset_no else ""
    counts = [f"计入{row.counted}"] if row.counted else []
    counts += [f"有余{row.surplus}"] if row.surplus else []
    counts += [f"不计入{row.out}：{words.REASON[row.excluded]}"] if row.excluded else []
    flags = [words.FLAG[flag] for flag in row.flags]
    until = [f"有效期至 {row.valid_until}"] if row.valid_until else []
    until += [f"上次检定 {row.checked_on}"] if row.checked_on else []
    head = f"{row.ref}  {row.name}{model}{number}  {row.quantity}件  {'，'.join([*counts, *flags, *until])}"
    return [head, *(f"    {line}" for line in _evidence(report, row))]


def _evidence(report: Report, row: AssetUse) -> list[str]:
    lines = []
    if row.match is not None:
        name = report.kind_names.get(row.kind, row.kind)
        said = "".join(f"；{one}" for one in row.match.evidence)
        lines.append(f"对应：{name}（{words.METHOD[row.match.method]}，{row.match.score:.2f}）{said}")
        others = [one for one in row.match.suggestions if one.kind != row.kind][:3]
        if others:
            near = "、".join(f"{report.kind_names.get(one.kind, one.kind)} {one.score:.2f}" for one in others)
            lines.append(f"其次：{near}")
    if row.extra:
        lines.append(f"其他列：{'；'.join(f'{column}：{value}' for column, value in row.extra)}")
    return lines


def _indent(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]
