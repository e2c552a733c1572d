"""The rows that the terminal, Markdown and other tables share: the same cells in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from equipcheck.checking.results import Finding, OpenRow, Rates, Report
from equipcheck.problems import title
from equipcheck.problems.notes import Note
from equipcheck.report import words
from equipcheck.report.columns import Column, Columns
from equipcheck.standard.bureau import FACT_NAMES, FACT_UNITS
from equipcheck.standard.words import value_in_words

TOTAL = "合计（必配）"
MOST_ROWS = 200
"""Rows that a page shows of a list; a workbook and JSON hold them all."""
NO_CATEGORY = "未分类"
IN_COVERAGE = ("met", "surplus", "short", "absent", "over", "unverified")


def groups(report: Report) -> list[tuple[str, list[Finding]]]:
    """The findings as they are shown: attested rows first, assumed ones as 参考清单; inapplicable ones left out."""
    shown = [one for one in report.findings if one.status != "not_applicable"]
    attested = [one for one in shown if one.source.kind == "attested"]
    assumed = [one for one in shown if one.source.kind == "assumed"]
    parts = [("标准有据的装备", attested), ("参考清单（种类为推定，不作为标准要求）", assumed)]
    return [(title, rows) for title, rows in parts if rows]


def remark(one: Finding) -> str:
    """Why units do not count, what is uncertain, which rows of the ledger might be meant."""
    parts = []
    why = words.why_not(one)
    if why:
        parts += words.balance(one) if one.gap else [why]
    if one.status == "unrecorded":
        parts.append("台账一般不含，请补充清单")
    if one.missing_facts:
        parts.append(f"缺“{'、'.join(FACT_NAMES.get(fact, fact) for fact in one.missing_facts)}”")
    elif one.status == "undecided":
        parts.append(f"标准此行待定：{one.rule}")
    if one.candidates:
        parts.append(
            f"台账里有“{words.names(dict.fromkeys(row.name for row in one.candidates))}”，是否即此项？"
        )
    if one.unread:
        parts.append(
            f"台账里的“{words.names(dict.fromkeys(row.name for row in one.unread))}”读不懂，没有计入"
        )
    if one.waiver is not None:
        state = "" if one.waiver.in_force else "（已到期）"
        parts.append(f"情况说明{state}：{one.waiver.reason}（至 {one.waiver.until}）")
    return "；".join(parts)


_FINDING: Columns[Finding] = (
    Column("装备名称", lambda one: one.name if one.obligation == "required" else f"{one.name}（选配）", 24),
    Column("要求", lambda one: words.number(one.required), kind="count"),
    Column("持有", lambda one: one.held, kind="count"),
    Column("可用", lambda one: one.usable, kind="count"),
    Column("计入", lambda one: one.counted, kind="count"),
    Column(words.HELPED, lambda one: one.helped, kind="count"),
    Column("缺口", lambda one: one.gap, kind="count"),
    Column("结论", lambda one: words.STATUS[one.status], kind="word"),
    Column("依据", lambda one: words.trust(one.source), kind="word"),
    Column("说明", remark, kind="rest"),
)


def any_helped(rows: Sequence[Finding]) -> bool:
    """Whether anything comes from services, pools or loans: else there is no column for it."""
    return any(one.helped for one in rows)


def findings(rows: Sequence[Finding]) -> Columns[Finding]:
    """The columns of a table of findings."""
    return [one for one in _FINDING if one.head != words.HELPED or any_helped(rows)]


NOTES: Columns[tuple[str | None, str]] = (
    Column("位置", lambda at: at[0] or "", 34),
    Column("内容", lambda at: at[1], 98, span=3),
)


def open_rows(report: Report, place: str = "位置") -> Columns[OpenRow]:
    """Rows of the ledger that are no kind for certain, and what they might be."""
    return (
        Column(place, lambda row: row.ref, 34),
        Column("名称", lambda row: row.name, 34),
        Column("数量", lambda row: row.quantity, 8, "count"),
        Column("可能是", lambda row: "、".join(guesses(report, row)), 56),
    )


def guesses(report: Report, row: OpenRow) -> list[str]:
    """The kinds that a row's name might mean, the likeliest first."""
    return [report.kind_names.get(one.kind, one.kind) for one in row.suggestions[:3]]


