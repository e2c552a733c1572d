"""A standard beside the words of its annex, for two people to compare; and the stamp that says they did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.ground import yamlfile
from equipcheck.ground.tables import Table, markdown
from equipcheck.ground.validation import validate
from equipcheck.problems import InputError, Place, Problem
from equipcheck.standard.annex.containers.files import read_annex
from equipcheck.standard.annex.draft import DraftRow, Wanted, draft
from equipcheck.standard.annex.drafting.kinds import Lexicon
from equipcheck.standard.annex.layout.reading import Line
from equipcheck.standard.annex.writing import flow, is_rule
from equipcheck.standard.load import Loaded
from equipcheck.standard.model import ONE_COLUMN, Obligation, QuantityRule, Requirement, Standard
from equipcheck.standard.printing import print_cell
from equipcheck.standard.signing import content_of
from equipcheck.standard.tokens import flat
from equipcheck.standard.words import OBLIGATIONS


@dataclass(frozen=True, slots=True)
class Compared:
    """One cell of the annex beside what the standard says. `verdict` is for people."""

    place: str
    name: str
    column: str
    words: str
    says: str
    verdict: str  # 一致 | 不同 | 待定 | 未收入 | 附件里没有


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every cell compared; `found` are the rows of the standard that stand in the annex."""

    cells: tuple[Compared, ...]
    found: frozenset[str]
    sha256: str

    @property
    def differing(self) -> tuple[Compared, ...]:
        """The cells that a person must look at twice."""
        return tuple(cell for cell in self.cells if cell.verdict != "一致")


def compare(loaded: Loaded, annex: Path, shown: str, catalogue: Catalogue) -> Comparison:
    """Put a standard beside its annex, in the annex's order. Raises InputError."""
    standard = loaded.standard
    tables, digest = read_annex(annex, shown)
    made = draft(tables, Lexicon(catalogue), Wanted(standard.id, standard.family, limit=standard.limit))
    at_place: dict[str, list[Requirement]] = {}
    for one in standard.requirements:
        at_place.setdefault(one.source.place or "", []).append(one)
    cells: list[Compared] = []
    found: set[str] = set()
    for drafted in made.rows:
        here = [row for row in at_place.get(drafted.line.place, ()) if row.id not in found]
        row = _of_duty(drafted, here) if len(here) > 1 else next(iter(here), None)
        if row is not None:
            found.add(row.id)
        cells += _cells(drafted.line, drafted, row, standard)
    for one in standard.requirements:
        if one.id not in found:
            cells.append(Compared(one.source.place or "", one.name, "", "", one.name, "附件里没有"))
    return Comparison(tuple(cells), frozenset(found), digest)


def _of_duty(drafted: DraftRow, rows: list[Requirement]) -> Requirement:
    """Of the rows of one place (必配 and 选配 of one printed row), the one of the same obligation."""
    duties = {duty for _, duty in _read(drafted).values()}
    return next((row for row in rows if set(row.obligation.values()) == duties), rows[0])


def _cells(line: Line, drafted: DraftRow, row: Requirement | None, standard: Standard) -> list[Compared]:
    if row is None:
        words = "；".join(f"{value.heading.label} {value.words}" for value in line.values if value.words)
        return [Compared(line.place, line.name, "", words, "—", "未收入")]
    labels = {column.id: column.label for column in standard.columns}
    words_of: dict[str, list[str]] = {}
    for heading, key in drafted.sources.items():
        if key.startswith("quantity.") and heading in line.words:
            words_of.setdefault(key.removeprefix("quantity."), []).append(flat(line.words[heading]))
    read = _read(drafted)
    cells = []
    for column in dict.fromkeys([*read, *row.quantity]):
        rule, duty = read.get(column, (None, None))
        words = _printed(words_of.get(column, []), drafted.printed.get(column, ""))
        kept = row.quantity.get(column)
        says = print_cell(kept, row.unit, row.obligation.get(column))
        same = rule == (None if kept is None else kept.model_copy(update={"note": None}))
        bound = kept is None or rule is None or duty == row.obligation.get(column)
        sure = rule is None or rule.text is None
        if same and not bound:
            read_as = OBLIGATIONS.get(duty or "required", "")
            says = f"{says}（{OBLIGATIONS[row.obligation[column]]}；原文读作{read_as}）"
        verdict = "不同" if not same or not bound else "一致" if sure else "待定"
        cells.append(Compared(line.place, row.name, labels.get(column, column), words, says, verdict))
    if "".join(line.name.split()) != "".join(row.name.split()) and not line.name.startswith(row.name):
        cells.insert(0, Compared(line.place, row.name, "名称", line.name, row.name, "不同"))
    return cells


def _printed(under: list[str], told: str) -> str:
    """The words under a column's heading, and those of the number that is its own though it stands elsewhere (√)."""
    shown = "；".join(under)
    return "；".join(filter(None, (shown, "" if told in shown or "；" in told else told))) or told or "（空）"


