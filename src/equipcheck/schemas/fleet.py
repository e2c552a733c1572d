"""The schema of `rollup -f json`."""

from __future__ import annotations

from equipcheck.schemas.coverage import COVERAGE, TOTALS
from equipcheck.schemas.parts import (
    COUNT,
    DATE,
    MAYBE_NUMBER,
    MAYBE_SHARE,
    MAYBE_TEXT,
    MAYBE_WHOLE,
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

_SPREAD = printed(
    {
        "bureaus": COUNT,
        **dict.fromkeys(("mean", "least", "p10", "p25", "median", "p75", "p90", "most"), MAYBE_SHARE),
        "bins": told(many(COUNT), "各单位按十分之一分段的个数，共十段，最后一段含 1"),
    }
)
_STEP = printed(
    {
        "action": one_of("restore", "transfer", "pool", "service", "purchase"),
        "quantity": COUNT,
        "cost": told(NUMBER, "已知价格的合计（元）"),
        "unpriced_units": told(COUNT, "其中待询价的件数"),
    }
)
_NEED = {
    "gap_units": told(COUNT, "必配行的缺口件数"),
    "gap_kinds": told(COUNT, "有缺口的必配行，按单位累计"),
    "gap_cost": told(MAYBE_NUMBER, "按最省的合法途径补齐约需多少元；全无价格为 null，待询价的不在内"),
    "unpriced_units": told(COUNT, "待询价的件数"),
    "waived_units": told(COUNT, "缺口中有情况说明的件数"),
    "steps": told(many(_STEP), "按途径"),
}
_SHARES = ("review_rate", "unknown_rate", "undated_rate", "unnumbered_rate", "unstated_rate")
_QUALITY = printed(
    dict.fromkeys(("rows", "review_rows", "unmatched_rows", "rejected_rows", "notes"), COUNT)
    | dict.fromkeys(_SHARES, MAYBE_SHARE)
)


def rollup() -> Schema:
    """`rollup -f json`."""
    failed = printed(
        {
            "bureau": told(TEXT, "机构代码；读不出的文件为文件名，没有代码的行为空"),
            "name": MAYBE_TEXT,
            "code": told(TEXT, "错误编号，如 bureau-without-ledger 未报送"),
            "why": TEXT,
            "rows": told(MAYBE_WHOLE, "因此没有计入的台账行"),
            "units": MAYBE_WHOLE,
        }
    )
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
            "by_kind": many(_kind()),
            "by_parent": told(many(_group()), "按直接上级；各行相加等于合计，under 是它自己和其下各级"),
            "by_level": many(_group()),
            "by_region": many(_group()),
            "transfers": told(many(_transfer()), "可调剂的"),
            "transfers_summary": printed(
                {
                    "objective": TEXT,
                    "basis": many(printed({"cite": TEXT, "text": TEXT, "trust": TEXT})),
                    "quantity": COUNT,
                    "saves": told(NUMBER, "少购置约多少元"),
                    "unpriced_units": COUNT,
                    "left_over": told(COUNT, "有余而别处不缺的件数"),
                }
            ),
            "failed": told(many(failed), "没有计入合计的机构、文件和代码，每个只在一处"),
            "notes": many(printed({"ref": MAYBE_TEXT, "code": TEXT, "note": TEXT})),
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
            "inputs": many(printed({"path": TEXT, "sha256": TEXT, "role": TEXT})),
        }
    )


def _edition() -> Schema:
    return printed(
        {
            "id": TEXT,
            "title": TEXT,
            "document": MAYBE_TEXT,
            "limit": one_of("floor", "ceiling"),
            "sha256": TEXT,
            "bureaus": COUNT,
            "coverage": COVERAGE,
            "note": MAYBE_TEXT,
        }
    )


def _bureau() -> Schema:
    units = ("required", "held", "usable", "counted", "excluded", "scrapped", "surplus", "undecided")
    return printed(
        {
            "code": TEXT,
            **dict.fromkeys(("name", "parent", "level", "region", "column"), MAYBE_TEXT),
            "staff": told(MAYBE_WHOLE, "执法人员数"),
            "main_posts": told(MAYBE_WHOLE, "主要执法岗数"),
            "standard": TEXT,
            "as_of": DATE,
            "coverage": COVERAGE,
            **_NEED,
            **dict.fromkeys(units, COUNT),
            "quality": told(_QUALITY, "台账的数据质量：各种比率，没有相应内容为 null"),
            "because": told(many(TEXT), "主要原因"),
        }
    )


def _group() -> Schema:
    under = printed({"bureaus": COUNT, "coverage": COVERAGE, **_NEED})
    return printed(
        {
            "key": told(MAYBE_TEXT, "上级代码、层级或地区；null 表示没有写明"),
            "parent": told(MAYBE_TEXT, "同 key"),
            "name": MAYBE_TEXT,
            "bureaus": COUNT,
            "bureaus_failed": COUNT,
            "coverage": COVERAGE,
            **_NEED,
            "staff": COUNT,
            "main_posts": COUNT,
            "distribution": printed({"by_kind": _SPREAD}),
            "under": maybe(under),
        }
    )


def _requirement() -> Schema:
    counts = ("required", "held", "usable", "counted", "serviced", "gap", "required_gap", "surplus")
    bureaus = ("bureaus", "bureaus_met", "bureaus_short", "bureaus_none", "undecided")
    return printed(
        {
            "standard": TEXT,
            "requirement": TEXT,
            "name": TEXT,
            "category": MAYBE_TEXT,
            "unit": MAYBE_TEXT,
            "kinds": many(TEXT),
            "obligations": many(one_of("required", "optional")),
            "source": printed({"status": TEXT, "kind": TEXT}),
            **dict.fromkeys((*counts, *bureaus), COUNT),
            "none": told(many(TEXT), "应配而一件也没有的单位"),
            "gap_cost": MAYBE_NUMBER,
            "unpriced_units": COUNT,
            "distribution": told(_SPREAD, "各单位这一项的数量配备率"),
        }
    )


def _kind() -> Schema:
    counts = ("required", "counted", "gap", "surplus", "bureaus_short", "bureaus_none")
    return printed({"kind": TEXT, "name": TEXT, "standards": many(TEXT), **dict.fromkeys(counts, COUNT)})


def _transfer() -> Schema:
    asset = printed(
        {
            "ref": TEXT,
            "asset_no": MAYBE_TEXT,
            "name": TEXT,
            "model": MAYBE_TEXT,
            "quantity": COUNT,
            "flags": told(many(one_of("idle", "unsure", "old")), "闲置、有效期不明、超过使用年限"),
        }
    )
    return printed(
        {
            "standard": TEXT,
            "requirement": TEXT,
            "name": TEXT,
            "unit": MAYBE_TEXT,
            "kind": TEXT,
            "from": TEXT,
            "to": TEXT,
            "quantity": COUNT,
            "distance": told(WHOLE, "1 同一上级，2 同市，3 同省，4 更远"),
            "saves": told(MAYBE_NUMBER, "少购置约多少元"),
            "assets": many(asset),
            "because": TEXT,
        }
    )