def head(report: Report) -> list[tuple[str, str]]:
    """On what the report rests, as (label, text)."""
    day = "" if report.as_of_given else "（未写明，按今天）"
    pairs = [
        ("标准", standard_line(report)),
        ("截至", f"{report.as_of}{day}"),
        ("单位", facts_line(report)),
    ]
    return pairs + ([("选项改动", "；".join(report.overrides))] if report.overrides else [])


def facts_line(report: Report) -> str:
    """「县级，西部，执法人员17人，执法车辆3辆」"""
    parts = []
    for name, value in report.bureau.items():
        if name == "name" or value is None:
            continue
        label = "" if name in ("level", "region") else FACT_NAMES.get(name, name)
        parts.append(f"{label}{value_in_words(name, value)}{FACT_UNITS.get(name, '')}")
    return "，".join(parts)


def standard_line(report: Report) -> str:
    """「《…》 环办执法〔2024〕27号（enforcement-2024，县级，2024 年起适用）」"""
    one = report.standard
    limit = "配备下限" if one["limit"] == "floor" else "配置上限"
    start = (
        f"{one['effective']}{'年' if one['year_only'] else ''}起施行" if one["effective"] else "施行日期不详"
    )
    inside = "，".join(part for part in (one["id"], one["column"], limit, start) if part)
    return f"《{one['title']}》 {one['document'] or '文号未查到'}（{inside}）"


def trust_lines(report: Report) -> list[str]:
    """On what the numbers rest; an estimate is never called the standard's number."""
    trust = report.trust
    total = trust["official"] + trust["reprint"] + trust["estimate"]
    if not total:
        return ["没有可核查的必配项"]
    quantity = "、".join(f"{word} {trust[key]} 项" for key, word in words.TRUST.items())
    lines = [
        f"计入核查的必配项 {total} 项：数量依据{quantity}；种类有据 {trust['attested']} 项、推定 {trust['assumed']} 项"
    ]
    lines += [f"{line}，不能据以签字" for line in unproven_lines(report)]
    if trust["estimate"]:
        lines.append(words.ESTIMATE)
    if report.standard["open_rows"]:
        lines.append(f"标准文件还有 {len(report.standard['open_rows'])} 行有待确定之处")
    return lines


UNPROVEN = {
    "unsigned": "标准文件没有两人核对的签字",
    "changed": "标准文件在两人核对签字之后改过",
}


def unproven_lines(report: Report) -> list[str]:
    """「其中 4 项写作正式文本，标准文件没有两人核对的签字」, a line a reason."""
    lines = []
    for why, told in UNPROVEN.items():
        rows = [one for one in report.findings if one.source.unproven == why and in_coverage(one)]
        if rows:
            lines.append(f"其中 {len(rows)} 项写作正式文本，但{told}")
    return lines


def coverage_lines(report: Report) -> list[str]:
    """达标率 and 数量配备率, both, as a range where validity is unknown; attested rows in the headline."""
    lines = []
    if report.standard["limit"] == "ceiling":
        return [_ceiling("全部", report.coverage)]
    if report.trust["assumed"] or report.attested != report.coverage:
        lines += [_rates("标准有据的装备", report.attested), _rates("连同参考清单", report.coverage)]
    else:
        lines.append(_rates("必配装备", report.coverage))
    if told := unsure_line(report.findings):
        lines.append(told)
    lines.append(
        "达标率＝达标项数÷适用的必配项数，数量配备率＝Σ可计入的件数÷Σ要求的件数；两种算法均为本工具口径"
    )
    return lines


def unsure(rows: Sequence[Finding]) -> list[Finding]:
    """Rows that are called met because there are more units than needed, of which too few are surely valid."""
    return [one for one in rows if in_coverage(one) and one.status == "surplus" and one.unsure]


def unsure_line(rows: Sequence[Finding]) -> str:
    """「达标的项里有 1 项要靠有效期未登记的仪器：酸度计2部」, or nothing."""
    found = unsure(rows)
    named = words.names(f"{one.name}{one.unsure}{one.unit or '件'}" for one in found)
    return (
        f"达标的项里有 {len(found)} 项要靠有效期未登记的仪器：{named}，补登或送检后才能确认" if found else ""
    )


def _rates(title: str, rates: Rates) -> str:
    if not rates.applicable:
        return f"{title}：没有适用的必配项"
    text = f"{title}：达标率 {words.span(rates)}（{rates.met}/{rates.applicable}）"
    text += f"，数量配备率 {words.share(rates.by_quantity)}"
    apart = [
        f"{count} 项{label}"
        for count, label in ((rates.unrecorded, "台账未登记"), (rates.undecided, "待定"))
        if count
    ]
    return text + (f"；另有 {'、'.join(apart)}，不在内" if apart else "")


