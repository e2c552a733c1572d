"""`equipcheck --version`: the program, and the data that it brings along, by their contents.

The data's mark changes with any shipped standard, kind or word, so that two offices can tell whether they check by
the same data. Nothing is parsed for it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from equipcheck import __version__
from equipcheck.ground.shipped import shipped_dir


def versions() -> str:
    """A line for the program, and one for each kind of data."""
    folder = shipped_dir()
    standards = sorted(folder.glob("*.yaml"))
    names = "、".join(path.stem for path in standards)
    words = [path for part in ("catalogue", "vocabulary", "plan") for path in (folder / part).rglob("*.yaml")]
    return (
        f"equipcheck {__version__}\n"
        f"标准 {_mark(standards)}（{names}）\n"
        f"目录、用词和依据 {_mark(sorted(words))}（{len(words)} 个文件）"
    )


def _mark(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
