"""The worksheets of an xlsx looked through as bytes: extent, count of values, hidden rows.

The usual sheet costs one pass for a few fixed patterns; only one with far cells is looked at cell by cell.
"""

from __future__ import annotations

import posixpath
import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import field

import polars as pl

from equipcheck.ground.column_letters import column_letters, column_number
from equipcheck.ground.mutable import Mutable
from equipcheck.ground.patterns import pattern
from equipcheck.ledger.containers.zip_package import (
    Package,
    overstated,
    refuse_declarations,
    refuse_long_text,
)
from equipcheck.problems import InputError, Place, Problem

MAX_CELLS = 6_000_000  # values in one sheet
DENSE = 1_500_000  # cells in a rectangle that the fast reader may lay out though most are empty
FEW_BYTES = 250_000
MAX_TEXT = 250 << 20  # bytes of text that the cells of one sheet add up to

# An address beyond column Z or row 149,999, in upper or lower case.
_FAR = r' r="(?:[A-Za-z](?:[A-Za-z]|(?:1[5-9]|[2-9][0-9])[0-9]{4}|[0-9]{7})|[0-9]{7,}|(?:1[5-9]|[2-9][0-9])[0-9]{4}")'
_CELL_START, _PLAIN_CELL = b"<c", b'<c r="'
_OTHER_CELL = pattern(rb'<c(?! r=")[^a-z]')  # a cell whose address is not written as _FAR expects
_CELL = pattern(rb"""<c r="([A-Za-z]+)(\d+)"(?:[^>]*[^/>])?><(?!/)""")
_ANY_CELL = pattern(
    rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]+)(\d+)["'](?:[^>]*[^/>])?>\s*<(?!/)"""
)
_ROW = pattern(rb'<row r="(\d{1,9})"')
_ROOT = pattern(rb"<(\w+:)?worksheet")
MAX_FORMULA = 60  # characters of a formula that are kept
# A formula without a value behind it. One whose value is an empty text (t="str") is worked out.
_UNCOUNTED = pattern(
    rb"""<(?:\w+:)?c\s(?![^>]*\st=["']str["'])(?:[^>]*?\s)?r=["']([A-Za-z]{1,3})(\d{1,7})["'][^>]*(?<!/)>\s*"""
    rb"""<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*"""
    rb"""</(?:\w+:)?c>"""
)
_NO_VALUE = b"<v></v>"
_HIDDEN = pattern(rb"""<(?:\w+:)?row\s[^>]*?\br=["'](\d+)["'][^>]*?\shidden=["'](?:1|true)["']""")
_HIDDEN_FIRST = pattern(rb"""<(?:\w+:)?row\s[^>]*?\shidden=["'](?:1|true)["'][^>]*?\sr=["'](\d+)["']""")
_SHARED = pattern(rb"""\st=["']s["'][^>]*>\s*<(?:\w+:)?v>(\d{1,10})<""")
_OVERLAP = 4096

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class SheetScan(Mutable):
    """What one worksheet holds."""

    cells: int = 0  # and a few other elements, at most
    sparse: bool = False  # its rectangle is far bigger than its values
    far: str = ""  # the address that makes it so
    unusual: bool = False  # written in a way that the scan cannot vouch for


def guard_xlsx(package: Package, parts: Mapping[str, str]) -> dict[str, SheetScan]:
    """Every worksheet (name → part) by its name. Raises InputError where the file must not be read."""
    longest, lengths = _shared_strings(package)
    unusual = _overstated(package)
    scans: dict[str, SheetScan] = {}
    for name, part in parts.items():
        scans[name] = scan = _guard(package, part)
        scan.unusual = scan.unusual or unusual
        if scan.cells > MAX_CELLS and (scan.sparse or count_values(package, part).count > MAX_CELLS):
            reason = f"工作表“{name}”有内容的单元格超过 {MAX_CELLS} 个，请拆分后再读"
            raise InputError(Problem("too-big-file", Place(package.shown, name), {"reason": reason}))
        if scan.cells * longest > MAX_TEXT:
            _refuse_repeated_text(package, name, part, lengths)
    return scans


def _overstated(package: Package) -> bool:
    """Whether a part that readers load whole says it holds more than it can. Looks through each of them."""
    found = False
    for name in ("xl/workbook.xml", "xl/styles.xml", "xl/metadata.xml"):
        if name in package.members:
            data = package.read(name)
            found = found or overstated(data, len(data))
    if "xl/sharedstrings.xml" in package.members:
        size = package.members["xl/sharedstrings.xml"].file_size
        head = next(package.pieces("xl/sharedstrings.xml"), b"")[:4096]
        found = found or overstated(head, size)
    return found


