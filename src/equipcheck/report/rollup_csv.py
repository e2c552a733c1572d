"""`rollup -f csv`: one line a bureau, for Excel and WPS (UTF-8 with BOM)."""

from __future__ import annotations

import csv
import io

from equipcheck.fleet.results import Rollup
from equipcheck.report import words
from equipcheck.report.csv_ import text_cell
from equipcheck.report.rollup_words import LEVELS, REGIONS

HEAD = (
    "机构代码", "机构名称", "上级机构代码", "级别", "地区", "标准", "截至日期", "执法人员数", "主要执法岗数",
    "计入", "达标率", "补检后达标率", "数量配备率", "有据种类达标率", "适用项数", "达标项数", "必配应配件数",
    "持有", "可用", "计入件数", "不计入件数", "有余", "缺口件数", "补齐约需(元)", "待询价件数", "台账行数",
    "待复核行数", "读不懂行数", "有效期不明率", "无取得日期率", "说明",
)  # fmt: skip


def render(rollup: Rollup) -> str:
    """CSV text, beginning with a byte-order mark; bureaus that are not in the sums stand at the end with the reason."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEAD)
    for one in rollup.bureaus:
        rates, need, quality = one.coverage, one.need, one.quality
        texts = [one.code, one.name or "", one.parent or "", LEVELS.get(one.level or "", one.level or ""),
                 REGIONS.get(one.region or "", one.region or ""), one.standard, one.as_of.isoformat()]  # fmt: skip
        numbers = [
            one.staff, one.main_posts, "是", words.share(rates.by_kind), words.share(rates.by_kind_if_verified),
            words.share(rates.by_quantity), words.share(one.attested.by_kind), rates.applicable, rates.met,
            one.required, one.held, one.usable, one.counted, one.excluded, one.surplus, need.gap_units, need.cost,
            need.unpriced_units, quality.rows, quality.review_rows, quality.rejected_rows,
            words.share(quality.unknown_rate), words.share(quality.undated_rate),
        ]  # fmt: skip
        cells = ["" if cell is None else cell for cell in numbers]
        writer.writerow([*map(text_cell, texts), *cells, text_cell("；".join(one.because))])
    for lost in rollup.failed:
        blank = [""] * (len(HEAD) - 11)
        row = [
            text_cell(lost.bureau),
            text_cell(lost.name or ""),
            *[""] * 7,
            "否",
            *blank,
            text_cell(lost.why),
        ]
        writer.writerow(row)
    return "\ufeff" + stream.getvalue()
