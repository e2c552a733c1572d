"""Real containers, bent: what mutilates a small sound workbook in one exact way."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

Bend = Callable[[str, bytes], bytes]
SHEET = "xl/worksheets/sheet1.xml"


def bent(source: Path, name: str, bend: Bend) -> Path:
    """A copy of a zip whose members went through `bend`."""
    target = source.with_name(name)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, bend(info.filename, old.read(info.filename)))
    return target


def in_member(member: str, old: bytes, new: bytes) -> Bend:
    """Replace bytes of one member, which must hold them."""

    def bend(name: str, data: bytes) -> bytes:
        if name != member:
            return data
        assert old in data, (member, old)
        return data.replace(old, new)

    return bend


def more_rows(rows: bytes) -> Bend:
    """Rows written behind the last one of the first sheet."""
    return in_member(SHEET, b"</sheetData>", rows + b"</sheetData>")


def cell(address: str, text: str = "x") -> bytes:
    """A row with one cell."""
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{address}" t="inlineStr"><is><t>{text}</t></is></c></row>'.encode()
