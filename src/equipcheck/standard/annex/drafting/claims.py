"""Which row counts which kinds: one that another row claims already is asked about."""

from __future__ import annotations

from equipcheck.standard.annex.drafting.drafted import Question
from equipcheck.standard.annex.drafting.kinds import Lexicon, Named
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import words
from equipcheck.standard.annex.layout.reading import Line


class Claims:
    """The kinds of the rows so far, with the columns and obligations they are claimed for."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.taken: dict[str, list[tuple[frozenset[str], frozenset[tuple[str, str]], Line]]] = {}

    def kinds(
        self, line: Line, name: str, named: Named, obligation: dict[str, str]
    ) -> tuple[tuple[str, ...], Question | None]:
        """The kinds that the name stands for, unless another row claims them already."""
        if not named.kinds:
            near = "、".join(f"{kind}（{self.called(kind)}）" for kind in named.suggestions)
            why = "目录里没有同名的装备种类" + (f"，相近的有 {near}" if near else "")
            if not_equipment(name):
                why = "这一行不像装备，请决定是否删去"
            return (), Question(line.place, name, "kinds", line.name, why)
        claimed = frozenset(named.kinds)
        bound = frozenset((column, duty) for column, duty in obligation.items())
        rivals = {id(claim): claim for kind in named.kinds for claim in self.taken.get(kind, ())}
        for kinds, taken, other in rivals.values():
            nested = kinds < claimed or claimed < kinds
            if kinds & claimed and not nested and _clash(taken, bound, same=kinds == claimed):
                names = "、".join(self.called(kind) for kind in named.kinds)
                why = f"与{other.place}“{other.name}”同为“{names}”（{'、'.join(named.kinds)}），不知如何区分"
                return (), Question(line.place, name, "kinds", line.name, why)
        claim = (claimed, bound, line)
        for kind in named.kinds:
            self.taken.setdefault(kind, []).append(claim)
        return named.kinds, None

    def called(self, kind: str) -> str:
        """A kind's name in the catalogue."""
        return self.lexicon.catalogue.kinds[kind].name


def _clash(one: frozenset[tuple[str, str]], two: frozenset[tuple[str, str]], *, same: bool) -> bool:
    """Whether rows that share kinds meet in a column (with one obligation, where the sets are equal)."""
    if same:
        return bool(one & two)
    return bool({column for column, _ in one} & {column for column, _ in two})


def not_equipment(name: str) -> bool:
    """Whether a name the catalogue does not know speaks of people, rooms or rules."""
    return words().not_equipment.search(squeeze(name)) is not None
