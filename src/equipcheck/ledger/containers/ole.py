"""OLE files, the containers of xls and of encrypted workbooks: their directory and their streams."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_FREE, END = 0xFFFFFFFF, 0xFFFFFFFE


@dataclass(frozen=True, slots=True)
class Ole:
    """The streams of an OLE file, name → (first sector, size); `sound`: no count is bigger than the file."""

    streams: dict[str, tuple[int, int]]
    sound: bool


def open_ole(data: bytes) -> Ole | None:
    """The directory of an OLE file; None where it is broken."""
    try:
        shift = int.from_bytes(data[30:32], "little")
        if shift not in (9, 12):
            return None
        chain = Chain(data, shift)
        directory = chain.read(int.from_bytes(data[48:52], "little"), 4 << 20)
    except (IndexError, struct.error, ValueError):
        return None
    sectors = len(data) >> shift
    sound = len(directory) % 128 == 0 and len(data) % (1 << shift) == 0
    sound = sound and all(int.from_bytes(data[at : at + 4], "little") <= sectors for at in (40, 44, 64, 72))
    streams: dict[str, tuple[int, int]] = {}
    for at in range(0, len(directory) - 127, 128):
        entry = directory[at : at + 128]
        length = int.from_bytes(entry[64:66], "little")
        size = int.from_bytes(entry[120:128] if shift == 12 else entry[120:124], "little")
        if entry[66] == 0:
            continue
        sound = sound and entry[66] in (1, 2, 5) and length <= 64 and size <= len(data)
        name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        streams[name] = (int.from_bytes(entry[116:120], "little"), size)
    return Ole(streams, sound)


class Chain:
    """Sectors of an OLE file and the table that links them."""

    def __init__(self, data: bytes, shift: int) -> None:
        self.data = data
        self.size = 1 << shift
        sectors = [*struct.unpack_from("<109I", data, 76)]
        more = int.from_bytes(data[68:72], "little")
        per = self.size // 4
        for _ in range(len(data) // self.size):
            if more in (_FREE, END):
                break
            block = struct.unpack_from(f"<{per}I", data, (more + 1) * self.size)
            sectors.extend(block[:-1])
            more = block[-1]
        self.table: list[int] = []
        for sector in sectors:
            if sector not in (_FREE, END):
                self.table.extend(struct.unpack_from(f"<{per}I", data, (sector + 1) * self.size))

    def read(self, sector: int, limit: int) -> bytes:
        """A stream from its first sector on. Raises ValueError where the chain is broken or a circle."""
        parts: list[bytes] = []
        for _ in range(len(self.table) + 1):
            if sector == END:
                return b"".join(parts)[:limit]
            if sector >= len(self.table):
                break
            parts.append(self.data[(sector + 1) * self.size : (sector + 2) * self.size])
            sector = self.table[sector]
        raise ValueError(sector)
