"""How a reading of drafts is scored against labelled passages: false alarms, recall, silence.

A label says what a passage claims: of which kinds, in which turn (`says`), with which number. A reading is held to
be right where the label implies it: 「缺2台」 implies that something is missing, 「可用3台」 that 3 are held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

WHOLE = frozenset({"*"})

# What a label's turn implies about a reading's turn, besides itself.
IMPLIED: Mapping[str, tuple[str, ...]] = {
    "none_held": ("gap",),
    "gap_number": ("gap",),
    "held_number": ("held",),
    "usable": ("held",),
    "usable_number": ("held", "usable", "held_number"),
    "not_usable": ("held",),
    "not_usable_number": ("held", "not_usable"),
    "no_gap": ("held",),
    "per_fact_number": ("held",),
}
NUMBERED = ("gap_number", "held_number", "usable_number", "not_usable_number", "required_number")


@dataclass(frozen=True, slots=True)
class Read:
    """One thing read with confidence: kinds (WHOLE for all equipment, empty for none), turn, number."""

    kinds: frozenset[str]
    says: str
    number: object = None


@dataclass(slots=True)
class Score:
    """Counts over a corpus, and the cases behind them."""

    passages: int = 0
    labelled: int = 0
    read: int = 0
    found: int = 0
    silent: int = 0
    negatives: int = 0
    false: list[tuple[str, str, Read]] = field(default_factory=list)
    missed: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)
    loud: list[tuple[str, str]] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"passages {self.passages}, labelled claims {self.labelled}; read {self.read}, "
            f"false alarms {len(self.false)} ({_share(len(self.false), self.read)}); "
            f"recall {self.found}/{self.labelled} ({_share(self.found, self.labelled)}); "
            f"negatives silent {self.silent}/{self.negatives} ({_share(self.silent, self.negatives)})"
        )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def kinds_of(label: Mapping[str, Any]) -> frozenset[str]:
    """The kinds a label names; WHOLE where it speaks of equipment as a whole."""
    kinds = [*(label.get("kinds") or ()), *([label["kind"]] if label.get("kind") else ())]
    if not kinds or any(one in ("*", "all", "whole", "ALL") for one in kinds):
        return WHOLE
    return frozenset(kinds)


def implied(label: Mapping[str, Any], one: Read) -> bool:
    """Whether what was read follows from the label."""
    says = label["says"]
    if says in ("rate", "edition"):
        return one.says == says
    if not (kinds_of(label) & one.kinds):
        return False
    if says == "held_number" and str(label.get("number")) == "0" and one.says == "none_held":
        return True
    if one.says != says and one.says not in IMPLIED.get(says, ()):
        return False
    if one.number is None or one.says not in NUMBERED:
        return True
    return str(one.number) == str(label.get("number"))


def found(label: Mapping[str, Any], one: Read) -> bool:
    """Whether what was read is what the label says, number and all."""
    if not implied(label, one):
        return False
    if one.says == label["says"]:
        return one.says not in NUMBERED or str(one.number) == str(label.get("number"))
    if (
        label["says"] == "held_number"
        and not label.get("unsure")
        and one.says == "held"
        and str(one.number) == str(label.get("number"))
    ):
        return True  # 「购置2架」
    same = {one.says, label["says"]}
    return (same == {"held", "held_number"} and label["says"] == "held") or same == {
        "usable_number",
        "held_number",
    }


def score(corpus: Iterable[Mapping[str, Any]], readings: Mapping[str, tuple[Sequence[Read], bool]]) -> Score:
    """The score of readings by passage id: what was read with confidence, and whether any claim was made."""
    result = Score()
    for passage in corpus:
        labels = passage.get("claims") or []
        read, any_claim = readings[passage["id"]]
        result.passages += 1
        result.read += len(read)
        for one in read:
            if not any(
                implied(label, one) for label in labels if not (label.get("unsure") and found(label, one))
            ):
                result.false.append((passage["id"], passage["text"], one))
        for label in labels:
            if label.get("unsure") or label.get("optional"):
                continue
            result.labelled += 1
            if any(found(label, one) for one in read):
                result.found += 1
            else:
                result.missed.append((passage["id"], passage["text"], label))
        if not labels:
            result.negatives += 1
            result.silent += not any_claim
            if any_claim:
                result.loud.append((passage["id"], passage["text"]))
    return result
