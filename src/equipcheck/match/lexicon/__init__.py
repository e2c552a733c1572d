"""The lexicon: what the words of a name say. Written as YAML, compiled for a catalogue; knows no ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from equipcheck.catalogue.kinds import Catalogue
    from equipcheck.match.lexicon.words import Lexicon


def load_lexicon(catalogue: Catalogue) -> Lexicon:
    """The shipped lexicon, compiled for a catalogue. InputError names every mistake with its place."""
    from equipcheck.match.lexicon.compile import compile_lexicon
    from equipcheck.match.lexicon.files import read_lexicon

    return compile_lexicon(read_lexicon(catalogue), catalogue)
