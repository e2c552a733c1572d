"""Standards from files: by the id of a shipped edition, or by a path."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from equipcheck.catalogue.kinds import Kind
from equipcheck.ground import yamlfile
from equipcheck.ground.inputs import sha256
from equipcheck.ground.shelf import kept
from equipcheck.ground.shipped import shipped_dir
from equipcheck.ground.validation import validate
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.nearby import near, near_file
from equipcheck.standard.checks import check
from equipcheck.standard.editions import Edition, editions, in_force
from equipcheck.standard.layers import Layered, fill, lay_over, loosened
from equipcheck.standard.library import own_ids, path_of
from equipcheck.standard.model import Standard
from equipcheck.standard.places import Places
from equipcheck.standard.salvage import sound_part

__all__ = [
    "Edition",
    "Kinds",
    "Loaded",
    "editions",
    "find",
    "in_force",
    "load_file",
    "load_standard",
    "shipped_ids",
]


CODE = (
    "standard/model.py",
    "standard/bureau.py",
    "standard/checks.py",
    "standard/load.py",
    "standard/places.py",
)
"""The code that makes a standard of its file."""


class Kinds(Protocol):
    """What loading needs of a catalogue."""

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Kinds by id."""

    def resolve(self, kind: str, /) -> str:
        """The id that a kind has today."""


class Loaded(NamedTuple):
    """A standard that was read and found sound, with the file it came from.

    `open_rows` are rows that still wait for an answer (a `text` rule, or no kinds): shown, not assessed.
    """

    standard: Standard
    path: Path
    shown: str
    sha256: str
    shipped: bool
    places: Places
    base: Loaded | None = None

    @property
    def document(self) -> yamlfile.Document:
        """The file's own data and places."""
        return self.places.document

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Every file that was read, with its SHA-256: this one, then those it extends."""
        return ((self.shown, self.sha256), *(() if self.base is None else self.base.files))

    @property
    def open_rows(self) -> tuple[str, ...]:
        """Ids of the rows with an open question, in the standard's order."""
        return tuple(
            row.id
            for row in self.standard.requirements
            if not row.kinds or any(rule.text is not None for rule in row.quantity.values())
        )

    def origin(self, row: str) -> str | None:
        """Of a standard over another: where a row stands, and which row below it raises. None where one file is all."""
        if self.base is None:
            return None
        here = self._line_of(row)
        below = self.base.origin(row) or self.base._line_of(row)
        return here if below in (None, here) else f"{here}，在 {below} 之上"

    def _line_of(self, row: str) -> str | None:
        for at, one in enumerate(self.standard.requirements):
            if one.id == row:
                place = self.places.row(at)
                return f"{place.path}:{place.line}"
        return None


def shipped_ids() -> tuple[str, ...]:
    """The ids of the shipped standards, sorted."""
    return tuple(sorted(path.stem for path in shipped_dir().glob("*.yaml")))


def find(ref: str, base: Path) -> tuple[Path, str, bool]:
    """The file of an id or of a path relative to `base`: (path, as messages name it, shipped).

    An id is looked for in `base` (the project's folder), in this user's library, among the shipped ones, in that order.

    Raises InputError (`unknown-standard`) with a near match.
    """
    ids = tuple(dict.fromkeys((*shipped_ids(), *own_ids())))
    looks_like_path = ref.endswith((".yaml", ".yml")) or "/" in ref or "\\" in ref
    if not looks_like_path:  # the project's own before this user's before the shipped one
        if (base / f"{ref}.yaml").is_file() and base.resolve() != shipped_dir().resolve():
            return base / f"{ref}.yaml", f"{ref}.yaml", False
        if ref in own_ids():
            return path_of(ref), str(path_of(ref)), False
    if ref in shipped_ids():
        return shipped_dir() / f"{ref}.yaml", f"standards/{ref}.yaml", True
    path = base / ref
    if path.is_file():
        return path, ref, False
    if looks_like_path:
        raise InputError(Problem("no-such-file", Place(ref), {"near": near_file(path)}))
    args = {"ref": ref, "near": near(ref, ids), "known": "、".join(ids)}
    raise InputError(Problem("unknown-standard", Place(), args))


