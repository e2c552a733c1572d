"""The encodings in which Chinese software writes text."""

from __future__ import annotations

import re

from equipcheck.problems import InputError, Place, Problem

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes, shown: str) -> tuple[str, str]:
    """The text and its encoding. Raises InputError where no encoding fits."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding, shown), encoding
    if (wide := _wide(data)) is not None:
        return _strictly(data, wide, shown), wide
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 1 << 20]).best()
    if best is None or best.encoding == "gb18030":
        raise InputError(Problem("text-encoding", Place(shown)))
    return _strictly(data, best.encoding, shown), best.encoding


def as_declared(page: bytes, text: str) -> str:
    """A web page's text in the encoding that it declares, where it declares one that fits; else as it was decoded."""
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", page[:4096])
    if declared is None or page.startswith((b"\xff\xfe", b"\xfe\xff")):
        return text
    encoding = declared[1].decode("ascii").lower()
    try:
        return page.decode("gb18030" if encoding in ("gb2312", "gbk") else encoding)
    except (LookupError, UnicodeDecodeError):
        return text


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its digits, commas and line ends is zero."""
    head = data[:4096]
    if len(head) < 4 or b"\0" not in head:
        return None
    low, high = head[0::2].count(0), head[1::2].count(0)
    return "utf-16-le" if high > low else "utf-16-be"


def _strictly(data: bytes, encoding: str, shown: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(Problem("text-encoding", Place(shown))) from error
