"""Full-width forms as half-width ones, as every text of a standard is looked at."""

from __future__ import annotations

MARKS = {
    "/": "/", "∕": "/", "⁄": "/",
    "，": ",", ",": ",", "、": ",", "；": ";", ";": ";", "。": ".", "：": ":", ":": ":", "∶": ":",
    "（": "(", "(": "(", "）": ")", ")": ")", "〔": "(", "〕": ")", "【": "(", "】": ")", "[": "(", "]": ")",
}  # fmt: skip


def halfwidth(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones; all kinds of blanks as a space.

    Circled and superscript digits stay what they are: they are footnote marks, never quantities.
    """
    out = []
    for char in text:
        code = ord(char)
        if 0xFF01 <= code <= 0xFF5E and char not in MARKS:
            out.append(chr(code - 0xFEE0))
        else:
            out.append(" " if char.isspace() or char in "\u200b\ufeff\u00ad" else char)
    return "".join(out)
