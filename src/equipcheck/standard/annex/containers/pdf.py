"""PDF with text: ruled tables, through the extra `pdf`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from equipcheck.ground.pdf_tables import PAGE_NUMBER, NoReaderError
from equipcheck.ground.pdf_tables import read_pdf as read_tables
from equipcheck.problems import InputError, Place, Problem
from equipcheck.standard.annex.grid import SUPERSCRIPTS, Annex, Grid, lay_out


def read_pdf(path: Path, shown: str) -> Annex:
    """The ruled tables of a PDF, page by page. Raises InputError."""
    try:
        found = read_tables(path, SUPERSCRIPTS)
    except NoReaderError:
        raise InputError(Problem("pdf-extra-missing", Place(shown))) from None
    except MemoryError:
        raise
    except Exception as error:  # the library raises many kinds for damaged files
        args = {"reason": type(error).__name__}
        raise InputError(Problem("annex-unreadable", Place(shown), args)) from error
    if not found.letters:
        raise InputError(Problem("pdf-without-text", Place(shown)))
    grids: list[Grid] = []
    for table in found.tables:
        follows = bool(grids) and table.first and all(PAGE_NUMBER.fullmatch(line) for line in table.before)
        grid = lay_out(table.texts, table.merges, name="", shown=shown, before=table.before)
        if grid is not None:
            grids.append(replace(grid, follows=follows))
    if not grids:
        raise InputError(Problem("pdf-without-lines", Place(shown)))
    return Annex(tuple(grids), found.after)
