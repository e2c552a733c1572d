"""What was read of a file, kept by its content: a second run reads only what changed.

Kept is what the file itself says, before any catalogue, standard, decision or date, so that a change of those is
always seen. Every entry is named by the file's SHA-256, by how it is to be read, and by the code that reads it: a new
version reads anew. The folder may be deleted at any time; an entry that cannot be read counts as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

import equipcheck
from equipcheck.ledger import Source, coded_rows
from equipcheck.problems.notes import Note

MOST_BYTES = 2 << 30
"""The folder's size above which its oldest entries go."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of one file, and what was odd."""

    assets: pl.DataFrame  # coded_rows.CODED
    checks: pl.DataFrame
    notes: tuple[Note, ...]
    by_code: bool  # whether its rows name their bureaus


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of entries; `folder` None: nothing is kept."""

    folder: Path | None

    def find(self, digest: str, source: Source) -> Kept | None:
        """What was kept of a file with this SHA-256, read as this source."""
        if self.folder is None:
            return None
        try:
            data = (self.folder / _name(digest, source)).read_bytes()
            head, _, rest = data.partition(b"\n")
            said = json.loads(head)
            first = int(said["assets"])
            assets = pl.read_ipc(io.BytesIO(rest[:first]))
            checks = pl.read_ipc(io.BytesIO(rest[first:]))
            notes = tuple(Note(*one) for one in said["notes"])
            if (
                hashlib.sha256(rest).hexdigest() != said["sha256"]
                or assets.schema != coded_rows.empty().schema
            ):
                return None
            return Kept(assets, checks, notes, bool(said["by_code"]))
        except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
            return None

    def keep(self, digest: str, source: Source, read: Kept) -> None:
        """Keep what was read; a folder that cannot be written is no mistake of the run."""
        if self.folder is None:
            return
        parts = []
        for frame in (read.assets, read.checks):
            stream = io.BytesIO()
            frame.write_ipc(stream, compression="zstd")
            parts.append(stream.getvalue())
        rest = b"".join(parts)
        said = {
            "assets": len(parts[0]),
            "sha256": hashlib.sha256(rest).hexdigest(),
            "by_code": read.by_code,
            "notes": [(one.code, one.note, one.ref) for one in read.notes],
        }
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                file.write(json.dumps(said, ensure_ascii=False).encode() + b"\n" + rest)
            Path(name).replace(self.folder / _name(digest, source))

    def tidy(self) -> None:
        """Let the oldest entries go where the folder has grown too big."""
        if self.folder is None:
            return
        with contextlib.suppress(OSError):
            entries = sorted(
                ((one.stat().st_mtime, one.stat().st_size, one) for one in self.folder.glob("*.kept")),
                reverse=True,
            )
            total = 0
            for _, size, path in entries:
                total += size
                if total > MOST_BYTES:
                    path.unlink(missing_ok=True)


def usual_folder() -> Path:
    """Where this user's caches are kept."""
    from platformdirs import user_cache_path

    return user_cache_path("equipcheck", appauthor=False) / "ledgers"


def _name(digest: str, source: Source) -> str:
    how = source._asdict()
    how.pop("path")
    key = json.dumps([digest, _reader(), how], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(key.encode()).hexdigest() + ".kept"


@cache
def _reader() -> str:
    """This program's version, and the code that reads: whoever changes it needs no new version to be believed."""
    root = Path(equipcheck.__file__).parent
    found = hashlib.sha256(equipcheck.__version__.encode())
    for path in sorted(
        [*(root / "ledger").rglob("*.py"), root / "ground" / "frames.py", root / "fleet" / "reading.py"]
    ):
        found.update(path.read_bytes())
    return found.hexdigest()
