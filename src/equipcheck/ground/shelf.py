"""What was read and checked once, kept as plain data: a start with nothing new reads no YAML and checks nothing again.

An entry is named by what it is and by a key: the SHA-256 of the files it was made from, of the code that made it, and
of what else went in. So an entry is found again only for the very same files and code; whatever is changed is read
anew. The wheel brings the entries of the shipped files; all others, and those of a checkout, lie in this user's cache.
Either folder may be deleted at any time, and an entry that cannot be read counts as none. Entries are JSON: nothing in
them is code on loading.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from equipcheck.ground.records import Record
from equipcheck.ground.shipped import kept_dir

Value = TypeVar("Value")

MOST = 400
"""Entries in the user's cache above which the oldest go."""

_UNREADABLE = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, ImportError)

_ROOT = Path(__file__).parents[1]
_READING = (
    "ground/shelf.py",
    "ground/records.py",
    "ground/fields.py",
    "ground/days.py",
    "ground/closed_words.py",
    "ground/validation.py",
)
_PARSING = ("ground/yamlfile.py", "ground/yaml_parser.py")


def kept(
    name: str,
    sources: Iterable[Path],
    code: Sequence[str],
    make: Callable[[], Value],
    *,
    also: str = "",
    write: Callable[[Value], Any] | None = None,
    read: Callable[[Any], Value] | None = None,
) -> Value:
    """What `make` gives, from the shelf where the same files, code (paths in the package) and `also` made it before.

    `write` and `read` turn the value into plain data and back (records, numbers and dates by default). Errors of
    `make` are raised and nothing is kept; OSError of a source likewise.
    """
    key = _key(sources, code, also)
    found = _find(name, key)
    if found is not None:
        with contextlib.suppress(*_UNREADABLE):
            return read(found) if read is not None else unpack(found)
    made = make()
    _keep(name, key, write(made) if write is not None else pack(made))
    return made


def _key(sources: Iterable[Path], code: Sequence[str], also: str) -> str:
    made = f"{_code_hash((*_READING, *_PARSING))} {_code_hash(tuple(code))}"
    return hashlib.sha256(f"{made} {hash_of(sources)} {also}".encode()).hexdigest()


@cache
def _code_hash(code: tuple[str, ...]) -> str:
    return hash_of(_ROOT / one for one in code)


def hash_of(files: Iterable[Path]) -> str:
    """One SHA-256 of several files' contents, in their order. Raises OSError."""
    return hashlib.sha256(b"".join(hashlib.sha256(one.read_bytes()).digest() for one in files)).hexdigest()


def user_folder() -> Path:
    """Where this user's entries are kept: in the folder of caches, or in the one that EQUIPCHECK_CACHE names."""
    named = os.environ.get("EQUIPCHECK_CACHE")
    if named:
        return Path(named) / "shelf"
    from platformdirs import user_cache_path

    return user_cache_path("equipcheck", appauthor=False) / "shelf"


def _find(name: str, key: str) -> Any:
    """The kept data, None where there is none."""
    for path in (kept_dir() / f"{name}.json", user_folder() / f"{name}-{key[:24]}.json"):
        try:
            head, _, data = path.read_bytes().partition(b"\n")
        except OSError:
            continue
        if head == key.encode():
            with contextlib.suppress(ValueError):
                return json.loads(data)
    return None


def _keep(name: str, key: str, data: Any) -> None:
    """Keep data; a folder that cannot be written is no mistake of the run."""
    folder = user_folder()
    content = entry(key, data)
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it says what projects say
        beside = folder / f".{name}-{os.getpid()}-{threading.get_ident()}.part"
        beside.write_bytes(content)
        beside.replace(folder / f"{name}-{key[:24]}.json")
        entries = sorted(folder.glob("*.json"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in entries[MOST:]:
            old.unlink(missing_ok=True)


def entry(key: str, data: Any) -> bytes:
    """An entry as it lies on the shelf: its key, then the data."""
    return key.encode() + b"\n" + json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


# Plain data: JSON's own, and what it has no form for as {"$": kind, …}. Tuples are its arrays.


def pack(value: Any) -> Any:
    """A value as JSON can hold it. Raises TypeError for what is no plain value."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, tuple):
        return [pack(one) for one in value]
    if isinstance(value, Record):
        kind = f"{type(value).__module__}:{type(value).__name__}"
        return {
            "$": kind,
            **{name: pack(one) for name, one in vars(value).items() if _told(value, name, one)},
        }
    if isinstance(value, dict):
        return {"$": "dict", "of": [[pack(key), pack(one)] for key, one in value.items()]}
    if isinstance(value, list):
        return {"$": "list", "of": [pack(one) for one in value]}
    if isinstance(value, frozenset):
        return {"$": "set", "of": sorted(pack(one) for one in value)}
    if isinstance(value, Decimal):
        return {"$": "decimal", "of": str(value)}
    if isinstance(value, dt.date):
        return {"$": "date", "of": value.isoformat()}
    raise TypeError(f"{type(value).__name__} is no plain value")


def _told(record: Record, name: str, value: Any) -> bool:
    """Whether a field must be written: it is not left at its default."""
    default = getattr(type(record), name, None)
    return not (type(default) is type(value) and default == value)


_SIMPLE: dict[str, Callable[[Any], Any]] = {
    "dict": lambda of: {unpack(key): unpack(one) for key, one in of},
    "list": lambda of: [unpack(one) for one in of],
    "set": lambda of: frozenset(unpack(one) for one in of),
    "decimal": Decimal,
    "date": dt.date.fromisoformat,
}


def unpack(data: Any) -> Any:
    """The value that `pack` was given. Raises LookupError, TypeError or ValueError for anything else."""
    if type(data) is list:
        return tuple([one if type(one) is str else unpack(one) for one in data])
    if type(data) is not dict:
        return data
    kind = data["$"]
    simple = _SIMPLE.get(kind)
    if simple is not None:
        return simple(data["of"])
    module, _, name = kind.partition(":")
    if module.startswith("equipcheck.") and module not in sys.modules:
        import_module(module)
    record = Record.KNOWN[f"{module}.{name}"]
    return record.known(**{field: unpack(one) for field, one in data.items() if field != "$"})
