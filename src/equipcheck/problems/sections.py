"""Errors of the yearly report's section and of the history."""

from equipcheck.problems import Entry

SECTIONS: tuple[Entry, ...] = ()
