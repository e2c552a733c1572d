"""Reading ledgers as they are: files → asset rows, each with its place, and everything that was odd."""

from equipcheck.ledger.read import read_ledgers
from equipcheck.ledger.source import Ledgers, Source, expand, find_ledgers

__all__ = ["Ledgers", "Source", "expand", "find_ledgers", "read_ledgers"]
