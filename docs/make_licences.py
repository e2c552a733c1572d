"""Writes docs/licences.md: every part that an installation brings along, its version and its licence as it states it.

python docs/make_licences.py
"""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

DOCS = Path(__file__).parent
HEAD = """# Licences of the parts

Made by `python docs/make_licences.py` from what each part states of itself; a test keeps it in step with the lock
file. equipcheck's own licence is its owner's choice and not chosen yet.

| part | version | licence |
|---|---|---|
"""
SHORT = {  # where a part states its licence by a whole text or not at all: what its classifiers say
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
}


def parts(lock: str) -> list[tuple[str, str]]:
    """(name, version) of every locked part."""
    text = (DOCS.parent / lock).read_text(encoding="utf-8")
    return re.findall(r"^([A-Za-z0-9_.-]+)==([^ \\;]+)", text, re.M)


def licence(name: str) -> str:
    """What an installed part says its licence is."""
    about = importlib.metadata.metadata(name)
    stated = about.get("License-Expression") or ""
    if not stated:
        classifiers = [one for one in about.get_all("Classifier") or [] if one.startswith("License ::")]
        stated = " / ".join(SHORT.get(one, one.rsplit(" :: ", 1)[-1]) for one in classifiers)
    if not stated:
        stated = (about.get("License") or "").strip().splitlines()[0] if about.get("License") else ""
    return stated or "not stated"


def page() -> str:
    """The whole page."""
    rows = []
    for name, version in parts("requirements.lock"):
        try:
            rows.append(f"| {name} | {version} | {licence(name)} |")
        except importlib.metadata.PackageNotFoundError:  # for another system than this one
            rows.append(f"| {name} | {version} | {ELSEWHERE[name]} |")
    return HEAD + "\n".join(rows) + "\n"


ELSEWHERE = {"colorama": "BSD-3-Clause (Windows only)", "tzdata": "Apache-2.0 (Windows only)"}

if __name__ == "__main__":
    (DOCS / "licences.md").write_text(page(), encoding="utf-8")
