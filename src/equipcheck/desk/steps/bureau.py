"""Step 2: level, head-counts, vehicles, standard, date; asked where they decide something."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from equipcheck.assess.need import facts_read
from equipcheck.checking.check import FAMILY, choose_standard
from equipcheck.desk import project_files
from equipcheck.desk.forms import Form
from equipcheck.desk.pages import Page
from equipcheck.desk.workspace import Workspace
from equipcheck.ground.closed_words import code_of
from equipcheck.ground.days import parse_day
from equipcheck.ledger.inspect import stated_days
from equipcheck.problems import InputError
from equipcheck.standard.bureau import FACT_NAMES, FACT_UNITS, HEAD_COUNTS, as_text, fact_order
from equipcheck.standard.editions import editions
from equipcheck.standard.model import Standard
from equipcheck.standard.words import value_in_words

YES_NO = {"true": "是", "false": "否"}


@dataclass(frozen=True, slots=True)
class Ask:
    """One fact: what it decides, and what may be answered (`options`: value → words; none: a number)."""

    name: str
    label: str
    unit: str
    value: str
    options: dict[str, str]
    decides: bool  # which column of the standard is read
    rows: int  # how many rows of the standard read it
    ask: str = ""


def show(space: Workspace, _: Mapping[str, Any], form: Form | None) -> dict[str, Any]:
    """The form, filled with what the project says."""
    data, seen = space.mapping()
    facts: dict[str, Any] = data.get("bureau") or {}
    chosen = (
        form.text("standard") if form is not None and form.has("standard") else data.get("standard") or ""
    )
    as_of = form.text("as_of") if form is not None and form.has("as_of") else str(data.get("as_of") or "")
    standard, trouble = _standard(space, as_of)
    asks = _asks(space, standard, facts, form) if standard is not None else []
    asked = {one.name for one in asks}
    return {
        "seen": seen,
        "name": form.text("name") if form is not None and form.has("name") else facts.get("name", ""),
        "asks": asks,
        "others": {key: value for key, value in facts.items() if key != "name" and key not in asked},
        "fact_names": FACT_NAMES,
        "standard": standard,
        "trouble": trouble,
        "chosen": chosen,
        "editions": _editions(space),
        "as_of": as_of,
        "offers": _offers(space),
        "metrology": code_of("metrology", data.get("metrology", "record")),
    }


def _standard(space: Workspace, as_of: str) -> tuple[Standard | None, list[str]]:
    """The standard that the project names or that is in force on its date; why there is none."""
    try:
        project = space.project_without_ledgers()
        day = parse_day(as_of) or project.as_of or space.day()
        loaded, _ = choose_standard(project, day, space.catalogue(project))
    except InputError as error:
        return None, [str(one) for one in error.problems]
    return loaded.standard, []


def _editions(space: Workspace) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen: shipped editions by family, and the project's own files."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in editions():
        group = "执法装备标准" if one.family == FAMILY else "其他标准"
        found.setdefault(group, []).append((one.id, f"{one.title}（{one.id}）"))
    own = [path.relative_to(space.root).as_posix() for path in space.own_standards()]
    if own:
        found["本项目的标准文件"] = [(path, path) for path in own]
    return found


def _asks(space: Workspace, standard: Standard, facts: Mapping[str, Any], form: Form | None) -> list[Ask]:
    deciding = {name for column in standard.columns for name in column.when}
    run = space.last()
    questions = {one.fact: one.ask for one in run.report.questions if one.fact} if run is not None else {}
    found = []
    for name in sorted(facts_read(standard), key=lambda one: (one not in deciding, fact_order(one))):
        rows = sum(
            any(name in rule.facts for rule in row.quantity.values()) or name in (row.when or {})
            for row in standard.requirements
        )
        value = as_text(facts[name]) if name in facts else ""
        if form is not None and form.has(f"fact.{name}"):
            value = form.text(f"fact.{name}")
        options = _options(standard, name)
        if value and options and value not in options:
            options = {**options, value: value}
        found.append(
            Ask(
                name,
                FACT_NAMES.get(name, name),
                FACT_UNITS.get(name, ""),
                value,
                options,
                name in deciding,
                rows,
                questions.get(name, ""),
            )
        )
    return found


def _options(standard: Standard, name: str) -> dict[str, str]:
    """The words that a standard knows for a fact; none where it is a number."""
    if name in HEAD_COUNTS:
        return {}
    whens = [column.when for column in standard.columns] + [row.when or {} for row in standard.requirements]
    values = [as_text(value) for when in whens if name in when for value in when[name].values or ()]
    if {*values} & {"true", "false"}:
        return YES_NO
    return {value: value_in_words(name, value) for value in dict.fromkeys(values)}


def _offers(space: Workspace) -> list[tuple[str, str]]:
    """Dates to take by a button: those that the ledgers' own titles state, and the end of last year."""
    found: list[tuple[str, str]] = []
    try:
        sources = space.project().sources
    except InputError:
        sources = ()
    for source in sources:
        try:
            days = stated_days(space.shown(source))
        except InputError:
            continue
        found += [(day.isoformat(), f"{source.shown} 的表头写着 {day}") for day in days]
    end = dt.date(space.day().year - 1, 12, 31)
    return [*found, (end.isoformat(), f"上年末 {end}")]


def save(space: Workspace, form: Form) -> str:
    """Write the answers into `equipcheck.yaml`; an empty answer takes a key out."""
    data, _ = space.mapping()
    bureau: dict[str, Any] = dict(data.get("bureau") or {})
    answers = {key.removeprefix("fact."): form.text(key) for key in form.fields if key.startswith("fact.")}
    for name, text in {"name": form.text("name"), **answers}.items():
        if text:
            bureau[name] = _value(name, text)
        else:
            bureau.pop(name, None)
    wanted = {**data, "bureau": bureau}
    for key in ("standard", "as_of"):
        if not form.has(key):
            continue
        if form.text(key):
            day = parse_day(form.text(key)) if key == "as_of" else None
            wanted[key] = day.isoformat() if day is not None else form.text(key)
        else:
            wanted.pop(key, None)
    if form.has("metrology") and (form.text("metrology") != "record" or "metrology" in data):
        same = code_of("metrology", data.get("metrology")) == form.text("metrology")
        wanted["metrology"] = data["metrology"] if same else form.text("metrology")
    if wanted.get("as_of") is not None and str(wanted["as_of"]) == str(data.get("as_of")):
        wanted["as_of"] = data["as_of"]
    if "bureau" not in data and not bureau:
        del wanted["bureau"]
    project_files.write_answers(space, wanted, form.text("seen"))
    return "/result" if form.text("then") == "result" else "/bureau?done=saved"


def _value(name: str, text: str) -> Any:
    """A number where it is one; else the words as they are, for the project's own check to judge."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix(FACT_UNITS.get(name, "人")).strip()
    if plain.isascii() and plain.isdigit() and len(plain) < 10:
        return int(plain)
    if text in YES_NO:
        return text == "true"
    return text


PAGE = Page("bureau", show, {"save": save})
