"""What messages quote: values cut short, the nearest known word, the nearest file name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def shown(value: Any) -> str:
    """A value as it is quoted in a message: short, on one line."""
    text = "" if value is None else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."


def near(word: str, known: Iterable[str]) -> str:
    """「（是否为“…”？）」 for the nearest known word, or nothing."""
    match = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"（是否为“{match[0]}”？）" if match else ""


def near_file(path: Path) -> str:
    """The nearest file name in the same folder, as `near` says it."""
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return ""
    return near(path.name, names)