def _read(drafted: DraftRow) -> dict[str, tuple[QuantityRule, Obligation]]:
    """What the program itself reads in the annex: column → rule and obligation."""
    quantity, obligation = drafted.data.get("quantity"), drafted.data["obligation"]
    if quantity is None:
        return {}
    bare = not isinstance(quantity, dict) or is_rule(quantity)
    columns = {ONE_COLUMN: quantity} if bare else quantity
    read: dict[str, tuple[QuantityRule, Obligation]] = {}
    for column, rule in columns.items():
        if rule not in ({}, None):
            told = obligation if isinstance(obligation, str) else obligation.get(column)
            duty: Obligation = "optional" if told == "optional" else "required"
            read[column] = (QuantityRule.model_validate(rule), duty)
    return read


def comparison_table(comparison: Comparison) -> Table:
    """One line a cell."""
    rows = [
        (cell.place, cell.name, cell.column, cell.words, cell.says, cell.verdict) for cell in comparison.cells
    ]
    return Table(("原文位置", "装备名称", "列", "原文", "标准文件", "比对"), tuple(rows))


def comparison_lines(loaded: Loaded, annex: str, comparison: Comparison) -> list[str]:
    """What stands above the table: the title first. `annex` is the file's name."""
    return [
        f"{loaded.standard.title}：与 {annex} 逐格核对",
        f"附件 SHA-256：{comparison.sha256}",
        f"共 {len(comparison.cells)} 格，{len(comparison.differing)} 格与原文读法不同、待定或未收入，请逐一看过",
    ]


def comparison_page(loaded: Loaded, annex: str, comparison: Comparison) -> str:
    """The whole comparison in Markdown, with room for two signatures."""
    head = "\n\n".join(comparison_lines(loaded, annex, comparison))
    sign = "核对人：＿＿＿＿＿＿　＿＿＿＿＿＿　　日期：＿＿＿＿＿＿"
    return f"# {head}\n\n{markdown(comparison_table(comparison))}\n{sign}\n"


def stamp(
    loaded: Loaded, comparison: Comparison, by: Sequence[str], on: dt.date, refusals: Sequence[Problem] = ()
) -> str:
    """The file's text with `status: official` on every row found in the annex and the `verified` record.

    Everything else in the file stays as it is. `refusals` is what `lint` found. Raises InputError where two
    people or answers are missing, and where `lint` refuses the file.
    """
    names = [name.strip() for name in by if name.strip()]
    place = Place(loaded.shown)
    if len(set(names)) < 2:
        raise InputError(Problem("verify-two-people", place, {"names": "、".join(names) or "无"}))
    if loaded.open_rows:
        raise InputError(Problem("verify-open", place, {"rows": "、".join(loaded.open_rows)}))
    if not comparison.found:
        raise InputError(Problem("verify-nothing-found", place))
    refused = tuple(problem for problem in refusals if problem.level == "error")
    if refused:
        raise InputError([Problem("verify-lint", place, {"count": len(refused)}), *refused])
    document = loaded.document
    text = loaded.path.read_bytes().decode("utf-8-sig")
    lines = text.splitlines(keepends=True)
    for at, row in enumerate(loaded.standard.requirements):
        where = document.marks.get(("requirements", loaded.places.rows[at][1], "source", "status"))
        if row.id in comparison.found and where is not None and loaded.places.own(at):
            line, column = where
            before, rest = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
            written = str(document.value(("requirements", loaded.places.rows[at][1], "source", "status")))
            lines[line - 1] = before + rest.replace(written, "official", 1)
    signed = yamlfile.loads("".join(lines).encode("utf-8"), loaded.shown)
    record = {
        "on": on.isoformat(),
        "by": list(dict.fromkeys(names)),
        "sha256": comparison.sha256,
        "content": content_of(signed),
    }
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    stamped = "".join(_with_record(lines, document, f"verified: {flow(record)}{ending}"))
    _must_still_load(stamped, loaded)
    return stamped


def _with_record(lines: list[str], document: yamlfile.Document, record: str) -> list[str]:
    tops = sorted(line for path, (line, _) in document.keys.items() if len(path) == 1)
    old = document.keys.get(("verified",))
    if old is not None:
        end = next((line for line in tops if line > old[0]), len(lines) + 1)
        return [*lines[: old[0] - 1], record, *lines[end - 1 :]]
    before = document.keys.get(("columns",)) or document.keys[("requirements",)]
    return [*lines[: before[0] - 1], record, *lines[before[0] - 1 :]]


def _must_still_load(text: str, loaded: Loaded) -> None:
    document = yamlfile.loads(text.encode("utf-8"), loaded.shown)
    standard, problems = validate(Standard, document)
    if standard is None:
        raise InputError(problems)