def _ceiling(title: str, rates: Rates) -> str:
    return f"{title}：{rates.met}/{rates.applicable} 项在限额以内（{words.share(rates.by_kind)}）"


class Total(NamedTuple):
    """Units of the required rows behind the coverage: of a floor, needed = counted + helped + missing."""

    needed: int
    counted: int
    helped: int
    missing: int
    remark: str


def totals(rows: Sequence[Finding]) -> Total:
    """The sums beneath a table of findings."""
    ours = [one for one in rows if one.obligation == "required" and one.required is not None]
    apart = any(one.status == "unrecorded" for one in rows)
    ours = [one for one in ours if one.status != "unrecorded"]
    return Total(
        sum(one.required or 0 for one in ours),
        sum(one.counted for one in ours),
        sum(one.helped for one in ours),
        sum(one.gap for one in ours),
        "不含台账未登记的各项" if apart else "",
    )


def total_cells(rows: Sequence[Finding]) -> tuple[str, ...]:
    """The last line of a table of these columns."""
    total = totals(rows)
    said = {
        "装备名称": TOTAL,
        "要求": total.needed,
        "计入": total.counted,
        words.HELPED: total.helped,
        "缺口": total.missing,
        "说明": total.remark,
    }
    return tuple(str(said.get(one.head, "")) for one in findings(rows))


def grouped(notes: Sequence[Note], most: int = 3) -> list[str]:
    """Notes as lines: those of one kind that are many are told together, with their first places."""
    by_code: dict[str, list[Note]] = {}
    for note in notes:
        by_code.setdefault(note.code, []).append(note)
    lines = []
    for code, ours in by_code.items():
        if len(ours) <= most:
            lines += [f"{note.ref}  {note.note}" if note.ref else note.note for note in ours]
        else:
            places = "、".join(_short_places([note.ref for note in ours if note.ref])[:most])
            lines.append(f"{title(code)} {len(ours)} 处（{places} 等）；例：{ours[0].note}")
    return lines


def _short_places(refs: Sequence[str]) -> list[str]:
    """Places without their file where all are in one and a sheet is named: 「Sheet1!3」, but 「台账.csv#3」."""
    parts = [ref.partition("#") for ref in refs]
    short = len({file for file, _, _ in parts}) == 1 and all("!" in place for _, _, place in parts)
    return [place if short else ref for ref, (_, _, place) in zip(refs, parts, strict=True)]


def books_line(report: Report) -> str:
    """「台账 61 行 118 件＝计入…＋有余…」"""
    rows, units = report.accounting.rows, report.accounting.units
    parts = [f"{words.PLACE[name]}{rows[name]}行{units[name]}件" for name in words.places(rows, units)]
    return f"台账 {rows['read']} 行 {units['read']} 件 ＝ {' ＋ '.join(parts) or '0'}（账目相符）"


class Bar(NamedTuple):
    """A category's units: required, usable, what fills the requirement (with services), missing, above it."""

    category: str
    required: int
    usable: int
    filled: int
    gap: int
    surplus: int
    rows: tuple[Finding, ...]


def in_coverage(one: Finding) -> bool:
    """Whether the rates speak of a row."""
    return one.obligation == "required" and one.status in IN_COVERAGE


def by_category(rows: Sequence[Finding]) -> list[Bar]:
    """The required rows behind the coverage, summed by category in the standard's order."""
    grouped: dict[str, list[Finding]] = {}
    for one in rows:
        if in_coverage(one):
            grouped.setdefault(one.category or NO_CATEGORY, []).append(one)
    return [
        Bar(
            category,
            sum(one.required or 0 for one in ours),
            sum(one.usable for one in ours),
            sum(one.counted + one.helped for one in ours),
            sum(one.gap for one in ours),
            sum(one.surplus for one in ours),
            tuple(ours),
        )
        for category, ours in grouped.items()
    ]


def bars_in_words(bars: Sequence[Bar], *, ceiling: bool) -> str:
    """What a picture of the categories says: 「交通装备要求 7、可用 5、缺口 2；…」."""
    return "；".join(
        f"{one.category}{'上限' if ceiling else '要求'} {one.required}、可用 {one.usable}、"
        f"{'超出' if ceiling else '缺口'} {one.surplus if ceiling else one.gap}"
        for one in bars
    )
