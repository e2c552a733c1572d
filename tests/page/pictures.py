"""Golden pictures: how the main states look. `EQUIPCHECK_GOLDEN=write` renews them, for a person to look at.

Compared at a quarter of the size, so that a font's hinting does not matter and a moved column does.
"""

from __future__ import annotations

import io
import os

from PIL import Image, ImageChops

from tests.goldens import COMPARED, FOLDER

APART = 28  # of 255: less is anti-aliasing
SHARE = 0.01  # of the pixels may be farther apart


def look(name: str, content: bytes) -> None:
    """Compare a screenshot with the golden picture of that name."""
    seen = Image.open(io.BytesIO(content)).convert("RGB")
    path = FOLDER / "page" / f"{name}.png"
    COMPARED.add(f"page/{name}.png")
    if os.environ.get("EQUIPCHECK_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        seen.quantize(96).save(path, optimize=True)
    assert path.is_file(), f"no golden picture {name}; write it with EQUIPCHECK_GOLDEN=write and look at it"
    kept = Image.open(path).convert("RGB")
    assert seen.size == kept.size
    share = differing(seen, kept)
    if share > SHARE:
        seen.save(path.with_suffix(".seen.png"))
    assert share <= SHARE, (
        f"{name}: {share:.1%} of the picture looks different; see {name}.seen.png beside it"
    )


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ by more than APART, at a quarter of the size."""
    size = (one.width // 4, one.height // 4)
    smaller = [each.resize(size, Image.Resampling.BOX) for each in (one, other)]
    worst = ImageChops.difference(*smaller).convert("L").point(lambda value: 255 if value > APART else 0)
    return worst.histogram()[255] / (size[0] * size[1])
