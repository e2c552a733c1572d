"""What a file really is, told by its bytes and not by its name, and the reader that takes it."""

from __future__ import annotations

from pathlib import Path

from equipcheck.ledger.sheet import Book
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.reasons import reason_of

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_LEDGERS = {
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"{\\rtf": "RTF 文档",
}


def read_file(path: Path, shown: str) -> bytes:
    """A file's bytes. Raises InputError with what stands in the way."""
    if path.name.startswith("~$"):
        raise InputError(Problem("lock-file", Place(shown), {"name": path.name.removeprefix("~$")}))
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        from equipcheck.problems.nearby import near_file

        raise InputError(Problem("no-such-file", Place(shown), {"near": near_file(path)})) from None
    except OSError as error:
        raise InputError(Problem("unreadable-file", Place(shown), {"reason": reason_of(error)})) from None
    if not data[:4096].strip(b"\0 \t\r\n") and not data.strip(b"\0 \t\r\n"):
        raise InputError(Problem("empty-file", Place(shown)))
    return data


def open_book(data: bytes, shown: str, wanted: frozenset[str] | None = None) -> Book:
    """Read a file's sheets. Raises InputError where it is none that can be read."""
    for mark, what in _NOT_LEDGERS.items():
        if data.startswith(mark):
            raise InputError(Problem("not-a-ledger-file", Place(shown), {"what": what}))
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        from equipcheck.ledger.containers.workbook import read_zipped

        return read_zipped(data, shown, wanted)
    if data.startswith(_OLE):
        from equipcheck.ledger.containers.workbook import read_ole

        return read_ole(data, shown, wanted)
    if data[:1024].lstrip().startswith(b"%PDF"):
        from equipcheck.ledger.containers.pdf import read_pdf

        return read_pdf(data, shown)
    if data.startswith(b"PAR1"):
        from equipcheck.ledger.containers.parquet import read_parquet

        return read_parquet(data, shown)
    if data[:2000].lstrip()[:13].lower() == b"mime-version:":
        from equipcheck.ledger.containers.markup import read_archive

        return read_archive(data, shown)
    from equipcheck.ground.encoding import as_declared, decode
    from equipcheck.ledger.containers.delimited import read_delimited
    from equipcheck.ledger.containers.markup import is_markup, read_markup

    text, encoding = decode(data, shown)
    if is_markup(text):
        return read_markup(as_declared(data, text), shown)
    return read_delimited(text, encoding)
