"""A drafted report (docx, md, txt) as paragraphs, each knowing where it stands."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from equipcheck.problems import InputError, Place, Problem

MAX_BYTES = 30 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024

_ENDS = "。！？；：!?;:"
_STARTS = re.compile(
    r"\s|[一二三四五六七八九十]+[、是]|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、．]|[①-⑳]|第[一二三四五六七八九十]|#|[-*>|]"
)
_MARKUP = re.compile(r"^\s*(?:>\s*)*(?:[-*+]\s+)?|\*\*|__|`")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `marks` are (offset, number) of the lines (paragraphs) that it is made of."""

    text: str
    marks: tuple[tuple[int, int], ...]
    unit: str  # 行 | 段
    heading: bool = False  # marked as one by the file's own means
    numbered: bool = False  # numbered by the word processor: the number is not in the text

    def place(self, offset: int) -> str:
        """「第N行」 or 「第N段」 of the character at an offset."""
        number = max((mark for mark in self.marks if mark[0] <= offset), default=self.marks[0])[1]
        return f"第{number}{self.unit}"


def read_draft(path: Path, shown: str | None = None) -> tuple[Paragraph, ...]:
    """The paragraphs of a draft, in order. Raises InputError where the file cannot be read as docx, md or txt."""
    place = Place(shown or str(path))
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except FileNotFoundError:
        raise InputError(Problem("no-such-file", place, {"near": ""})) from None
    except OSError as error:
        raise InputError(
            Problem("unreadable-file", place, {"reason": error.strerror or str(error)})
        ) from None
    if size > MAX_BYTES:
        raise InputError(Problem("draft-too-big", place, {"limit": MAX_BYTES // 2**20}))
    suffix = path.suffix.lower()
    if suffix == ".docx":
        return tuple(_docx(path, place))
    if suffix in (".md", ".markdown", ".txt", ".text"):
        return tuple(_text(_decode(raw, place), markdown=suffix.startswith(".m")))
    raise InputError(Problem("draft-format", place, {"suffix": path.suffix or "（没有后缀）"}))


def from_text(text: str, *, markdown: bool = False) -> tuple[Paragraph, ...]:
    """The paragraphs of a text that is at hand."""
    return tuple(_text(text, markdown=markdown))


def _decode(raw: bytes, place: Place) -> str:
    encodings = ["utf-16"] if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(Problem("draft-encoding", place))


def _text(text: str, *, markdown: bool) -> Iterator[Paragraph]:
    """One paragraph a line; a line broken inside a sentence goes on in the next."""
    held: list[str] = []
    marks: list[tuple[int, int]] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if markdown and line.lstrip().startswith("|"):
            continue  # a table's cells are no sentences
        heading = markdown and line.lstrip().startswith("#")
        clean = _MARKUP.sub("", line.lstrip().lstrip("#")) if markdown else line
        if held and not (_broken(held[-1]) and clean.strip() and not heading and not _STARTS.match(line)):
            yield Paragraph("".join(held), tuple(marks), "行")
            held, marks = [], []
        if heading:
            yield Paragraph(clean.strip(), ((0, number),), "行", heading=True)
        elif clean.strip():
            marks.append((sum(map(len, held)), number))
            held.append(clean.strip())
    if held:
        yield Paragraph("".join(held), tuple(marks), "行")


def _broken(line: str) -> bool:
    """Whether a line was broken by its width: long, and no sentence ends there."""
    return len(line) >= 20 and line[-1] not in _ENDS


def _docx(path: Path, place: Place) -> Iterator[Paragraph]:
    """The body's paragraphs, counted as a word processor lists them; tables are no sentences."""
    for number, (text, heading, numbered) in enumerate(_docx_paragraphs(path, place), start=1):
        if text.strip():
            yield Paragraph(text.strip(), ((0, number),), "段", heading=heading, numbered=numbered)


def _docx_paragraphs(path: Path, place: Place) -> Sequence[tuple[str, bool, bool]]:
    import docx

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise InputError(Problem("draft-too-big", place, {"limit": MAX_UNPACKED // 2**20}))
        document = docx.Document(str(path))
        found = []
        for paragraph in document.paragraphs:
            element = paragraph._p  # the visible text with tracked insertions, which the library leaves out
            text = "".join(
                node.text or "" if node.tag == f"{_W}t" else "\t"
                for node in element.iter(f"{_W}t", f"{_W}tab")
            )
            style = (paragraph.style.name or "") if paragraph.style is not None else ""
            heading = style.lower().startswith(("heading", "title", "标题"))
            found.append((text, heading, element.find(f"{_W}pPr/{_W}numPr") is not None))
    except InputError:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise InputError(Problem("draft-broken", place, {"reason": type(error).__name__})) from None
    return found
