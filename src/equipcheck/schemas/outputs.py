"""Schemas of the JSON that commands print. Further keys may stand in it; these keep names and meanings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from equipcheck.checking.results import (
    Accounting,
    Action,
    AssetUse,
    Finding,
    OpenRow,
    Question,
    Report,
    Suggestion,
)
from equipcheck.plan.model import Checkup, Due, Item, Milestone, Package, Task, Unfunded, Used, Year
from equipcheck.report.words import ACTION, METHOD, REASON, STATUS
from equipcheck.schemas.fleet import rollup
from equipcheck.schemas.parts import (
    COUNT,
    DATE,
    FLAG,
    MAYBE_NUMBER,
    MAYBE_TEXT,
    MAYBE_WHOLE,
    NUMBER,
    SHARE,
    TEXT,
    WHOLE,
    Schema,
    by_name,
    many,
    maybe,
    one_of,
    printed,
    told,
)
from equipcheck.schemas.results import COVERAGE, TOTALS, fields_of, result

DECISIONS = ("confirmed", "auto", "review", "none")
_SUGGESTIONS = told(many(result(Suggestion)), "可能的种类，最像的在前")


def report() -> Schema:
    """`report -f json`."""
    row = fields_of(OpenRow, name=MAYBE_TEXT, suggestions=_SUGGESTIONS)
    return {"title": "核查结果"} | result(
        Report,
        *("attested", "kind_names"),
        tool=printed({"name": TEXT, "version": TEXT}),
        as_of="截至日期",
        standard=printed(
            {"id": TEXT, "title": TEXT, "document": MAYBE_TEXT, "limit": one_of("floor", "ceiling")}
        ),
        coverage=COVERAGE,
        trust=told(
            printed(dict.fromkeys(("official", "reprint", "estimate", "attested", "assumed"), COUNT)),
            "各有多少行依据原文、转载、估计，多少行的种类有据、推定",
        ),
        findings=told(many(_finding()), "按标准的行序"),
        review=many(printed(row)),
        unmatched=many(printed(row)),
        not_required=many(printed(row)),
        rejected=many(printed({"ref": MAYBE_TEXT, "code": TEXT, "why": TEXT})),
        questions=many(
            printed(fields_of(Question, fact=MAYBE_TEXT, requirement=MAYBE_TEXT), ("fact", "requirement"))
        ),
        accounting=result(Accounting, rows=TOTALS, units=TOTALS, balanced={"const": True}),
    )


def _finding() -> Schema:
    asset = result(
        AssetUse,
        *("out", "row", "at", "behind"),
        ref="台账行：文件#工作表!行",
        excluded=told(one_of(*REASON, None), "不计入的原因"),
    )
    action = result(
        Action,
        action=one_of(*ACTION),
        cost="元；待询价为 null",
        why="恢复使用的，不计入的原因；有效期不明为 unknown",
        sent=told(FLAG, "送检的，或修好、收回后一并送检的"),
        partly=told(FLAG, "金额只是其中一项费用，另一项待询价"),
    )
    fields = fields_of(
        Finding,
        obligation=one_of("required", "optional"),
        required=told(MAYBE_WHOLE, "应配；待定或按需为 null"),
        held="账上",
        usable="可用",
        counted="计入",
        serviced="由服务、统调、出借满足",
        gap="缺口",
        status=told(one_of(*STATUS), "结论"),
        rule="数量规则和本单位的数",
        assets=many(asset),
        assets_more=told(COUNT, "未列出的资产行数（--all-assets 全部列出）"),
        actions=many(action),
        candidates=told(many(result(OpenRow, "suggestions")), "台账里可能就是此项的行"),
        unread=told(many(result(OpenRow, "suggestions")), "有缺口时：台账里属于此项而读不懂的行，没有计入"),
    )
    return printed(fields, ("assets_more",))


def match() -> Schema:
    """`match -f json`."""
    return {"title": "名称对应"} | many(
        printed(
            {
                "ref": TEXT,
                "name": TEXT,
                "kind": told(MAYBE_TEXT, "种类编号；未确定为 null"),
                "method": one_of(*METHOD),
                "score": SHARE,
                "decision": told(
                    one_of(*DECISIONS), "confirmed 人工、auto 自动、review 待确认、none 不是任何一种"
                ),
                "evidence": many(TEXT),
                "suggestions": _SUGGESTIONS,
            }
        )
    )


def plan() -> Schema:
    """`plan -f json`."""
    units = {"refs": many(TEXT), "units": many(printed({"ref": TEXT, "quantity": COUNT}))}
    item = result(
        Item,
        action=one_of(*ACTION),
        kind=MAYBE_TEXT,
        price_basis=MAYBE_TEXT,
        unit_cost="元；送检、维修等费用待询价的为 null，照常列入",
        role=told(
            one_of("gap", "renew", "verify"), "gap 补缺口、renew 当年到期的续检续签、verify 确认有效期"
        ),
        due=told(maybe(DATE), "当年到期的，有效期的最后一天"),
        sent=told(FLAG, "送检的，或修好、收回后一并送检的"),
        partly=told(FLAG, "金额只是其中一项费用，另一项待询价"),
        **units,
    )
    unfunded = result(Unfunded, **units)
    year = result(
        Year,
        "day",
        year=WHOLE,
        from_day=DATE,
        budget="元；没有给预算为 null",
        spent="元；待询价的不在内",
        items=many(item),
        next_tenth=many(item),
        next_tenth_less=told(many(item), "预算再加一成时，因重新选取而少补的"),
        unlisted_units="年初缺口以外：台账一般不含、先补充清单的",
        waived_units="年初缺口以外：有情况说明、不列入的",
        skipped=many(unfunded),
        unpriced="待询价的行数、件数",
        gap_units="年初的缺口，不含下两项",
        lapsing_units="当年到期的",
        **dict.fromkeys(("coverage_before", "coverage_after", "coverage_without"), COVERAGE),
    )
    task = result(
        Task,
        rows=many(printed({"name": TEXT, "quantity": COUNT, "unit": TEXT})),
        cost="元，只计有价格的；不需经费为 null",
        unpriced="其中待询价的件数",
    )
    step = result(Milestone, by=MAYBE_TEXT)
    return {"title": "计划"} | printed(
        {
            "as_of": DATE,
            "years": many(year),
            "first": told(many(task), "不花钱或花钱很少，先办的"),
            "then": told(many(task), "要花钱买的"),
            "unfunded": told(many(unfunded), "没有排进的"),
            "packages": told(many(result(Package, "lines", calendar=many(step))), "采购包"),
            "warnings": many(TEXT),
            "dues": many(result(Due)),
            "checkups": many(result(Checkup)),
            "settings": many(result(Used)),
        }
    )


def section() -> Schema:
    """`section --check`."""
    claim = printed(
        {
            "requirement": MAYBE_TEXT,
            "kind": MAYBE_TEXT,
            "about": one_of("missing", "held", "number", "rate", "standard"),
            "text": TEXT,
            "place": TEXT,
            "verdict": told(one_of("agrees", "contradicts", "unknown"), "相符、不符、无从判断"),
            "because": TEXT,
        }
    )
    return {"title": "年度报告段落核对"} | printed(
        {
            "claims": many(claim),
            "omitted": told(many(TEXT), "有缺口而文中没有说到的行"),
            "unanswered": told(many(printed({"problem": TEXT, "place": TEXT})), "没有措施回应的问题"),
            "ok": FLAG,
        }
    )


def show() -> Schema:
    """`standards show -f json`."""
    rule: Schema = printed(
        {
            "per": MAYBE_TEXT,
            "every": NUMBER,
            "count": COUNT,
            "percent": MAYBE_NUMBER,
            "min": MAYBE_WHOLE,
            "max": MAYBE_WHOLE,
            "round": one_of("up", "down"),
            "tiers": maybe(many({"type": "object"})),
            "sum": maybe(many({"$ref": "#/$defs/rule"})),
            "as_needed": FLAG,
            "text": MAYBE_TEXT,
            "note": MAYBE_TEXT,
        }
    )
    source = printed(
        {
            "place": MAYBE_TEXT,
            "status": one_of("official", "reprint", "estimate"),
            "kind": one_of("attested", "assumed"),
            "note": MAYBE_TEXT,
        }
    )
    row = printed(
        {
            "id": TEXT,
            "name": TEXT,
            "category": MAYBE_TEXT,
            "kinds": many(TEXT),
            "unit": MAYBE_TEXT,
            "obligation": by_name(one_of("required", "optional")),
            "quantity": by_name({"$ref": "#/$defs/rule"}),
            "source": source,
        }
    )
    column = printed({"id": TEXT, "label": TEXT, "when": {"type": "object"}})
    return {
        "title": "标准",
        "$defs": {"rule": rule},
    } | printed({"id": TEXT, "columns": many(column), "requirements": many(row)})


def diff() -> Schema:
    """`standards diff -f json`."""
    pair = {"type": "array", "minItems": 2, "maxItems": 2}
    change = printed({"requirement": TEXT, "was": TEXT, "what": told(by_name(pair), "项目 → [旧, 新]")})
    return {"title": "标准比较"} | printed(
        {"added": many(TEXT), "removed": many(TEXT), "changed": many(change)}
    )


def lint() -> Schema:
    """`standards lint -f json`."""
    return {"title": "标准检查"} | many(
        printed(
            {
                "file": TEXT,
                "line": WHOLE,
                "column": WHOLE,
                "level": one_of("error", "hint"),
                "code": TEXT,
                "message": TEXT,
            }
        )
    )


OUTPUTS: dict[str, Callable[[], dict[str, Any]]] = {
    "report": report,
    "match": match,
    "plan": plan,
    "section": section,
    "rollup": rollup,
    "show": show,
    "diff": diff,
    "lint": lint,
}
