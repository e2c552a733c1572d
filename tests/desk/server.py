"""The desk as its command starts it, in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT


@dataclass
class Desk:
    """A running desk: the line that it printed, and its process."""

    address: str
    process: subprocess.Popen[str]

    @property
    def base(self) -> str:
        """The address without the token."""
        return self.address.split("/?")[0]

    def stop(self) -> int:
        """Interrupt it as Ctrl+C does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Desk]:
    """`equipcheck desk FOLDER --no-browser --port 0`, stopped in the end."""
    command = [
        sys.executable,
        "-m",
        "equipcheck",
        "desk",
        str(folder),
        "--no-browser",
        "--port",
        "0",
        *options,
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        assert line, process.stderr.read() if process.stderr is not None else ""
        yield Desk(line, process)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
