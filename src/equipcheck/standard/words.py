"""What bureaus call the parts of a standard."""

from __future__ import annotations

from equipcheck.ground.closed_words import in_chinese
from equipcheck.standard.bureau import FACT_NAMES, USUAL, as_text
from equipcheck.standard.model import Column, Condition, Requirement, Source, Standard, When

LIMITS = in_chinese("limit")
OBLIGATIONS = in_chinese("obligation")
STATUSES = in_chinese("status")
KIND_TRUST = in_chinese("trust")
VALUES = {name: {code: said[0] for code, said in words.items()} for name, words in USUAL.items()}
PARTS = {
    "name": "名称",
    "category": "类别",
    "kinds": "装备种类",
    "unit": "计量单位",
    "obligation": "必配或选配",
    "quantity": "数量",
    "when": "适用条件",
    "service": "第三方服务",
    "price_limit": "单价上限",
    "life_years": "使用年限",
    "parameters": "技术参数",
    "note": "说明",
    "source.document": "依据文号",
    "source.status": "数量的依据",
    "source.kind": "种类的依据",
    "source.note": "依据说明",
}


def value_in_words(fact: str, value: object) -> str:
    """A fact's value as people say it (county: 县级)."""
    text = as_text(value) if isinstance(value, str | int) else str(value)
    return VALUES.get(fact, {}).get(text) or {"true": "是", "false": "否"}.get(text, text)


def when_in_words(when: When) -> str:
    """Conditions in words: 「执法车辆不少于1，层级为县级」."""
    return "，".join(_condition(fact, condition) for fact, condition in when.items())


def _condition(fact: str, condition: Condition) -> str:
    name = FACT_NAMES.get(fact, fact)
    if condition.values is not None:
        return f"{name}为{'或'.join(value_in_words(fact, value) for value in condition.values)}"
    low = "" if condition.min is None else f"不少于{condition.min}"
    high = "" if condition.max is None else f"不超过{condition.max}"
    return f"{name}{low}{'、' if low and high else ''}{high}"


def trust_in_words(source: Source) -> str:
    """How far a row can be trusted: 「估计，种类推定」."""
    kind = "" if source.kind == "attested" else "，种类推定"
    return STATUSES[source.status] + kind


def remarks(row: Requirement, columns: tuple[Column, ...]) -> list[str]:
    """Everything a row says beside its numbers, one sentence each."""
    found = [row.note] if row.note else []
    if row.when:
        found.append(f"只适用于{when_in_words(row.when)}的机构")
    if row.service:
        found.append("可由第三方服务满足")
    if row.price_limit is not None:
        found.append(f"单价上限{row.price_limit:f}元")
    if row.life_years is not None:
        found.append(f"使用年限{row.life_years}年")
    if row.parameters:
        found.append(f"技术参数：{row.parameters}")
    found += _rule_notes(row, columns)
    if not row.kinds:
        found.append("装备种类待定")
    if row.source.note:
        found.append(f"依据：{row.source.note}")
    return [" ".join(text.split()) for text in found]


def _rule_notes(row: Requirement, columns: tuple[Column, ...]) -> list[str]:
    """Notes of rules, each once with the columns it stands in."""
    where: dict[str, list[str]] = {}
    for column in columns:
        rule = row.quantity.get(column.id)
        if rule is not None and rule.note:
            where.setdefault(rule.note, []).append(column.label)
    named = len(columns) > 1
    return [f"{'、'.join(labels)}：{note}" if named else note for note, labels in where.items()]


def head_lines(standard: Standard) -> list[str]:
    """What stands above the table: title, number, dates, and how many rows rest on what."""
    start = "未写明" if standard.in_force_from is None else str(standard.in_force_from)
    if standard.year_only:
        start = f"{standard.effective}年（只知年份，按{standard.effective}年1月1日起适用）"
    lines = [
        f"{standard.title}（{standard.id}）",
        f"文号：{standard.document or '未查到'}；施行：{start}；数量性质：{LIMITS[standard.limit]}",
        trust_line(standard),
    ]
    if standard.verified is not None:
        by = standard.verified.by
        names = by if isinstance(by, str) else "、".join(by)
        lines.append(f"已与原文核对：{standard.verified.on}，核对人 {names}")
    if standard.note:
        lines += standard.note.splitlines()
    return lines


def trust_line(standard: Standard) -> str:
    """How many rows rest on what."""
    rows = standard.requirements
    counts = [
        f"{word} {count} 行"
        for status, word in STATUSES.items()
        if (count := sum(row.source.status == status for row in rows))
    ]
    assumed = sum(row.source.kind == "assumed" for row in rows)
    text = f"共 {len(rows)} 行，数量依据：{'、'.join(counts) or '无'}"
    return text + (f"；其中 {assumed} 行的种类也是推定" if assumed else "")
