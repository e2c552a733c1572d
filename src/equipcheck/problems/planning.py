"""Errors of planning: prices, budgets and settings."""

from equipcheck.problems import Entry

PLANNING: tuple[Entry, ...] = ()
