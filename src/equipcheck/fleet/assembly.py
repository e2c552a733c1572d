"""Whose each ledger is: files and rows dealt out to bureaus; what belongs to none, and who has none, is said."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import polars as pl

from equipcheck.checking.check import astray_notes
from equipcheck.fleet.cache import Kept
from equipcheck.fleet.members import Failed, Fleet, Member, Row, note
from equipcheck.fleet.opening import with_table
from equipcheck.fleet.reading import ReadFile, renamed
from equipcheck.fleet.table import Table, columns_of, read_row
from equipcheck.ground import frames
from equipcheck.ground.inputs import Input
from equipcheck.ledger import coded_rows
from equipcheck.ledger.rows.table_reading import OPEN_CODES
from equipcheck.problems import Place, Problem
from equipcheck.problems.nearby import near
from equipcheck.problems.notes import Note


@dataclass(frozen=True, slots=True)
class Assembled:
    """A fleet whose bureaus all have rows: frames over all of them, in the order of the bureaus and their files."""

    fleet: Fleet
    assets: pl.DataFrame  # row, part, coded_rows.CODED
    checks: pl.DataFrame  # frames.CHECKS
    inputs: tuple[Input, ...]
    notes: pl.DataFrame  # bureau, code, notes: how many of each
    supplemented: frozenset[str]
    cached: int  # files that had been read before
    asked: pl.DataFrame  # ref, code, ask: what notes ask of the state or the owner of rows


def assemble(fleet: Fleet, read: Sequence[ReadFile], own: Mapping[str, Sequence[ReadFile]]) -> Assembled:
    """`read` are the fleet's ledgers, `own` those of members that list their own."""
    dealt, copies = _without_copies([_owned(one, {m.code for m in fleet.members}) for one in read])
    if fleet.template is not None:
        fleet = with_table(fleet, _told_by_ledgers(dealt, fleet))
    known = {*fleet.names, *(one.code for one in fleet.members), *(one.bureau for one in fleet.failed)}
    failed: list[Failed] = []
    files: dict[str, list[ReadFile]] = {code: [*given] for code, given in own.items()}
    shared: list[ReadFile] = []
    for one in dealt:
        if one.kept is not None and one.kept.by_code:
            shared.append(one)
        else:
            files.setdefault(one.source.bureau, []).append(one)
    failed += _unread(files, known, fleet.names)
    there = _codes_in(shared)
    unsound = {one.bureau for one in failed}
    rows_of = sizes_in(shared, there - ({one.code for one in fleet.members} - unsound))
    failed += _strangers(files, rows_of, known)
    failed += _twice_told(fleet, files, shared)
    lost = {one.bureau for one in failed}
    failed += [
        Failed.of(one.code, [Problem("bureau-without-ledger")], one.name)
        for one in fleet.members
        if one.code not in files and one.code not in there and one.code not in lost
    ]
    fleet = fleet.without(failed)
    fleet = replace(fleet, notes=(*fleet.notes, *copies, *_several(fleet.members, files)))
    fleet = _with_sizes(fleet, files, rows_of)
    every = [one for member in fleet.members for one in files.get(member.code, ())]
    assets = _assets(fleet, every, shared, rows_of)
    fleet = replace(fleet, notes=(*fleet.notes, *_astray(fleet, assets, every, shared)))
    return Assembled(
        fleet,
        assets,
        _checks(fleet, every, shared),
        tuple(one.input for one in (*read, *(one for given in own.values() for one in given)) if one.input),
        _notes(every, shared),
        frozenset(one.source.bureau for one in every if one.source.role == "supplement"),
        sum(one.cached for one in (*every, *shared)),
        _asked([*every, *shared]),
    )


def sized(lost: Sequence[Failed], assembled: Assembled) -> list[Failed]:
    """Bureaus that failed after their ledgers were read: with the rows that are therefore in no sum; each once."""
    open_ = {one.bureau for one in lost if one.rows is None}
    sums = {
        code: (rows, units)
        for code, rows, units in (
            assembled.assets.group_by("bureau").agg(**_SIZE).iter_rows() if open_ else ()
        )
        if code in open_
    }
    once: dict[str, Failed] = {}
    names = {one.code: one.name for one in assembled.fleet.members}
    for one in lost:
        rows, units = sums.get(one.bureau, (one.rows, one.units))
        full = replace(one, rows=rows, units=units, name=one.name or names.get(one.bureau))
        once.setdefault(one.bureau, full)
    return sorted(once.values(), key=lambda one: one.bureau)


