"""Golden files: what people read, kept word for word. `EQUIPCHECK_GOLDEN=write` renews them, for a person to read."""

from __future__ import annotations

import os
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"
COMPARED: set[str] = set()  # what this run compared, so that no golden file stays without a test


def check(name: str, text: str) -> None:
    """Compare with the golden file of that name; file hashes are not what people read."""
    text = re.sub(r"\b[0-9a-f]{64}\b", "0" * 64, text)
    COMPARED.add(name)
    path = FOLDER / name
    if os.environ.get("EQUIPCHECK_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    assert path.is_file(), f"no golden file {name}; write it with EQUIPCHECK_GOLDEN=write and read it"
    assert text == path.read_bytes().decode("utf-8")
