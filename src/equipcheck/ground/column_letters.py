"""Columns as spreadsheets call them: 1 is A, 27 is AA."""

from __future__ import annotations


def column_letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str | bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters.upper() if isinstance(letters, bytes) else letters.upper().encode("ascii"):
        number = number * 26 + letter - 64
    return number
