"""From confirmed decisions to a proposed catalogue patch, for whoever maintains the catalogue."""

from __future__ import annotations

import re

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.catalogue.spelling import key
from equipcheck.match.decisions.load import Decisions

_MODEL = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+\-/ ]*[0-9]")


def suggest_aliases(decisions: Decisions, catalogue: Catalogue) -> str:
    """A catalogue file (YAML) that gives confirmed names to their kinds.

    Names with a model number are proposed apart: they belong to the model families, not to the names.
    """
    taken = {key(name) for kind in catalogue.kinds.values() for name in (kind.name, *kind.aliases)}
    taken |= {key(name) for group in catalogue.groups for name in (group.name, *group.aliases)}
    names: dict[str, list[str]] = {}
    models: dict[str, list[str]] = {}
    for (name, model), decision in sorted(decisions.matches.items()):
        if decision.kind is None or key(name) in taken or not key(name):
            continue
        taken.add(key(name))
        numbered = bool(model) or _MODEL.search(name)
        (models if numbered else names).setdefault(decision.kind, []).append(
            f"{name} {model}" if model else name
        )
    if not names and not models:
        return "# 没有可以提议的叫法：已确认的名称都在目录里。\naliases: {}\n"
    lines = ["# 由已确认的决定提议的叫法，请逐条核对后并入装备目录。", "aliases:"]
    lines[1] += "" if names else " {}"
    lines += [
        f"  {kind}: [{', '.join(_quoted(name) for name in names[kind])}]  # {catalogue.name(kind)}"
        for kind in catalogue.kinds
        if kind in names
    ]
    if models:
        lines.append("# 以下名称带有型号，宜归入型号系列：")
        for kind in catalogue.kinds:
            lines += [f"#   {kind}（{catalogue.name(kind)}）：{name}" for name in models.get(kind, ())]
    return "\n".join(lines) + "\n"


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
