"""The frames of a roll-up with what is known of each bureau beside them: what all answers are read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.fleet.cohorts import Cohort
from equipcheck.fleet.members import Failed, Fleet, Member
from equipcheck.fleet.parts import Part
from equipcheck.fleet.sums import KEYS, NEED_KEYS, coverage_sums, need_sums
from equipcheck.standard.bureau import as_text
from equipcheck.standard.model import Requirement

WHO = {
    "bureau": pl.String(),
    "parent": pl.String(),
    "level": pl.String(),
    "region": pl.String(),
    "staff": pl.Int64(),
    "main_posts": pl.Int64(),
    "cohort": pl.Int64(),
}


@dataclass(frozen=True, slots=True)
class View:
    """`table`: one row a bureau, in the fleet's order: WHO, KEYS, NEED_KEYS, its sums, its accounts and quality."""

    fleet: Fleet
    cohorts: tuple[Cohort, ...]
    part: Part
    parents: Mapping[str, str]  # without circles
    table: pl.DataFrame
    failed: tuple[Failed, ...]
    members: Mapping[str, Member]
    cohort_of: Mapping[str, Cohort]
    rows: Mapping[tuple[int, str], Requirement]
    columns: Mapping[str, str]  # which column of its standard a bureau reads

    def called(self, code: str) -> str:
        """A bureau's name, its code where it has none."""
        return self.fleet.names.get(code) or code

    def requirement(self, bureau: str, requirement: str) -> Requirement:
        """A row of the standard that a bureau is held to."""
        return self.rows[self.cohort_of[bureau].key, requirement]

    def obligation(self, bureau: str, requirement: str) -> str:
        """Whether a row is required of a bureau."""
        column = self.columns[bureau]
        return self.requirement(bureau, requirement).obligation[column]

    def catalogue_of(self, bureau: str) -> Catalogue:
        """The catalogue of a bureau."""
        return self.cohort_of[bureau].catalogue

    def standard_of(self, bureau: str) -> str:
        """The standard that a bureau is held to."""
        return self.cohort_of[bureau].loaded.standard.id

    def nearness(self, giver: str, taker: str, at: str | None) -> tuple[int, str]:
        """1 same parent, 2 same city, 3 same province, 4 farther; and the same in words."""
        if at is None:
            return 4, "双方没有共同的上级"
        if at in (giver, taker) or self.parents.get(giver) == self.parents.get(taker) == at:
            return 1, f"同属{self.called(at)}"
        member = self.members.get(at)
        level = None if member is None else member.bureau.facts.get("level")
        if level == "city":
            return 2, f"同市（{self.called(at)}）"
        return 3, f"同省（{self.called(at)}）"


def view(
    fleet: Fleet,
    cohorts: Sequence[Cohort],
    part: Part,
    parents: Mapping[str, str],
    notes: pl.DataFrame,
    failed: Sequence[Failed],
) -> View:
    """Put the frames side by side."""
    assessed = set(part.findings["bureau"].unique().to_list())
    whose = {member.code: cohort for cohort in cohorts for member in cohort.members}
    members = {member.code: member for member in fleet.members}
    who = [
        (
            one.code, parents.get(one.code), *(_text(one, name) for name in ("level", "region")),
            *(_count(one, name) for name in ("staff", "main_posts")), whose[one.code].key,
        )
        for one in fleet.members
        if one.code in assessed
    ]  # fmt: skip
    findings = part.findings
    required = pl.col("obligation") == "required"
    sums = findings.group_by("bureau").agg(
        *(
            pl.col(name).filter(required).sum().cast(pl.Int64)
            for name in ("required", "held", "usable", "counted", "surplus")
        ),
        column=pl.col("column").first(),
    )
    table = pl.DataFrame(who, schema=WHO, orient="row")
    for frame in (
        coverage_sums(cohorts, findings),
        need_sums(findings, part.steps),
        sums,
        part.accounts,
        part.quality,
        part.questions.group_by("bureau").agg(
            open_rows=pl.len().cast(pl.Int64), open_units=pl.col("units").sum()
        ),
        notes.group_by("bureau").agg(pl.col("notes").sum().cast(pl.Int64)),
    ):
        table = table.join(frame, on="bureau", how="left", maintain_order="left")
    numbers = [
        name
        for name, kind in table.schema.items()
        if kind == pl.Int64 and name not in ("staff", "main_posts")
    ]
    table = table.with_columns(pl.col(numbers).fill_null(0))
    rows = {(one.key, row.id): row for one in cohorts for row in one.loaded.standard.requirements}
    columns = dict(table.select("bureau", "column").iter_rows())
    return View(fleet, tuple(cohorts), part, parents, table, tuple(failed), members, whose, rows, columns)


def _text(member: Member, fact: str) -> str | None:
    return as_text(member.bureau.facts[fact]) if fact in member.bureau.facts else None


def _count(member: Member, fact: str) -> int | None:
    text = _text(member, fact)
    return int(text) if text is not None and text.isascii() and text.isdigit() else None


SUMMED = [*KEYS, *NEED_KEYS]
