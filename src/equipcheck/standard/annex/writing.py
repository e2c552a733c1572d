"""Plain data as YAML that people edit: short mappings on one line, and each question beside its row."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from equipcheck.standard.model import QuantityRule

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<+.][^:#,\[\]{}\"'`\\\n\t&*!|>%@]*")
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"))
_WIDTH = 100


def write_yaml(
    head: Mapping[str, Any],
    rows: list[dict[str, Any]],
    comments: Mapping[tuple[int, str], list[str]],
    top: list[str],
) -> str:
    """A standard's file. `comments`: (row, key or key.column) → lines that stand above it; row -1: a column's label."""
    lines = [_comment(text) for text in top]
    for key, value in head.items():
        if key == "columns":
            lines += _columns(value, comments)
        else:
            lines += _entry(key, value, "")
    lines.append("requirements:" if rows else "requirements: []")
    for at, row in enumerate(rows):
        body: list[str] = []
        for key, value in row.items():
            body += [_comment(text) for text in comments.get((at, key), ())]
            body += _row_entry(key, value, at, comments)
        lines += [f"  - {body[0]}" if not body[0].startswith("#") else f"  -  {body[0]}"]
        lines += [f"    {line}" for line in body[1:]]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _columns(columns: list[Any], comments: Mapping[tuple[int, str], list[str]]) -> list[str]:
    """The columns, each below what is asked about it."""
    lines = ["columns:"]
    for one in columns:
        label = str(one.get("label")) if isinstance(one, dict) else ""
        lines += [f"  {_comment(text)}" for text in comments.get((-1, label), ())]
        lines.append(f"  - {flow(one)}")
    return lines


def _row_entry(key: str, value: Any, at: int, comments: Mapping[tuple[int, str], list[str]]) -> list[str]:
    if key == "quantity" and comments.get((at, f"{key}.all")):
        return [*(_comment(text) for text in comments[at, f"{key}.all"]), *_entry(key, value, "")]
    if key == "quantity" and isinstance(value, dict) and value:
        told = {name: comments.get((at, f"{key}.{name}"), []) for name in value}
        if not any(told.values()) and is_rule(value):
            return _entry(key, value, "")
        lines = [f"{key}:"]
        for name, one in value.items():
            lines += [f"  {_comment(text)}" for text in told[name]]
            lines.append(f"  {name}: {flow(one)}")
        return lines
    return _entry(key, value, "")


def _comment(text: str) -> str:
    """One comment line; characters that no file may hold are left out."""
    indent = " " * (len(text) - len(text.lstrip(" ")))
    return "# " + indent + "".join(char for char in " ".join(text.split()) if char.isprintable())


def _is_block(text: str) -> bool:
    """Whether a text of several lines can stand as a block as it is."""
    lines = text.split("\n")
    return len(lines) > 1 and all(line and line.isprintable() and line == line.strip() for line in lines)


def is_rule(quantity: dict[str, Any]) -> bool:
    """Whether the mapping is a bare rule (and not column → rule)."""
    return bool(set(quantity) & {"per", "count", "tiers", "sum", "as_needed", "text", "every", "percent"})


def _entry(key: str, value: Any, indent: str) -> list[str]:
    if isinstance(value, str) and _is_block(value):
        return [f"{indent}{key}: |-", *(f"{indent}  {line}".rstrip() for line in value.splitlines())]
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return [f"{indent}{key}:", *(f"{indent}  - {flow(item)}" for item in value)]
    text = f"{indent}{key}: {flow(value)}"
    if (
        isinstance(value, dict)
        and len(text) > _WIDTH
        and not any(isinstance(one, dict) for one in value.values())
    ):
        return [
            f"{indent}{key}:",
            *(line for name, one in value.items() for line in _entry(_key(name), one, f"{indent}  ")),
        ]
    return [text]


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(name)}: {flow(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, int):
        return str(value)
    return scalar(str(value))


def _looks_like_a_number(text: str) -> bool:
    """Whether some YAML reader may take it for a number or a date."""
    return text.isascii() and text[:1] in "0123456789+-."


def _key(name: Any) -> str:
    return scalar(str(name))


def _decimal(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scalar(text: str) -> str:
    """A text, quoted only where YAML would read it as something else."""
    plain = _PLAIN.fullmatch(text) and not _looks_like_a_number(text) and text.lower() not in _WORDS
    if plain and text.isprintable() and text == text.strip():
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in quoted)


def rule_data(rule: QuantityRule) -> Any:
    """A rule as it is written in YAML, as short as possible."""
    data = rule.model_dump(exclude_defaults=True)
    if not data or set(data) == {"count"}:
        return rule.count
    return data
