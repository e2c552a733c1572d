"""Numbers as a spreadsheet displays them: 0.5 under 「0%」 is 50%, 5 under 「0"台"」 is 5台."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_LITERALS = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_NUMBER = re.compile(r"[0#?][0#?,]*(?:\.[0#?]+)?")


def displayed(value: object, number_format: str) -> str:
    """What a reader sees in a cell with this value and this number format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return _number(value, number_format)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)


def _number(value: float | Decimal, number_format: str) -> str:
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not exact.is_finite():
        return str(value)
    section = _section(exact, number_format)
    literals: list[str] = []

    def keep(found: re.Match[str]) -> str:
        literals.append(found[1] or found[2] or "")
        return chr(0xE000 + len(literals) - 1)

    pattern = _LITERALS.sub(keep, section)
    if "General" in section or (section in ("@", "") and ";" not in number_format):
        return _plain(exact)
    placeholder = _NUMBER.search(pattern)
    if placeholder is None:  # a section may show words only, such as a dash for zero
        return _with_literals(pattern, literals)
    percent = pattern.count("%")
    digits = _digits(exact * 100**percent, placeholder[0])
    return _with_literals(pattern[: placeholder.start()] + digits + pattern[placeholder.end() :], literals)


def _with_literals(pattern: str, literals: list[str]) -> str:
    shown = (literals[at] if 0 <= (at := ord(char) - 0xE000) < len(literals) else char for char in pattern)
    return "".join(shown).strip()


def _section(value: Decimal, number_format: str) -> str:
    """The part of the format that applies: positive;negative;zero."""
    sections = number_format.split(";")
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _digits(value: Decimal, placeholder: str) -> str:
    whole, _, decimals = placeholder.partition(".")
    step = Decimal(1).scaleb(-len(decimals))
    rounded = value.quantize(step, ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    if "#" in decimals and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
