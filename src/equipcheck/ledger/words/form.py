"""The form of `standards/vocabulary/ledger.yaml`: its lists of words, and how a heading is written in them."""

from __future__ import annotations

from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from equipcheck.ground.frames import STATUSES
from equipcheck.ground.patterns import pattern
from equipcheck.ground.records import Record
from equipcheck.ground.vocabulary import WordFile
from equipcheck.ground.yamlfile import Path_
from equipcheck.ledger.values.text import squash

FIELD_NAMES = {
    "name": "资产名称",
    "model": "规格型号",
    "quantity": "数量",
    "book_quantity": "账面数量",
    "counted_quantity": "实盘数量",
    "gained_quantity": "盘盈数量",
    "lost_quantity": "盘亏数量",
    "unit": "计量单位",
    "asset_no": "资产编号",
    "serial": "出厂编号",
    "category": "资产类别",
    "status": "使用状况",
    "acquired": "取得日期",
    "checked_on": "检定日期",
    "valid_until": "有效期至",
    "cycle": "检定周期",
    "certificate": "检定证书",
    "unit_price": "单价",
    "total_price": "总价",
    "department": "使用部门",
    "location": "存放地点",
    "remark": "备注",
}
FIELDS = tuple(FIELD_NAMES)
"""What a column of a ledger may be; the names of `columns:`."""

COLUMN_NAMES = FIELD_NAMES | {"in_quantity": "已计入数量", "bureau": "单位代码"}  # what columns are shown as

if TYPE_CHECKING:
    from equipcheck.ground.fields import Words

    FieldName: TypeAlias = str
    Status: TypeAlias = str
else:
    FieldName = Literal[FIELDS]
    Status = Literal[STATUSES]

_MARKS_BEFORE, _MARKS_BEHIND = "*＊★☆●※", "*＊★:：。.、"
_BETWEEN = str.maketrans("", "", ".-_")  # of English words: asset_no, Cal. Due Date
_NUMBERED = pattern(r"^(?:\(?\d{1,2}\)?[.、)]|[①-⑳])")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A heading without spaces, marks, numbering and case."""
    word = _unmarked(_NUMBERED.sub("", _unmarked(squash(text)).lower()))
    return word.translate(_BETWEEN) if word.isascii() else word


def _unmarked(text: str) -> str:
    return text.lstrip(_MARKS_BEFORE).rstrip(_MARKS_BEHIND)


class LedgerRows(Record):
    """Rows under a heading that are no assets of their own."""

    carried: Words
    sample: Words
    part: Words
    sample_sheet: Words


class LedgerPlans(Record):
    """Titles of tables of what is yet to be bought."""

    planned: Words
    done: Words


class LedgerPair(Record):
    """A heading by two words in it: what was done, and when."""

    deed: Words
    time: Words


class LedgerVehicles(Record):
    """Headings of vehicles that have no name: plates, and what they are called by instead."""

    plates: Words
    makes: Words


class LedgerPersons(Record):
    """Headings of a list of who has what."""

    persons: Words
    others: Words


class LedgerMovements(Record):
    """Headings of a register of what came in and went out."""

    came: Words
    went: Words


class LedgerLending(Record):
    """Headings of a register in which each row is a lending."""

    returned: Words
    taken: Words


class LedgerRemarks(Record):
    """What free words say of a row."""

    touching: Words
    other_things: Words
    other_terms: Words
    vehicle_terms: Words
    not_own: Words
    misspelt: Words


class LedgerSpread(Record):
    """Headings of columns over which a quantity is spread."""

    sum: Words
    places: Words


class LedgerWords(WordFile):
    """`standards/vocabulary/ledger.yaml`."""

    SUBJECT = "ledger"
    APART = (("headings", "other_headings"), ("statuses",))

    headings: dict[FieldName, Words]
    other_headings: Words
    heading_endings: dict[FieldName, Words]
    foreign_words: Words
    heading_pairs: dict[FieldName, LedgerPair]
    vehicle_headings: LedgerVehicles
    product_headings: Words
    row_numbers: Words
    voucher_headings: Words
    statuses: dict[Status, Words]
    found_headings: Words
    remark_words: LedgerRemarks
    row_words: LedgerRows
    plan_titles: LedgerPlans
    spread_headings: LedgerSpread
    movement_headings: LedgerMovements
    person_headings: LedgerPersons
    lending_headings: LedgerLending

    @staticmethod
    def spelled(word: str, at: Path_) -> str:
        """Headings as `plain` writes them, all else without spaces and wide forms."""
        return plain(word) if "headings" in str(at[0]) else squash(word)


class OwnVocabulary(Record):
    """Words of a project's ledgers (`vocabulary:`), known beside the shipped ones."""

    headings: dict[FieldName, Words] = field(default_factory=dict)
    statuses: dict[str, Words] = field(default_factory=dict)
