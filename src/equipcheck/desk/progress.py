"""The way from the ledger to the signed report: its steps, and how each stands, in words. Reads nothing anew."""

from __future__ import annotations

from dataclasses import dataclass

from equipcheck.checking.check import Run
from equipcheck.checking.reviewing import open_states
from equipcheck.desk.workspace import Workspace
from equipcheck.history.files import FOLDER
from equipcheck.problems import InputError
from equipcheck.project.project import Project
from equipcheck.report import words
from equipcheck.standard.words import value_in_words

WAY = (
    ("ledgers", "台账"),
    ("bureau", "单位情况"),
    ("result", "核查结果"),
    ("review", "名称复核"),
    ("plan", "计划"),
    ("section", "年报"),
    ("history", "历年"),
    ("standard", "标准"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the way shows it; `todo` marks what still wants somebody."""

    key: str
    title: str
    state: str
    todo: bool = False


def way(space: Workspace) -> list[Step]:
    """Every step with its state."""
    run = space.last()
    project = run.project if run is not None else _project(space)
    made = {
        "ledgers": _ledgers(space, project),
        "bureau": _bureau(project),
        "result": _result(run),
        "review": _review(run),
        "plan": _plan(run),
        "section": ("有改过的草稿", False) if space.draft_file.is_file() else ("由核查结果写成", False),
        "history": _history(space),
        "standard": _standard(run),
    }
    return [Step(key, title, *made[key]) for key, title in WAY]


def first_open(space: Workspace) -> str:
    """The step to begin with: the first that is not done."""
    project = _project(space)
    if project is None or not project.sources or not space.config.is_file():
        return "ledgers"
    if "level" not in project.bureau.facts and project.standard is None:
        return "bureau"
    return "result"


def _project(space: Workspace) -> Project | None:
    try:
        return space.project()
    except InputError:
        return None


def _ledgers(space: Workspace, project: Project | None) -> tuple[str, bool]:
    if not space.config.is_file():
        return "还没有放入", True
    if project is None:
        return "清单有误，请看", True
    return (f"{len(project.sources)} 份文件", False) if project.sources else ("还没有放入", True)


def _bureau(project: Project | None) -> tuple[str, bool]:
    facts = project.bureau.facts if project is not None else {}
    known = [value_in_words("level", facts["level"])] if "level" in facts else []
    known += [f"{facts['staff']}人"] if "staff" in facts else []
    return ("，".join(known), False) if known else ("待填写", True)


def _result(run: Run | None) -> tuple[str, bool]:
    if run is None:
        return "打开即核查", False
    rates = run.report.attested if run.report.attested.applicable else run.report.coverage
    if run.report.standard["limit"] == "ceiling":
        return f"限额内 {words.share(rates.by_kind)}", False
    return f"达标率 {words.span(rates)}", False


def _review(run: Run | None) -> tuple[str, bool]:
    if run is None:
        return "核查后可知", False
    names = {row.name for row in run.report.review}
    states = len(open_states(run.gathered))
    asked = [f"{len(names)} 个名称"] * bool(names) + [f"{states} 行状况"] * bool(states)
    return (f"{'、'.join(asked)}待定", True) if asked else ("没有待定", False)


def _plan(run: Run | None) -> tuple[str, bool]:
    if run is None:
        return "核查后可知", False
    short = sum(1 for one in run.report.findings if one.gap and one.obligation == "required")
    return (f"{short} 项有缺口", True) if short else ("没有缺口", False)


def _history(space: Workspace) -> tuple[str, bool]:
    years = len(list((space.root / FOLDER).glob("*.yaml")))
    return (f"登记了 {years} 年" if years else "还没有登记", False)


def _standard(run: Run | None) -> tuple[str, bool]:
    if run is None:
        return "导入与核对", False
    estimates = run.report.trust["estimate"]
    return (f"{estimates} 项是工作值", True) if estimates else ("数量有据", False)
