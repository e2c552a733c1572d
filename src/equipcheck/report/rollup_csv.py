"""`rollup -f csv`: one line a bureau, for Excel and WPS."""

from __future__ import annotations

from equipcheck.fleet.results import BureauLine, Rollup
from equipcheck.report import rollup_words as say
from equipcheck.report import words
from equipcheck.report.columns import Column, Columns
from equipcheck.report.csv_ import csv_text

BUREAUS: Columns[BureauLine] = (
    Column("机构代码", lambda one: one.code),
    Column("机构名称", lambda one: one.name),
    Column("上级机构代码", lambda one: one.parent),
    Column("级别", lambda one: say.level(one.level, "")),
    Column("地区", lambda one: say.region(one.region, "")),
    Column("标准", lambda one: one.standard),
    Column("截至日期", lambda one: one.as_of),
    Column("执法人员数", lambda one: one.staff),
    Column("主要执法岗数", lambda one: one.main_posts),
    Column("计入", lambda one: "是"),  # noqa: ARG005 (all of these are in the sums)
    Column("达标率", lambda one: words.share(one.coverage.by_kind)),
    Column("补检后达标率", lambda one: words.share(one.coverage.by_kind_if_verified)),
    Column("数量配备率", lambda one: words.share(one.coverage.by_quantity)),
    Column("有据种类达标率", lambda one: words.share(one.attested.by_kind)),
    Column("适用项数", lambda one: one.coverage.applicable),
    Column("达标项数", lambda one: one.coverage.met),
    Column("必配应配件数", lambda one: one.required),
    Column("持有", lambda one: one.held),
    Column("可用", lambda one: one.usable),
    Column("计入件数", lambda one: one.counted),
    Column("不计入件数", lambda one: one.excluded),
    Column("有余", lambda one: one.surplus),
    Column("缺口件数", lambda one: one.need.gap_units),
    Column("补齐约需(元)", lambda one: one.need.cost),
    Column("待询价件数", lambda one: one.need.unpriced_units),
    Column("有情况说明件数", lambda one: one.need.waived_units),
    Column("先核编制件数", lambda one: one.need.quota_units),
    Column("台账行数", lambda one: one.quality.rows),
    Column("待复核行数", lambda one: one.quality.review_rows),
    Column("读不懂行数", lambda one: one.quality.rejected_rows),
    Column("状况或归属要问清行数", lambda one: one.quality.open_rows),
    Column("可用计量器具有效期不明率", lambda one: words.share(one.quality.unknown_rate)),
    Column("无取得日期率", lambda one: words.share(one.quality.undated_rate)),
    Column("说明", lambda one: "；".join(one.because)),
)


def render(rollup: Rollup) -> str:
    """CSV text; bureaus that are not in the sums stand at the end with the reason."""
    lost = [
        {"机构代码": one.bureau, "机构名称": one.name, "计入": "否", "说明": one.why} for one in rollup.failed
    ]
    return csv_text(BUREAUS, rollup.bureaus, [[one.get(column.head) for column in BUREAUS] for one in lost])
