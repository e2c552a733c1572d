"""The main job: a project in, a report out.

`gather` reads everything once; `evaluate` answers for a date and for facts, as often as one likes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import polars as pl

from equipcheck.assess import Assessment, assess
from equipcheck.assess.need import facts_read
from equipcheck.assess.usable import checks_astray
from equipcheck.catalogue.kinds import Catalogue
from equipcheck.checking.books import balance
from equipcheck.checking.findings import build_report
from equipcheck.checking.gather import Gathered, Progress, gather
from equipcheck.checking.results import Report
from equipcheck.ground.inputs import Input, sha256
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.notes import Note
from equipcheck.project.arrangements import read_arrangements
from equipcheck.project.project import Project
from equipcheck.standard.bureau import FACT_MAX, FACT_NAMES, Bureau, Fact, as_text
from equipcheck.standard.load import Loaded, in_force, load_standard
from equipcheck.standard.model import Standard

SHOWN_ASTRAY = 3  # checks named in a note
FAMILY = "enforcement"
"""The family whose edition in force is taken where a project names no standard."""


class Run(NamedTuple):
    """One evaluation: the frames for whoever goes on from there, and the report for people."""

    gathered: Gathered
    project: Project
    loaded: Loaded
    as_of: dt.date
    assessment: Assessment
    report: Report


def check(project: Project, today: dt.date, progress: Progress | None = None) -> Run:
    """Read and evaluate a project; `today` stands in where it names no date. Raises InputError."""
    return evaluate(gather(project, progress), today)


def evaluate(
    gathered: Gathered,
    today: dt.date,
    *,
    as_of: dt.date | None = None,
    facts: Mapping[str, Fact] | None = None,
    standard: Loaded | None = None,
    arranged: dt.date | None = None,
) -> Run:
    """Assess what was gathered; `as_of`, `facts` and `standard` replace the project's own. Raises InputError.

    `arranged` is the day on which services and waivers must be in force, where it is not the as-of date.
    """
    project = gathered.project
    if facts:
        stated = {**project.given, **{name: f"假设 {name}={as_text(value)}" for name, value in facts.items()}}
        bureau = project.bureau._replace(facts={**project.bureau.facts, **facts})
        project = project._replace(bureau=bureau, given=stated)
    given = as_of or project.as_of
    day = given or today
    notes = list(gathered.notes)
    loaded, note = (standard, None) if standard else choose_standard(project, day, gathered.catalogue)
    notes += [_note("edition-by-date", chosen=note)] if note else []
    notes += _about_the_call(gathered, given, today)
    bureau_facts = facts_frame([project.bureau], loaded.standard, project)
    arrangements = read_arrangements(project, loaded.standard, arranged or day)
    assessment = assess(
        loaded.standard,
        bureau_facts,
        gathered.assets,
        gathered.matches,
        gathered.ledgers.checks,
        gathered.catalogue.frame(),
        arrangements.frame(),
        as_of=day,
        strict=project.metrology == "strict",
        supplemented=[""] if any(source.role == "supplement" for source in project.sources) else [],
    )
    one_column(assessment.unplaced, loaded, project.bureau)
    accounting = balance(gathered.assets, assessment.places)
    report = build_report(
        gathered, project, loaded, assessment, arrangements, accounting,
        as_of=day, as_of_given=given is not None, notes=notes, inputs=_inputs(gathered, loaded, project),
    )  # fmt: skip
    return Run(gathered, project, loaded, day, assessment, report)


def choose_standard(project: Project, day: dt.date, catalogue: Catalogue) -> tuple[Loaded, str | None]:
    """The project's standard, or the edition of the enforcement family in force on the day (with a note)."""
    if project.standard is not None:
        try:
            return load_standard(project.standard, project.root, catalogue), None
        except InputError as error:
            raise project.told(InputError([_named(project, one) for one in error.problems])) from None
    chosen, note = in_force(FAMILY, day)
    return load_standard(chosen, project.root, catalogue), note or f"按 {day} 适用的版本 {chosen} 核查"


def _named(project: Project, problem: Problem) -> Problem:
    """A standard that is not there is a mistake of the place that names it: an option, or the project's file."""
    if problem.code not in ("unknown-standard", "no-such-file") or problem.place.path not in (
        "",
        project.standard,
    ):
        return problem
    if "standard" in project.given:
        return problem._replace(place=Place(f"--standard {project.given['standard']}"))
    if project.document is None:
        return problem
    place = project.document.place(("standard",))
    if problem.code == "unknown-standard":
        return problem._replace(place=place)
    return Problem("listed-file-missing", place, {"value": project.standard, "near": problem.args["near"]})


def facts_frame(bureaus: list[Bureau], standard: Standard, project: Project | None = None) -> pl.DataFrame:
    """`bureau` and one text column per fact that the standard reads; `project` tells where facts are written.

    Raises InputError on head-counts that are no whole numbers.
    """
    names = sorted(facts_read(standard))
    counts = {fact for row in standard.requirements for rule in row.quantity.values() for fact in rule.facts}
    for bureau in bureaus:
        for name in sorted(counts & set(bureau.facts)):
            text = as_text(bureau.facts[name])
            if not (text.isascii() and text.isdigit() and int(text) <= FACT_MAX):
                label = f"{FACT_NAMES.get(name, name)}（{name}）"
                place = project.place_of_fact(name) if project is not None else Place()
                raise InputError(Problem("bad-fact", place, {"name": label, "value": text}))
    rows = [
        {
            "bureau": one.code,
            **{name: as_text(one.facts[name]) if name in one.facts else None for name in names},
        }
        for one in bureaus
    ]
    return pl.DataFrame(rows, schema={"bureau": pl.String(), **dict.fromkeys(names, pl.String())})


