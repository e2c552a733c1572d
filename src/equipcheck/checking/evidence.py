"""The ledger rows behind each finding: which count, which stand as surplus, which are left out and why."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Self, TypeVar, overload

import polars as pl

from equipcheck.assess import Assessment
from equipcheck.assess.usable import validity
from equipcheck.checking.gather import Gathered
from equipcheck.checking.results import AssetUse, MatchInfo, OpenRow, Suggestion, Units, Uses

Value = TypeVar("Value")

_PLACES = {"counted": "counted", "surplus": "surplus", "out": "excluded"}
_SHOWN = ("ref", "asset_no", "name", "model", "quantity")


FEW = 10_000
"""Lines up to which all values are made in one go."""


class Evidence(NamedTuple):
    """By requirement: its asset rows, and the flags of those of their units that may be used."""

    lines: Mapping[str, Sequence[AssetUse]]
    flags: Mapping[str, frozenset[str]]


def asset_lines(gathered: Gathered, assessment: Assessment, as_of: dt.date) -> Evidence:
    """The asset rows that count, stand as surplus or are excluded at each requirement, in ledger order."""
    placed = assessment.coded.filter(pl.col("requirement").is_not_null())
    units = {name: pl.col("units").filter(pl.col("place") == place).sum() for name, place in _PLACES.items()}
    lines = placed.group_by("requirement", "at").agg(
        **units,
        excluded=pl.col("reason").filter(pl.col("place") == "excluded").first(),
        **{name: pl.col(name).first() for name in ("row", "part", "kind", "flag", "idle")},
    )
    lines = lines.sort("at")
    known = validity(assessment.assets, gathered.ledgers.checks, as_of)[lines["at"]]
    lines = lines.hstack(known.select("valid_to", "checked_last"))
    words = lines.with_columns(pl.col("requirement", "excluded", "kind", "flag").cast(pl.String))
    used = words.filter(pl.col("counted") + pl.col("surplus") > 0)
    said = used.select("requirement", "flag", "idle").unique()
    flags: dict[str, set[str]] = defaultdict(set)
    for requirement, flag, idle in said.iter_rows():
        flags[requirement].update(_FLAGS[flag, idle])
    found: dict[str, Sequence[AssetUse]] = {}
    if words.height <= FEW:
        whole: dict[str, list[AssetUse]] = defaultdict(list)
        made = Lines(words, assessment.assets, gathered.matches)
        for requirement, one in zip(words["requirement"], made, strict=True):
            whole[requirement].append(one)
        found = {requirement: tuple(uses) for requirement, uses in whole.items()}
    else:
        found = {
            str(key[0]): Lines(part, assessment.assets, gathered.matches)
            for key, part in words.partition_by("requirement", as_dict=True, maintain_order=True).items()
        }
    return Evidence(found, {requirement: frozenset(names) for requirement, names in flags.items()})


class _Made(Sequence[Value]):
    """Values made of a frame's lines when they are asked for."""

    def __init__(self, lines: pl.DataFrame) -> None:
        self._lines = lines

    @abstractmethod
    def _of(self, lines: pl.DataFrame) -> Self:
        """The same of other lines."""

    @abstractmethod
    def _made(self, lines: pl.DataFrame, start: int) -> Iterator[Value]:
        """The values of some of the lines; `start` is where they stand among all."""

    def __len__(self) -> int:
        return self._lines.height

    @overload
    def __getitem__(self, at: int) -> Value: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Value]: ...
    def __getitem__(self, at: int | slice) -> Value | Sequence[Value]:
        if isinstance(at, slice):
            return self._of(self._lines[at])
        at = range(len(self))[at]  # IndexError where there is none
        return next(self._made(self._lines[at : at + 1], at))

    def __iter__(self) -> Iterator[Value]:
        return self._made(self._lines, 0)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


