"""Hatch's build hook: the wheel brings what is made of the shipped files (`equipcheck.ground.shelf`)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShelfHook(BuildHookInterface):
    """Fills a folder by running this program's own readers, and puts its entries into the wheel without their keys."""

    folder: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the entries before the wheel is packed."""
        if self.target_name != "wheel" or version == "editable":
            return
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.root)
        environment = os.environ | {"PYTHONPATH": str(root / "src"), "EQUIPCHECK_CACHE": self.folder.name}
        subprocess.run(
            [sys.executable, str(root / "packaging" / "fill_shelf.py")], env=environment, check=True
        )
        for path in sorted(Path(self.folder.name).glob("*/*.json")):
            name = path.stem.rpartition("-")[0]
            build_data["force_include"][str(path)] = f"equipcheck/_data/shelf/{name}.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """The wheel is packed: the folder may go."""
        if self.folder is not None:
            self.folder.cleanup()
