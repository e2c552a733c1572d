"""From names to kinds: automatic where it is clear, asking where it is not, never asking twice."""

from equipcheck.match.engine import match

__all__ = ["match"]
