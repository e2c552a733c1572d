"""From frames to typed results: what one bureau's check found, ready to be shown, planned upon and kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from equipcheck.assess import Assessment
from equipcheck.assess.verdict import UNKNOWN, coverage
from equipcheck.checking.evidence import Evidence, asset_lines, likely, open_rows, unread_rows
from equipcheck.checking.gather import Gathered
from equipcheck.checking.open_questions import by_place, further_notes, questions
from equipcheck.checking.results import Accounting, Finding, OpenRow, Rates, Report, SourceInfo
from equipcheck.ground.inputs import Input
from equipcheck.problems import Problem
from equipcheck.problems.notes import Note
from equipcheck.project.arrangements import Arrangements
from equipcheck.project.project import Project
from equipcheck.standard.bureau import FACT_NAMES, FACT_UNITS, as_text, fact_order
from equipcheck.standard.load import Loaded
from equipcheck.standard.model import QuantityRule, Requirement
from equipcheck.standard.printing import print_rule
from equipcheck.standard.signing import unproven

LINE_FLAGS = (*UNKNOWN, "idle")


def build_report(
    gathered: Gathered,
    project: Project,
    loaded: Loaded,
    assessment: Assessment,
    arrangements: Arrangements,
    accounting: Accounting,
    *,
    as_of: dt.date,
    as_of_given: bool,
    notes: Sequence[Note],
    inputs: tuple[Input, ...],
) -> Report:
    """Everything that one check found."""
    standard = loaded.standard
    evidence = asset_lines(gathered, assessment, as_of)
    review, unmatched = (tuple(open_rows(gathered, assessment, p)) for p in ("review", "unmatched"))
    suggested = _by_kind([*review, *unmatched])
    unread = unread_rows(gathered)
    unsigned = unproven(loaded)
    about = _about_signatures(unsigned)
    facts = project.bureau.facts
    findings = tuple(
        _finding(
            row,
            standard.requirements[row["order"]],
            loaded,
            facts,
            evidence,
            arrangements,
            suggested,
            unread,
            unsigned.get(standard.requirements[row["order"]].id),
        )
        for row in assessment.findings.iter_rows(named=True)
    )
    rejected = gathered.assets.filter(pl.col("rejected").is_not_null())
    attested = [row.id for row in standard.requirements if row.source.kind == "attested"]
    rates = _rates(coverage(assessment.findings), ceiling=standard.limit == "ceiling")
    return Report(
        as_of=as_of,
        as_of_given=as_of_given,
        bureau={
            "name": project.bureau.name or None,
            **{name: _plain(value) for name, value in facts.items()},
        },
        standard={
            "id": standard.id,
            "title": standard.title,
            "document": standard.document,
            "limit": standard.limit,
            "family": standard.family,
            "issuer": standard.issuer,
            "effective": None if standard.effective is None else str(standard.effective),
            "year_only": standard.year_only,
            "note": standard.note,
            "column": _column_label(loaded, findings),
            "open_rows": list(loaded.open_rows),
        },
        overrides=project.overrides,
        inputs=inputs,
        coverage=rates,
        attested=_rates(coverage(assessment.findings, attested), ceiling=standard.limit == "ceiling"),
        trust=_trust(findings),
        findings=findings,
        review=review,
        unmatched=unmatched,
        not_required=open_rows(gathered, assessment, "not_required"),
        rejected=tuple(
            Note(code, why, ref) for ref, code, why in rejected.select("ref", "rejected", "why").iter_rows()
        ),
        notes=by_place([*notes, *about, *arrangements.notes, *further_notes(gathered, project, findings)]),
        questions=questions(findings, loaded, gathered),
        accounting=accounting,
        kind_names={one: kind.name for one, kind in gathered.catalogue.kinds.items()},
    )


UNPROVEN = {"official-unsigned": "unsigned", "verified-changed": "changed"}


def _about_signatures(unsigned: Mapping[str, Problem]) -> list[Note]:
    """One note a file of the standard whose rows are called official and that no signature holds for."""
    return [
        Note(one.code, f"{one.place.path}：{one.message}")
        for one in {str(p): p for p in unsigned.values()}.values()
    ]


def _by_kind(rows: Sequence[OpenRow]) -> dict[str, dict[int, OpenRow]]:
    """Kind → the open rows with units that may well be it, by their positions."""
    found: dict[str, dict[int, OpenRow]] = {}
    for at, row in enumerate(rows):
        for kind in likely(row.suggestions) if row.quantity else ():
            found.setdefault(kind, {})[at] = row
    return found


def _plain(value: object) -> object:
    return value if isinstance(value, (bool, int, str, Decimal)) else as_text(value)  # type: ignore[arg-type]


def _column_label(loaded: Loaded, findings: Sequence[Finding]) -> str | None:
    if not findings:
        return None
    return next(column.label for column in loaded.standard.columns if column.id == findings[0].column)


def _finding(
    row: dict[str, Any],
    requirement: Requirement,
    loaded: Loaded,
    facts: Mapping[str, Any],
    evidence: Evidence,
    arrangements: Arrangements,
    suggested: Mapping[str, Mapping[int, OpenRow]],
    unread: Sequence[tuple[str, OpenRow]],
    wrong: Problem | None,
) -> Finding:
    assets = evidence.lines.get(requirement.id, ())
    source = requirement.source
    rule = requirement.quantity.get(row["column"])
    near: dict[int, OpenRow] = {}
    for kind in requirement.kinds if row["gap"] else ():
        near |= suggested.get(kind, {})
    return Finding(
        requirement=requirement.id,
        name=requirement.name,
        category=requirement.category,
        obligation=row["obligation"],
        unit=requirement.unit,
        kinds=requirement.kinds,
        column=row["column"],
        required=row["required"],
        held=row["held"],
        usable=row["usable"],
        counted=row["counted"],
        serviced=row["serviced"],
        gap=row["gap"],
        surplus=row["surplus"],
        unknown=row["unknown"],
        status=row["status"],
        flags=tuple(flag for flag in LINE_FLAGS if flag in evidence.flags.get(requirement.id, ())),
        waiver=arrangements.waivers.get(requirement.id),
        rule=rule_in_words(
            rule, requirement.unit, facts, row["required"], applies=row["status"] != "not_applicable"
        ),
        service_allowed=requirement.service,
        source=SourceInfo(
            source.document or loaded.standard.document,
            source.place,
            source.status,
            source.kind,
            source.note,
            loaded.origin(requirement.id),
            None if wrong is None else UNPROVEN[wrong.code],
        ),
        assets=assets,
        services=arrangements.services.get(requirement.id, ()),
        missing_facts=tuple(row["missing_facts"] or ()),
        candidates=tuple(near[at] for at in sorted(near)),
        unread=tuple(dict.fromkeys(one for kind, one in unread if row["gap"] and kind in requirement.kinds)),
        note=requirement.note,
    )


def rule_in_words(
    rule: QuantityRule | None,
    unit: str | None,
    facts: Mapping[str, Any],
    required: int | None,
    *,
    applies: bool = True,
) -> str:
    """「每3人1台；执法人员17人 → 6台」"""
    if rule is None:
        return "本列未列配备数量"
    text = print_rule(rule, unit)
    if rule.text is not None or rule.as_needed or not rule.facts:
        return text
    said = "，".join(
        f"{FACT_NAMES.get(name, name)}{as_text(facts[name])}{FACT_UNITS.get(name, '')}"
        if name in facts
        else f"{FACT_NAMES.get(name, name)}未填报"
        for name in sorted(rule.facts, key=fact_order)
    )
    if not applies and not required:
        return f"{text}；不适用于本单位"
    answer = "待定" if required is None else f"{required}{unit or ''}"
    return f"{text}；{said} → {answer}"


def _rates(table: pl.DataFrame, *, ceiling: bool) -> Rates:
    row = table.row(0, named=True)
    applicable = row["applicable"]
    return Rates(
        by_kind=row["met"] / applicable if applicable else None,
        by_kind_if_verified=(row["met"] + row["unverified"]) / applicable if applicable else None,
        by_quantity=None if ceiling or not row["needed"] else row["filled"] / row["needed"],
        applicable=applicable,
        met=row["met"],
        unrecorded=row["unrecorded"],
        undecided=row["undecided"],
    )


OUTSIDE = ("not_applicable", "as_needed", "unrecorded", "undecided")


def _trust(findings: Sequence[Finding]) -> dict[str, int]:
    """On how many of the rows behind the coverage the answer rests on which kind of source."""
    rows = [one for one in findings if one.obligation == "required" and one.status not in OUTSIDE]
    words = ("official", "reprint", "estimate", "attested", "assumed")
    return {word: sum(word in (one.source.status, one.source.kind) for one in rows) for word in words}