_SIZE = {"rows": coded_rows.rows_in(), "units": pl.col("quantity").sum()}


def _size(read: Sequence[ReadFile]) -> tuple[int, int]:
    """Rows and units in files."""
    sums = [one.kept.assets.select(**_SIZE).row(0) for one in read if one.kept is not None]
    return sum(rows for rows, _ in sums), sum(units for _, units in sums)


def _owned(read: ReadFile, codes: set[str]) -> ReadFile:
    """A file named for a bureau is that bureau's, when none of the codes in its rows is one of the fleet's."""
    if read.kept is None or not read.kept.by_code or read.source.bureau not in codes:
        return read
    if _codes(read.kept) & codes:
        return read
    own = renamed(read, read.source.bureau)
    return replace(own, kept=replace(own.kept, by_code=False)) if own.kept is not None else read


def _without_copies(read: Sequence[ReadFile]) -> tuple[list[ReadFile], list[Note]]:
    """Each content once for the bureau (or the export) that it is of: a copy would count everything again."""
    first: dict[object, ReadFile] = {}
    copies: dict[str, list[str]] = {}
    for one in read:
        whose = None if one.kept is None or one.kept.by_code else one.source.bureau
        key = (one.input.sha256, one.source.role, whose, one.source.sheets) if one.input else id(one)
        if (kept := first.setdefault(key, one)) is not one:
            copies.setdefault(kept.source.shown, []).append(one.source.shown)
    said = [note("fleet-copies", kept, copies="、".join(more)) for kept, more in copies.items()]
    return list(first.values()), said


def _several(members: Sequence[Member], files: Mapping[str, Sequence[ReadFile]]) -> list[Note]:
    """Bureaus with more than one ledger: all of them count, and whoever left an old one lying sees it."""
    found = []
    for member in members:
        if member.project is None:
            shown = [one.source.shown for one in files.get(member.code, ()) if one.source.role == "ledger"]
            found += [f"{member.code}（{'、'.join(shown)}）"] if len(shown) > 1 else []
    more = "等" if len(found) > 3 else ""
    return (
        [note("fleet-several-ledgers", count=len(found), which="、".join(found[:3]) + more)] if found else []
    )


def _twice_told(
    fleet: Fleet, files: Mapping[str, Sequence[ReadFile]], shared: Sequence[ReadFile]
) -> list[Failed]:
    """Bureaus whose workbook came back filled while another ledger of theirs is there: one of the two is too many."""
    failed = []
    exports = [(one.source, _codes(one.kept)) for one in shared if one.kept is not None and fleet.returned]
    for code, shown in fleet.returned.items():
        others = [one.source for one in files.get(code, ())]
        others += [source for source, codes in exports if code in codes]
        ledgers = [one.shown for one in others if one.role == "ledger" and one.shown != shown]
        if ledgers:
            problem = Problem("return-twice", args={"files": "、".join([shown, *ledgers])})
            failed.append(Failed.of(code, [problem], fleet.names.get(code) or None))
    return failed


def _codes(kept: Kept) -> set[str]:
    return {
        *kept.assets["bureau"].unique().cast(pl.String).to_list(),
        *kept.checks["bureau"].unique().to_list(),
    }


def _told_by_ledgers(read: Sequence[ReadFile], fleet: Fleet) -> Table:
    """The bureaus that ledgers name, with the facts that an export repeats on every row of a bureau."""
    table = Table()
    lost = {one.bureau for one in fleet.failed}
    for one in read:
        code = one.source.bureau
        if one.kept is None or code in lost:
            continue
        if not one.kept.by_code:
            table.rows.append(fleet.told.get(code, Row(code, "", None, {}, one.source.shown)))
            continue
        for code, texts, several in _facts_in(one.kept.assets):
            place = Place(f"{one.source.shown}（{code}）")
            row, problems = read_row({"code": code, **texts}, place)
            problems += [
                Problem("bureau-facts-differ", place, {"column": heading, "values": values})
                for heading, values in several
            ]
            if problems:
                table.failed.append(Failed.of(code, problems, row.name or None))
            elif code not in {row.code for row in table.rows}:
                table.rows.append(row)
    gone = {one.bureau for one in table.failed}
    return Table([one for one in table.rows if one.code not in gone], table.failed, table.notes)


