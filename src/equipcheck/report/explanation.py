"""`explain`: from the standard's row and its source, through the rule, to each asset counted or not."""

from __future__ import annotations

from collections.abc import Iterable

from equipcheck.checking.results import Action, AssetUse, Finding, Report
from equipcheck.problems import InputError, Problem
from equipcheck.problems.nearby import nearest
from equipcheck.project.arrangements import HOW
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
    near = nearest(wanted, known, likeness=0.4, most=3)
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
    lines += _indent(_joined(standard_pairs(report, one)))
    lines += ["", "测算", *_indent(_joined(sum_pairs(report, one)))]
    for title, rows in asset_groups(one):
        lines += [
            "",
            f"{title} {len(rows)} 行",
            *_indent(line for row in rows for line in _asset(report, row)),
        ]
    if one.services:
        lines += ["", "服务、统调、借用"]
        lines += _indent(service_lines(one))
    if one.candidates:
        lines += [
            "",
            "可能就是此项，等待确认",
            *_indent(f"{row.ref}  {row.name}  {row.quantity}件" for row in one.candidates),
        ]
    if one.unread:
        lines += [
            "",
            "读不懂的行（可能就是此项），没有计入",
            *_indent(f"{row.ref}  {row.name}" for row in one.unread),
        ]
    if one.actions:
        lines += ["", "怎样补齐", *_indent(_actions(one))]
    if one.waiver is not None:
        lines += ["", waiver_line(one)]
    return "\n".join(lines)


def _joined(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{label}：{text}" if label else text for label, text in pairs]


def service_lines(one: Finding) -> list[str]:
    """「第三方服务 1台，某公司，合同1号，至 2024-06-30」, a line an arrangement."""
    return [
        f"{HOW[s.how]} {s.quantity}{one.unit or ''}，{s.by or '提供方未写明'}，"
        f"{s.paper or '依据未写明'}，{f'至 {s.until}' if s.until else '未写到期日'}"
        for s in one.services
    ]


def waiver_line(one: Finding) -> str:
    """「情况说明（有效，至 2024-12-31）：…」, or nothing."""
    if one.waiver is None:
        return ""
    state = "有效" if one.waiver.in_force else "已到期"
    return f"情况说明（{state}，至 {one.waiver.until}）：{one.waiver.reason}"


def action_name(step: Action) -> str:
    """「购置」, 「第三方服务（备选）」, 「购置（先核编制，暂不列入）」."""
    marks = {
        "alternative": "（备选）",
        "verify": "（确认有效期）",
        "quota": "（先核编制，暂不列入）",
        "unrecorded": "（先补充清单，暂不列入）",
    }
    return f"{words.ACTION[step.action]}{marks.get(step.blocked or step.role, '')}"


def priority_line(one: Finding) -> str:
    """「先后：第 1 位，92.9 分（…）」, or nothing where there is no gap."""
    if one.priority is None:
        return ""
    return f"先后：第 {one.priority.rank} 位，{one.priority.score} 分（{'，'.join(one.priority.because)}）"


def action_lines(one: Finding) -> list[str]:
    """「购置 2套，8,000 元：…」, a line a step."""
    return [
        f"{action_name(step)} {step.quantity}{one.unit or '件'}，"
        f"{'待询价' if step.cost is None else f'{words.yuan(step.cost)} 元'}：{step.because}"
        for step in one.actions
    ]


def _actions(one: Finding) -> list[str]:
    """Each step with its cost and reason, then how urgent the gap is and why."""
    lines = action_lines(one)
    return [*lines, priority_line(one)] if one.priority is not None else lines


def standard_pairs(report: Report, one: Finding) -> list[tuple[str, str]]:
    """What the standard says and how far it can be trusted, as (label, text); some lines have no label."""
    source = one.source
    kinds = "、".join(f"{report.kind_names.get(kind, kind)}（{kind}）" for kind in one.kinds) or "未确定"
    estimate = "；数量是估计，不是标准原文的数量" if source.status == "estimate" else ""
    pairs = [
        ("", tables.standard_line(report)),
        ("位置", source.place or "未注明"),
        ("可信度", f"数量为{words.trust(source)}，种类{words.KIND_TRUST[source.kind]}{estimate}"),
        ("依据", source.note or ""),
        ("出自", source.origin or ""),
        ("注", one.note or ""),
        ("满足此项的种类", kinds),
        ("", f"{words.OBLIGATION[one.obligation]}{'；允许以第三方服务满足' if one.service_allowed else ''}"),
    ]
    return [(label, text) for label, text in pairs if text]


def sum_pairs(report: Report, one: Finding) -> list[tuple[str, str]]:
    """The rule with this bureau's numbers and what came of it, as (label, text)."""
    pairs = [("规则", one.rule), ("", f"截至 {report.as_of}")]
    if one.missing_facts:
        pairs.append(("缺少", "、".join(one.missing_facts)))
    if one.required is None:
        return [*pairs, ("", f"持有 {one.held}，可用 {one.usable}")]
    ceiling = report.standard["limit"] == "ceiling"
    end = f"缺口 {one.gap}" if not ceiling else f"超出 {one.surplus}"
    serviced = f" ＋ 服务等 {one.serviced}" if one.serviced else ""
    return [
        *pairs,
        ("", f"{'上限' if ceiling else '要求'} {one.required}；持有 {one.held}，可用 {one.usable}"),
        ("", f"计入 {one.counted}{serviced}，有余 {one.surplus}，{end}"),
    ]


def asset_groups(one: Finding) -> list[tuple[str, list[AssetUse]]]:
    """The ledger rows of a finding: those that count, that are left over, that do not count."""
    parts = [
        ("计入", [row for row in one.assets if row.counted or not (row.surplus or row.excluded)]),
        ("有余", [row for row in one.assets if row.surplus and not row.counted]),
        ("不计入", [row for row in one.assets if row.excluded]),
    ]
    return [(title, rows) for title, rows in parts if rows]


def _asset(report: Report, row: AssetUse) -> list[str]:
    model = f" {row.model}" if row.model else ""
    number = f" 编号{row.asset_no}" if row.asset_no else ""
    said = "，".join([*fates(row), *marks(row)])
    head = f"{row.ref}  {row.name}{model}{number}  {row.quantity}件  {said}"
    return [head, *(f"    {line}" for line in match_lines(report, row))]


def fates(row: AssetUse) -> list[str]:
    """Where the row's units went: 「计入1」「有余1」「不计入2：检定过期」."""
    counts = [f"计入{row.counted}"] if row.counted else []
    counts += [f"有余{row.surplus}"] if row.surplus else []
    return counts + ([f"不计入{row.out}：{words.REASON[row.excluded]}"] if row.excluded else [])


def marks(row: AssetUse) -> list[str]:
    """What is to be known of the row's units: flags and dates."""
    until = [f"有效期至 {row.valid_until}"] if row.valid_until else []
    until += [f"上次检定 {row.checked_on}"] if row.checked_on else []
    return [*(words.FLAG[flag] for flag in row.flags), *until]


def match_lines(report: Report, row: AssetUse) -> list[str]:
    """How the row's name came to its kind, what else it might have been, columns not recognised."""
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