def one_column(unplaced: pl.DataFrame, loaded: Loaded, bureau: Bureau, *, table: str | None = None) -> None:
    """Stop with a question where it is not certain which column the bureau reads. Raises InputError.

    `table`: where the facts of many bureaus stand, where not each has a project of its own.
    """
    if unplaced.is_empty():
        return
    standard = loaded.standard
    _, fitting, missing = unplaced.row(0)
    labels = {column.id: column.label for column in standard.columns}
    columns = "、".join(labels.values())
    if missing:
        problems = []
        for name in missing:
            fact = FACT_NAMES.get(name, name)
            mend = f"用 {_option(standard, name)} 给出，或在 equipcheck.yaml 的 bureau: 里写 {name}: …"
            if table is not None:
                mend = f"在{table}里写“{fact}”列：{_values(standard, name).replace('|', '、')}"
            args = {"fact": fact, "title": standard.title, "columns": columns, "mend": mend}
            problems.append(Problem("fact-decides-column", args=args))
        raise InputError(problems)
    _columns_are_answered(loaded)
    read = sorted({name for column in standard.columns for name in column.when})
    facts = "、".join(
        f"{FACT_NAMES.get(name, '')} {name}={as_text(bureau.facts[name])}".strip()
        for name in read
        if name in bureau.facts
    )
    if not fitting:
        conditions = "；".join(f"{column.label}（{_condition(column.when)}）" for column in standard.columns)
        raise InputError(
            Problem("no-column-fits", args={"title": standard.title, "facts": facts, "columns": conditions})
        )
    names = "；".join(
        f"{one.label}（{_condition(one.when)}）" for one in standard.columns if one.id in fitting
    )
    args = {"title": standard.title, "fitting": names, "facts": facts}
    raise InputError(Problem("several-columns-fit", args=args))


def _columns_are_answered(loaded: Loaded) -> None:
    """Stop where columns still wait for a person to say which bureaus read them. Raises InputError."""
    columns = loaded.standard.columns
    places = {at: loaded.places.column(at) for at, column in enumerate(columns) if not column.when}
    if not places:
        return
    shown = "、".join(f"“{columns[at].label}”（第 {place.line} 行）" for at, place in places.items())
    args = {"title": loaded.standard.title, "columns": shown}
    raise InputError(Problem("columns-open", next(iter(places.values())), args))


def _values(standard: Standard, fact: str) -> str:
    values = [v for c in standard.columns if fact in c.when for v in c.when[fact].values or ()]
    return "|".join(dict.fromkeys(as_text(value) for value in values))


def _option(standard: Standard, fact: str) -> str:
    values = _values(standard, fact)
    return f"--{fact} {values}" if fact in ("level", "region") else f"--fact {fact}={values or '…'}"


def _condition(when: Mapping[str, object]) -> str:
    parts = []
    for name, condition in when.items():
        values = getattr(condition, "values", None)
        if values is not None:
            parts.append(f"{name}={'|'.join(as_text(value) for value in values)}")
        else:
            low, high = getattr(condition, "min", None), getattr(condition, "max", None)
            parts.append(f"{name} {'' if low is None else low}～{'' if high is None else high}")
    return "，".join(parts) or "无条件"


def _about_the_call(gathered: Gathered, given: dt.date | None, today: dt.date) -> list[Note]:
    notes = []
    project = gathered.project
    dated = [(shown, day) for shown, day in gathered.ledgers.dated if day <= today]
    if given is None and dated:
        shown, day = max(dated, key=lambda one: one[1])
        notes.append(_note("as-of-today-dated", today=today.isoformat(), file=shown, day=day.isoformat()))
    elif given is None:
        notes.append(_note("as-of-today", today=today.isoformat()))
    if project.borrowed is not None:
        notes.append(_note("facts-borrowed", path=project.borrowed))
    return notes + astray_notes(gathered.assets, gathered.ledgers.checks)


def astray_notes(assets: pl.DataFrame, checks: pl.DataFrame) -> list[Note]:
    """Dates of a register that belong to no asset: without a word, their instruments would seem to have none."""
    if checks.is_empty() or (astray := checks_astray(assets, checks)).is_empty():
        return []
    numbers = pl.coalesce(pl.col("asset_no", "serial")).fill_null("没有编号")
    rows = astray.head(SHOWN_ASTRAY).select(pl.format("{}（{}）", numbers, "ref")).to_series().to_list()
    more = "等" if astray.height > len(rows) else ""
    return [_note("check-astray", rows=astray.height, which="、".join(rows) + more)]


def _note(code: str, **args: object) -> Note:
    return Note(code, Problem(code, args=args, level="hint").message)


def _inputs(gathered: Gathered, loaded: Loaded, project: Project) -> tuple[Input, ...]:
    """Every file read, with its hash; a shipped standard and the catalogue among them."""
    files: list[Input] = []
    if project.document is not None:
        files.append(Input(Path(project.document.path).name, sha256(Path(project.document.path)), "project"))
    files += [Input(shown, digest, "standard") for shown, digest in loaded.files]
    files += [Input(shown, sha256(path), "decisions") for path, shown in project.decisions if path.is_file()]
    files += [Input(path.name, sha256(path), "catalogue") for path in project.catalogue]
    if project.prices is not None and project.prices.is_file():
        files.append(Input(project.prices.name, sha256(project.prices), "prices"))
    return (*files, *gathered.ledgers.inputs)
