"""What a file really is, told by its bytes and not by its name, and the reader that takes it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from equipcheck.ground.delimited import split_text
from equipcheck.ground.encoding import as_declared, decode
from equipcheck.problems import InputError, Place, Problem
from equipcheck.standard.annex.grid import Annex, lay_out, ranges

MAX_PART = 64 << 20  # unpacked bytes of one part: an annex of ten thousand rows has a third of it
MAX_PARTS = 5_000
_OTHER = (
    (b"{\\rtf", "RTF 文档", "docx"),
    (b"\x89PNG", "图片", "docx"),
    (b"\xff\xd8\xff", "图片", "docx"),
    (b"GIF8", "图片", "docx"),
    (b"BM", "图片", "docx"),
    (b"II*\0", "图片", "docx"),
    (b"MM\0*", "图片", "docx"),
    (b"OFD", "OFD 版式文件", "docx"),
    (b"Rar!", "压缩包", "docx"),
    (b"7z\xbc\xaf", "压缩包", "docx"),
    (b"\x1f\x8b", "压缩包", "docx"),
)


def read_file(path: Path, shown: str) -> Annex:
    """The tables of an annex. Raises InputError.

    What a library raises of a damaged file is let through: the process that reads makes it a problem of the file.
    """
    data = path.read_bytes()
    if not data.strip(b"\0 \t\r\n"):
        raise InputError(Problem("empty-file", Place(shown)))
    for mark, what, form in _OTHER:
        if data.startswith(mark):
            raise InputError(Problem("annex-other-form", Place(shown), {"what": what, "form": form}))
    if data.startswith(b"PK"):
        return _office(path, shown)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if path.suffix.lower() in (".doc", ".wps", ".dot") or "WordDocument".encode("utf-16-le") in data:
            raise InputError(Problem("annex-old-word", Place(shown)))
        from equipcheck.standard.annex.containers.old_sheets import read_xls

        return read_xls(path, shown)
    if data[:1024].lstrip().startswith(b"%PDF"):
        from equipcheck.standard.annex.containers.pdf import read_pdf

        return read_pdf(path, shown)
    if re.match(
        rb"(?:[\w-]+:[^\n]*\n)*(?:MIME-Version|Content-Type)\s*:", data[:2000].lstrip(), re.IGNORECASE
    ):
        args = {"what": "网页存档（mht）", "form": "html 或 docx"}
        raise InputError(Problem("annex-other-form", Place(shown), args))
    text, _ = decode(data, shown)
    if "<office:document" in text[:4000]:
        from equipcheck.standard.annex.containers.odf import read_content

        return read_content(io.BytesIO(data), shown)
    if _is_html(text):
        from equipcheck.standard.annex.containers.html import read_html

        return read_html(as_declared(data, text), shown)
    if text.lstrip("\ufeff \r\n\t").startswith("<?xml"):
        args = {"what": "XML 文件", "form": "docx 或 xlsx"}
        raise InputError(Problem("annex-other-form", Place(shown), args))
    return _delimited(text.removeprefix("\ufeff"), shown)


def _delimited(text: str, shown: str) -> Annex:
    """The one table of a text file, split as ledgers are."""
    rows, _, unclosed, _ = split_text(text)
    texts = {(at, column): str(cell) for at, row in enumerate(rows) for column, cell in enumerate(row)}
    grid = lay_out(texts, {}, name="", shown=shown)
    remarks = [f"第 {ranges(unclosed)} 行的引号没有收尾，读到行末为止"] if unclosed else []
    return Annex(() if grid is None else (grid,), remarks=tuple(remarks))


def _office(path: Path, shown: str) -> Annex:
    with zipfile.ZipFile(path) as package:
        infos = package.infolist()
    names = {info.filename for info in infos}
    parts = [info for info in infos if info.filename.endswith((".xml", ".rels"))]
    largest = max((info.file_size for info in parts), default=0)
    if largest > MAX_PART or len(infos) > MAX_PARTS:
        raise InputError(Problem("annex-unpacks-too-large", Place(shown), {"size": largest // 2**20}))
    if any(info.flag_bits & 1 for info in infos):
        raise InputError(Problem("annex-unreadable", Place(shown), {"reason": "加了密码"}))
    if any(name.startswith("word/") for name in names):
        from equipcheck.standard.annex.containers.docx import read_docx

        return read_docx(path, shown)
    if any(name.startswith("xl/") for name in names):
        from equipcheck.standard.annex.containers.sheets import read_xlsx

        return read_xlsx(path, shown)
    if "content.xml" in names:
        from equipcheck.standard.annex.containers.odf import read_odf

        return read_odf(path, shown)
    if "OFD.xml" in names:
        args = {"what": "OFD 版式文件", "form": "docx 或 xlsx"}
        raise InputError(Problem("annex-other-form", Place(shown), args))
    raise InputError(Problem("annex-unknown-form", Place(shown)))


def _is_html(text: str) -> bool:
    head = text[:20_000].lower()
    return "<table" in text.lower() and ("<html" in head or "<body" in head or head.lstrip().startswith("<"))
