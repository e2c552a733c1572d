"""How headings are compared: without blanks, in half-width forms."""

from __future__ import annotations

import re
from functools import lru_cache

from equipcheck.standard.tokens import halfwidth

BRACKETS = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=16_384)  # the cells of a table say few different things, and are looked at many times
def squeeze(text: str) -> str:
    """A heading without blanks, in half-width brackets."""
    text = halfwidth(text)
    for one, other in ("（(", "）)", "〔(", "〕)", "【(", "】)", "［(", "］)", "∕/", "⁄/", "：:", "，,"):
        text = text.replace(one, other)
    return "".join(text.split())
