"""Status words: what a ledger writes → one of frames.STATUSES. The words are data (vocabulary/ledger.yaml)."""

from __future__ import annotations

from collections.abc import Mapping

from equipcheck.ground.patterns import pattern
from equipcheck.ground.vocabulary import words_of
from equipcheck.ledger.values.text import is_empty, squash
from equipcheck.ledger.words.form import LedgerWords

STATUS_WORDS: Mapping[str, str] = {
    squash(word): status for status, words in words_of(LedgerWords).statuses.items() for word in words
}

CHOICES = (
    "在用", "闲置", "出借", "出租", "损坏", "待修", "停用", "检定过期", "待报废", "已报废", "已调出", "盘亏", "丢失",
)  # fmt: skip
"""The words that are offered where a person is to choose a state."""

_CODE = pattern(  # 「01-在用」「在用(01)」「3、在用」「C-盘亏」; 「损坏1」 is a count
    r"^[A-Za-z][-_.、:：]|^\(?0\d{0,2}\)?[-_.、:：]?|^\(?\d{1,3}\)?[-_.、:：]|[-_]?[(\[]?0\d{0,2}[)\]]?$|[-_]\d{1,3}$"
)


def parse_status(text: str, own: Mapping[str, str] | None = None) -> str:
    """A status cell → one of frames.STATUSES; empty is in use, a word not known is `unknown`.

    `own`: a project's own words, which come before the shipped ones.
    """
    if is_empty(text):
        return "in_use"
    word = squash(text).rstrip("。.;；!！,，")
    if word.isascii():
        word = word.lower().replace("-", "")
    if own and word in own:
        return own[word]
    return STATUS_WORDS.get(word) or STATUS_WORDS.get(_CODE.sub("", word), "unknown")
