"""How headings are compared: without blanks, in half-width forms."""

from __future__ import annotations

import re

from equipcheck.standard.tokens import halfwidth

BRACKETS = re.compile(r"\([^()]*\)")


def squeeze(text: str) -> str:
    """A heading without blanks, in half-width brackets."""
    text = halfwidth(text)
    for one, other in ("（(", "）)", "〔(", "〕)", "【(", "】)", "［(", "］)", "∕/", "⁄/", "：:", "，,"):
        text = text.replace(one, other)
    return "".join(text.split())
