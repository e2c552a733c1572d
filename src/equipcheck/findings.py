"""From frames to typed results: what one bureau's check found, ready to be shown, planned upon and kept."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from equipcheck.assess import Assessment
from equipcheck.assess.usable import validity
from equipcheck.assess.verdict import UNKNOWN, coverage
from equipcheck.bureau import FACT_NAMES, FACT_UNITS, HEAD_COUNTS, as_text
from equipcheck.exceptions import Exceptions
from equipcheck.gather import Gathered
from equipcheck.problems import Problem
from equipcheck.project import Project
from equipcheck.results import (
    Accounting,
    AssetUse,
    Finding,
    Input,
    MatchInfo,
    Note,
    OpenRow,
    Question,
    Rates,
    Report,
    SourceInfo,
    Suggestion,
)
from equipcheck.standard.grammar import print_rule
from equipcheck.standard.load import Loaded
from equipcheck.standard.model import QuantityRule, Requirement

LINE_FLAGS = (*UNKNOWN, "idle")


def build_report(
    gathered: Gathered,
    project: Project,
    loaded: Loaded,
    assessment: Assessment,
    exceptions: Exceptions,
    accounting: Accounting,
    *,
    as_of: dt.date,
    as_of_given: bool,
    notes: Sequence[Note],
    inputs: tuple[Input, ...],
) -> Report:
    """Everything that one check found."""
    standard = loaded.standard
    lines = _asset_lines(gathered, assessment, as_of)
    review, unmatched, not_required = (
        _open_rows(gathered, assessment, p) for p in ("review", "unmatched", "not_required")
    )
    facts = project.bureau.facts
    findings = tuple(
        _finding(
            row, standard.requirements[row["order"]], loaded, facts, lines, exceptions, (*review, *unmatched)
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
        not_required=not_required,
        rejected=tuple(
            Note(code, why, ref) for ref, code, why in rejected.select("ref", "rejected", "why").iter_rows()
        ),
        notes=_by_place([*notes, *exceptions.notes, *_further_notes(gathered, project, findings)]),
        questions=_questions(findings, loaded, gathered),
        accounting=accounting,
        kind_names={one: kind.name for one, kind in gathered.catalogue.kinds.items()},
    )


def _plain(value: object) -> object:
    return value if isinstance(value, (bool, int, str)) else as_text(value)  # type: ignore[arg-type]


def _column_label(loaded: Loaded, findings: Sequence[Finding]) -> str | None:
    if not findings:
        return None
    return next(column.label for column in loaded.standard.columns if column.id == findings[0].column)


def _finding(
    row: dict[str, Any],
    requirement: Requirement,
    loaded: Loaded,
    facts: Mapping[str, Any],
    lines: Mapping[str, tuple[AssetUse, ...]],
    exceptions: Exceptions,
    open_rows: Sequence[OpenRow],
) -> Finding:
    assets = lines.get(requirement.id, ())
    source = requirement.source
    rule = requirement.quantity.get(row["column"])
    kinds = set(requirement.kinds)
    near = [one for one in open_rows if row["gap"] and any(s.kind in kinds for s in one.suggestions)]
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
        flags=tuple(
            flag
            for flag in LINE_FLAGS
            if any(flag in one.flags and one.counted + one.surplus for one in assets)
        ),
        waiver=exceptions.waivers.get(requirement.id),
        rule=rule_in_words(rule, requirement.unit, facts, row["required"]),
        service_allowed=requirement.service,
        source=SourceInfo(
            source.document or loaded.standard.document,
            source.place,
            source.status,
            source.kind,
            source.note,
            loaded.origin(requirement.id),
        ),
        assets=assets,
        services=exceptions.services.get(requirement.id, ()),
        missing_facts=tuple(row["missing_facts"] or ()),
        candidates=tuple(near),
        note=requirement.note,
    )


def rule_in_words(
    rule: QuantityRule | None, unit: str | None, facts: Mapping[str, Any], required: int | None
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
        for name in sorted(rule.facts, key=_fact_order)
    )
    answer = "待定" if required is None else f"{required}{unit or ''}"
    return f"{text}；{said} → {answer}"


def _fact_order(name: str) -> tuple[int, str]:
    names = list(HEAD_COUNTS)
    return (names.index(name) if name in names else len(names), name)


def _asset_lines(
    gathered: Gathered, assessment: Assessment, as_of: dt.date
) -> dict[str, tuple[AssetUse, ...]]:
    """requirement → the asset rows that count, stand as surplus or are excluded there, in ledger order."""
    places = assessment.places.filter(pl.col("requirement").is_not_null())
    columns = ["row", "part", "ref", "asset_no", "name", "model", "quantity", "extra"]
    table = places.join(gathered.assets.select(columns), on=["row", "part"]).join(
        gathered.matches, on=["row", "part"]
    )
    table = table.join(
        validity(gathered.assets, gathered.ledgers.checks, as_of), on=["row", "part"], how="left"
    )
    grouped: dict[tuple[str, int, int], list[dict[str, Any]]] = defaultdict(list)
    for line in table.sort("row", "part").iter_rows(named=True):
        grouped[line["requirement"], line["row"], line["part"]].append(line)
    result: dict[str, list[AssetUse]] = defaultdict(list)
    for (requirement, row, _), lines in grouped.items():
        first = lines[0]
        units = {place: sum(one["units"] for one in lines if one["place"] == place) for place in _PLACES}
        result[requirement].append(
            AssetUse(
                ref=first["ref"],
                asset_no=first["asset_no"],
                name=first["name"],
                model=first["model"],
                kind=first["kind"],
                quantity=first["quantity"],
                counted=units["counted"],
                surplus=units["surplus"],
                out=units["excluded"],
                excluded=next((one["reason"] for one in lines if one["place"] == "excluded"), None),
                flags=tuple(first["flags"] or ()),
                valid_until=first["valid_to"],
                checked_on=first["checked_last"],
                row=row,
                match=_match_info(first),
                extra=tuple((cell["column"], cell["value"]) for cell in first["extra"] or ()),
            )
        )
    return {requirement: tuple(uses) for requirement, uses in result.items()}


_PLACES = ("counted", "surplus", "excluded")


def _match_info(line: Mapping[str, Any]) -> MatchInfo:
    return MatchInfo(
        method=line["method"],
        score=line["score"],
        decision=line["decision"],
        evidence=tuple(line["evidence"] or ()),
        suggestions=tuple(Suggestion(one["kind"], one["score"]) for one in line["suggestions"] or ()),
    )


def _open_rows(gathered: Gathered, assessment: Assessment, place: str) -> tuple[OpenRow, ...]:
    rows = (
        assessment.places.filter(pl.col("place") == place)
        .join(gathered.assets.select("row", "part", "ref", "name", "quantity"), on=["row", "part"])
        .join(gathered.matches.select("row", "part", "suggestions"), on=["row", "part"], how="left")
        .sort("row", "part")
    )
    return tuple(
        OpenRow(
            ref,
            name or "",
            quantity,
            tuple(Suggestion(one["kind"], one["score"]) for one in suggestions or ()),
        )
        for ref, name, quantity, suggestions in rows.select(
            "ref", "name", "quantity", "suggestions"
        ).iter_rows()
    )


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


def _further_notes(gathered: Gathered, project: Project, findings: Sequence[Finding]) -> list[Note]:
    notes = [
        _note("waiver-idle", name=one.name)
        for one in findings
        if one.waiver is not None and one.waiver.in_force and not one.gap
    ]
    stated = project.bureau.facts.get("vehicles")
    found = vehicles_in_ledger(gathered)
    if stated is not None and found is not None and as_text(stated) != str(found):
        notes.append(_note("vehicles-differ", stated=as_text(stated), found=found))
    return [*notes, *_same_numbers(gathered.assets)]


def _by_place(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Notes without a place first, then by file and sheet in the order read, then by row."""
    sheets: dict[str, int] = {}

    def key(note: Note) -> tuple[int, int]:
        if note.ref is None:
            return -1, 0
        mark = "!" if "!" in note.ref else "#"
        sheet, _, row = note.ref.rpartition(mark)
        return sheets.setdefault(sheet or note.ref, len(sheets)), int(row) if row.isdigit() else 0

    return tuple(sorted(notes, key=key))