def sheet_parts(package: Package) -> dict[str, str]:
    """Worksheet name → part, in the workbook's order."""
    if "xl/workbook.xml" not in package.members or "xl/_rels/workbook.xml.rels" not in package.members:
        raise InputError(Problem("broken-file", Place(package.shown), {"reason": "缺少工作簿目录"}))
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in package.tree("xl/_rels/workbook.xml.rels")
        if relation.get("Type", "").endswith("/worksheet")
    }
    book = package.tree("xl/workbook.xml")
    parts: dict[str, str] = {}
    for space in (_MAIN, _STRICT):
        for sheet in book.iter(f"{space}sheet"):
            target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or "", "").replace(
                "\\", "/"
            )
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower() if target else ""
            if part in package.members:
                parts[sheet.get("name", "")] = part
    return parts


def _overlapping(package: Package, part: str) -> Iterator[tuple[bytes, int]]:
    """Pieces that begin with the last bytes of the one before, and where the new bytes start."""
    tail = b""
    for piece in package.pieces(part):
        yield tail + piece, len(tail)
        tail = (tail + piece)[-_OVERLAP:]


def _guard(package: Package, part: str) -> SheetScan:
    scan = SheetScan()
    far, last_row, first = False, 0, True
    for piece, start in _overlapping(package, part):
        if refuse_declarations(piece, package.shown, part):
            scan.unusual = True
        refuse_long_text(piece, package.shown, part)
        if first:
            first = False
            root = _ROOT.search(piece[:4096])
            scan.unusual = scan.unusual or root is None or root[1] is not None
        cells = _new(piece, _CELL_START, start)
        if cells != _new(piece, _PLAIN_CELL, start):
            odd = _OTHER_CELL.search(piece)  # what the piece's end cuts off is seen in the next
            scan.unusual = scan.unusual or (odd is not None and odd.start() < len(piece) - len(_PLAIN_CELL))
        scan.cells += cells
        far = far or _has_far(piece)
        if (row := _ROW.match(piece, max(0, piece.rfind(b"<row ")))) is not None:
            last_row = max(last_row, int(row[1]))
    if far or scan.unusual or _too_sparse(last_row * 26, scan.cells):
        _measure(package, part, scan)
    return scan


def _has_far(piece: bytes) -> bool:
    """By the engine of polars where there is much: it takes less than half the time of `re`, once it has begun."""
    if len(piece) < FEW_BYTES:
        return re.search(_FAR.encode(), piece) is not None
    return bool(pl.Series([piece.decode("latin-1")]).str.contains(_FAR).any())


class SheetValues(Mutable):
    """How many cells of a worksheet hold something, its hidden rows, and formulas that hold no value."""

    count: int = 0
    hidden: set[int] = field(default_factory=set)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)  # by row and column, from 1
    struck: set[tuple[int, int]] = field(default_factory=set)  # cells whose text is struck through, likewise


