"""The catalogue: kinds of equipment, their names, metrology and working prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, TypeAlias

from equipcheck.catalogue import spelling
from equipcheck.ground import yamlfile
from equipcheck.ground.records import Record, before
from equipcheck.ground.shelf import hash_of, kept
from equipcheck.ground.shipped import shipped_dir
from equipcheck.ground.validation import validate
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.nearby import near

if TYPE_CHECKING:
    import polars as pl
    from pydantic import Field, StringConstraints

    from equipcheck.ground.fields import Id, InChinese, Yuan

CODE = ("catalogue/kinds.py", "catalogue/spelling.py", "ground/vocabulary.py")
"""The code that makes a catalogue of its files."""

Name: TypeAlias = "Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]"


class Metrology(Record):
    """Verification or calibration of a kind. `basis` says where code and months come from."""

    mode: Annotated[Literal["verify", "calibrate", "none"], InChinese("mode")]
    code: str | None = None
    months: Annotated[int, Field(ge=1, le=600)] | None = None
    fee: Yuan | None = None
    basis: str | None = None


class Price(Record):
    """A working price band in CNY; never a quotation."""

    low: Yuan
    typical: Yuan
    high: Yuan
    basis: str


class Kind(Record):
    """One kind of equipment."""

    id: Id
    name: Name
    aliases: tuple[Name, ...] = ()
    not_: Annotated[tuple[Name, ...], Field(alias="not")] = ()
    category: str | None = None
    unit: str | None = None
    off_ledger: bool = False
    quota: bool = False
    fact: str | None = None  # the bureau's fact that this kind's units make up
    replaced_by: Id | None = None
    metrology: Metrology = Metrology.known(mode="none")
    life_years: Annotated[int, Field(ge=0)] | None = None
    price: Price | None = None
    note: str | None = None


class Group(Record):
    """An umbrella word: a name that stands for several kinds and decides none of them."""

    name: Name
    aliases: tuple[Name, ...] = ()
    kinds: Annotated[tuple[Id, ...], Field(min_length=1)]


class CatalogueFile(Record):
    """A catalogue file: kinds, umbrella words, and further names for kinds that stand elsewhere.

    A file that is nothing but a list of kinds may leave the key out.
    """

    format: Literal[1] = 1
    kinds: tuple[Kind, ...] = ()
    groups: tuple[Group, ...] = ()
    aliases: dict[Id, tuple[Name, ...]] = field(default_factory=dict)

    @before
    @classmethod
    def _spell_out(cls, data: Any) -> Any:
        return {"kinds": data} if isinstance(data, list) else data


class Catalogue(NamedTuple):
    """All kinds by id, in the order of the files, and the umbrella words."""

    kinds: Mapping[str, Kind]
    groups: tuple[Group, ...] = ()
    added: frozenset[str] = frozenset()  # names that the project brought
    origin: str = ""  # the hash of the shipped files where it is made of them alone (`ground.shelf`)

    def resolve(self, kind: str) -> str:
        """The id that a kind goes by now (`replaced_by`, followed to its end). KeyError if unknown."""
        while (successor := self.kinds[kind].replaced_by) is not None:
            kind = successor
        return kind

    def name(self, kind: str) -> str:
        """A kind's Chinese name. KeyError if unknown."""
        return self.kinds[kind].name

    def frame(self) -> pl.DataFrame:
        """What assessing needs to know of each kind: `frames.KINDS`."""
        from equipcheck.ground.frames import KINDS

        return KINDS.build(
            [
                {
                    "kind": kind.id,
                    "metrology": kind.metrology.mode != "none",
                    "months": kind.metrology.months,
                    "off_ledger": kind.off_ledger,
                }
                for kind in self.kinds.values()
            ]
        )


def load_catalogue(extra: Sequence[Path] = ()) -> Catalogue:
    """The shipped catalogue with a project's own kinds, aliases and umbrella words added.

    InputError with every mistake: an id or a name that stands in two places names both.
    """
    shipped = sorted((shipped_dir() / "catalogue").glob("*.yaml"))
    if not extra:
        origin = hash_of(shipped)
        kinds, groups = kept("catalogue", shipped, CODE, lambda: _whole(_read(shipped, ())))
        return Catalogue(kinds, groups, origin=origin)
    return _read(shipped, extra)


def _whole(catalogue: Catalogue) -> tuple[dict[str, Kind], tuple[Group, ...]]:
    return dict(catalogue.kinds), catalogue.groups