def load_standard(ref: str, base: Path, catalogue: Kinds) -> Loaded:
    """Read a standard by shipped id, or by path relative to `base`. Raises InputError with every mistake.

    Kinds that the catalogue has renamed are replaced by their present ids.
    """
    path, shown, shipped = find(ref, base)
    return load_file(path, shown, catalogue, shipped=shipped)


def load_file(
    path: Path, shown: str, catalogue: Kinds, *, shipped: bool = False, above: tuple[Path, ...] = ()
) -> Loaded:
    """Read one file, and the standards that it extends. `shown` is its name in messages.

    Raises InputError with every mistake. `above` are the files that extend this one.
    """
    origin = getattr(catalogue, "origin", "")
    if origin and path.is_file():

        def alone() -> Standard:
            loaded = _read_file(path, shown, catalogue, shipped=shipped, above=above)
            if loaded.base is not None:
                raise _OnAnother(loaded)
            return loaded.standard

        try:
            standard = kept(
                f"standard-{path.stem}" if shipped else "standard", [path], CODE, alone, also=origin
            )
        except _OnAnother as found:
            return found.loaded
        places = Places.of(standard, yamlfile.later(path, shown))
        return Loaded(standard, path, shown, sha256(path), shipped, places)
    return _read_file(path, shown, catalogue, shipped=shipped, above=above)


class _OnAnother(Exception):  # noqa: N818 (no error: a standard over another is made of several files and not kept)
    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        super().__init__()


def _read_file(path: Path, shown: str, catalogue: Kinds, *, shipped: bool, above: tuple[Path, ...]) -> Loaded:
    document = yamlfile.load(path, shown)
    base = _base(document, path, catalogue, above)
    filled = document if base is None else fill(document, base.standard)
    standard, problems = validate(Standard, filled)
    if standard is None:
        raise InputError([*problems, *_also(filled, document, catalogue)])
    layered = Layered(standard, Places.of(standard, document))
    if base is not None:
        layered = lay_over(standard, document, base.standard, base.places)
        problems += loosened(layered, base.standard, base.places)
    problems += check(layered.standard, layered.places, catalogue.kinds)
    if problems:
        raise InputError(problems)
    standard = _with_present_kinds(layered.standard, catalogue)
    return Loaded(standard, path, shown, sha256(path), shipped, layered.places, base)


def _also(filled: yamlfile.Document, document: yamlfile.Document, catalogue: Kinds) -> list[Problem]:
    """What is wrong beside a broken form, as far as the sound part tells."""
    found = sound_part(filled)
    if found is None:
        return []
    standard, mended = found
    places = Places.of(standard, document)
    lines = {places.row(at, "obligation") for at in mended}
    return [  # an obligation that a mended row lacks may be what was taken out
        one
        for one in check(standard, places, catalogue.kinds)
        if one.code != "obligation-missing" or one.place not in lines
    ]


def _base(
    document: yamlfile.Document, path: Path, catalogue: Kinds, above: tuple[Path, ...]
) -> Loaded | None:
    """The standard that a file extends, None where it extends none."""
    ref = document.value(("extends",))
    if not isinstance(ref, str):
        return None
    place = document.place(("extends",))
    try:
        under, shown, shipped = find(ref, path.parent)
    except InputError as error:
        raise InputError([Problem(one.code, place, one.args) for one in error.problems]) from None
    chain = (*above, path.resolve())
    if under.resolve() in chain:
        raise InputError(Problem("extends-circle", place, {"ref": ref}))
    shown = shown if shipped else str(Path(document.path).parent / ref)
    return load_file(under, shown, catalogue, shipped=shipped, above=chain)


def _with_present_kinds(standard: Standard, catalogue: Kinds) -> Standard:
    rows = []
    for row in standard.requirements:
        present = tuple(dict.fromkeys(catalogue.resolve(kind) for kind in row.kinds))
        rows.append(row if present == row.kinds else row.model_copy(update={"kinds": present}))
    return standard.model_copy(update={"requirements": tuple(rows)})
