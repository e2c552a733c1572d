"""Names of an annex → kinds of the catalogue, where the name itself says which."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from equipcheck.catalogue import spelling
from equipcheck.catalogue.kinds import Catalogue
from equipcheck.match.engine import judge_all
from equipcheck.match.judge import Row
from equipcheck.match.lexicon import load_lexicon
from equipcheck.match.verdicts import Verdict

_BLOCK = 1000
_LIKELY = 3
_UNIT = re.compile(r"[（(][台套部辆个件只把艘架条双副付顶具组箱块张/、]+[）)]")
_BRACKETED = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]")


@dataclass(frozen=True, slots=True)
class Named:
    """The kinds that a name stands for; where it is not clear none, and the likeliest to choose from."""

    kinds: tuple[str, ...]
    suggestions: tuple[str, ...] = ()
    whole: bool = False  # the name as it stands, brackets and all, is one of the catalogue's


class Lexicon:
    """Every name, alias and umbrella word of a catalogue by its key."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.words = load_lexicon(catalogue)
        self.known: dict[str, tuple[str, ...]] = {}
        for kind in catalogue.kinds.values():
            if kind.replaced_by is None:
                for name in (kind.name, *kind.aliases):
                    self.known.setdefault(spelling.key(name), (kind.id,))
        for group in catalogue.groups:
            for name in (group.name, *group.aliases):
                self.known[spelling.key(name)] = tuple(group.kinds)
        self.keys = list(self.known)
        self.looked_up: dict[str, Named] = {}

    def knows(self, name: str) -> bool:
        """Whether a name is one of the catalogue's, in any spelling."""
        return any(spelling.key(text) in self.known for text in (name, _BRACKETED.sub("", name)))

    def several(self, name: str) -> bool:
        """Whether a name lists several kinds: 「照相机、摄像机」, 「照相机（摄像机）」."""
        plain = _UNIT.sub("", name)
        parts = [part for part in re.split(r"[、,，/;；\n（）()]|[和及与或]", plain) if part.strip()]
        found = {self.known[key] for part in parts if (key := spelling.key(part.strip())) in self.known}
        return len(found) > 1

    def look_up(self, name: str) -> Named:
        """The name or an umbrella word in any spelling, also without what stands in brackets; else suggestions.

        A name that only holds a known word (「执法记录仪及采集站」) is not that thing: it is asked about.
        """
        self.look_up_all([name])
        return self.looked_up[name]

    def look_up_all(self, names: Iterable[str]) -> None:
        """Look up many names together: much less work than one by one."""
        unknown: list[str] = []
        for name in dict.fromkeys(names):
            if name in self.looked_up:
                continue
            for text in (name, _BRACKETED.sub("", name)):
                found = self.known.get(spelling.key(text))
                if found:
                    self.looked_up[name] = Named(found, whole=text == name)
                    break
            else:
                unknown.append(name)
        for start in range(0, len(unknown), _BLOCK):
            block = unknown[start : start + _BLOCK]
            verdicts = judge_all([Row(name) for name in block], self.words)
            for name, verdict in zip(block, verdicts, strict=True):
                self.looked_up[name] = self._judged(name, verdict)

    def _judged(self, name: str, verdict: Verdict) -> Named:
        if verdict.decision == "auto" and verdict.method in ("exact", "alias") and verdict.kind is not None:
            return Named((verdict.kind,))
        likely = [kind for kind, _ in verdict.suggestions]
        if len(set(likely)) < _LIKELY:
            likely += self._alike(name)
        return Named((), tuple(dict.fromkeys(likely))[:_LIKELY])

    def _alike(self, name: str) -> list[str]:
        """Kinds with a name spelled alike, best first."""
        best = process.extract(spelling.key(name), self.keys, scorer=fuzz.ratio, limit=6, score_cutoff=50)
        return [kind for key, _, _ in best for kind in self.known[key]]
