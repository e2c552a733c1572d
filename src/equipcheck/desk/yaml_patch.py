"""A YAML file changed where it differs and nowhere else: comments, order and layout stay as people wrote them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from equipcheck.ground import yamlfile
from equipcheck.standard.annex.writing import flow, scalar


def patched(text: str, wanted: Mapping[str, Any], name: str) -> str:
    """The text with its data made equal to `wanted`. Raises InputError where the text is no sound YAML."""
    have = yamlfile.loads(text.encode("utf-8"), name).data or {}
    if have == wanted:
        return text
    ending = "\r\n" if "\r\n" in text else "\n"
    changed = text
    root = yaml.compose(text, Loader=yaml.SafeLoader)  # the pure one: its marks count characters
    if isinstance(root, yaml.MappingNode) and not root.flow_style and isinstance(have, dict):
        patch = _Patch(text if text.endswith("\n") else text + ending, ending)
        patch.mapping(root, have, wanted)
        changed = patch.text()
    elif root is None:
        head = text if not text or text.endswith("\n") else text + ending
        changed = head + ending.join([*_lines(wanted, 0), ""])
    if (yamlfile.loads(changed.encode("utf-8"), name).data or {}) != wanted:
        changed = ending.join([*_lines(wanted, 0), ""])  # a layout that cannot be kept: written anew
    return changed


@dataclass(slots=True)
class _Patch:
    """The edits of one text, found from the tree of its nodes."""

    source: str
    ending: str
    edits: list[tuple[int, int, str]] = field(default_factory=list)

    def text(self) -> str:
        """The text with all edits made."""
        made = self.source
        for start, end, new in sorted(self.edits, reverse=True):
            made = made[:start] + new + made[end:]
        return made

    def mapping(self, node: yaml.MappingNode, have: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
        """A mapping in block form."""
        indent = node.value[0][0].start_mark.column
        for key_node, value_node in node.value:
            key = key_node.value
            if key not in wanted:
                self._delete(key_node, value_node)
            elif wanted[key] != have[key]:
                self._value(key_node, value_node, have[key], wanted[key], indent)
        added = {key: value for key, value in wanted.items() if key not in have}
        self._append(node.value[-1][1], node.value[-1][0], _lines(added, indent))

    def _value(self, key: yaml.Node, node: yaml.Node, have: Any, wanted: Any, indent: int) -> None:
        block = isinstance(node, yaml.CollectionNode) and not node.flow_style
        if block and isinstance(node, yaml.MappingNode) and isinstance(wanted, Mapping) and wanted:
            self.mapping(node, have, wanted)
        elif block and isinstance(node, yaml.SequenceNode) and isinstance(wanted, list) and wanted:
            self._sequence(key, node, have, wanted, indent)
        elif block or "\n" in self.source[node.start_mark.index : node.end_mark.index].rstrip():
            self._anew(key, node, wanted, indent)
        elif node.start_mark.index == node.end_mark.index and isinstance(wanted, Mapping) and wanted:
            at = self.source.index("\n", key.end_mark.index) + 1  # above what stands there as comments
            self.edits.append((at, at, "".join(f"{one}{self.ending}" for one in _lines(wanted, indent + 2))))
        elif node.start_mark.index == node.end_mark.index:  # nothing stood there
            at = key.end_mark.index + 1
            self.edits.append((at, at, f" {flow(wanted)}"))
        else:
            self.edits.append((node.start_mark.index, node.end_mark.index, flow(wanted)))

    def _sequence(
        self, key: yaml.Node, node: yaml.SequenceNode, have: list[Any], wanted: list[Any], indent: int
    ) -> None:
        items = node.value
        left = [at for at, one in enumerate(have) if one in wanted]
        if len(wanted) < len(have) and [have[at] for at in left] == wanted:
            for at, item in enumerate(items):
                if at not in left:
                    self._delete(item, item)
            return
        if len(wanted) < len(have):
            self._anew(key, node, wanted, indent)
            return
        for item, old, new in zip(items, have, wanted, strict=False):
            if old == new:
                continue
            if isinstance(item, yaml.MappingNode) and not item.flow_style and isinstance(new, Mapping):
                self.mapping(item, old, new)
            elif "\n" in self.source[item.start_mark.index : item.end_mark.index].rstrip():
                self._anew(key, node, wanted, indent)
                return
            else:
                self.edits.append((item.start_mark.index, item.end_mark.index, flow(new)))
        dash = self.source.rfind("-", 0, items[0].start_mark.index)
        column = dash - (self.source.rfind("\n", 0, dash) + 1)
        more = [f"{' ' * column}- {flow(one)}" for one in wanted[len(have) :]]
        self._append(items[-1], items[-1], more)

    def _anew(self, key: yaml.Node, node: yaml.Node, wanted: Any, indent: int) -> None:
        start, end = self._span(key, node)
        self.edits = [one for one in self.edits if not start <= one[0] < end]
        self.edits.append((start, end, self._joined(_lines({key.value: wanted}, indent))))

    def _delete(self, first: yaml.Node, last: yaml.Node) -> None:
        start, end = self._span(first, last)
        self.edits.append((start, end, ""))

    def _append(self, last: yaml.Node, key: yaml.Node, lines: Sequence[str]) -> None:
        if lines:
            _, end = self._span(key, last)
            self.edits.append((end, end, self._joined(lines)))

    def _span(self, first: yaml.Node, last: yaml.Node) -> tuple[int, int]:
        """Whole lines from where one node begins to where another ends."""
        start = self.source.rfind("\n", 0, first.start_mark.index) + 1
        end = max(_end(last), first.end_mark.index)
        if end > start and self.source[end - 1] == "\n":  # a block of text ends behind its line
            return start, end
        newline = self.source.find("\n", end)
        return start, len(self.source) if newline < 0 else newline + 1

    def _joined(self, lines: Sequence[str]) -> str:
        return "".join(line + self.ending for line in lines)


def _end(node: yaml.Node) -> int:
    """Where a value's last character stands; a block's own mark already names the key after it."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        key, value = node.value[-1]
        return max(_end(value), int(key.end_mark.index) + 1)
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _end(node.value[-1])
    return int(node.end_mark.index)


def _lines(data: Mapping[str, Any], indent: int) -> list[str]:
    """Entries in block form: a mapping below its key, a list one line an entry."""
    pad = " " * indent
    lines: list[str] = []
    for key, value in data.items():
        name = scalar(str(key))
        if isinstance(value, Mapping) and value:
            lines += [f"{pad}{name}:", *_lines(value, indent + 2)]
        elif isinstance(value, list) and value and any(isinstance(one, (Mapping, str)) for one in value):
            lines += [f"{pad}{name}:", *(f"{pad}  - {flow(one)}" for one in value)]
        else:
            lines.append(f"{pad}{name}: {flow(value)}")
    return lines