_FONTS = pattern(rb"<(?:\w+:)?fonts[\s>].*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = pattern(rb"<(?:\w+:)?font(?:/>|\s*>.*?</(?:\w+:)?font>)", re.DOTALL)
_STRIKE = pattern(rb"""<(?:\w+:)?strike\s*(?:/>|>|\sval=["'](?:1|true)["'])""")
_FORMATS = pattern(rb"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = pattern(rb"""<(?:\w+:)?xf\s[^>]*?\bfontId=["'](\d+)["']|<(?:\w+:)?xf[\s/>]""")
_STYLED = pattern(
    rb"""<(?:\w+:)?c\sr=["']([A-Z]{1,3})(\d{1,7})["']\s(?:[^>]*\s)?s=["'](\d{1,5})["'][^>]*(?<!/)>"""
)


def struck_formats(package: Package) -> frozenset[bytes]:
    """The numbers of the cell formats that strike text through."""
    name = "xl/styles.xml"
    data = package.read(name) if name in package.members else b""
    if b"strike" not in data:
        return frozenset()
    fonts, formats = _FONTS.search(data), _FORMATS.search(data)
    if fonts is None or formats is None:
        return frozenset()
    struck = {n for n, font in enumerate(_FONT.findall(fonts[0])) if _STRIKE.search(font)}
    used = enumerate(_FORMAT.findall(formats[0]))
    return frozenset(str(n).encode() for n, font in used if font and int(font) in struck)


def count_values(package: Package, part: str, struck: frozenset[bytes] = frozenset()) -> SheetValues:
    """Look through a worksheet for its values."""
    found = SheetValues()
    marks: tuple[bytes, ...] = ()
    for piece, start in _overlapping(package, part):
        if not marks:
            root = _ROOT.search(piece[:4096])
            prefix = root[1] or b"" if root else b""
            marks = (b"</" + prefix + b"v>", b"</" + prefix + b"is>")
        found.count += sum(_new(piece, mark, start) for mark in marks) - _new(piece, _NO_VALUE, start)
        if b"<f" in piece or b":f" in piece:
            for column, row, words in _UNCOUNTED.findall(piece):
                formula = _unescaped(words.decode("utf-8", "replace"))
                found.formulas[int(row), column_number(column)] = f"={formula[:MAX_FORMULA]}"
        if struck:
            for column, row, style in _STYLED.findall(piece):
                if style in struck:
                    found.struck.add((int(row), column_number(column)))
        if b"hidden=" in piece:
            for pattern in (_HIDDEN, _HIDDEN_FIRST):
                found.hidden.update(int(row[1]) for row in pattern.finditer(piece))
    return found


def _new(piece: bytes, mark: bytes, start: int) -> int:
    """How often a mark stands in a piece, without what the piece before has shown already."""
    margin = max(0, start - len(mark) + 1)
    return piece.count(mark, margin)


def _too_sparse(area: int, cells: int) -> bool:
    return area > DENSE and area > 3 * cells


def _measure(package: Package, part: str, scan: SheetScan) -> None:
    """The rectangle around all cells that hold something, cell by cell."""
    pattern = _ANY_CELL if scan.unusual else _CELL
    rows, columns, values = [1 << 40, 0], [1 << 40, 0], 0
    far_row = far_column = (0, 0)
    for piece, _ in _overlapping(package, part):
        found = pattern.findall(piece)
        if not found:
            continue
        _refuse_outside(package, found)
        values += len(found)
        numbers = [int(number) for _, number in found]
        known = {letters: column_number(letters) for letters in {letters for letters, _ in found}}
        across = [known[letters] for letters, _ in found]
        rows = [min(rows[0], *numbers), max(rows[1], *numbers)]
        columns = [min(columns[0], *across), max(columns[1], *across)]
        far_row = max(far_row, *zip(numbers, across, strict=True))
        far_column = max(far_column, *zip(across, numbers, strict=True))
    height, width = rows[1] - rows[0] + 1, columns[1] - columns[0] + 1
    if _too_sparse(height * width, values):
        scan.sparse = True
        column, row = far_column if width > 200 else far_row[::-1]
        scan.far = f"{column_letters(column)}{row}"


def _refuse_outside(package: Package, found: list[tuple[bytes, bytes]]) -> None:
    """No address beyond the last row and column that a sheet can have."""
    for letters, number in found:
        if len(letters) > 3 or len(number) > 7:
            address = (letters + number).decode("ascii")[:20]
            reason = {"reason": f"单元格地址“{address}”超出工作表的范围"}
            raise InputError(Problem("broken-file", Place(package.shown), reason))


def _shared_strings(package: Package) -> tuple[int, array[int]]:
    """The length of the longest shared string, and of each, in bytes as written."""
    name = "xl/sharedstrings.xml"
    lengths: array[int] = array("L")
    if name not in package.members:
        return 0, lengths
    before = 0
    at = -1
    for piece, start in _overlapping(package, name):
        refuse_declarations(piece, package.shown, name)
        refuse_long_text(piece, package.shown, name)
        offset = piece.find(b"<si>", max(0, start - 3))
        while offset >= 0:
            here = before - start + offset
            if at >= 0:
                lengths.append(here - at)
            at = here
            offset = piece.find(b"<si>", offset + 4)
        before += len(piece) - start
    if at >= 0:
        lengths.append(before - at)
    return max(lengths, default=before), lengths


def _refuse_repeated_text(package: Package, name: str, part: str, lengths: array[int]) -> None:
    """Long shared strings used over and over: what the cells would hold together."""
    total = 0
    for piece, start in _overlapping(package, part):
        for found in _SHARED.finditer(piece):
            if found.end() > start and int(found[1]) < len(lengths):
                total += lengths[int(found[1])]
        if total > MAX_TEXT:
            reason = f"工作表“{name}”的文字合计超过 {MAX_TEXT >> 20} MB"
            raise InputError(Problem("too-big-file", Place(package.shown, name), {"reason": reason}))


def _unescaped(text: str) -> str:
    """Text as it was before it was put into XML (`xml.sax.saxutils` would load the network's modules for it)."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
