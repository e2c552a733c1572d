"""What bureaus share, each read once: catalogues, standards, decisions, and what they plan with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from equipcheck.catalogue.kinds import Catalogue, load_catalogue
from equipcheck.checking.check import choose_standard
from equipcheck.fleet.members import Member
from equipcheck.match.decisions.load import Decisions, load_decisions
from equipcheck.match.lexicon import load_lexicon
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.plan.means import Means
from equipcheck.plan.prices import read_prices
from equipcheck.plan.propose import contract_prices
from equipcheck.plan.settings import read_settings
from equipcheck.problems import InputError
from equipcheck.project.project import Project
from equipcheck.standard.load import Loaded

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(slots=True)
class Loader:
    """Standards, catalogues and decisions, each read once."""

    catalogues: dict[tuple[Path, ...], Catalogue] = field(default_factory=dict)
    lexicons: dict[tuple[Path, ...], Lexicon] = field(default_factory=dict)
    standards: dict[tuple[object, ...], tuple[Loaded, str | None] | InputError] = field(default_factory=dict)
    decisions: dict[tuple[object, ...], Decisions | InputError] = field(default_factory=dict)
    means: dict[tuple[object, ...], Means | InputError] = field(default_factory=dict)

    def catalogue(self, member: Member) -> Catalogue:
        """The catalogue with a bureau's own kinds. Raises InputError."""
        if member.catalogue not in self.catalogues:
            self.catalogues[member.catalogue] = load_catalogue(member.catalogue)
        return self.catalogues[member.catalogue]

    def lexicon(self, member: Member) -> Lexicon:
        """The words of names, for a bureau's catalogue. Raises InputError."""
        if member.catalogue not in self.lexicons:
            self.lexicons[member.catalogue] = load_lexicon(self.catalogue(member))
        return self.lexicons[member.catalogue]

    def prepare(self, members: Iterable[Member], today: dt.date) -> None:
        """Read what these bureaus share, while their ledgers are read; what is wrong is said when it is asked for."""
        for one in {(one.catalogue, one.standard, one.as_of): one for one in members}.values():
            with suppress(InputError):
                self.lexicon(one)
                self.standard(one, one.as_of or today)

    def standard(self, member: Member, day: dt.date) -> tuple[Loaded, str | None]:
        """The standard of a bureau on a day. Raises InputError."""
        named = member.standard
        own = named is not None and Path(named).suffix.lower() in (".yaml", ".yml")
        key = (named, member.root if own else None, day if named is None else None, member.catalogue)

        def choose() -> tuple[Loaded, str | None]:
            project = Project(member.bureau, (), standard=named, root=member.root)
            return choose_standard(project, day, self.catalogue(member))

        return _once(self.standards, key, choose)

    def planned(self, member: Member) -> Means:
        """What a bureau's plan has to go on. Raises InputError (prices, settings)."""
        key = means_key(member), member.catalogue
        return _once(self.means, key, lambda: means_of(member, self.catalogue(member)))

    def decided(self, member: Member) -> Decisions:
        """A bureau's decisions, its own before shared ones. Raises InputError."""
        key = (member.decisions, member.catalogue)

        def load() -> Decisions:
            given = [(path, shown) for path, shown in member.decisions if path.exists()]
            return load_decisions(given, self.catalogue(member))

        return _once(self.decisions, key, load)


def _once(made: dict[Key, Value | InputError], key: Key, make: Callable[[], Value]) -> Value:
    """What was made for a key before, or is made now; what could not be made is an error again. Raises InputError."""
    if key not in made:
        try:
            made[key] = make()
        except InputError as error:
            made[key] = error
    found = made[key]
    if isinstance(found, InputError):
        raise found
    return found


def means_key(member: Member) -> str:
    """Bureaus with the same key plan with the same prices, contracts and settings."""
    own = member.project is not None and bool(member.project.plan or member.project.services)
    if own:
        return f"bureau {member.code}"
    services = sorted(repr(one) for one in member.services if one.price is not None)
    return f"prices {member.prices} {services}"


def means_of(member: Member, catalogue: Catalogue) -> Means:
    """What a bureau's plan has to go on. Raises InputError (prices, settings)."""
    project = member.project or Project(member.bureau, (), services=member.services)
    return Means(
        prices=read_prices(member.prices, catalogue),
        settings=read_settings(project),
        services=contract_prices(project),
        level=str(member.bureau.facts.get("level", "county")),
    )
