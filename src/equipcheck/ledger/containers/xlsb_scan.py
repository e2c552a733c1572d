"""The parts of an xlsb walked record by record."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from equipcheck.ledger.containers.record_scan import BinaryScan, Extent
from equipcheck.ledger.containers.zip_package import Package

_CELLS = range(2, 12)  # BrtCellRk … BrtFmlaError
_ROW, _MERGE, _SST, _BUNDLE, _DIMENSIONS = 0, 176, 159, 156, 148


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
                if code == _SST and size >= 8 and _number(data, at + 4) > len(data):
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
        if code in _CELLS and size >= 4:
            column = _number(data, at)
            extent.take(row, column, column)
        elif code == _ROW and size >= 4:
            row = _number(data, at)
        elif code == _DIMENSIONS and size >= 16:
            top, bottom, left, right = struct.unpack_from("<4I", data, at)
            scan.sound = scan.sound and top <= bottom < 1 << 20 and left <= right < 1 << 14
        elif code == _MERGE and size >= 16:
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
        if code == _BUNDLE and size > 12:
            first = _number(data, at + 8) * 2
            identity = data[at + 12 : at + 12 + first].decode("utf-16-le", "replace")
            start = at + 12 + first
            length = _number(data, start) * 2
            name = data[start + 4 : start + 4 + length].decode("utf-16-le", "replace")
            names[name] = targets.get(identity, "")
    return names
