"""YAML files read safely and exactly, with the line and column of every value.

Only plain data: no tags, no duplicate keys, no alias bombs. Scalars follow YAML 1.2's core schema, so that
`on`, `yes`, `1:30` and `0012` stay text; numbers with a decimal point are `Decimal`, never floats.
"""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import Any

from equipcheck.ground.mutable import Mutable
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.nearby import near_file
from equipcheck.problems.reasons import reason_of

Path_ = tuple[str | int, ...]

MAX_BYTES = 8 * 1024 * 1024


class Document(Mutable):
    """A YAML file's data, and where each value (`marks`) and each key (`keys`) stands."""

    path: str
    data: Any
    marks: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)

    def place(self, at: Path_, *, key: bool = False) -> Place:
        """The place of a value (or of its key); of the nearest enclosing value where it has none."""
        if key and at in self.keys:
            line, column = self.keys[at]
            return Place(self.path, line=line, column=column)
        for end in range(len(at), -1, -1):
            if at[:end] in self.marks:
                line, column = self.marks[at[:end]]
                return Place(self.path, line=line, column=column)
        return Place(self.path)

    def value(self, at: Path_) -> Any:
        """The value at a path, None where there is none."""
        here = self.data
        for step in at:
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                return None
        return here


def load(path: Path, shown: str | None = None) -> Document:
    """Read a YAML file. `shown` is the path as messages name it. Raises InputError."""
    name = shown or str(path)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError(Problem("no-such-file", Place(name), {"near": near_file(path)})) from None
    except OSError as error:
        raise InputError(Problem("unreadable-file", Place(name), {"reason": reason_of(error)})) from None
    return loads(raw, name)


def loads(raw: bytes, name: str) -> Document:
    """Read YAML bytes; `name` stands for the file in messages. Raises InputError."""
    if len(raw) > MAX_BYTES:
        raise InputError(
            Problem("yaml-too-big", Place(name), {"reason": f"文件超过 {MAX_BYTES // 2**20} MB"})
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(Problem("yaml-encoding", Place(name))) from None
    from equipcheck.ground.yaml_parser import parse

    return Document(name, *parse(text, name))


class Later(Document):
    """A document that is read only when somebody asks for its data or for a place in it."""

    source: Path = Path()

    def __getattr__(self, name: str) -> Any:
        if name not in Document.FIELDS:
            raise AttributeError(name)
        self.__dict__.update(vars(load(self.source, self.path)))
        return self.__dict__[name]


def later(path: Path, shown: str | None = None) -> Document:
    """A YAML file that is not read yet; asking for what is in it may raise InputError."""
    found = Later.__new__(Later)
    found.__dict__.update(path=shown or str(path), source=path)
    return found
