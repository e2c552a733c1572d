"""This user's library of standards: files that one office imported and signed, known by their id in every project."""

from __future__ import annotations

from pathlib import Path


def folder() -> Path:
    """Where this user's standards are kept."""
    from platformdirs import user_data_path

    return user_data_path("equipcheck", appauthor=False) / "standards"


def path_of(standard: str) -> Path:
    """The file of an id in the library, whether or not it is there."""
    return folder() / f"{standard}.yaml"


def own_ids() -> tuple[str, ...]:
    """The ids in the library, sorted."""
    return tuple(sorted(path.stem for path in folder().glob("*.yaml")))