class Lines(_Made[AssetUse], Uses):
    """One finding's lines."""

    def __init__(self, lines: pl.DataFrame, assets: pl.DataFrame, matches: pl.DataFrame) -> None:
        super().__init__(lines)
        self._assets = assets
        self._matches = matches

    def _of(self, lines: pl.DataFrame) -> Lines:
        return Lines(lines, self._assets, self._matches)

    def part(self, units: Units) -> Lines:
        """The lines that have units of one sort, in order."""
        return self._of(self._lines.filter(pl.col(units) > 0))

    def _made(self, lines: pl.DataFrame, start: int) -> Iterator[AssetUse]:
        rows = self._assets.select(_SHOWN)[lines["at"]]
        numbers = ("counted", "surplus", "out", "excluded", "flag", "idle", "valid_to", "checked_last", "row")
        for at, (shown, kind, told) in enumerate(
            zip(rows.iter_rows(), lines["kind"], lines.select(numbers).iter_rows(), strict=True), start
        ):
            ref, asset_no, name, model, quantity = shown
            counted, surplus, out, excluded, flag, idle, until, checked, row = told
            flags = _FLAGS[flag, idle]
            yield AssetUse(
                ref, asset_no, name, model, kind, quantity, counted, surplus, out, excluded, flags,
                until, checked, row, at, self,
            )  # fmt: skip

    def told(self, at: int) -> tuple[MatchInfo, tuple[tuple[str, str], ...]]:
        """How a row's name was matched, and the columns that were not recognised."""
        row = self._told.row(at, named=True)
        extra = tuple((cell["column"], cell["value"]) for cell in row["extra"] or ())
        return _match_info(row), extra

    @cached_property
    def _told(self) -> pl.DataFrame:
        rows = self._lines.select("row", "part").with_columns(extra=self._assets["extra"][self._lines["at"]])
        return rows.join(self._matches, on=["row", "part"], how="left", maintain_order="left")


_FLAGS = {
    (flag, idle): (*((flag,) if flag else ()), *(("idle",) if idle else ()))
    for flag in (None, "verification_unknown", "verification_due")
    for idle in (False, True)
}


def _match_info(line: Mapping[str, Any]) -> MatchInfo:
    return MatchInfo(
        method=line["method"],
        score=line["score"],
        decision=line["decision"],
        evidence=tuple(line["evidence"] or ()),
        suggestions=tuple(Suggestion(one["kind"], one["score"]) for one in line["suggestions"] or ()),
    )


class OpenRows(_Made[OpenRow]):
    """Ledger rows that no finding took."""

    def _of(self, lines: pl.DataFrame) -> OpenRows:
        return OpenRows(lines)

    def _made(self, lines: pl.DataFrame, start: int) -> Iterator[OpenRow]:  # noqa: ARG002
        for ref, name, quantity, suggestions in lines.iter_rows():
            guesses = tuple(Suggestion(one["kind"], one["score"]) for one in suggestions or ())
            yield OpenRow(ref, name or "", quantity, guesses)


def unread_rows(gathered: Gathered) -> list[tuple[str, OpenRow]]:
    """Rows of the ledger that could not be read, each with every kind that its name means or may well mean."""
    rows = gathered.assets.filter(pl.col("rejected").is_not_null() & pl.col("name").is_not_null())
    if rows.is_empty():
        return []
    rows = rows.join(gathered.matches.select("row", "part", "kind", "suggestions"), on=["row", "part"])
    found = []
    for ref, name, kind, guesses in rows.sort("row").select("ref", "name", "kind", "suggestions").iter_rows():
        suggested = tuple(Suggestion(one["kind"], one["score"]) for one in guesses or ())
        row = OpenRow(ref, name, 0, suggested)
        found += [(one, row) for one in ([kind] if kind else likely(suggested))]
    return found


FAR_BELOW = 0.6
"""A guess this far below a name's best one is likeness of spelling: no reason to ask before something is bought."""


def likely(suggestions: Sequence[Suggestion]) -> list[str]:
    """The kinds that a name may well mean."""
    best = max((one.score for one in suggestions), default=0.0)
    return [one.kind for one in suggestions if one.score > FAR_BELOW * best]


def open_rows(gathered: Gathered, assessment: Assessment, place: str) -> OpenRows:
    """The ledger rows that ended in one place (review, unmatched, not_required), in ledger order."""
    at = assessment.coded.filter(pl.col("place") == place)["at"].unique().sort()
    rows = assessment.assets.select("row", "part", "ref", "name", "quantity")[at]
    suggested = gathered.matches.select("row", "part", "suggestions")
    rows = rows.join(suggested, on=["row", "part"], how="left", maintain_order="left")
    if rows["part"].max():  # units of one row in several states are one row to decide
        rows = rows.with_columns(pl.col("quantity").sum().over("row")).unique(
            "row", keep="first", maintain_order=True
        )
    return OpenRows(rows.select("ref", "name", "quantity", "suggestions"))
