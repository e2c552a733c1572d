"""A workbook read in a process of its own: for files that look suspicious."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from equipcheck.problems import InputError, Place, Problem

MEMORY = 1 << 30  # bytes of address space, where the system can cap it
SECONDS = 120


def read_apart(
    data: bytes, wanted: frozenset[str] | None, without: frozenset[str], shown: str
) -> tuple[Any, ...]:
    """What `worker.attempt` gives, from another process. Raises InputError where it dies or hangs."""
    worker = Path(__file__).with_name("sidecar_process.py")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(worker)],
            input=pickle.dumps((data, wanted, without, MEMORY)),
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _died(shown, f"{SECONDS} 秒内没有读完") from None
    if done.returncode != 0 or not done.stdout:
        raise _died(shown, f"读取程序异常退出，代码 {done.returncode}")
    answer: tuple[Any, ...] = pickle.loads(done.stdout)
    return answer


def _died(shown: str, reason: str) -> InputError:
    return InputError(Problem("reader-crashed", Place(shown), {"reason": reason}))
