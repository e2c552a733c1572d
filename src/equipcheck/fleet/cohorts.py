"""All bureaus of one edition, one day and one catalogue are one cohort, and one call of `assess`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import polars as pl

from equipcheck.assess import assess
from equipcheck.assess.spare import Day
from equipcheck.catalogue.kinds import Catalogue
from equipcheck.checking.books import accounts
from equipcheck.checking.check import facts_frame, one_column
from equipcheck.fleet.loading import Loader, means_key
from equipcheck.fleet.members import Failed, Member
from equipcheck.fleet.money import Climbed, coming_back, steps_of
from equipcheck.fleet.parts import Part, offers_of, quality_of, questions_of
from equipcheck.ground import frames
from equipcheck.ledger import coded_rows
from equipcheck.match import decide, match
from equipcheck.match.decisions.load import Decisions
from equipcheck.plan.means import Means
from equipcheck.plan.quota import left_in, quota_of, units_on_books
from equipcheck.plan.restore import Span, year_after
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.nearby import near
from equipcheck.problems.notes import Note
from equipcheck.project.arrangements import read_arrangements
from equipcheck.project.project import Project
from equipcheck.standard.load import Loaded
from equipcheck.standard.model import Standard


@dataclass(frozen=True, slots=True)
class Cohort:
    """Bureaus that are assessed together. `key` tells cohorts apart in frames."""

    key: int
    loaded: Loaded
    edition_note: str | None
    catalogue: Catalogue
    as_of: dt.date
    strict: bool
    members: tuple[Member, ...]
    means: Mapping[str, Means]  # by `means_key`: what bureaus with the same prices and contracts plan with


def days_of(cohorts: Iterable[Cohort]) -> tuple[Day, ...]:
    """The days on which what moves would have to count, with how strictly; `unfit` of OFFERS names their positions."""
    return tuple(sorted({(one.as_of, one.strict) for one in cohorts}))


def cohorts_of(
    members: Sequence[Member], today: dt.date, loader: Loader
) -> tuple[list[Cohort], list[Failed]]:
    """The members by edition, day, strictness and catalogue; those whose standard cannot be read.

    Raises InputError where what they share cannot be read: then it is the fleet that is wrong, and no bureau.
    """
    failed: list[Failed] = []
    wrong: dict[str, Sequence[Problem]] = {}
    groups: dict[tuple[object, ...], list[Member]] = {}
    heads: dict[tuple[object, ...], tuple[Loaded, str | None, dt.date]] = {}
    for one in members:
        day = one.as_of or today
        try:
            loaded, said = loader.standard(one, day)
            loader.decided(one)
            loader.planned(one)
        except InputError as error:
            failed.append(Failed.of(one.code, error.problems, one.name))
            wrong[str(error)] = error.problems
            continue
        key = (loaded.path, loaded.sha256, day, one.metrology, one.catalogue)
        groups.setdefault(key, []).append(one)
        heads[key] = (loaded, said, day)
    if not groups and len(wrong) == 1 and (len(members) > 1 or members[0].project is None):
        raise InputError(next(iter(wrong.values())))
    _check_services([loaded.standard for loaded, _, _ in heads.values()], members)
    made = [
        Cohort(
            at, heads[key][0], heads[key][1], loader.catalogue(group[0]), heads[key][2],
            group[0].metrology == "strict", tuple(group), {means_key(one): loader.planned(one) for one in group},
        )
        for at, (key, group) in enumerate(groups.items())
    ]  # fmt: skip
    return made, failed


def _check_services(standards: Sequence[Standard], members: Sequence[Member]) -> None:
    """A service of the fleet's own names a row of some standard in it. Raises InputError."""
    rows = {row.id for standard in standards for row in standard.requirements}
    named = {service.requirement for one in members if one.project is None for service in one.services}
    if standards and named - rows:
        used = "、".join(sorted({one.id for one in standards}))
        raise InputError(
            [
                Problem(
                    "unknown-requirement",
                    Place("fleet.yaml"),
                    {"value": one, "near": near(one, rows), "standard": used},
                )
                for one in sorted(named - rows)
            ]
        )