def vehicles_in_ledger(gathered: Gathered) -> int | None:
    """Enforcement vehicles in use by the ledger; None where it names none."""
    kinds = [one for one, kind in gathered.catalogue.kinds.items() if kind.fact == "vehicles"]
    rows = gathered.assets.join(gathered.matches.select("row", "part", "kind"), on=["row", "part"])
    rows = rows.filter(pl.col("kind").is_in(kinds) & pl.col("status").is_in(["in_use", "idle", "unknown"]))
    return int(rows["quantity"].sum()) if rows.height else None


def _same_numbers(assets: pl.DataFrame) -> list[Note]:
    """Rows with an asset number that stands elsewhere with other contents: counted, and a question."""
    same = ["name", "model", "quantity", "status", "acquired", "checked_on", "valid_until"]
    numbered = assets.filter(
        pl.col("asset_no").is_not_null() & pl.col("rejected").is_null() & (pl.col("part") < 2)
    )
    first = numbered.group_by("bureau", "asset_no", maintain_order=True).agg(
        pl.col("ref").first().alias("first_ref"),
        pl.col("row").first().alias("first_row"),
        pl.struct(same).first().alias("as_first"),
    )
    odd = numbered.join(first, on=["bureau", "asset_no"]).filter(
        (pl.col("row") > pl.col("first_row")) & (pl.struct(same) != pl.col("as_first"))
    )
    return [
        Note("same-number-differs", _note("same-number-differs", number=number, other=other).note, ref)
        for ref, number, other in odd.sort("row").select("ref", "asset_no", "first_ref").iter_rows()
    ]


