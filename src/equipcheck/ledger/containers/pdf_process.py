"""Run as a program of its own: the ruled tables of a PDF, where a flood of memory harms nobody.

Gives ("ok", tables), or what stands in the way: ("no-reader" | "encrypted" | "error", kind of failure).
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from equipcheck.ground.pdf_tables import NoReaderError, as_data, read_pdf
from equipcheck.ground.sidecar_child import answer, quiet


def work(_head: dict[str, Any], data: bytes) -> tuple[str, Any]:
    """The answer for a PDF's bytes."""
    try:
        with quiet():
            return "ok", as_data(read_pdf(BytesIO(data)))
    except NoReaderError:
        return "no-reader", ""
    except Exception as error:  # the library raises many kinds for damaged files
        kind = f"{type(error).__name__} {error!r}"
        return ("encrypted" if "Password" in kind else "error"), type(error).__name__


if __name__ == "__main__":
    answer(work)