def _facts_in(assets: pl.DataFrame) -> list[tuple[str, dict[str, str], list[tuple[str, str]]]]:
    """(code, texts by key, headings with several values) of each bureau in an export."""
    named = assets.select("bureau", "department", "extra").filter(pl.col("bureau") != "")
    named = named.with_columns(pl.col("bureau", "department").cast(pl.String))
    cells = (
        named.select("bureau", "extra")
        .explode("extra")
        .unnest("extra")
        .group_by("bureau", "column", maintain_order=True)
        .agg(pl.col("value").drop_nulls().unique(maintain_order=True))
    )
    names = named.group_by("bureau", maintain_order=True).agg(pl.col("department").drop_nulls().unique())
    headings = sorted(set(cells["column"].drop_nulls().to_list()))
    keys = {headings[at]: key for at, key in columns_of(headings).items() if key != "code"}
    texts: dict[str, dict[str, str]] = {}
    several: dict[str, list[tuple[str, str]]] = {}
    for code, departments in names.iter_rows():
        texts[code] = {"name": departments[0]} if len(departments) == 1 else {}
        several[code] = []
    for code, heading, values in cells.iter_rows():
        if heading in keys and len(values) == 1:
            texts[code][keys[heading]] = values[0].strip()
        elif heading in keys and len(values) > 1:
            several[code].append((heading, "、".join(values[:3])))
    return [(code, texts[code], several[code]) for code in texts]


def strangers_in(shared: Sequence[ReadFile], known: set[str]) -> list[Failed]:
    """Rows of shared ledgers under codes that no bureau has."""
    return _strangers({}, sizes_in(shared, _codes_in(shared) - known), known)


def _codes_in(shared: Sequence[ReadFile]) -> set[str]:
    """The codes under which shared ledgers have rows."""
    return {
        code
        for one in shared
        if one.kept is not None
        for code in one.kept.assets["bureau"].unique().cast(pl.String).to_list()
    }


class Size(NamedTuple):
    """What shared ledgers have under one code; `first`: where its first row stands."""

    rows: int
    units: int
    first: str


def sizes_in(shared: Sequence[ReadFile], codes: Collection[str]) -> dict[str, Size]:
    """What shared ledgers have under the codes asked for."""
    asked = ("bureau", "part", "quantity", "place", "number")
    parts = [one.kept.assets.select(asked) for one in shared if one.kept is not None]
    if not parts or not codes:
        return {}
    rows = pl.concat([one.filter(coded_rows.in_bureaus(one, codes)) for one in parts])
    sums = rows.with_columns(coded_rows.ref()).group_by("bureau").agg(**_SIZE, first=pl.col("ref").first())
    return {code: Size(*size) for code, *size in sums.iter_rows()}


def _unread(
    files: Mapping[str, Sequence[ReadFile]], known: set[str], names: Mapping[str, str]
) -> list[Failed]:
    """Bureaus (or files that are named for none) with a file that cannot be read."""
    failed = []
    for code, given in files.items():
        problems = [problem for one in given for problem in one.problems]
        if problems:
            whose = code if code in known else given[0].source.shown
            failed.append(Failed.of(whose, problems, names.get(code) or None))
    return failed


def _strangers(
    files: Mapping[str, Sequence[ReadFile]], rows_of: Mapping[str, Size], known: set[str]
) -> list[Failed]:
    """Ledgers, and rows of shared ledgers, under codes that no bureau has."""
    failed = []
    for code, given in files.items():
        if code in known or any(one.problems for one in given):
            continue
        rows, units = _size(given)
        shown = "、".join(one.source.shown for one in given)
        args = {"files": shown, "near": _near_code(code, known)}
        failed.append(
            replace(Failed.of(code, [Problem("ledger-without-bureau", args=args)]), rows=rows, units=units)
        )
    for code, size in sorted(rows_of.items()):
        if code in known:
            continue
        where = {"rows": str(size.rows), "first": size.first}
        problem = Problem("rows-without-code", args=where)
        if code:
            problem = Problem("rows-without-bureau", args={**where, "near": _near_code(code, known)})
        failed.append(replace(Failed.of(code, [problem]), rows=size.rows, units=size.units))
    return failed


def _near_code(code: str, known: Collection[str]) -> str:
    """The code that is the same but for width, case or zeros before it; else one that lacks or has a letter more: with
    another digit it is most likely another bureau.
    """
    same = [one for one in sorted(known) if one != code and _bare(one) == _bare(code)]
    others = [one for one in sorted(known) if len(one) != len(code)]
    return near(same[0], same) if same else near(code, others, likeness=0.8)


def _bare(code: str) -> str:
    return unicodedata.normalize("NFKC", code).strip().upper().lstrip("0")


