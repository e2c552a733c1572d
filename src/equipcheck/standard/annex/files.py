"""What a file really is, told by its bytes and not by its name, and the reader that takes it."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.nearby import near_file
from equipcheck.standard.annex.grid import Annex

MAX_UNPACKED = 200 * 2**20
"""Unpacked bytes of a Word or Excel file; an annex of a standard is far below."""


def read_annex(path: Path, shown: str) -> tuple[Annex, str]:
    """The tables of an annex and the file's SHA-256. Raises InputError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(Problem("no-such-file", Place(shown), {"near": near_file(path)})) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(Problem("unreadable-file", Place(shown), {"reason": reason})) from None
    return _read(path, data, shown), hashlib.sha256(data).hexdigest()


def _read(path: Path, data: bytes, shown: str) -> Annex:
    if data.startswith(b"PK"):
        return _office(path, shown)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if path.suffix.lower() in (".doc", ".wps", ".dot"):
            raise InputError(Problem("annex-old-word", Place(shown)))
        from equipcheck.standard.annex.sheets import read_xls

        return read_xls(path, shown)
    if data.startswith(b"%PDF"):
        from equipcheck.standard.annex.pdf import read_pdf

        return read_pdf(path, shown)
    from equipcheck.ground.encoding import decode

    text, _ = decode(data, shown)
    if _is_html(text):
        from equipcheck.standard.annex.html import read_html

        return read_html(_as_declared(data, text), shown)
    from equipcheck.standard.annex.text import read_csv

    return read_csv(text.removeprefix("\ufeff"), shown)


def _office(path: Path, shown: str) -> Annex:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            unpacked = sum(entry.file_size for entry in package.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        args = {"reason": type(error).__name__}
        raise InputError(Problem("annex-unreadable", Place(shown), args)) from error
    if unpacked > MAX_UNPACKED:
        raise InputError(Problem("annex-unpacks-too-large", Place(shown), {"size": unpacked // 2**20}))
    if any(name.startswith("word/") for name in names):
        from equipcheck.standard.annex.docx import read_docx

        return read_docx(path, shown)
    if any(name.startswith("xl/") for name in names):
        from equipcheck.standard.annex.sheets import read_xlsx

        return read_xlsx(path, shown)
    raise InputError(Problem("annex-unknown-form", Place(shown)))


def _is_html(text: str) -> bool:
    head = text[:20_000].lower()
    return "<table" in text.lower() and ("<html" in head or "<body" in head or head.lstrip().startswith("<"))


def _as_declared(data: bytes, text: str) -> str:
    """The page in the encoding that it declares, where it declares one that fits."""
    import re

    declared = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", data[:4096])
    if declared is None:
        return text
    encoding = declared[1].decode("ascii").lower()
    try:
        return data.decode("gb18030" if encoding in ("gb2312", "gbk") else encoding)
    except (LookupError, UnicodeDecodeError):
        return text
