"""What was odd and what must be asked, beside the findings: notes in order of place, and open questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import polars as pl

from equipcheck.checking.gather import Gathered
from equipcheck.checking.results import Finding, Question
from equipcheck.problems import Problem
from equipcheck.problems.notes import Note
from equipcheck.project.project import Project
from equipcheck.standard.bureau import FACT_NAMES, as_text, fact_order
from equipcheck.standard.load import Loaded


def further_notes(gathered: Gathered, project: Project, findings: Sequence[Finding]) -> list[Note]:
    """Waivers without use, a vehicle count that the ledger contradicts, what is over in words, numbers used twice."""
    notes = [
        _note("waiver-idle", name=f"{one.name}（{one.requirement}）")
        for one in findings
        if one.waiver is not None and one.waiver.in_force and not one.gap
    ]
    stated = project.bureau.facts.get("vehicles")
    found = vehicles_in_ledger(gathered)
    if stated is not None and found is not None and as_text(stated) != str(found):
        notes.append(_note("vehicles-differ", stated=as_text(stated), found=found))
    return [*notes, *_over_without_check(gathered), *_same_numbers(gathered.assets)]


def by_place(notes: Sequence[Note]) -> tuple[Note, ...]:
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
    rows = rows.filter(
        pl.col("kind").is_in(kinds) & pl.col("status").is_in(["in_use", "idle", "expired", "unknown"])
    )
    return int(rows["quantity"].sum()) if rows.height else None


def _over_without_check(gathered: Gathered) -> list[Note]:
    """Rows whose status says that something is over, of kinds that need no verification: counted, and a question."""
    over = gathered.assets.filter(pl.col("status") == "expired")
    if over.is_empty():
        return []
    free = [one for one, kind in gathered.catalogue.kinds.items() if kind.metrology.mode == "none"]
    rows = over.join(gathered.matches.select("row", "part", "kind"), on=["row", "part"]).filter(
        pl.col("kind").is_in(free)
    )
    return [
        Note("over-without-check", _note("over-without-check", name=name).note, ref)
        for ref, name in rows.sort("row").select("ref", "name").iter_rows()
    ]


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


def questions(findings: Sequence[Finding], loaded: Loaded, gathered: Gathered) -> tuple[Question, ...]:
    """One question a fact that is missing, naming the rows it leaves open; one per open row of the standard."""
    rows: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        for fact in one.missing_facts if one.status == "undecided" else ():
            rows[fact].append(one)
    asked = [
        Question(_ask(fact, waiting, gathered), fact=fact, rows=tuple(one.requirement for one in waiting))
        for fact, waiting in sorted(rows.items(), key=lambda item: fact_order(item[0]))
    ]
    for one in findings:
        if one.status == "undecided" and one.requirement in loaded.open_rows:
            why = f"配备数量写的是“{one.rule}”" if one.kinds else "还没有确定对应哪种装备"
            row = f"{one.name}（{one.requirement}）"
            place = f"（{one.source.place}）" if one.source.place else ""
            ask = f"标准“{row}”一行{why}，请在标准文件里写明后再核查{place}"
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