def matched(
    members: Iterable[Member], assets: pl.DataFrame, loader: Loader
) -> tuple[pl.DataFrame, list[Failed]]:
    """Assets in ledger order with rows split as decided, `kind` and `decision` beside them; and bureaus whose
    decisions do not fit their ledgers.

    Bureaus with the same decisions are matched together.
    """
    groups: dict[int, tuple[Decisions, Member, list[str]]] = {}
    for one in members:
        decided = loader.decided(one)
        groups.setdefault(id(decided), (decided, one, []))[2].append(one.code)
    failed: list[Failed] = []
    parts: list[pl.DataFrame] = []
    for decided, member, codes in groups.values():
        catalogue, lexicon = loader.catalogue(member), loader.lexicon(member)
        rows = assets if len(groups) == 1 else assets.filter(coded_rows.in_bureaus(assets, codes))
        if decided.splits:
            rows, wrong = _split(rows, codes, decided)
            failed += wrong
            words = match(coded_rows.in_words(rows), catalogue, decided, lexicon)
            kinds = words.select("row", "part", pl.col("kind", "decision").cast(pl.Categorical()))
            parts.append(rows.join(kinds, on=["row", "part"], how="left", maintain_order="left"))
        else:
            parts.append(rows.hstack(decide(rows, catalogue, decided, lexicon).select("kind", "decision")))
    if not parts:
        empty = pl.Series(dtype=pl.Categorical())
        return assets.clear().with_columns(kind=empty, decision=empty), failed
    found = parts[0] if len(parts) == 1 else pl.concat(parts).sort("row", "part")
    return found.with_columns(pl.col("decision").fill_null("none")), failed


def _split(rows: pl.DataFrame, codes: Sequence[str], decided: Decisions) -> tuple[pl.DataFrame, list[Failed]]:
    """Asset numbers are unique within a bureau only: each bureau's rows are split by themselves."""
    done, failed = [], []
    for code in codes:
        own, problems = decided.apply_splits(coded_rows.in_words(rows.filter(pl.col("bureau") == code)))
        if problems:
            failed.append(Failed.of(code, problems))
        done.append(coded_rows.coded(own))
    return pl.concat(done), failed


def assess_cohort(
    cohort: Cohort,
    assets: pl.DataFrame,
    matches: pl.DataFrame,
    checks: pl.DataFrame,
    supplemented: frozenset[str],
    *,
    climbed: dict[tuple[int, str], Climbed],
    days: Sequence[Day] | None,
) -> Part:
    """One call of `assess`; bureaus whose facts do not fit the standard are set aside with the question."""
    standard = cohort.loaded.standard
    facts, failed = _facts(cohort)
    services, waived, wrong = _arrangements(cohort, {one.bureau for one in failed})
    failed += wrong
    gone = [one.bureau for one in failed]
    facts = facts.filter(~pl.col("bureau").is_in(gone))
    kinds = cohort.catalogue.frame()
    if gone:
        assets = assets.filter(~coded_rows.in_bureaus(assets, gone))
    mine = pl.col("bureau").is_in(facts["bureau"].to_list())
    result = assess(
        standard, facts, assets, matches, checks.filter(mine), kinds, services,
        as_of=cohort.as_of, strict=cohort.strict, supplemented=supplemented, spare_on=days,
    )  # fmt: skip
    by_code = {one.code: one for one in cohort.members}
    for row in result.unplaced.iter_rows():
        failed.append(_unplaced(result.unplaced.filter(pl.col("bureau") == row[0]), by_code[row[0]], cohort))
    places, findings, assets = result.coded, result.findings, result.assets
    if result.unplaced.height:
        unplaced = result.unplaced["bureau"].to_list()
        places = places.filter(~coded_rows.in_bureaus(places, unplaced))
        assets = assets.filter(~coded_rows.in_bureaus(assets, unplaced))
    waivers = pl.DataFrame(waived, schema={"bureau": pl.String(), "requirement": pl.String()}, orient="row")
    findings = findings.with_columns(cohort=pl.lit(cohort.key, dtype=pl.Int64)).join(
        waivers.with_columns(waived=pl.lit(value=True)), on=["bureau", "requirement"], how="left",
        maintain_order="left",
    )  # fmt: skip
    span = year_after(cohort.as_of)
    quotas = quotas_left(cohort, places)
    return Part(
        findings.with_columns(pl.col("waived").fill_null(value=False)),
        accounts(assets, places),
        _steps(cohort, findings, coming_back(places, result.assets, checks, span), quotas, climbed, span),
        offers_of(cohort.key, result),
        quality_of(assets, places, kinds, findings),
        questions_of(assets, places),
        tuple(failed),
    )


