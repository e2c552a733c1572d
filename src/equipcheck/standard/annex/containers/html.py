"""Web pages: tables with row and column spans, and the texts between them, as a reader sees them."""

from __future__ import annotations

from equipcheck.ground.html_tables import Row, Table, placed, read_page
from equipcheck.standard.annex.containers.flow import Flow
from equipcheck.standard.annex.grid import STRUCK, SUPERSCRIPTS, Annex


def read_html(text: str, shown: str) -> Annex:
    """The tables of a page; a table that is there only for the layout gives its texts and its inner tables."""
    page = read_page(text, struck=STRUCK, raised=SUPERSCRIPTS)
    flow = Flow(shown)
    for block in page.blocks:
        if isinstance(block, Table):
            _put(block, flow)
        else:
            flow.paragraph(block)
    remarks = []
    if page.hidden:
        remarks.append(f"网页里隐藏或已删除的内容没有读入：{'、'.join(dict.fromkeys(page.hidden))[:200]}")
    return Annex(tuple(flow.grids), tuple(flow.between), {}, tuple(remarks))


def _put(table: Table, flow: Flow) -> None:
    """A table, then those inside it."""
    if table.hidden:
        return
    for text in table.caption:
        flow.paragraph(text)
    rows = [
        Row(row.hidden, row.veils, [cell for cell in row.cells if not cell.hidden])
        for row in table.rows
        if not row.hidden
    ]
    found = list(placed(rows))
    texts = {place: cell.text for place, _, cell in found}
    merges = {place: extent for place, extent, _ in found if extent != (1, 1)}
    flow.table(texts, merges, holds_tables=bool(table.inner))
    for inner in table.inner:
        _put(inner, flow)
