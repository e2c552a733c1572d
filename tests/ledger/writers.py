"""One table through every container that a real writer makes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from .tables import Row, openpyxl_file, xls_file, xlsx_file


def _text(rows: Sequence[Row], delimiter: str, quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\r\n")  # type: ignore[arg-type]
    for row in rows:
        writer.writerow(["" if cell is None else cell for cell in row])
    return out.getvalue()


def _csv(
    encoding: str, delimiter: str, quoting: int = csv.QUOTE_MINIMAL
) -> Callable[[Path, Sequence[Row]], Path]:
    def write(folder: Path, rows: Sequence[Row]) -> Path:
        path = folder / "台账.csv"
        path.write_bytes(_text(rows, delimiter, quoting).encode(encoding))
        return path

    return write


def _html(folder: Path, rows: Sequence[Row]) -> Path:
    lines = ["".join(f"<td>{'' if cell is None else escape(str(cell))}</td>" for cell in row) for row in rows]
    path = folder / "网页.xls"
    path.write_text(
        "<html><table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table></html>", "utf-8"
    )
    return path


def _ods(folder: Path, rows: Sequence[Row]) -> Path:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="Sheet1")
    for row in rows:
        line = TableRow()
        for cell in row:
            if cell is None or cell == "":
                line.addElement(TableCell())
            elif isinstance(cell, int):
                line.addElement(TableCell(valuetype="float", value=str(cell)))
            else:
                written = TableCell(valuetype="string")
                written.addElement(P(text=str(cell)))
                line.addElement(written)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    path = folder / "台账.ods"
    document.save(str(path))
    return path


WRITERS: dict[str, Callable[[Path, Sequence[Row]], Path]] = {
    "xlsxwriter": xlsx_file,
    "openpyxl": openpyxl_file,
    "xlwt": xls_file,
    "odfpy": _ods,
    "html": _html,
    "utf-8": _csv("utf-8", ","),
    "utf-8-sig ;": _csv("utf-8-sig", ";"),
    "utf-16 tab": _csv("utf-16", "\t"),
    "gb18030 quoted": _csv("gb18030", ",", csv.QUOTE_ALL),
}
