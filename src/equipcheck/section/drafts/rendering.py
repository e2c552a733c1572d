"""The check of a drafted report, as JSON, Markdown and text for people."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from equipcheck import __version__
from equipcheck.checking.results import Finding, Report
from equipcheck.ground.inputs import sha256
from equipcheck.report.json_ import dump
from equipcheck.report.markdown import escape, grid
from equipcheck.section.drafts import explaining

if TYPE_CHECKING:
    from equipcheck.section.drafts.check import DraftCheck

VERDICT = {"agrees": "相符", "contradicts": "不符", "unknown": "无从核对"}
ABOUT = {"missing": "缺配", "held": "持有", "number": "数量", "rate": "比率", "standard": "标准"}
_COLOUR = {"agrees": "green", "contradicts": "red", "unknown": "yellow"}
_ORDER = ("contradicts", "unknown", "agrees")


def as_json(found: DraftCheck, report: Report, draft: Path, *, explain: bool = False) -> str:
    """The result as programs read it. `explain` adds how each clause was read."""
    return dump(
        {
            "format": 1,
            "tool": {"name": "equipcheck", "version": __version__},
            "as_of": report.as_of.isoformat(),
            "standard": {key: report.standard[key] for key in ("id", "title", "document", "limit")},
            "draft": {"path": draft.name, "sha256": sha256(draft)},
            "inputs": [{"path": one.path, "sha256": one.sha256, "role": one.role} for one in report.inputs],
            "claims": [
                {
                    "requirement": one.requirement,
                    "kind": one.kind,
                    "about": one.about,
                    "text": one.text,
                    "place": one.place,
                    "verdict": one.verdict,
                    "because": one.because,
                }
                for one in found.claims
            ],
            "omitted": [one.requirement for one in found.omitted],
            "omitted_rows": [
                {"requirement": one.requirement, "name": one.name, "gap": one.gap, "kind": one.source.kind}
                for one in found.omitted
            ],
            "unanswered": [
                {"problem": one.problem, "place": one.place, "because": one.because}
                for one in found.unanswered
            ],
            **({"readings": explaining.as_data(found.readings)} if explain else {}),
            "ok": found.ok,
        }
    )


def as_markdown(found: DraftCheck, report: Report, draft: Path, *, explain: bool = False) -> str:
    """The result as Markdown. `explain` adds how each clause was read."""
    parts = [f"# 核对“{escape(draft.name)}”", escape(_basis(report)), f"**{_summary(found)}**"]
    if found.claims:
        rows = [
            (
                one.place,
                VERDICT[one.verdict],
                _subject(one.requirement, report),
                ABOUT[one.about],
                one.text,
                one.because,
            )
            for one in found.claims
        ]
        parts += ["## 文中的说法", grid(("位置", "结果", "装备", "内容", "原文", "依据"), rows)]
    if found.omitted:
        parts += ["## 文中没有提到的缺口", "\n".join(f"- {escape(one)}" for one in _omitted(found))]
    if found.unanswered:
        rows_ = [(one.place, one.problem, one.because) for one in found.unanswered]
        parts += ["## 没有对应措施的问题", grid(("位置", "问题", "说明"), rows_)]
    if explain and found.readings:
        parts += ["## 各句读法", explaining.as_table(found.readings)]
    return "\n\n".join(parts) + "\n"


def as_text(found: DraftCheck, report: Report, draft: Path, *, colour: bool, explain: bool = False) -> str:
    """The result for the terminal: what is wrong first."""

    def paint(text: str, name: str) -> str:
        return click.style(text, fg=name) if colour else text

    lines = [f"核对“{draft.name}”", _basis(report)]
    for verdict in _ORDER:
        claims = [one for one in found.claims if one.verdict == verdict]
        if claims:
            lines += ["", f"{paint(VERDICT[verdict], _COLOUR[verdict])}（{len(claims)} 处）"]
        for (place, text), same in itertools.groupby(claims, key=lambda one: (one.place, one.text)):
            lines.append(f"  {place}  {text}")
            lines += [f"    {_subject(one.requirement, report)}：{one.because}" for one in same]
    if found.omitted:
        title = paint("遗漏", "red") + "：" if found.left_out else ""
        lines += ["", f"{title}文中没有提到的缺口（{len(found.omitted)} 项）"]
        lines += [f"  {one}" for one in _omitted(found)]
    if found.unanswered:
        lines += ["", f"{paint('没有对应措施的问题', 'red')}（{len(found.unanswered)} 处）"]
        for problem in found.unanswered:
            lines += [f"  {problem.place}  {problem.problem}", f"    {problem.because}"]
    if explain and found.readings:
        lines += ["", "各句读法", *explaining.as_lines(found.readings)]
    return "\n".join([*lines, "", _summary(found)]) + "\n"


def _basis(report: Report) -> str:
    return f"对照截至 {report.as_of} 的台账核查结果，标准：{report.standard['title']}"


def _subject(requirement: str | None, report: Report) -> str:
    found = next((one.name for one in report.findings if one.requirement == requirement), None)
    return found or "装备整体或其他"


def _omitted(found: DraftCheck) -> list[str]:
    """One line each for kinds with a public basis, one folded line for the assumed ones."""
    assumed = [one for one in found.omitted if one.source.kind != "attested"]
    lines = [_gap(one) for one in found.left_out]
    if assumed:
        listed = "、".join(_gap(one) for one in assumed)
        lines.append(f"推定种类{len(assumed)}项（仅列入参考清单，对外文稿可以不提）：{listed}")
    return lines


def _gap(one: Finding) -> str:
    note = "（台账一般不含，先补充清单核实）" if one.status == "unrecorded" else ""
    return f"{one.name}缺{one.gap}{one.unit or '台'}{note}"


def _summary(found: DraftCheck) -> str:
    wrong = sum(one.verdict == "contradicts" for one in found.claims)
    open_ = sum(one.verdict == "unknown" for one in found.claims)
    if found.ok:
        tail = f"，{open_} 处无从核对" if open_ else ""
        tail += f"；推定种类的缺口 {len(found.omitted)} 项没有提到" if found.omitted else ""
        return f"核对 {len(found.claims)} 处说法，没有不符、遗漏或没有措施的问题{tail}。"
    return (
        f"核对 {len(found.claims)} 处说法：不符 {wrong} 处，无从核对 {open_} 处，"
        f"遗漏缺口 {len(found.left_out)} 项，没有对应措施的问题 {len(found.unanswered)} 处。"
    )
