"""How headings are compared: without blanks, in half-width forms."""

from __future__ import annotations

import re
from functools import lru_cache

from equipcheck.standard.halfwidth import halfwidth

BRACKETS = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=16_384)  # the cells of a table say few different things, and are looked at many times
def squeeze(text: str) -> str:
    """A heading without blanks, in half-width brackets."""
    text = halfwidth(text)
    for one, other in ("（(", "）)", "〔(", "〕)", "【(", "】)", "［(", "］)", "∕/", "⁄/", "：:", "，,"):
        text = text.replace(one, other)
    return "".join(text.split())


_NUMBER = re.compile(
    r"^(?:续?附?表|附件|附录)(?:[0-9A-Z]+(?:[-–—.．][0-9]+)*|[一二三四五六七八九十]+)(?=[^0-9])(?![类级等档])[:、.．—_-]*"
)


def unnumbered(text: str) -> str:
    """A squeezed title without the number of its table: 「表2 市级」 is 市级."""
    return _NUMBER.sub("", text) or text
