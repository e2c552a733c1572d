"""Run as a program of its own: one annex read into plain data, or the problems that stand in the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from equipcheck.ground.sidecar_child import answer, quiet
from equipcheck.problems import InputError
from equipcheck.standard.annex.containers.detect import read_file
from equipcheck.standard.annex.grid import as_data, refuse_floods


def work(head: dict[str, Any], _data: bytes) -> dict[str, Any]:
    """The annex of a path."""
    shown = head["shown"]
    try:
        with quiet():
            annex = read_file(Path(head["path"]), shown)
            refuse_floods(annex, shown)
            return {"annex": as_data(annex)}
    except InputError as error:
        return {"problems": [(one.code, one.place.sheet, dict(one.args)) for one in error.problems]}
    except (MemoryError, RecursionError) as error:
        return {"problems": [("annex-reader-died", "", {"reason": _reason(error)})]}
    except Exception as error:  # a reader's own failure is the file's: no traceback for the user
        return {"problems": [("annex-unreadable", "", {"reason": type(error).__name__})]}


def _reason(error: BaseException) -> str:
    return "展开后太大" if isinstance(error, MemoryError) else "嵌套得过深"


if __name__ == "__main__":
    answer(work)
