"""Errors and notes of ledgers: what can be wrong or odd in a file, a sheet, a row, a cell."""

from equipcheck.problems import Entry

LEDGERS: tuple[Entry, ...] = ()