def _questions(findings: Sequence[Finding], loaded: Loaded, gathered: Gathered) -> tuple[Question, ...]:
    """One question a fact that is missing, naming the rows it leaves open; one per open row of the standard."""
    rows: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        for fact in one.missing_facts if one.status == "undecided" else ():
            rows[fact].append(one)
    asked = [
        Question(_ask(fact, waiting, gathered), fact=fact, rows=tuple(one.requirement for one in waiting))
        for fact, waiting in sorted(rows.items(), key=lambda item: _fact_order(item[0]))
    ]
    for one in findings:
        if one.status == "undecided" and one.requirement in loaded.open_rows:
            why = f"配备数量写的是“{one.rule}”" if one.kinds else "还没有确定对应哪种装备"
            ask = f"标准“{one.name}”一行{why}，请在标准文件里写明后再核查（{one.source.place or one.requirement}）"
            asked.append(Question(ask, requirement=one.requirement, rows=(one.requirement,)))
    return tuple(asked)


def _ask(fact: str, waiting: Sequence[Finding], gathered: Gathered) -> str:
    option = f"--{fact}" if fact in ("staff", "vehicles") else f"--fact {fact}=…"
    label = FACT_NAMES.get(fact, fact)
    text = (
        f"缺少“{label}”（{fact}），以下 {len(waiting)} 项无法确定：{'、'.join(one.name for one in waiting)}。"
    )
    text += f"请用 {option} 给出，或在 equipcheck.yaml 的 bureau: 里写 {fact}: …"
    found = vehicles_in_ledger(gathered) if fact == "vehicles" else None
    return f"{text}（台账里在用的执法车辆是 {found} 辆）" if found is not None else text


def _note(code: str, **args: object) -> Note:
    return Note(code, Problem(code, args=args, level="hint").message)
