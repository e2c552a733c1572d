"""An annex's tables, read in a process of its own: whatever the file does to its reader, it is 400 MB and 30 s."""

from __future__ import annotations

import hashlib
from pathlib import Path

from equipcheck.ground.sidecar import Died, ask
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.nearby import near_file
from equipcheck.problems.reasons import reason_of
from equipcheck.standard.annex.grid import Annex, of_data

MAX_FILE = 100 << 20  # bytes; annexes with pictures have a few
MEMORY = 300 << 20  # bytes of the reader; the rest is this process's
SECONDS = 20


def read_annex(path: Path, shown: str) -> tuple[Annex, str]:
    """The tables of an annex and the file's SHA-256. Raises InputError."""
    digest = hashlib.sha256()
    try:
        if path.stat().st_size > MAX_FILE:
            args = {"size": path.stat().st_size >> 20, "most": MAX_FILE >> 20}
            raise InputError(Problem("annex-file-too-large", Place(shown), args))
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    except FileNotFoundError:
        raise InputError(Problem("no-such-file", Place(shown), {"near": near_file(path)})) from None
    except OSError as error:
        raise InputError(Problem("unreadable-file", Place(shown), {"reason": reason_of(error)})) from None
    program = [str(Path(__file__).with_name("sidecar_process.py"))]
    head = {"path": str(path.absolute()), "shown": shown}
    try:
        answer = ask(program, head, b"", memory=MEMORY, seconds=SECONDS)
    except Died as died:
        raise InputError(Problem("annex-reader-died", Place(shown), {"reason": died.reason})) from None
    if "problems" in answer:
        raise InputError(
            [Problem(code, Place(shown, sheet=sheet), args) for code, sheet, args in answer["problems"]]
        )
    return of_data(answer["annex"]), digest.hexdigest()