def _read(shipped: Sequence[Path], extra: Sequence[Path]) -> Catalogue:
    builder = _Builder()
    for path in shipped:
        builder.add(path, f"catalogue/{path.name}", own=False)
    for path in extra:
        builder.add(path, str(path), own=True)
    return builder.finish()


class _Builder:
    """Gathers files into one catalogue, and every clash between them."""

    def __init__(self) -> None:
        self.kinds: dict[str, Kind] = {}
        self.groups: list[Group] = []
        self.problems: list[Problem] = []
        self.ids: dict[str, Place] = {}
        self.names: dict[str, tuple[str, Place]] = {}  # key of a name → what bears it, and where
        self.more: list[tuple[str, tuple[str, ...], Place]] = []
        self.references: list[tuple[str, Place]] = []
        self.added: set[str] = set()

    def add(self, path: Path, shown: str, *, own: bool) -> None:
        """Read one file."""
        document = yamlfile.load(path, shown)
        data, problems = validate(CatalogueFile, document)
        if data is None:
            self.problems += problems
            return
        base: yamlfile.Path_ = () if isinstance(document.data, list) else ("kinds",)
        for position, kind in enumerate(data.kinds):
            at = (*base, position)
            self._add_kind(kind, document, at)
            if own:
                self.added.update((kind.name, *kind.aliases))
        for position, group in enumerate(data.groups):
            place = document.place(("groups", position))
            self.groups.append(group)
            for name in (group.name, *group.aliases):
                self._claim(name, f"总称“{group.name}”", place)
            self.references += [(kind, place) for kind in group.kinds]
        for kind_id, names in data.aliases.items():
            self.more.append((kind_id, names, document.place(("aliases", kind_id), key=True)))
            if own:
                self.added.update(names)

    def _add_kind(self, kind: Kind, document: yamlfile.Document, at: yamlfile.Path_) -> None:
        place = document.place((*at, "id"))
        if kind.id in self.ids:
            self.problems.append(
                Problem("duplicate-kind", place, {"kind": kind.id, "first": self.ids[kind.id]})
            )
            return
        self.ids[kind.id] = place
        self.kinds[kind.id] = kind
        for key, names in (("name", (kind.name,)), ("aliases", kind.aliases)):
            for position, name in enumerate(names):
                steps: yamlfile.Path_ = (*at, key) if key == "name" else (*at, key, position)
                self._claim(name, kind.id, document.place(steps))
        if kind.replaced_by is not None:
            self.references.append((kind.replaced_by, document.place((*at, "replaced_by"))))

    def _claim(self, name: str, bearer: str, place: Place) -> None:
        key = spelling.key(name)
        known = self.names.setdefault(key, (bearer, place))
        if known[0] != bearer:
            args = {"name": name, "bearer": bearer, "other": known[0], "first": known[1]}
            self.problems.append(Problem("name-clash", place, args))

    def finish(self) -> Catalogue:
        """The catalogue. Raises InputError with everything that was wrong."""
        for kind_id, names, place in self.more:
            if kind_id not in self.kinds:
                self.problems.append(unknown_kind(kind_id, place, self.kinds))
                continue
            for name in names:
                self._claim(name, kind_id, place)
            kind = self.kinds[kind_id]
            self.kinds[kind_id] = kind.model_copy(update={"aliases": (*kind.aliases, *names)})
        self.problems += [
            unknown_kind(kind, place, self.kinds) for kind, place in self.references if kind not in self.kinds
        ]
        if not self.problems:
            self.problems += [
                Problem("kind-circle", self.ids[kind], {"kind": kind}) for kind in _circular(self.kinds)
            ]
        if self.problems:
            raise InputError(self.problems)
        return Catalogue(self.kinds, tuple(self.groups), frozenset(self.added))


def _circular(kinds: Mapping[str, Kind]) -> list[str]:
    """Kinds whose `replaced_by` never ends."""
    found = []
    for start in kinds:
        seen = {start}
        here = kinds[start].replaced_by
        while here is not None and here not in seen:
            seen.add(here)
            here = kinds[here].replaced_by
        if here is not None:
            found.append(start)
    return found


def unknown_kind(kind: str, place: Place, known: Iterable[str]) -> Problem:
    """The problem of a kind id that the catalogue does not have, with its near match."""
    return Problem("unknown-kind", place, {"kind": kind, "near": near(kind, known)})
