"""Workbooks: xlsx, xlsb, ods and xls. Each is looked through first, then read by python-calamine.

What the look shows decides who reads: this process, one apart, or the second reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from equipcheck.ground.mutable import Mutable
from equipcheck.ledger.containers.formulas import fill_formulas
from equipcheck.ledger.containers.sidecar_process import attempt
from equipcheck.ledger.containers.zip_package import WORD, Package
from equipcheck.ledger.sheet import Book, Oddity, Sheet, Span
from equipcheck.problems import InputError, Place, Problem

Spans = list[Span]


class Look(Mutable):
    """What looking through a workbook showed, by sheet."""

    sound: bool = True  # whether this process may let the reader in
    sparse: dict[str, str] = field(default_factory=dict)  # part of a sheet for the second reader alone
    far: dict[str, str] = field(default_factory=dict)  # its furthest address
    values: dict[str, int] = field(default_factory=dict)
    merged: dict[str, Spans] = field(default_factory=dict)  # absolute, from 0, where the reader gives none
    hidden_rows: dict[str, set[int]] = field(default_factory=dict)
    hidden_by_order: list[set[int]] = field(
        default_factory=list
    )  # where sheets are known by their order only


def read_zipped(data: bytes, shown: str, wanted: frozenset[str] | None) -> Book:
    """An xlsx, xlsb or ods. Raises InputError where it is none, broken or too big."""
    package = Package.open(data, shown)
    kind = package.kind()
    if kind == "xlsx":
        return _read_xlsx(package, wanted)
    if kind == "ods":
        from equipcheck.ledger.containers.ods_scan import scan_ods

        sheets = scan_ods(package)
        look = Look(
            merged={name: sheet.merged for name, sheet in sheets.items()},
            hidden_rows={name: sheet.hidden_rows for name, sheet in sheets.items()},
        )
        book = _read(data, shown, wanted, look)
        for read in book.sheets:
            book.oddities.extend(fill_formulas(read, sheets[read.name].formulas))
        return book
    if kind == "xlsb":
        from equipcheck.ledger.containers.xlsb_scan import scan_xlsb

        scan = scan_xlsb(package)
        if scan.too_wide:
            raise _too_sparse(shown)
        return _read(data, shown, wanted, Look(sound=scan.sound, merged=scan.merged))
    if kind == WORD:
        from equipcheck.ledger.containers.word import read_word

        return read_word(package)
    raise InputError(Problem("not-a-ledger-file", Place(shown), {"what": kind}))


def read_ole(data: bytes, shown: str, wanted: frozenset[str] | None) -> Book:
    """An xls, or whatever else keeps itself in an OLE file. Raises InputError."""
    from equipcheck.ledger.containers.ole import open_ole
    from equipcheck.ledger.containers.xls_scan import scan_xls

    ole = open_ole(data)
    if ole is None:
        raise InputError(Problem("broken-file", Place(shown), {"reason": "文件结构不完整"}))
    if "EncryptedPackage" in ole.streams or "EncryptionInfo" in ole.streams:
        raise InputError(Problem("encrypted-file", Place(shown)))
    if "Workbook" not in ole.streams and "Book" not in ole.streams:
        what = (
            "Word 文档"
            if "WordDocument" in ole.streams
            else "演示文稿"
            if "PowerPoint Document" in ole.streams
            else "旧格式文件"
        )
        raise InputError(Problem("not-a-ledger-file", Place(shown), {"what": what}))
    scan = scan_xls(data, ole)
    if scan.encrypted:
        raise InputError(Problem("encrypted-file", Place(shown)))
    if scan.too_wide:
        raise _too_sparse(shown)
    look = Look(sound=scan.sound, hidden_by_order=[sheet.hidden_rows for sheet in scan.sheets])
    return _read(data, shown, wanted, look)


def _too_sparse(shown: str) -> InputError:
    reason = "内容散布在极远的单元格，请用 Excel 或 WPS 删去远处的零散内容，或另存为 xlsx"
    return InputError(Problem("too-big-file", Place(shown), {"reason": reason}))


def _read_xlsx(package: Package, wanted: frozenset[str] | None) -> Book:
    from concurrent.futures import ThreadPoolExecutor

    from equipcheck.ledger.containers.xlsx_scan import count_values, guard_xlsx, sheet_parts, struck_formats

    parts = sheet_parts(package)
    read = {name: part for name, part in parts.items() if wanted is None or name in wanted}
    scans = guard_xlsx(package, read)
    look = Look(
        sound=not any(scan.unusual for scan in scans.values()),
        sparse={name: parts[name] for name, scan in scans.items() if scan.sparse},
        far={name: scan.far for name, scan in scans.items()},
    )
    with ThreadPoolExecutor(1) as beside:  # the reader lets other threads run meanwhile
        struck = struck_formats(package)
        counts = {name: beside.submit(count_values, package, part, struck) for name, part in read.items()}
        try:
            book = _read(package.data, package.shown, wanted, look, package)
        except InputError as error:
            second = None if look.sound else _read_second(package, read)
            if second is None:
                raise error from None
            book = second
        values = {name: count.result() for name, count in counts.items()}
    look.values = {name: found.count for name, found in values.items()}
    for sheet in book.sheets:
        sheet.hidden_rows = frozenset(values[sheet.name].hidden if sheet.name in values else ())
        sheet.struck = frozenset(values[sheet.name].struck if sheet.name in values else ())
    _look_again(package, book, look)
    for sheet in book.sheets:
        if sheet.name in values:
            book.oddities.extend(fill_formulas(sheet, values[sheet.name].formulas))
    return book


def _read(
    data: bytes, shown: str, wanted: frozenset[str] | None, look: Look, package: Package | None = None
) -> Book:
    """Let the reader in, here or apart."""
    from equipcheck.ledger.containers.sidecar import read_apart

    left_out = frozenset(look.sparse)
    answer = attempt(data, wanted, left_out) if look.sound else read_apart(data, wanted, left_out, shown)
    if answer[0] != "ok":
        raise _unreadable(shown, answer[1])
    book = Book([], reader="calamine" if look.sound else "calamine（隔离）")
    for n, page in enumerate(answer[1]):
        name, hidden = page["name"], page["hidden"]
        book.names.append(name)
        if wanted is not None and name not in wanted:
            continue
        if name in look.sparse and package is not None:
            sheet = _sparse(package, name, look, hidden=hidden)
            book.oddities.append(Oddity("far-cells", name, 0, {"cell": look.far[name]}))
        elif "rows" not in page:
            continue
        else:
            sheet = _sheet(page, look.merged.get(name))
        sheet.hidden_rows = frozenset(look.hidden_rows.get(name, ()))
        if len(look.hidden_by_order) == len(answer[1]):
            sheet.hidden_rows = frozenset(look.hidden_by_order[n])
        if hidden:
            book.oddities.append(Oddity("hidden-sheet", name))
        book.sheets.append(sheet)
    return book


def _read_second(package: Package, parts: Mapping[str, str]) -> Book | None:
    """The whole workbook by the second reader, where the first died of it; None if that fails too."""
    from equipcheck.ledger.containers.fallback_reader import SecondReaderError, read_sparse

    book = Book([], reader="openpyxl", names=[*parts])
    try:
        book.sheets = [read_sparse(package, name, part, hidden=False) for name, part in parts.items()]
    except SecondReaderError:
        return None
    book.oddities.append(Oddity("second-reader"))
    return book


def _unreadable(shown: str, kind: str) -> InputError:
    if kind == "PasswordError":
        return InputError(Problem("encrypted-file", Place(shown)))
    reasons = {
        "XmlError": "XML 不完整",
        "ZipError": "压缩结构不完整",
        "PanicException": "内部结构异常，读取程序出错",
    }
    reason = reasons.get(kind, "内部结构不完整")
    return InputError(Problem("broken-file", Place(shown), {"reason": reason}))


def _sparse(package: Package, name: str, look: Look, *, hidden: bool) -> Sheet:
    from equipcheck.ledger.containers.fallback_reader import SecondReaderError, read_sparse

    try:
        return read_sparse(package, name, look.sparse[name], hidden=hidden)
    except SecondReaderError:
        reason = f"工作表“{name}”的内容铺到了 {look.far[name]}，请删去远处的零散内容"
        raise InputError(Problem("too-big-file", Place(package.shown, name), {"reason": reason})) from None


def _sheet(page: Mapping[str, Any], merged: Spans | None) -> Sheet:
    """A sheet from what the reader gave; merged ranges cut to what was read."""
    rows = page["rows"]
    top, left = page["start"] or (0, 0)
    width = len(rows[0]) if rows else 0
    if merged is None:
        merged = [(a, b, c, d) for (a, b), (c, d) in page["merged"] or ()]
    spans: list[Span] = []
    for first, start, last, end in merged:
        if 0 <= first - top < len(rows) and 0 <= start - left < width:
            spans.append(
                (first - top, start - left, min(last - top, len(rows) - 1), min(end - left, width - 1))
            )
    return Sheet(page["name"], rows, top + 1, left + 1, tuple(sorted(spans)), hidden=page["hidden"])


def _look_again(package: Package, book: Book, look: Look) -> None:
    """Where the reader shows another number of values than the file holds, the second reader fills in."""
    for sheet in book.sheets:
        if sheet.name in look.sparse or sheet.name not in look.values:
            continue
        shown = sum(len(row) - row.count("") for row in sheet.rows)
        if shown >= look.values[sheet.name]:
            continue
        from equipcheck.ledger.containers.fallback_reader import SecondReaderError, read_cells

        try:
            cells = read_cells(package.data, sheet.name)
        except SecondReaderError:
            args: dict[str, object] = {"lost": look.values[sheet.name] - shown}
            book.oddities.append(Oddity("values-in-doubt", sheet.name, 0, args))
            continue
        for (row, column), value in sorted(cells.items()):
            at, across = row - sheet.first_row, column - sheet.first_column
            if 0 <= at < len(sheet.rows) and 0 <= across < sheet.width and sheet.rows[at][across] == "":
                sheet.rows[at][across] = value
                book.oddities.append(Oddity("value-restored", sheet.name, row, {"value": str(value)[:40]}))
