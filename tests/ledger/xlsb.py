"""A small xlsb made by hand, record by record: no library writes them."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

from .tables import Row

_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.bin"/></Relationships>'
)


def _record(code: int, body: bytes = b"") -> bytes:
    head = bytes([code]) if code < 128 else bytes([code & 0x7F | 0x80, code >> 7])
    size = len(body)
    return head + (bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])) + body


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_file(
    folder: Path,
    rows: Sequence[Row],
    merged: Sequence[tuple[int, int, int, int]] = (),
    name: str = "台账.xlsb",
) -> Path:
    """`merged`: first row, last row, first column, last column, from 0."""
    width = max(map(len, rows))
    sheet = _record(129) + _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1)) + _record(145)
    for at, row in enumerate(rows):
        sheet += _record(0, struct.pack("<IIHHBI", at, 0, 300, 0, 0, 0))
        for column, cell in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(cell, str):
                sheet += _record(6, place + _text(cell))
            elif isinstance(cell, int):
                sheet += _record(5, place + struct.pack("<d", cell))
    sheet += _record(146) + _record(177, struct.pack("<I", len(merged)))
    sheet += (
        b"".join(_record(176, struct.pack("<4I", *span)) for span in merged) + _record(178) + _record(130)
    )
    bundle = _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text("Sheet1"))
    book = _record(131) + _record(143) + bundle + _record(144) + _record(132)
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/_rels/workbook.bin.rels", _RELATIONS)
        package.writestr("xl/worksheets/sheet1.bin", sheet)
    return path
