"""The schema of `rollup -f json`."""

from __future__ import annotations

from equipcheck.fleet.members import Failed
from equipcheck.fleet.results import (
    BureauLine,
    Edition,
    GroupLine,
    HeldBack,
    KindLine,
    Moved,
    Need,
    Quality,
    Question,
    RequirementLine,
    Spread,
    Tally,
    TransferLine,
    Transfers,
    Withheld,
)
from equipcheck.ground.inputs import Input
from equipcheck.problems.notes import Note
from equipcheck.report.words import ACTION
from equipcheck.schemas.parts import (
    COUNT,
    MAYBE_NUMBER,
    MAYBE_TEXT,
    NUMBER,
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

_SPREAD = result(Spread, bins="各单位按十分之一分段的个数，共十段，最后一段含 1")
_STEP = printed(
    {
        "action": one_of(*ACTION),
        "quantity": COUNT,
        "cost": told(NUMBER, "已知价格的合计（元）"),
        "unpriced_units": told(COUNT, "其中待询价的件数"),
    }
)
_NEED = fields_of(
    Need,
    "cost",
    gap_units="必配行的缺口件数",
    gap_kinds="有缺口的必配行，按单位累计",
    gap_cost=told(MAYBE_NUMBER, "按最省的合法途径补齐约需多少元；全无价格为 null，待询价的不在内"),
    unpriced_units="待询价的件数",
    waived_units="缺口中有情况说明的件数，不在 gap_cost 内",
    quota_units="缺口中超出车辆编制（或没有填报编制）的件数，不在 gap_cost 内",
    steps=told(many(_STEP), "按途径"),
)


def rollup() -> Schema:
    """`rollup -f json`."""
    return {"title": "汇总"} | printed(
        {
            "title": TEXT,
            "as_of": told({"type": ["string", "null"], "format": "date"}, "各单位不同为 null"),
            "dates": told(by_name(COUNT), "截至日期 → 单位数"),
            "editions": told(many(_edition()), "适用的标准；不止一个时合计跨了版本"),
            "bureaus": told(COUNT, "计入的单位数"),
            "bureaus_listed": told(COUNT, "全部单位和代码，含没有计入的"),
            "bureaus_failed": COUNT,
            "not_reported": told(many(TEXT), "没有报送台账的"),
            "coverage": COVERAGE,
            **_NEED,
            "distribution": printed({"by_kind": _SPREAD, "by_quantity": _SPREAD}),
            "worst": told(many(TEXT), "达标率最低的单位，最低的在前；原因见 by_bureau 的 because"),
            "best": many(TEXT),
            "by_bureau": many(_bureau()),
            "by_requirement": told(many(_requirement()), "分标准、按标准的行序；不同标准的行不相加"),
            "by_kind": many(result(KindLine)),
            "by_parent": told(many(_group()), "按直接上级；各行相加等于合计，under 是它自己和其下各级"),
            "by_level": many(_group()),
            "by_region": many(_group()),
            "transfers": told(many(_transfer()), "可调剂的"),
            "transfers_summary": _transfers(),
            "questions": told(
                many(result(Question, code="读台账时的提示编号", place="现在归入哪一处", ask="要问什么")),
                "状况或归属要问清的台账行；照台账所写计，不列入调剂",
            ),
            "failed": told(many(_failed()), "没有计入合计的机构、文件和代码，每个只在一处"),
            "notes": many(result(Note)),
            "accounting": printed(
                {
                    "rows": TOTALS,
                    "units": TOTALS,
                    "not_assessed": told(
                        printed(dict.fromkeys(("bureaus", "rows", "units"), COUNT)), "没有计入的"
                    ),
                    "balanced": {"const": True},
                }
            ),
            "inputs": many(result(Input)),
        }
    )


def _edition() -> Schema:
    return result(Edition, "attested", limit=one_of("floor", "ceiling"), coverage=COVERAGE)


def _bureau() -> Schema:
    return result(
        BureauLine,
        *("need", "attested"),
        staff="执法人员数",
        main_posts="主要执法岗数",
        coverage=COVERAGE,
        **_NEED,
        quality=told(
            result(Quality, unknown_rate="可用的计量器具中有效期没有登记的"),
            "台账的数据质量：各种比率，没有相应内容为 null",
        ),
        missing_facts="待定的各项缺少本单位的哪些数",
        because="主要原因",
    )


def _group() -> Schema:
    return result(
        GroupLine,
        *("failed", "need", "by_kind", "attested"),
        key="上级代码、层级或地区；null 表示没有写明",
        parent=told(MAYBE_TEXT, "同 key"),
        bureaus_failed=COUNT,
        coverage=COVERAGE,
        **_NEED,
        distribution=printed({"by_kind": _SPREAD}),
        under=maybe(printed({"bureaus": COUNT, "coverage": COVERAGE, **_NEED})),
    )


_TALLY = {
    "helped": "服务、统调、借用抵充的件数：要求 = 计入 + 抵充 + 缺口",
    "unknown": "计入的里面有效期没有登记的",
    "waived_units": "缺口中有情况说明的",
    "quota_units": "缺口中先核车辆编制的",
}


def _requirement() -> Schema:
    return result(
        RequirementLine,
        *("trust", "cost", "spread", "tallies"),
        by_obligation=told(
            many(
                result(
                    Tally,
                    "cost",
                    obligation=one_of("required", "optional"),
                    gap_cost=MAYBE_NUMBER,
                    **_TALLY,
                )
            ),
            "对要求必配的单位、对列为选配的单位分别合计",
        ),
        **_TALLY,
        obligations=many(one_of("required", "optional")),
        source=printed({"status": TEXT, "kind": TEXT}),
        none="应配而一件也没有的单位",
        gap_cost=MAYBE_NUMBER,
        distribution=told(_SPREAD, "各单位这一项的数量配备率"),
    )


def _transfer() -> Schema:
    flags = told(many(one_of("idle", "unsure", "old")), "闲置、有效期不明、超过使用年限")
    return result(
        TransferLine,
        *("giver", "taker"),
        **{"from": TEXT, "to": TEXT},
        distance=told(WHOLE, "1 同一上级，2 同市，3 同省，4 更远"),
        saves="少购置约多少元",
        obligation=one_of("required", "optional"),
        assets=many(
            result(Moved, "units", quantity=COUNT, flags=flags, valid_until="调入后半年内届满的，届满日")
        ),
    )


def _transfers() -> Schema:
    return result(
        Transfers,
        *("lines", "units"),
        basis=many(printed({"cite": TEXT, "text": TEXT, "trust": TEXT})),
        quantity=COUNT,
        saves="少购置约多少元",
        saves_optional="其中选配的",
        left_over="可调而别处不缺的件数",
        withheld=told(
            many(
                result(
                    Withheld,
                    why=one_of("need_unknown", "state_open", "kept", "not_then"),
                    asked="要问清的是什么：提示编号",
                )
            ),
            "别处缺而没有列入调剂的有余装备和原因",
        ),
        held_back=told(many(result(HeldBack)), "缺而先核车辆编制的，不列入购置和调剂"),
    )


def _failed() -> Schema:
    return result(
        Failed,
        bureau="机构代码；读不出的文件为文件名，没有代码的行为空",
        code="错误编号，如 bureau-without-ledger 未报送",
        rows="因此没有计入的台账行",
    )
