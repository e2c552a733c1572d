"""The side of `sidecar` that runs apart. Imports nothing but the standard library: it starts in an instant."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_TAG = "$"


def answer(work: Callable[[dict[str, Any], bytes], Any]) -> None:
    """Read the question from stdin, do the work within its limits, write the answer to stdout.

    What a library prints meanwhile goes nowhere: it would stand in the middle of the answer.
    """
    first, _, data = sys.stdin.buffer.read().partition(b"\n")
    question = json.loads(first)
    limit(question["limits"]["memory"], question["limits"]["seconds"])
    with os.fdopen(os.dup(1), "wb") as answered:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        answered.write(dumps(work(question["head"], data)))


def limit(memory: int, seconds: float) -> None:
    """Cap this process's memory and its time at work where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the process is still apart, and stopped in time
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))


def dumps(value: Any) -> bytes:
    """Plain values as JSON; dates and spans of time with their kind beside."""
    return json.dumps(value, separators=(",", ":"), default=_with_kind).encode("ascii")


def loads(text: bytes) -> Any:
    """The values that `dumps` was given; tuples come back as lists. Raises ValueError."""
    return json.loads(text, object_hook=_of_kind)


def _with_kind(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return {_TAG: type(value).__name__, "iso": value.isoformat()}
    if isinstance(value, dt.timedelta):
        return {_TAG: "timedelta", "parts": [value.days, value.seconds, value.microseconds]}
    raise TypeError(f"{type(value).__name__} is no plain value")


def _of_kind(value: dict[str, Any]) -> Any:
    kind = value.get(_TAG)
    if kind == "timedelta":
        days, seconds, microseconds = value["parts"]
        return dt.timedelta(days, seconds, microseconds)
    if kind in ("datetime", "date", "time"):
        known: dict[str, Any] = {"datetime": dt.datetime, "date": dt.date, "time": dt.time}
        return known[kind].fromisoformat(value["iso"])
    return value


@contextmanager
def quiet() -> Iterator[None]:
    """A reader's own failures print a trace that tells the user nothing: stderr is shut meanwhile."""
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
