"""Binary workbooks (xls, xlsb) walked record by record before a reader is let in.

The walk vouches for three things: the records reach the end without a gap, no count is bigger than the file
could hold, and the rectangle of the values is not far bigger than their number.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from equipcheck.ledger.package import Package
from equipcheck.ledger.sheet import Span

DENSE = 1_500_000

_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_BIFF_ONE = frozenset(
    {0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0003, 0x0004, 0x0005, 0x0002}
)
_BIFF_MANY = 0x00BD  # MULRK
_BIFF_FILEPASS, _BIFF_BOF, _BIFF_SST, _BIFF_EOF, _BIFF_ROW = 0x002F, 0x0809, 0x00FC, 0x000A, 0x0208
_BINARY_CELLS = range(2, 12)  # BrtCellRk … BrtFmlaError
_BINARY_ROW, _BINARY_MERGE, _BINARY_SST, _BINARY_BUNDLE = 0, 176, 159, 156


@dataclass(slots=True)
class Extent:
    """The rectangle of one sheet's values (from 0) and their number."""

    top: int = 1 << 30
    left: int = 1 << 30
    bottom: int = -1
    right: int = -1
    values: int = 0
    merged: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)  # from 1

    def take(self, row: int, first: int, last: int) -> None:
        """Count the values of one row from a first to a last column."""
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, first), max(self.right, last)
        self.values += last - first + 1

    @property
    def area(self) -> int:
        """Cells in the rectangle."""
        return max(0, self.bottom - self.top + 1) * max(0, self.right - self.left + 1)


@dataclass(slots=True)
class BinaryScan:
    """What a binary workbook holds; `sound` False: let a reader at it only where it can do no harm."""

    sound: bool = True
    encrypted: bool = False
    sheets: list[Extent] = field(default_factory=list)
    merged: dict[str, list[Span]] = field(default_factory=dict)  # by sheet name, where the walk knows names

    @property
    def too_wide(self) -> bool:
        """A rectangle that no reader should lay out."""
        return any(sheet.area > DENSE and sheet.area > 3 * sheet.values for sheet in self.sheets)


def ole_streams(data: bytes) -> dict[str, tuple[int, int]] | None:
    """The streams of an OLE file: name → (first sector, size); None where the directory is broken."""
    try:
        shift = int.from_bytes(data[30:32], "little")
        if shift not in (9, 12):
            return None
        chain = _Chain(data, shift)
        directory = chain.read(int.from_bytes(data[48:52], "little"), 4 << 20)
    except (IndexError, struct.error, ValueError):
        return None
    streams: dict[str, tuple[int, int]] = {}
    for at in range(0, len(directory) - 127, 128):
        entry = directory[at : at + 128]
        length = int.from_bytes(entry[64:66], "little")
        if entry[66] in (1, 2, 5) and 2 <= length <= 64:
            name = entry[: length - 2].decode("utf-16-le", "replace")
            streams[name] = (
                int.from_bytes(entry[116:120], "little"),
                int.from_bytes(entry[120:124], "little"),
            )
    return streams


