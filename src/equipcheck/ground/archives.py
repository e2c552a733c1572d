"""Archives whose bytes depend on nothing but their contents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIRST = "[Content_Types].xml"
_DAY = (1980, 1, 1, 0, 0, 0)


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts in this order, with one fixed date and fixed attributes, whatever the machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as written:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            written.writestr(entry, content)
    return stream.getvalue()


def office_file(parts: Mapping[str, bytes]) -> bytes:
    """The parts of an office file, sorted; the content types come first."""
    return archive({name: parts[name] for name in sorted(parts, key=lambda one: (one != _FIRST, one))})


def repacked(content: bytes) -> bytes:
    """An office file with the same parts and fixed bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        return office_file({name: read.read(name) for name in read.namelist()})
