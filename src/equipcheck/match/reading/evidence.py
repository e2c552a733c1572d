"""One way to read a name, and how it is told to people."""

from __future__ import annotations

from typing import NamedTuple

from equipcheck.match.lexicon.words import Lexicon


class Candidate(NamedTuple):
    """One way to read a text: a kind, or a role that is no kind; and the characters it explains."""

    what: str  # kind id, or ask | generic | part | service | project | other
    is_kind: bool
    cover: int  # a bit for each place: compared far faster than sets
    words: tuple[str, ...]
    asks: tuple[str, ...] = ()

    def within(self, other: Candidate) -> bool:
        """Whether it explains less than another, and nothing else."""
        return self.cover != other.cover and not self.cover & ~other.cover


def because(one: Candidate, lexicon: Lexicon) -> str:
    """Which words say that it is this kind."""
    return "＋".join(f"“{word}”" for word in one.words) + f"说明是{lexicon.kinds[one.what]}"


def against(one: Candidate, lexicon: Lexicon) -> str:
    """What another reading has to say."""
    word = one.words[-1]
    if one.is_kind:
        return because(one, lexicon).replace("说明是", "又像是")
    return {
        "ask": f"“{word}”可指多种",
        "generic": f"“{word}”说不出是哪一种",
        "part": f"“{word}”像附件、配件或耗材",
        "service": f"“{word}”像服务或费用",
        "project": f"“{word}”像项目名称",
        "other": f"“{word}”像目录以外的资产",
    }[one.what]
