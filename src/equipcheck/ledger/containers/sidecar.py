"""A workbook read in a process of its own: for files that look suspicious."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from equipcheck.ground.sidecar import Died, ask
from equipcheck.problems import InputError, Place, Problem

MEMORY = 1 << 30  # bytes of address space, where the system can cap it
SECONDS = 120


def read_apart(
    data: bytes, wanted: frozenset[str] | None, without: frozenset[str], shown: str
) -> tuple[Any, ...]:
    """What `sidecar_process.attempt` gives, from another process. Raises InputError where it dies or hangs."""
    head = {"wanted": None if wanted is None else sorted(wanted), "without": sorted(without)}
    program = [str(Path(__file__).with_name("sidecar_process.py"))]
    try:
        return tuple(ask(program, head, data, memory=MEMORY, seconds=SECONDS))
    except Died as died:
        raise InputError(Problem("reader-crashed", Place(shown), {"reason": died.reason})) from None
