"""`rollup -f html`: many bureaus on one page; long lists are carried compactly and drawn as they are needed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from equipcheck.fleet.export import statuses
from equipcheck.fleet.results import BureauLine, Rollup, TransferLine
from equipcheck.report import rollup_headline, rollup_words, words
from equipcheck.report.html.environment import environment, shown, text_of

LETTER = {
    "met": "a",
    "surplus": "b",
    "short": "c",
    "absent": "d",
    "over": "e",
    "unverified": "f",
    "unrecorded": "g",
    "undecided": "h",
    "optional": "i",
    "as_needed": "j",
    "not_applicable": "-",
}
"""A status in the grid of bureaus and rows: one character; `.`: the bureau's edition has no such row."""
SIGN = {
    "met": "达",
    "surplus": "余",
    "short": "不",
    "absent": "缺",
    "over": "超",
    "unverified": "核",
    "unrecorded": "未",
    "undecided": "定",
    "optional": "选",
    "as_needed": "按",
    "not_applicable": "",
}
"""What the grid shows of a status: one character of its word."""
MOST_TRANSFERS = 5000


def render(rollup: Rollup) -> str:
    """The page; the same roll-up gives the same bytes."""
    made = environment()
    template = made.get_template("fleet.html")
    columns = [(one.standard, one.requirement) for one in rollup.requirements]
    return template.render(
        rollup=rollup,
        fleet=rollup_words,
        heading=rollup_headline,
        signs=SIGN,
        many=len(rollup.editions) > 1,
        names=rollup_words.names(rollup),
        data=_embedded(_data(rollup, columns)),
        script=text_of("page.js") + text_of("fleet.js"),
        most_transfers=MOST_TRANSFERS,
    )


def _data(rollup: Rollup, columns: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What the page's script draws: cells as text, or [text, what it is sorted by]."""
    parents = {one.key: one.name or one.key or "" for one in rollup.parents}
    parents |= {one.code: one.name or one.code for one in rollup.bureaus}
    found = statuses(rollup)
    return {
        "bureaus": [bureau_cells(one, parents) for one in rollup.bureaus],
        "grid": [[one.name or one.code, _letters(one, found[one.code], columns)] for one in rollup.bureaus],
        "signs": {LETTER[name]: [SIGN[name], name, words.STATUS[name]] for name in LETTER},
        "tree": [_node(one) for one in rollup.bureaus],
        "groups": {
            one.key or "": [
                parents.get(one.key, ""),
                under["bureaus"],
                words.span(under["attested"]),
                _permille(under["attested"].by_kind),
                words.span(under["coverage"]),
                under["need"].gap_units,
                rollup_words.cost(under["need"]),
            ]
            for one in rollup.parents
            for under in [one.under]
            if under
        },
        "transfers": [_transfer(one, parents) for one in rollup.transfers.lines[:MOST_TRANSFERS]],
    }


def bureau_cells(one: BureauLine, parents: dict[str | None, str]) -> list[Any]:
    """A bureau's line of the league table, as its heads name the cells."""
    return [
        one.name or one.code,
        one.code,
        parents.get(one.parent, one.parent) if one.parent else "（没有上级）",
        rollup_words.level(one.level),
        [words.span(one.attested), _permille(one.attested.by_kind)],
        [words.span(one.coverage), _permille(one.coverage.by_kind)],
        [words.share(one.coverage.by_quantity), _permille(one.coverage.by_quantity)],
        one.need.gap_units,
        [rollup_words.cost(one.need), float(one.need.cost or 0)],
        "；".join(one.because) or "无缺口",
    ]


def _node(one: BureauLine) -> list[Any]:
    """A bureau's own numbers in the tree; those of a parent with all beneath it stand in `groups`."""
    rates = [words.span(one.attested), _permille(one.attested.by_kind), words.span(one.coverage)]
    return [
        one.code, one.parent or "", one.name or one.code, *rates, one.need.gap_units, rollup_words.cost(one.need)
    ]  # fmt: skip


def _transfer(one: TransferLine, names: dict[str | None, str]) -> list[Any]:
    """A transfer's line, as the table's heads name the cells."""
    assets = words.names([asset.asset_no or asset.ref for asset in one.assets], 3)
    return [
        one.name,
        names.get(one.giver, one.giver),
        names.get(one.taker, one.taker),
        [f"{one.quantity}{one.unit or '件'}", one.quantity],
        [words.yuan(one.saves), -1 if one.saves is None else float(one.saves)],
        rollup_words.with_doubts(one, assets),
    ]


def _permille(rate: float | None) -> int:
    return -1 if rate is None else round(rate * 1000)


def _letters(one: BureauLine, found: dict[str, str], columns: Sequence[tuple[str, str]]) -> str:
    return "".join(
        LETTER[found[row]] if standard == one.standard and row in found else "." for standard, row in columns
    )


def _embedded(data: dict[str, Any]) -> Markup:
    """JSON that no text in it can break out of: within a data block nothing but its end is markup."""
    text = json.dumps(_clean(data), ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # escaped above


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return shown(value) if isinstance(value, str) else value
