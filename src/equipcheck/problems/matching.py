"""Errors of matching: decisions files and review workbooks."""

from equipcheck.problems import Entry

MATCHING: tuple[Entry, ...] = ()
