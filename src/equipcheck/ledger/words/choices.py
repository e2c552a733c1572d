"""Cells that print all choices and have one of them ticked: 「☑在用 □闲置 □报废」「在用（√） 闲置（ ）」."""

from __future__ import annotations

import unicodedata

from equipcheck.ground.patterns import pattern

_TICKS, _BOXES = "☑■√✔✓●▣◼", "□○◯☐◻▢"
_TOKEN = pattern(rf"[一-龥]+|\(\s*[{_TICKS}]?\s*\)|[{_TICKS}{_BOXES}]")
_WORD = pattern("[一-龥]+")
_TICKED = pattern(rf"\(?\s*[{_TICKS}]\s*\)?")
_LABEL = pattern(r"\s*[一-龥]+\s*:")  # 「使用情况：□在用 ☑报废」
_BEFORE, _BEHIND = pattern(rf"[{_TICKS}{_BOXES}][一-龥]"), pattern(rf"[一-龥][{_TICKS}{_BOXES}(]")


def chosen(text: str) -> str | None:
    """The choice that is ticked, "" where none or more than one is; None for what is no list of choices."""
    plain = unicodedata.normalize("NFKC", text)
    if label := _LABEL.match(plain):
        plain = plain[label.end() :]
    tokens = _TOKEN.findall(plain)
    words = [at for at, token in enumerate(tokens) if _WORD.fullmatch(token)]
    if len(words) < 2 or len(words) == len(tokens):
        return None
    step = 1 if words[0] == 0 else -1  # marks stand behind their words, or before them
    if words[0] == 0 and words[-1] == len(tokens) - 1:  # 「在用√ 闲置」, 「在用 ☑闲置」: by what they touch
        before, behind = _BEFORE.search(plain), _BEHIND.search(plain)
        if (before is None) == (behind is None):
            return ""
        step = -1 if before else 1
    ticked = [
        tokens[at] for at in words if 0 <= at + step < len(tokens) and _TICKED.fullmatch(tokens[at + step])
    ]
    return ticked[0] if len(ticked) == 1 else ""
