"""What the `standards` commands share: the catalogue they read, and where results go."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from equipcheck.cli.options import Output

if TYPE_CHECKING:
    from equipcheck.catalogue.kinds import Catalogue
    from equipcheck.standard.load import Loaded

PATH = click.Path(path_type=Path)

catalogue_option = click.option(
    "--catalogue",
    "extra",
    type=PATH,
    multiple=True,
    metavar="FILE",
    help="本单位自己的装备目录文件（可多次）",
)
output_option = click.option(
    "-o", "--output", type=Output(), metavar="PATH", help="写到文件（写完才替换，不留半成品）"
)


def catalogue(extra: Sequence[Path]) -> Catalogue:
    """The shipped catalogue with one's own files."""
    from equipcheck.catalogue.kinds import load_catalogue

    return load_catalogue(tuple(extra))


def open_standard(ref: str, kinds: Catalogue) -> Loaded:
    """A standard by shipped id, or by path from the working directory."""
    from equipcheck.standard.load import load_standard

    return load_standard(ref, Path(), kinds)


def as_json(data: Any) -> str:
    """JSON as people can read it."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def form_of(form: str | None, output: Path | None, known: Sequence[str], default: str) -> str:
    """The output format: as asked for, else by the ending of `-o`, else the default."""
    if form is not None:
        return form
    ending = output.suffix.lstrip(".").lower() if output is not None else ""
    return ending if ending in known else default
