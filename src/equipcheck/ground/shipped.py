"""Where the shipped standards and the catalogue lie: inside the wheel, or beside `src/` in a checkout."""

from __future__ import annotations

from pathlib import Path


def shipped_dir() -> Path:
    """The folder with the shipped `*.yaml` standards and `catalogue/`."""
    packaged = Path(__file__).parents[1] / "_data" / "standards"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "standards"
