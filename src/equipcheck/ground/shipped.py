"""Where the shipped data lie: inside the wheel, or beside `src/` in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGED = Path(__file__).parents[1] / "_data"
_CHECKOUT = Path(__file__).parents[3]


def shipped_dir() -> Path:
    """The folder with the shipped `*.yaml` standards and `catalogue/`."""
    packaged = _PACKAGED / "standards"
    return packaged if packaged.is_dir() else _CHECKOUT / "standards"


def guide_dir() -> Path:
    """The folder with the pages of the guide."""
    packaged = _PACKAGED / "guide"
    return packaged if packaged.is_dir() else _CHECKOUT / "docs" / "guide"


def kept_dir() -> Path:
    """The folder with what was made of the shipped files when the wheel was built; none in a checkout."""
    return _PACKAGED / "shelf"
