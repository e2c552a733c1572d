"""A docx container whose bytes depend on nothing but its contents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIRST = "[Content_Types].xml"
_DAY = (1980, 1, 1, 0, 0, 0)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A zip with sorted members, one fixed date and fixed attributes; the content types come first."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda one: (one != _FIRST, one)):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            archive.writestr(entry, parts[name])
    return stream.getvalue()


def repack(content: bytes) -> bytes:
    """The same parts in a container with fixed bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return pack({name: archive.read(name) for name in archive.namelist()})
