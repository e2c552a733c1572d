"""The lexicon: what the words of a name say. Written as YAML, compiled for a catalogue; knows no ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from equipcheck.catalogue.kinds import Catalogue
    from equipcheck.match.lexicon.words import Lexicon


def load_lexicon(catalogue: Catalogue) -> Lexicon:
    """The shipped lexicon, compiled for a catalogue. InputError names every mistake with its place."""
    if not catalogue.origin:
        return compiled(catalogue)
    from equipcheck.ground.shelf import kept
    from equipcheck.ground.shipped import shipped_dir
    from equipcheck.match.lexicon.stored import from_data, to_data

    return kept(
        "lexicon",
        sorted((shipped_dir() / "catalogue" / "lexicon").glob("*.yaml")),
        [f"match/lexicon/{name}.py" for name in ("__init__", "compile", "files", "stored", "words")],
        lambda: compiled(catalogue),
        also=catalogue.origin,
        write=to_data,
        read=from_data,
    )


def compiled(catalogue: Catalogue) -> Lexicon:
    """The shipped lexicon, compiled anew."""
    from equipcheck.match.lexicon.compile import compile_lexicon
    from equipcheck.match.lexicon.files import read_lexicon

    return compile_lexicon(read_lexicon(catalogue), catalogue)
