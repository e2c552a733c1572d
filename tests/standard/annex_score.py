"""How an annex's draft compares with what its maker says is right: right, asked, wrong and sure, lost.

`NAME.expected.json` stands beside `NAME.*`; its form is told in corpus/README.md. A cell is right where the draft
holds the expected rule (or one accepted), or asks where a person is needed; asked where it leaves a question
that was not needed; wrong where it says something else without a question; lost where its row is nowhere.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.ground.yamlfile import loads
from equipcheck.problems import InputError
from equipcheck.standard.annex.drafting.drafted import Wanted
from equipcheck.standard.annex.importing import Imported, account, import_annex

DEFAULTS = {"every": 1, "count": 1}


@dataclass
class Score:
    """The counts of one file or of many, and the cells that are not right."""

    cells: Counter[str] = field(default_factory=Counter)
    duties: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score(self.cells + other.cells, self.duties + other.duties, self.told + other.told)


def score(annex: Path, catalogue: Catalogue) -> Score:
    """Import one annex and compare."""
    expected = json.loads((annex.parent / f"{annex.name}.expected.json").read_text("utf-8"))
    try:
        done = import_annex(annex, annex.name, catalogue, Wanted("demo", "demo"), None)
    except InputError as error:
        return _refused(annex.name, expected, str(error))
    return _Comparison(annex.name, expected, done).run()


def _refused(name: str, expected: dict[str, Any], why: str) -> Score:
    result = Score()
    fine = expected.get("whole_table_may_be_passed_over")
    for row in expected["rows"]:
        for rule in row["quantity"].values():
            if rule is not None:
                result.cells["right" if fine else "refused"] += 1
    result.told.append(f"{name}: 没有读入：{why}")
    return result


def plain(name: str) -> str:
    """A name as it is compared: no blanks, marks or unit at its end."""
    text = "".join(unicodedata.normalize("NFKC", name).split())
    text = re.sub(r"^[*＊※★☆▲△●○]+|[*＊※★☆▲△●○①-⑳]+$", "", text)
    text = re.sub(r"[⁰¹²³⁴-⁹]+$|\(注[0-9]+\)$|注[0-9]+$", "", text)
    text = re.sub(r"\((?:选配|必配)\)$", "", text)
    return re.sub(r"\([台套部辆个件只把艘架条双副付顶具组箱块张支米人份间/、]+\)$", "", text)


def rule_of(rule: Any) -> dict[str, Any]:
    """A rule with only what differs from the default; a note is no part of it."""
    data = {"count": rule} if isinstance(rule, int) else dict(rule)
    data.pop("note", None)
    if "text" in data:
        return {"text": True}
    return {key: int(v) if not isinstance(v, bool | str) and str(v).isdigit() else v
            for key, v in data.items() if DEFAULTS.get(key) != v}  # fmt: skip


class _Comparison:
    def __init__(self, name: str, expected: dict[str, Any], done: Imported) -> None:
        self.name = name
        self.expected = expected
        self.done = done
        data = loads(done.text.encode(), "draft").data
        self.columns = data.get("columns") or []
        self.rows = data["requirements"]
        self.result = Score()
        self.questions = [(one.place, one.key) for one in done.questions]
        self.open = {str(column["id"]) for column in self.columns if not column["when"]}
        self.everything = "\n".join(account(done)) + done.text

    def run(self) -> Score:
        used: set[int] = set()
        ids = {column["label"]: self._column(column) for column in self.expected["columns"]}
        for row in self.expected["rows"]:
            found = self._rows(row)
            used |= set(found)
            for label, rule in row["quantity"].items():
                if rule is None and self._said_elsewhere(row, label):
                    continue
                self._cell(row, label, rule, found, ids[label])
        for at, row in enumerate(self.rows):
            if at not in used and (row.get("quantity") or not row.get("kinds")):
                self._extra(row)
        for text in self.expected["not_rows"]:
            words = re.sub(r"[\s…]+", "", text)[:12]
            if words not in re.sub(r"\s+", "", self.everything):
                self.result.told.append(f"{self.name}: 没有列出“{text}”")
        return self.result

    def _column(self, column: dict[str, Any]) -> list[str]:
        """The draft's columns for an expected one."""
        if column.get("sole"):
            return [str(one["id"]) for one in self.columns] or ["all"]
        if column.get("when"):
            same = [str(one["id"]) for one in self.columns if _same_when(one["when"], column["when"])]
            same = same or [str(one["id"]) for one in self.columns if _within(one["when"], column["when"])]
            if same:
                return same
        label = re.sub(r"[\s/]+", "", column["label"])
        named = [
            str(one["id"])
            for one in self.columns
            if (own := re.sub(r"[\s/]+", "", str(one["label"]))) == label or own in label or label in own
        ]
        exact = [str(one["id"]) for one in self.columns if re.sub(r"[\s/]+", "", str(one["label"])) == label]
        named = exact or named
        return named if column.get("open") else [name for name in named if name in self.open]

    def _rows(self, row: dict[str, Any]) -> list[int]:
        """The draft's rows of this name, those at the place first."""
        serial = str(row["name"]).isdecimal()  # a maker's slip: the printed number stands for the name
        named = [
            at for at, one in enumerate(self.rows) if serial or plain(str(one["name"])) == plain(row["name"])
        ]
        numbers = {(row["place"] or {}).get("sheet_row", (row["place"] or {}).get("row"))}
        table = (row["place"] or {}).get("table")
        here = [
            at
            for at in named
            if (told := re.match(r"表(\d+) 第(\d+)", self.rows[at]["source"]["place"]))
            and int(told[2]) in numbers
            and (table is None or int(told[1]) == table)
        ]
        if len(here) > 1:  # 必配 and 选配 of one printed row
            same = [at for at in here if _duties(self.rows[at]["obligation"]) & _duties(row["obligation"])]
            here = same or here
        return here if here or serial or row.get("absent_ok") else named

    def _said_elsewhere(self, row: dict[str, Any], label: str) -> bool:
        """Whether another entry of the same name has a rule in this column: rows may be joined."""
        return any(
            one is not row
            and plain(one["name"]) == plain(row["name"])
            and one["quantity"].get(label) is not None
            for one in self.expected["rows"]
        )

    def _cell(self, row: dict[str, Any], label: str, rule: Any, found: list[int], ids: list[str]) -> None:
        accepted = [
            rule,
            *(
                one["quantity"]
                for one in row.get("accept", ())
                if one.get("column") == label and "quantity" in one
            ),
        ]
        whole = any("row" in one for one in row.get("accept", ()))
        held = [(at, name, own) for at in found for name in ids if (own := self._rule(at, name)) is not None]
        if not found:
            listed = row.get("absent_ok") or whole
            if rule is not None:
                self._count("right" if listed else "lost", row, label, rule, "没有这一行")
            return
        if not held:
            if None in accepted or self._asked(found, ids) or self._in_open_column(found):
                self._count(
                    "right" if None in accepted or {"ask": True} in accepted else "asked",
                    row,
                    label,
                    rule,
                    "空",
                )
            else:
                self._count("right" if whole else "wrong", row, label, rule, "空")
            return
        at, name, own = held[0]
        asked = "text" in own or name in self.open or self._asked([at], [name])
        fits = any(one is not None and one != {"ask": True} and _equal(own, one) for one in accepted)
        wants_open = {"ask": True} in accepted
        column = next(one for one in self.expected["columns"] if one["label"] == label)
        if fits and (
            name not in self.open
            or column.get("open")
            or column.get("open_ok")
            or self.expected.get("columns_may_be_open")
        ):
            self._count("right", row, label, rule, "")
        elif asked:
            self._count("right" if wants_open else "asked", row, label, rule, own)
        else:
            self._count("right" if whole and not rule else "wrong", row, label, rule, own)
        self._duty(row, label, at, name, asked)

    def _duty(self, row: dict[str, Any], label: str, at: int, name: str, asked: bool) -> None:
        expected = row["obligation"]
        wanted = expected if isinstance(expected, str) else expected.get(label)
        if wanted is None or row["quantity"].get(label) is None:
            return
        accepted = [
            wanted,
            *(
                one["obligation"]
                for one in row.get("accept", ())
                if one.get("column") == label and "obligation" in one
            ),
        ]
        told = self.rows[at]["obligation"]
        own = told if isinstance(told, str) else told.get(name)
        place = self.rows[at]["source"]["place"]
        asked = asked or (place, "obligation") in self.questions
        verdict = (
            "right"
            if own in accepted or (asked and any(one in ("ask", {"ask": True}) for one in accepted))
            else "asked"
            if asked
            else "wrong"
        )
        self.result.duties[verdict] += 1
        if verdict != "right":
            self.result.told.append(
                f"{self.name}: {verdict} {row['name']} {label} 性质：应 {wanted}，读作 {own}"
            )

    def _rule(self, at: int, name: str) -> dict[str, Any] | None:
        quantity = self.rows[at].get("quantity")
        if quantity is None or quantity == {}:
            return None
        if not self.columns:
            return rule_of(quantity)
        return rule_of(quantity[name]) if name in quantity else None

    def _asked(self, found: list[int], ids: list[str]) -> bool:
        places = {self.rows[at]["source"]["place"] for at in found}
        return any(
            place in places and key in {f"quantity.{name}" for name in ids} for place, key in self.questions
        )

    def _in_open_column(self, found: list[int]) -> bool:
        """Whether the row's numbers stand in columns whose bureaus are asked about."""
        quantities = [self.rows[at].get("quantity") for at in found]
        return any(isinstance(one, dict) and set(one) & self.open for one in quantities)

    def _count(self, verdict: str, row: dict[str, Any], label: str, rule: Any, own: Any) -> None:
        self.result.cells[verdict] += 1
        if verdict != "right":
            where = f"{row['place'].get('table', '')}/{row['place'].get('row', '')}"
            self.result.told.append(
                f"{self.name}: {verdict} {where} {row['name']} {label}：应 {rule}，读作 {own}"
            )

    def _extra(self, row: dict[str, Any]) -> None:
        """A row that the annex does not ask for; a question when its kinds or cells are open."""
        asked = not row.get("kinds") or "text" in str(row.get("quantity"))
        self.result.cells["extra" if not asked else "extra-asked"] += 1
        self.result.told.append(
            f"{self.name}: 多出 {row['source']['place']} {row['name']} {row.get('quantity')}"
        )


def _duties(obligation: Any) -> set[str]:
    return set(map(str, obligation.values())) if isinstance(obligation, dict) else {str(obligation)}


def _same_when(mine: dict[str, Any], theirs: dict[str, Any]) -> bool:
    def form(when: dict[str, Any]) -> dict[str, list[str]]:
        return {key: sorted(map(str, v if isinstance(v, list) else [v])) for key, v in when.items()}

    return form(mine) == form(theirs)


def _within(mine: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Whether a column is one of several that an expected one names together (省、市级)."""
    return bool(mine) and all(
        key in theirs
        and str(value) in [str(one) for one in (theirs[key] if isinstance(theirs[key], list) else [])]
        for key, value in mine.items()
    )


def _equal(own: dict[str, Any], rule: Any) -> bool:
    if isinstance(rule, dict) and "sum" in rule:
        return False
    return own == rule_of(rule)
