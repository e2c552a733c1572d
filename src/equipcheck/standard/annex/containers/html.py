"""Web pages: tables with row and column spans, and the texts between them, as a reader sees them."""

from __future__ import annotations

from equipcheck.ground.html_tables import Cell, Row, Table, placed, read_page
from equipcheck.standard.annex.grid import STRUCK, SUPERSCRIPTS, Annex, Grid, lay_out


def read_html(text: str, shown: str) -> Annex:
    """The tables of a page; a table that is there only for the layout gives its texts and its inner tables."""
    page = read_page(text, struck=STRUCK, raised=SUPERSCRIPTS)
    grids: list[Grid] = []
    between: list[str] = []
    for block in page.blocks:
        if isinstance(block, str):
            between.append(block)
        else:
            between = _put(block, grids, between, shown)
    remarks = []
    if page.hidden:
        remarks.append(f"网页里隐藏或已删除的内容没有读入：{'、'.join(dict.fromkeys(page.hidden))[:200]}")
    return Annex(tuple(grids), tuple(between), {}, tuple(remarks))


def _put(table: Table, grids: list[Grid], between: list[str], shown: str) -> list[str]:
    """Add a table to the grids, then those inside it; gives the texts that come after them."""
    if table.hidden:
        return between
    rows = [
        Row(row.hidden, row.veils, list(filter(_seen, row.cells))) for row in table.rows if not row.hidden
    ]
    cells = [cell for row in rows for cell in row.cells if cell.text]
    between = between + table.caption
    if table.inner and len(cells) <= 4:
        between += [line.strip() for cell in cells for line in cell.text.splitlines() if line.strip()]
    else:
        found = list(placed(rows))
        texts = {place: cell.text for place, _, cell in found}
        merges = {place: extent for place, extent, _ in found if extent != (1, 1)}
        grid = lay_out(texts, merges, name="", shown=shown, before=tuple(between))
        if grid is not None:
            grids.append(grid)
            between = []
    for inner in table.inner:
        between = _put(inner, grids, between, shown)
    return between


def _seen(cell: Cell) -> bool:
    return not cell.hidden
