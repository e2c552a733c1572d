"""The workbook stream of an xls walked record by record."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from equipcheck.ledger.containers.ole import END, Chain, Ole
from equipcheck.ledger.containers.record_scan import BinaryScan, Extent

_ONE = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0003, 0x0004, 0x0005, 0x0002})
_MANY = 0x00BD  # MULRK
_FILEPASS, _BOF, _SST, _EOF, _ROW, _DIMENSIONS = 0x002F, 0x0809, 0x00FC, 0x000A, 0x0208, 0x0200
_WORKSHEET, _HIDDEN = 0x0010, 0x20


def scan_xls(data: bytes, ole: Ole) -> BinaryScan:
    """Walk the workbook stream of an xls."""
    scan = BinaryScan(sound=ole.sound)
    start, size = ole.streams.get("Workbook") or ole.streams.get("Book") or (END, 0)
    if size < 4096:  # kept among the small streams: too small to do harm, too odd to vouch for
        scan.sound = False
        return scan
    try:
        stream = Chain(data, int.from_bytes(data[30:32], "little")).read(start, size)
    except (ValueError, struct.error):
        scan.sound = False
        return scan
    _walk_biff(stream, scan)
    return scan


def _records(stream: bytes, scan: BinaryScan) -> Iterator[tuple[int, int, int]]:
    """(code, where its content begins, its size) of each record; a gap makes the walk unsound and ends it."""
    at, end = 0, len(stream)
    while at + 4 <= end:
        code, size = struct.unpack_from("<HH", stream, at)
        if code == 0 and size == 0:
            return  # padding behind the last record
        if at + 4 + size > end:
            scan.sound = False
            return
        yield code, at + 4, size
        at += 4 + size


def _walk_biff(stream: bytes, scan: BinaryScan) -> None:
    depth = 0
    sheet: Extent | None = None
    for code, at, size in _records(stream, scan):
        if code == _BOF and size >= 4:
            depth += 1
            if depth == 1 and stream[at + 2 : at + 4] == _WORKSHEET.to_bytes(2, "little"):
                sheet = Extent()
                scan.sheets.append(sheet)
        elif code == _EOF:
            depth -= 1
            sheet = None if depth <= 0 else sheet
        elif code == _FILEPASS:
            scan.encrypted = True
            return
        elif code == _DIMENSIONS:
            scan.sound = scan.sound and _plain_dimensions(stream[at : at + size])
        elif code == _SST and size >= 8:
            scan.sound = scan.sound and int.from_bytes(stream[at + 4 : at + 8], "little") <= len(stream) // 3
        elif sheet is not None and size >= 6:
            _take(sheet, code, stream[at : at + size])


def _take(sheet: Extent, code: int, record: bytes) -> None:
    row, column = struct.unpack_from("<HH", record)
    if code in _ONE:
        sheet.take(row, column, column)
    elif code == _MANY:
        sheet.take(row, column, column + max(0, (len(record) - 6) // 6 - 1))
    elif code == _ROW and len(record) >= 14 and record[12] & _HIDDEN:
        sheet.hidden_rows.add(row + 1)


def _plain_dimensions(record: bytes) -> bool:
    """Whether a sheet's declared extent can be one: the reader takes room for it unseen."""
    if len(record) >= 14:
        top, bottom, left, right = struct.unpack_from("<IIHH", record)
    elif len(record) >= 8:
        top, bottom, left, right = struct.unpack_from("<HHHH", record)
    else:
        return False
    return bool(top <= bottom <= 65_536 and left <= right <= 256)