def _facts(cohort: Cohort) -> tuple[pl.DataFrame, list[Failed]]:
    """The facts of all bureaus, and those with a head-count that is none."""
    standard = cohort.loaded.standard
    try:
        return facts_frame([one.bureau for one in cohort.members], standard), []
    except InputError:
        sound, failed = [], []
        for one in cohort.members:
            try:
                facts_frame([one.bureau], standard, one.project)
                sound.append(one.bureau)
            except InputError as error:
                failed.append(Failed.of(one.code, error.problems, one.name))
        return facts_frame(sound, standard), failed


def _arrangements(cohort: Cohort, gone: set[str]) -> tuple[pl.DataFrame, list[tuple[str, str]], list[Failed]]:
    """Services in force (frames.SERVICES), what is waived, and bureaus that name rows the standard has not."""
    parts, waived, failed = [frames.SERVICES.empty()], [], []
    for one in cohort.members:
        if one.code in gone or not (one.services or (one.project and one.project.waivers)):
            continue
        project = one.project or Project(one.bureau, (), services=one.services)
        try:
            found = read_arrangements(project, cohort.loaded.standard, cohort.as_of)
        except InputError as error:
            failed.append(Failed.of(one.code, error.problems, one.name))
            continue
        parts.append(found.frame().with_columns(bureau=pl.lit(one.code)))
        waived += [(one.code, name) for name, waiver in found.waivers.items() if waiver.in_force]
    return pl.concat(parts), waived, failed


def arranged_notes(cohort: Cohort) -> list[Note]:
    """Services and waivers that have no effect; what bureaus share is said once."""
    found: list[Note] = []
    for one in cohort.members:
        if not (one.services or (one.project and one.project.waivers)):
            continue
        project = one.project or Project(one.bureau, (), services=one.services)
        with suppress(InputError):  # then the bureau is not assessed, and why is said there
            notes = read_arrangements(project, cohort.loaded.standard, cohort.as_of).notes
            found += [note._replace(ref=one.code) for note in notes] if one.project else notes
    return found


def _unplaced(row: pl.DataFrame, member: Member, cohort: Cohort) -> Failed:
    try:
        table = None if member.project is not None else "机构表"
        one_column(row, cohort.loaded, member.bureau, table=table)
    except InputError as error:
        return Failed.of(member.code, error.problems, member.name)
    raise AssertionError(member.code)


def _steps(
    cohort: Cohort,
    findings: pl.DataFrame,
    back: pl.DataFrame,
    quotas: pl.DataFrame,
    climbed: dict[tuple[int, str], Climbed],
    span: Span,
) -> pl.DataFrame:
    """The steps of all gaps; bureaus with the same prices and contracts together."""
    groups: dict[str, list[Member]] = {}
    for one in cohort.members:
        groups.setdefault(means_key(one), []).append(one)
    parts = []
    for key, members in groups.items():
        mine = findings
        if len(groups) > 1:
            mine = findings.filter(pl.col("bureau").is_in([one.code for one in members]))
        parts.append(
            steps_of(
                mine,
                back,
                cohort.loaded.standard,
                cohort.means[key],
                quotas,
                climbed.setdefault((cohort.key, key), {}),
                span,
            )
        )
    return pl.concat(parts)


def quotas_left(cohort: Cohort, places: pl.DataFrame) -> pl.DataFrame:
    """bureau, left: the vehicles that its 编制 still allows, as its plan counts them."""
    known: pl.Enum = places.schema["kind"]  # type: ignore[assignment]
    every = set(known.categories)
    limited = [name for name, kind in cohort.catalogue.kinds.items() if kind.quota and name in every]
    books = places.filter(pl.col("kind").is_in(limited)).group_by("bureau").agg(units_on_books())
    held: dict[str, int] = dict(books.with_columns(pl.col("bureau").cast(pl.String)).iter_rows())
    rows = [(one.code, left_in(quota_of(one.bureau.facts), held.get(one.code, 0))) for one in cohort.members]
    return pl.DataFrame(rows, schema={"bureau": pl.String(), "left": pl.Int64()}, orient="row")
