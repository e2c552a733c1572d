"""Quantities: digits in any width, Chinese numerals, with or without a measure word."""

from __future__ import annotations

import math
from fractions import Fraction
from types import NoneType

from equipcheck.ground.patterns import pattern
from equipcheck.ledger.sheet import Value
from equipcheck.ledger.values.text import is_empty, squash, text_of, word_list

MAX_QUANTITY = 10**9

MEASURES = (
    "台套件辆个只架部组支把张条顶双块副幅付艘本册份盒箱瓶枚根座间栋匹头棵颗具面口扇盏对批项次樘挂卷袋包桶"
    "罐片串门眼处艇床台"
)
_LISTED = pattern(r"\d\S*[\r\n]+\s*\d")
LOTS = frozenset("批宗")  # of how many things, nobody knows
_MEASURE = pattern(rf"[（(\[]?[{MEASURES}](?:[/、(（]?[{MEASURES}][)）]?)*[)）\]]?")
_NUMBER = pattern(r"([+-]?)(\d{1,3}(?:[,，]\d{3})+|\d+)(\.\d+)?")
_DIGIT_FORMS = word_list("零〇○ 一壹 二贰貳两俩兩 三叁參 四肆 五伍 六陆陸 七柒 八捌 九玖")
_DIGITS = {form: digit for digit, forms in enumerate(_DIGIT_FORMS) for form in forms}
_PAIRS = frozenset("两俩兩")  # never one digit of several
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_NUMERAL = pattern("[" + "".join(_DIGITS) + "".join(_UNITS) + "万萬廿卅]+")


def chinese_number(text: str) -> int | None:
    """「十二」 is 12, 「两百零五」 205, 「二〇」 20; None for what is not well formed.

    Nor for what is said in short: 「二百五」 is 250 to some, 205 to others.
    """
    if not text or not _NUMERAL.fullmatch(text):
        return None
    text = text.replace("廿", "二十").replace("卅", "三十")
    if all(c in _DIGITS for c in text):
        plain = len(text) == 1 or (_DIGITS[text[0]] and not set(text) & _PAIRS)
        return int("".join(str(_DIGITS[c]) for c in text)) if plain else None
    high, wan, low = text.replace("萬", "万").partition("万")
    tens = _below_ten_thousand(high, behind=False)
    rest = _below_ten_thousand(low, behind=True) if wan else 0
    if tens is None or rest is None:
        return None
    return tens * 10_000 + rest if wan else tens


def _below_ten_thousand(text: str, *, behind: bool) -> int | None:
    """千百十 and digits, from the greatest down; `behind`: what is greater stands before it."""
    total, digit, last, nought = 0, None, 10_000, False
    for at, c in enumerate(text):
        if c in _UNITS:
            if _UNITS[c] >= last or (digit is None and (_UNITS[c] != 10 or at or behind)):
                return None
            last = _UNITS[c]
            total += (1 if digit is None else digit) * last
            digit, nought = None, False
        elif digit is not None or c not in _DIGITS:
            return None
        elif _DIGITS[c] == 0:
            if not (at or behind):
                return None
            nought = True
        else:
            digit = _DIGITS[c]
    if digit is not None and last > 10 and (total or behind) and not nought:
        return None
    return total + (digit or 0) if text or behind else None


def measure_word(text: str) -> bool:
    """Whether a text is a unit of count: 「台」「台/套」「(辆)」."""
    return bool(_MEASURE.fullmatch(text))


def parse_quantity(value: Value) -> tuple[int | None, str | None]:
    """A quantity cell: (units, None), or (None, code): `empty`, or the code of why it is rejected."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:  # as most are
        return _judge(int(value))
    if isinstance(value, bool) or not isinstance(value, (str, int, float, NoneType)):
        return None, "quantity-not-a-number"
    if isinstance(value, (int, float)):
        return _judge(Fraction(value)) if math.isfinite(value) else (None, "quantity-not-a-number")
    if is_empty(value or ""):
        return None, "empty"
    text = squash(text_of(value)).lstrip("'’‘")
    if (number := _NUMBER.match(text)) is not None:
        rest = text[number.end() :]
        listed = _LISTED.search((value or "").strip())  # several numbers under each other are not one
        if listed or (rest and not measure_word(rest)) or rest in LOTS:
            return None, "quantity-not-a-number"
        whole = number[2].replace(",", "").replace("，", "")
        return _judge(Fraction(number[1] + whole + (number[3] or "")))
    if (numeral := _NUMERAL.match(text)) is not None and (
        numeral.end() == len(text)
        or (measure_word(text[numeral.end() :]) and text[numeral.end() :] not in LOTS)
    ):
        units = chinese_number(numeral[0])
        if units is not None:
            return _judge(Fraction(units))
    return None, "quantity-not-a-number"


def _judge(number: Fraction | int) -> tuple[int | None, str | None]:
    if number < 0:
        return None, "quantity-negative"
    if number.denominator != 1:
        return None, "quantity-fraction"
    if number > MAX_QUANTITY:
        return None, "quantity-too-large"
    return int(number), None