class _Chain:
    """Sectors of an OLE file and the table that links them."""

    def __init__(self, data: bytes, shift: int) -> None:
        self.data = data
        self.size = 1 << shift
        sectors = [*struct.unpack_from("<109I", data, 76)]
        more = int.from_bytes(data[68:72], "little")
        per = self.size // 4
        for _ in range(len(data) // self.size):
            if more in (_FREE, _END):
                break
            block = struct.unpack_from(f"<{per}I", data, (more + 1) * self.size)
            sectors.extend(block[:-1])
            more = block[-1]
        self.table: list[int] = []
        for sector in sectors:
            if sector not in (_FREE, _END):
                self.table.extend(struct.unpack_from(f"<{per}I", data, (sector + 1) * self.size))

    def read(self, sector: int, limit: int) -> bytes:
        """A stream from its first sector on. Raises ValueError where the chain is broken or a circle."""
        parts: list[bytes] = []
        for _ in range(len(self.table) + 1):
            if sector == _END:
                return b"".join(parts)[:limit]
            if sector >= len(self.table):
                break
            parts.append(self.data[(sector + 1) * self.size : (sector + 2) * self.size])
            sector = self.table[sector]
        raise ValueError(sector)


def scan_xls(data: bytes, streams: dict[str, tuple[int, int]]) -> BinaryScan:
    """Walk the workbook stream of an xls."""
    scan = BinaryScan()
    start, size = streams.get("Workbook") or streams.get("Book") or (_END, 0)
    if size < 4096:  # kept among the small streams: too small to do harm, too odd to vouch for
        scan.sound = False
        return scan
    try:
        stream = _Chain(data, int.from_bytes(data[30:32], "little")).read(start, size)
    except (ValueError, struct.error):
        scan.sound = False
        return scan
    _walk_biff(stream, scan)
    return scan


def _walk_biff(stream: bytes, scan: BinaryScan) -> None:
    at, depth, end = 0, 0, len(stream)
    sheet: Extent | None = None
    unpack = struct.unpack_from
    while at + 4 <= end:
        code, size = unpack("<HH", stream, at)
        body = at + 4
        if body + size > end:
            scan.sound = False
            return
        if sheet is not None and code in _BIFF_ONE and size >= 6:
            row, column = unpack("<HH", stream, body)
            sheet.take(row, column, column)
        elif sheet is not None and code == _BIFF_MANY and size >= 12:
            row, first = unpack("<HH", stream, body)
            sheet.take(row, first, first + (size - 6) // 6 - 1)
        elif code == _BIFF_BOF and size >= 4:
            depth += 1
            if depth == 1 and unpack("<H", stream, body + 2)[0] == 0x0010:
                sheet = Extent()
                scan.sheets.append(sheet)
        elif code == _BIFF_EOF:
            depth -= 1
            sheet = None if depth <= 0 else sheet
        elif (
            code == _BIFF_ROW
            and sheet is not None
            and size >= 16
            and unpack("<H", stream, body + 12)[0] & 0x20
        ):
            sheet.hidden_rows.add(unpack("<H", stream, body)[0] + 1)
        elif code == _BIFF_FILEPASS:
            scan.encrypted = True
            return
        elif code == _BIFF_SST and size >= 8 and unpack("<I", stream, body + 4)[0] > end // 3:
            scan.sound = False
        elif code == 0 and size == 0:
            return  # padding behind the last record
        at = body + size


def scan_xlsb(package: Package) -> BinaryScan:
    """Walk the worksheets and shared strings of an xlsb."""
    scan = BinaryScan()
    parts: dict[str, Extent] = {}
    for name in sorted(package.members):
        if name.startswith("xl/worksheets/") and name.endswith(".bin"):
            parts[name] = _sheet_extent(package.read(name), scan)
        elif name == "xl/sharedstrings.bin":
            data = package.read(name)
            for code, at, size in _records(data, scan):
                if code == _BINARY_SST and size >= 8 and _number(data, at + 4) > len(data):
                    scan.sound = False
    scan.sheets = [*parts.values()]
    for name, part in _binary_names(package, scan).items():
        if part in parts:
            scan.merged[name] = parts[part].merged
    return scan


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def _records(data: bytes, scan: BinaryScan) -> Iterator[tuple[int, int, int]]:
    """(code, where its content begins, its size) of each record; a gap makes the walk unsound and ends it."""
    at, end = 0, len(data)
    while at < end:
        code = data[at]
        at += 1
        if code & 0x80 and at < end:
            code = (code & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < end and shift < 28:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        if at + size > end:
            scan.sound = False
            return
        yield code, at, size
        at += size


def _sheet_extent(data: bytes, scan: BinaryScan) -> Extent:
    extent, row = Extent(), 0
    for code, at, size in _records(data, scan):
        if code in _BINARY_CELLS and size >= 4:
            column = _number(data, at)
            extent.take(row, column, column)
        elif code == _BINARY_ROW and size >= 4:
            row = _number(data, at)
        elif code == _BINARY_MERGE and size >= 16:
            top, bottom, left, right = struct.unpack_from("<4I", data, at)
            extent.merged.append((top, left, bottom, right))
    return extent


def _binary_names(package: Package, scan: BinaryScan) -> dict[str, str]:
    """Sheet name → part."""
    if "xl/_rels/workbook.bin.rels" not in package.members:
        return {}
    targets = {
        relation.get("Id", ""): f"xl/{relation.get('Target', '')}".lower()
        for relation in package.tree("xl/_rels/workbook.bin.rels")
    }
    data = package.read("xl/workbook.bin")
    names: dict[str, str] = {}
    for code, at, size in _records(data, scan):
        if code == _BINARY_BUNDLE and size > 12:
            first = _number(data, at + 8) * 2
            identity = data[at + 12 : at + 12 + first].decode("utf-16-le", "replace")
            start = at + 12 + first
            length = _number(data, start) * 2
            name = data[start + 4 : start + 4 + length].decode("utf-16-le", "replace")
            names[name] = targets.get(identity, "")
    return names
