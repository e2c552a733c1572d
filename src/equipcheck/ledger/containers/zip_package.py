"""Zip containers looked at before any reader is let in: what is inside, how big it gets, whether it is sound.

Members are inflated in pieces and counted, so that neither a bomb nor a lying directory costs memory.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree as ET

from equipcheck.ground.mutable import Mutable
from equipcheck.ground.patterns import pattern
from equipcheck.problems import InputError, Place, Problem

MAX_MEMBERS = 10_000
MAX_INFLATED = 1 << 30  # bytes of all members that are read
MAX_PART = 64 << 20  # bytes of a part that is neither a sheet nor the shared strings
MAX_RUN = 300_000  # bytes without a tag: a cell holds 32,767 characters at most, of 8 bytes at most
PIECE = 1 << 20
WORD = "Word 文档"
_LOCAL = b"PK\x03\x04"


class Package(Mutable):
    """A zip file in memory; its members by their names in lower case."""

    data: bytes
    shown: str
    members: dict[str, zipfile.ZipInfo]

    @staticmethod
    def open(data: bytes, shown: str) -> Package:
        """Read the directory. Raises InputError where the file is cut off, encrypted or stuffed."""
        try:
            infos = zipfile.ZipFile(BytesIO(data)).infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
            raise _broken(shown, "压缩结构不完整") from None
        if len(infos) > MAX_MEMBERS:
            raise _too_big(shown, f"内部文件多达 {len(infos)} 个，上限 {MAX_MEMBERS} 个")
        members = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
        if len(members) != len(infos):
            raise _broken(shown, "压缩包里有同名的内部文件")
        return Package(data, shown, members)

    def kind(self) -> str:
        """xlsx, xlsb, ods, or what else it seems to be, in Chinese."""
        names = self.members
        if "xl/workbook.bin" in names:
            return "xlsb"
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
        if "content.xml" in names:
            return self._open_document()
        if any(name.startswith("word/") for name in names):
            return WORD
        if any(name.startswith("ppt/") for name in names):
            return "演示文稿"
        return "压缩包"

    def _open_document(self) -> str:
        kind = self.read("mimetype").decode("latin-1") if "mimetype" in self.members else ""
        return "ods" if not kind or "spreadsheet" in kind else "文字文档或演示文稿"

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member inflated in pieces. Raises InputError where it is not what the directory says."""
        info = self.members[name]
        if info.flag_bits & 1:
            raise InputError(Problem("encrypted-file", Place(self.shown)))
        if info.file_size > MAX_INFLATED:
            raise _too_big(
                self.shown, f"“{name}”解压后有 {info.file_size >> 20} MB，上限 {MAX_INFLATED >> 20} MB"
            )
        size, crc = 0, 0
        for piece in self._inflate(info):
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            if size > info.file_size:
                raise _broken(self.shown, f"“{name}”的实际大小与目录不符")
            yield piece
        if size != info.file_size or crc != info.CRC:
            raise _broken(self.shown, f"“{name}”不完整")

    def _inflate(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        at = info.header_offset
        head = self.data[at : at + 30]
        if len(head) < 30 or not head.startswith(_LOCAL):
            raise _broken(self.shown, f"“{info.filename}”的位置不对")
        start = at + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        packed = memoryview(self.data)[start : start + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            for offset in range(0, len(packed), PIECE):
                yield bytes(packed[offset : offset + PIECE])
            return
        if info.compress_type != zipfile.ZIP_DEFLATED:
            raise _broken(self.shown, f"“{info.filename}”用了不支持的压缩方法")
        inflater = zlib.decompressobj(-15)
        try:
            for offset in range(0, len(packed), PIECE):
                rest: bytes | memoryview = packed[offset : offset + PIECE]
                while rest and not inflater.eof:
                    yield inflater.decompress(rest, PIECE)
                    rest = inflater.unconsumed_tail
            while not inflater.eof and (piece := inflater.decompress(b"", PIECE)):
                yield piece
        except zlib.error:
            raise _broken(self.shown, f"“{info.filename}”解压失败") from None

    def read(self, name: str) -> bytes:
        """A small part as a whole; checked like every part."""
        info = self.members[name]
        if info.file_size > MAX_PART:
            raise _too_big(
                self.shown, f"“{name}”解压后有 {info.file_size >> 20} MB，上限 {MAX_PART >> 20} MB"
            )
        data = b"".join(self.pieces(name))
        refuse_declarations(data, self.shown, name)
        return data

    def tree(self, name: str) -> ET.Element:
        """A small part as XML."""
        try:
            return ET.fromstring(self.read(name))
        except (ET.ParseError, LookupError, ValueError):  # also: an encoding that is none
            raise _broken(self.shown, f"“{name}”不是完整的 XML") from None


def refuse_declarations(piece: bytes, shown: str, name: str) -> bool:
    """Document types and entities have no place in a workbook; they are how XML bombs are made.

    True where there are comments or sections of raw text, which hardly any program writes.
    """
    at = piece.find(b"<!")
    found = at >= 0
    while at >= 0:
        if piece[at + 2 : at + 9].upper().startswith((b"DOCTYPE", b"ENTITY")):
            raise InputError(Problem("hostile-xml", Place(shown), {"part": name}))
        at = piece.find(b"<!", at + 2)
    if b"<\0!\0" in piece[:4096]:  # the same in UTF-16
        raise InputError(Problem("hostile-xml", Place(shown), {"part": name}))
    return found


_COUNT = pattern(rb"""\b(?:uniqueCount|count)\s*=\s*["']\s*\+?0*(\d+)""", re.IGNORECASE)


def overstated(piece: bytes, size: int) -> bool:
    """Whether a part says it holds more than its bytes could: readers take room for what is said."""
    return any(len(found) > 12 or int(found) > size for found in _COUNT.findall(piece))


def refuse_long_text(piece: bytes, shown: str, name: str) -> None:
    """No stretch of MAX_RUN bytes without a tag."""
    for offset in range(0, len(piece) - MAX_RUN, MAX_RUN // 2):
        if piece.find(b"<", offset, offset + MAX_RUN // 2) < 0:
            raise _too_big(shown, f"“{name}”里有单元格超过 32767 字，这是 Excel 的上限")


def _broken(shown: str, reason: str) -> InputError:
    return InputError(Problem("broken-file", Place(shown), {"reason": reason}))


def _too_big(shown: str, reason: str) -> InputError:
    return InputError(Problem("too-big-file", Place(shown), {"reason": reason}))
