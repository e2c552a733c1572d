"""Errors of standards and of the catalogue."""

from equipcheck.problems import Entry

STANDARDS: tuple[Entry, ...] = ()
