"""Results on disk: whole or not at all."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.reasons import reason_of

RETRIES = 5


def save(path: Path, content: bytes | str) -> None:
    """Write a file atomically (text as UTF-8, line ends as they are).

    A target that another program holds open is tried again for a second; then InputError names the finished
    temporary file, so that the work is not lost.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    except OSError as error:
        raise InputError(_unwritable(path, error, kept=None)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:  # a full disk, a share that went away: no half file stays
        Path(name).unlink(missing_ok=True)
        raise InputError(_unwritable(path, error, kept=None)) from None
    _give_usual_rights(Path(name))
    for attempt in range(RETRIES):
        try:
            os.replace(name, path)  # noqa: PTH105 (the one call that replaces atomically on all systems)
        except PermissionError as error:
            if attempt == RETRIES - 1:
                raise InputError(_unwritable(path, error, kept=name)) from None
            time.sleep(0.2)
        except OSError as error:
            raise InputError(_unwritable(path, error, kept=name)) from None
        else:
            return


def make_folder(path: Path) -> None:
    """A folder, with those above it, unless it is there. Raises InputError where it cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(Problem("no-folder-made", Place(str(path)), {"reason": reason_of(error)})) from None


def _give_usual_rights(path: Path) -> None:
    """The rights a new file has (a temporary file is for its owner alone)."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def _unwritable(path: Path, error: OSError, kept: str | None) -> Problem:
    where = f"；已写好的内容在 {kept}" if kept else ""
    return Problem("unwritable-file", Place(str(path)), {"reason": reason_of(error), "kept": where})
