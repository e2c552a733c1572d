"""From names to kinds: automatic where it is clear, asking where it is not, never asking twice."""

from equipcheck.match.engine import decide, match

__all__ = ["decide", "match"]
