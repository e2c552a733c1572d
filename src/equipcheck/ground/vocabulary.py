"""Words that are data: `standards/vocabulary/*.yaml`, one loader for all of them.

A list of words is one text, parted by spaces; a file is a mapping whose leaves are such lists. A test lints the
shipped files: no word twice in a list, none in two fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from equipcheck.ground.shelf import kept
from equipcheck.ground.shipped import shipped_dir
from equipcheck.ground.yamlfile import load


@lru_cache(maxsize=16)
def vocabulary(subject: str) -> Mapping[str, Any]:
    """The shipped words of one subject, leaves as tuples of words."""
    path = shipped_dir() / "vocabulary" / f"{subject}.yaml"

    def make() -> Mapping[str, Any]:
        return {key: _parted(value) for key, value in load(path, f"vocabulary/{subject}.yaml").data.items()}

    return kept(f"vocabulary-{subject}", [path], ["ground/vocabulary.py"], make)


def _parted(value: Any) -> Any:
    return (
        tuple(value.split()) if isinstance(value, str) else {key: _parted(one) for key, one in value.items()}
    )
