"""Errors of equipcheck.yaml and of the facts of a bureau."""

from equipcheck.problems import Entry

PROJECTS: tuple[Entry, ...] = ()
