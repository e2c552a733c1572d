"""Cells that print all choices and have one of them ticked: 「☑在用 □闲置 □报废」「在用（√） 闲置（ ）」."""

from __future__ import annotations

import unicodedata

from equipcheck.ground.patterns import pattern

_TICKS, _BOXES = "☑■√✔✓●▣◼", "□○◯☐◻▢"
_TOKEN = pattern(rf"[一-龥]+|\(\s*[{_TICKS}]?\s*\)|[{_TICKS}{_BOXES}]")
_WORD = pattern("[一-龥]+")
_TICKED = pattern(rf"\(?\s*[{_TICKS}]\s*\)?")


def chosen(text: str) -> str | None:
    """The choice that is ticked, "" where none or more than one is; None for what is no list of choices."""
    tokens = _TOKEN.findall(unicodedata.normalize("NFKC", text))
    words = [at for at, token in enumerate(tokens) if _WORD.fullmatch(token)]
    if len(words) < 2 or len(words) == len(tokens):
        return None
    step = 1 if words[0] == 0 else -1  # marks stand behind their words, or before them
    ticked = [
        tokens[at] for at in words if 0 <= at + step < len(tokens) and _TICKED.fullmatch(tokens[at + step])
    ]
    return ticked[0] if len(ticked) == 1 else ""
