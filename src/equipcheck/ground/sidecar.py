"""A program of its own for what might crash, hang or flood the memory: files that strangers wrote.

Question and answer are JSON and plain bytes: nothing of them is code on loading, whatever the file made of
the reader. `sidecar_child` is the other side.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from equipcheck.ground.sidecar_child import loads


class Died(Exception):  # noqa: N818 (told to the user by whoever asked, as a problem of the file)
    """The process ended without an answer; `reason` says how, in Chinese."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def ask(program: Sequence[str], head: Mapping[str, Any], data: bytes, *, memory: int, seconds: float) -> Any:
    """Run `python PROGRAM…`, hand it `head` and `data`, and give its answer.

    `memory` is in bytes; the process is stopped after `seconds`. Raises `Died`.
    """
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "OPENBLAS_NUM_THREADS": "1",  # threads that never run still take room
        "PYTHONIOENCODING": "utf-8",
    }
    limits = {"memory": memory, "seconds": seconds}
    question = json.dumps({"limits": limits, "head": head}).encode("ascii") + b"\n" + data
    try:
        done = subprocess.run(
            [sys.executable, "-P", *program],
            input=question,
            capture_output=True,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Died(f"{seconds:g} 秒内没有读完") from None
    if done.returncode != 0 or not done.stdout:
        raise Died(f"读取程序异常退出，代码 {done.returncode}")
    try:
        return loads(done.stdout)
    except ValueError:
        raise Died("读取程序的回答不完整") from None