def _with_sizes(fleet: Fleet, files: Mapping[str, Sequence[ReadFile]], rows_of: Mapping[str, Size]) -> Fleet:
    """Failed bureaus with the rows that were read of them all the same: the sums say what they lack."""
    sized = []
    for one in fleet.failed:
        if one.rows is None and (one.bureau in files or one.bureau in rows_of):
            shared, own = rows_of.get(one.bureau, (0, 0))[:2], _size(files.get(one.bureau, ()))
            rows, units = (sum(pair) for pair in zip(shared, own, strict=True))
            one = replace(one, rows=rows, units=units)  # noqa: PLW2901 (the same bureau, with its size)
        sized.append(one)
    return replace(fleet, failed=tuple(sized))


def _assets(
    fleet: Fleet, own: Sequence[ReadFile], shared: Sequence[ReadFile], strange: Collection[str]
) -> pl.DataFrame:
    """Every row of the fleet's bureaus; `row` runs over all of them, own files before shared ones.

    `strange`: codes in shared ledgers that are none of theirs.
    """
    frame = pl.concat(
        [coded_rows.empty(), *(one.kept.assets for one in (*own, *shared) if one.kept is not None)]
    )
    if strange:
        frame = frame.filter(coded_rows.in_bureaus(frame, _codes_of(fleet.members)))
    return frame.select((pl.col("part") < 2).cast(pl.Int64).cum_sum().alias("row"), *coded_rows.CODED)


def _astray(
    fleet: Fleet, assets: pl.DataFrame, own: Sequence[ReadFile], shared: Sequence[ReadFile]
) -> list[Note]:
    """Registered checks of nothing that there is; those of bureaus that failed have their say in `failed`."""
    checks = _register(own, shared)
    lost = [one.bureau for one in fleet.failed]
    return astray_notes(assets, checks.filter(~pl.col("bureau").is_in(lost)))


def _register(own: Sequence[ReadFile], shared: Sequence[ReadFile]) -> pl.DataFrame:
    """frames.CHECKS of all files."""
    return pl.concat(
        [frames.CHECKS.empty(), *(one.kept.checks for one in (*own, *shared) if one.kept is not None)]
    )


def _checks(fleet: Fleet, own: Sequence[ReadFile], shared: Sequence[ReadFile]) -> pl.DataFrame:
    return frames.CHECKS.check(
        _register(own, shared).filter(pl.col("bureau").is_in(_codes_of(fleet.members)))
    )


def _codes_of(members: Sequence[Member]) -> list[str]:
    return [one.code for one in members]


def _notes(own: Sequence[ReadFile], shared: Sequence[ReadFile]) -> pl.DataFrame:
    """How many notes of which code each bureau's files gave; those of shared ledgers stand under their rows' codes."""
    rows: list[tuple[str, str]] = []
    for one in own:
        rows += [(one.source.bureau, found.code) for found in (one.kept.notes if one.kept else ())]
    for one in shared:
        if one.kept is not None and one.kept.notes:
            owner = _owners(one.kept)
            rows += [(owner.get(found.ref or "", ""), found.code) for found in one.kept.notes]
    schema = {"bureau": pl.String(), "code": pl.String()}
    return pl.DataFrame(rows, schema=schema, orient="row").group_by("bureau", "code").len("notes")


def _asked(read: Sequence[ReadFile]) -> pl.DataFrame:
    rows = [
        (found.ref, found.code, found.note)
        for one in read
        for found in (one.kept.notes if one.kept else ())
        if found.code in OPEN_CODES
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("ref", "code", "ask"), pl.String()), orient="row")


def _owners(kept: Kept) -> dict[str, str]:
    """The bureau of each row that a note names."""
    named = [one.ref for one in kept.notes if one.ref]
    numbers = [int(text) for one in named if (text := one.rpartition("#")[2].rpartition("!")[2]).isdigit()]
    rows = kept.assets.filter(pl.col("number").is_in(numbers) | pl.col("number").is_null())
    whose = rows.select(coded_rows.ref(), pl.col("bureau").cast(pl.String))
    return dict(whose.filter(pl.col("ref").is_in(named)).iter_rows())


def cycles(parents: Mapping[str, str]) -> tuple[dict[str, str], list[Note]]:
    """The parents without circles: a bureau in a circle stands beneath none; each circle is noted once."""
    sound = dict(parents)
    notes = []
    for start in sorted(parents):
        path = [start]
        while (above := sound.get(path[-1])) is not None and above not in path:
            path.append(above)
        if above is not None:
            circle = path[path.index(above) :]
            for code in circle:
                sound.pop(code, None)
            notes.append(note("parent-circle", codes="、".join(sorted(circle))))
    return sound, notes
