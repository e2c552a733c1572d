"""Run as a program of its own: read one workbook where a crash or a flood of memory harms nobody.

Takes on stdin a pickled (bytes, sheets wanted or None, sheets left out, bytes of memory); gives on stdout a
pickled ("ok", sheets) or ("error", kind). Imports nothing of equipcheck, so that it starts in an instant.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any


def limit_memory(most: int) -> None:
    """Cap this process's memory where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limit; the process is still apart
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(data: bytes, wanted: frozenset[str] | None, without: frozenset[str]) -> list[dict[str, Any]]:
    """Every worksheet as plain values; those not wanted, or to be left to another reader, by name alone."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    sheets: list[dict[str, Any]] = []
    with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
        for about in workbook.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet: dict[str, Any] = {"name": about.name, "hidden": about.visible != SheetVisibleEnum.Visible}
            if about.name not in without and (wanted is None or about.name in wanted):
                page = workbook.get_sheet_by_name(about.name)
                sheet |= {"rows": page.to_python(), "start": page.start, "merged": page.merged_cell_ranges}
            sheets.append(sheet)
    return sheets


@contextmanager
def quiet() -> Iterator[None]:
    """The reader's own failures print a trace that tells the user nothing: stderr is shut meanwhile."""
    try:
        kept = os.dup(2)
    except OSError:  # a program without a console
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)


def attempt(data: bytes, wanted: frozenset[str] | None, without: frozenset[str]) -> tuple[Any, ...]:
    """("ok", sheets), or ("error", kind of failure)."""
    try:
        with quiet():
            return ("ok", read(data, wanted, without))
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        return ("error", type(error).__name__)


def main() -> None:
    """The program."""
    data, wanted, without, most = pickle.load(sys.stdin.buffer)
    limit_memory(most)
    sys.stdout.buffer.write(pickle.dumps(attempt(data, wanted, without), protocol=5))


if __name__ == "__main__":
    main()
