"""Headings of columns over which a quantity is spread: states, teams and places, and the sum of them."""

from __future__ import annotations

import re

from equipcheck.ground.patterns import pattern
from equipcheck.ground.vocabulary import words_of
from equipcheck.ledger.values.numerals import MEASURES
from equipcheck.ledger.words.form import LedgerWords, plain
from equipcheck.ledger.words.statuses import parse_status

_WORDS = words_of(LedgerWords).spread_headings
_SUMS = frozenset(_WORDS.sum)
_PLACES = _WORDS.places
_OF_IT = pattern(r"^其中[:：]?")
_COUNT = pattern(rf"(?:数量|[{MEASURES}]{{0,2}}数|[(（][{MEASURES}/、]+[)）])$")

CROSSES = frozenset({*"×✕✗☐□否无NnXx0", "No", "no", "NO"})
"""What says no in a column to be ticked, or under a heading that asks."""
ASKED = "是否"


_YEAR = pattern(
    r"(?:截[至止]到?)?(?P<year>(?:19|20)\d{2}|\d{2}(?=年))年?度?(?:[./-]?(?P<month>\d{1,2})月?)?[底末]?"
    r"(?:盘点|清查|检查|核查|盘查|实盘|状[态况]|情况|结果|记录|现有|实有|库存|结存|数量?|台数|件数)*"
)


def year_named(heading: str) -> re.Match[str] | None:
    """The year (and month) that a column is headed by: 「2022年末」「23年6月盘点」."""
    return _YEAR.fullmatch(plain(lowest(heading)))


def lowest(heading: str) -> str:
    """The lowest storey of a heading, as it stands."""
    return " ".join(heading.rpartition("/")[2].split())


def _bare(heading: str) -> str:
    return _COUNT.sub("", _OF_IT.sub("", plain(lowest(heading))))


def state_counted(heading: str) -> str | None:
    """The state whose units a column counts: 「完好数」, 「其中：待报废（台）」; None where it names none."""
    word = _bare(heading)
    status = parse_status(word) if word else "unknown"
    return status if status != "unknown" else None


def place_counted(heading: str) -> bool:
    """Whether a column is headed by a team, an office or a place: 「一中队」."""
    return _bare(heading).endswith(_PLACES)


def sums_up(heading: str) -> bool:
    """Whether a column is headed as the sum of others."""
    return plain(lowest(heading)) in _SUMS


def spreads(text: str) -> bool:
    """Whether a heading is one of such columns, or that of a year."""
    return (
        sums_up(text)
        or state_counted(text) is not None
        or place_counted(text)
        or year_named(text) is not None
    )
