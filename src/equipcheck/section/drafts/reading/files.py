"""Opening a draft: its size, its format, its encoding."""

from __future__ import annotations

import zipfile
from pathlib import Path

from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.reasons import reason_of
from equipcheck.section.drafts.reading.paragraphs import Part
from equipcheck.section.drafts.reading.plain import from_text

MAX_BYTES = 30 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024


def read_draft(path: Path, shown: str | None = None) -> tuple[Part, ...]:
    """The parts of a draft, in order. Raises InputError where the file cannot be read as docx, md or txt."""
    place = Place(shown or str(path))
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except FileNotFoundError:
        raise InputError(Problem("no-such-file", place, {"near": ""})) from None
    except OSError as error:
        raise InputError(Problem("unreadable-file", place, {"reason": reason_of(error)})) from None
    if size > MAX_BYTES:
        raise InputError(Problem("draft-too-big", place, {"limit": MAX_BYTES // 2**20}))
    suffix = path.suffix.lower()
    if suffix == ".docx":
        return _docx(path, place)
    if suffix in (".md", ".markdown", ".txt", ".text"):
        return from_text(_decode(raw, place), markdown=suffix.startswith(".m"))
    raise InputError(Problem("draft-format", place, {"suffix": path.suffix or "（没有后缀）"}))


def _decode(raw: bytes, place: Place) -> str:
    encodings = ["utf-16"] if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(Problem("draft-encoding", place))


def _docx(path: Path, place: Place) -> tuple[Part, ...]:
    from equipcheck.section.drafts.reading.word import word_parts

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise InputError(Problem("draft-too-big", place, {"limit": MAX_UNPACKED // 2**20}))
        return tuple(word_parts(path))
    except InputError:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, RecursionError, AttributeError) as error:
        raise InputError(Problem("draft-broken", place, {"reason": type(error).__name__})) from None
