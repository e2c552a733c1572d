"""What messages quote: values cut short, the nearest known word, the nearest file name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any


def shown(value: Any) -> str:
    """A value as it is quoted in a message: short, on one line."""
    text = "" if value is None else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."


def nearest(word: str, known: Iterable[str], *, likeness: float = 0.6, most: int = 1) -> list[str]:
    """The known words nearest to one that is not known."""
    from difflib import get_close_matches

    return get_close_matches(word, list(known), n=most, cutoff=likeness)


def near(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str:
    """「（是否为“…”？）」 for the nearest known word, or nothing."""
    return _asked(word, known, "（是否为“{}”？）", likeness=likeness)


def or_near(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """「，是否为“…”？」 within a sentence, `otherwise` where nothing is near."""
    return _asked(word, known, "，是否为“{}”？", likeness=0.5) or otherwise


def _asked(word: str, known: Iterable[str], asked: str, *, likeness: float) -> str:
    found = nearest(word, known, likeness=likeness)
    return asked.format(found[0]) if found else ""


def near_file(path: Path) -> str:
    """The nearest file name in the same folder, as `near` says it."""
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return ""
    return near(path.name, names)
