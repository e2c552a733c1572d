"""The possible readings of a name: kinds and roles that its last head and the words before it speak for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from equipcheck.match.lexicon.words import Lexicon, Rule, Word
from equipcheck.match.reading.evidence import Candidate
from equipcheck.match.reading.words import Hit

OPEN_ROLES = ("part", "service", "project", "other", "generic")
NEUTRAL = frozenset({"attribute", "tail", "brand"})
_OUTSIDE = 1000  # offset of places in brackets
BRACKETS = 1 << _OUTSIDE
"""A cover from here on rests on a word in a bracket."""


def span(start: int, end: int) -> int:
    """The bits of the places from start to before end."""
    return (1 << end) - (1 << start)


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of a name: its main part, where the last head ends, the words, other kinds' names."""

    main: str
    whole: str  # with the brackets that belong to the name
    end: int
    hits: Sequence[Hit]
    extras: Sequence[Hit]
    blocked: Sequence[Hit]
    lexicon: Lexicon

    def stands(self, word: str, cover: int) -> bool:
        """Whether a word stands in the name outside what the reading itself explains."""
        if word not in self.whole:
            return False
        start = self.main.find(word)
        while start >= 0:
            if span(start, start + len(word)) & ~cover and not self._inside_longer(start, start + len(word)):
                return True
            start = self.main.find(word, start + 1)
        return word in self.whole[len(self.main) :]

    def _inside_longer(self, start: int, end: int) -> bool:
        """Whether what stands there is only part of a word that changes nothing: the 「电脑」 of 「微电脑」."""
        return any(
            hit.start <= start and end <= hit.end and hit.end - hit.start > end - start
            for hit in self.hits
            if hit.word.roles and hit.word.roles <= NEUTRAL
        )

    def _between_words(self, hit: Hit) -> bool:
        """Whether it is the end of one word and the beginning of the next: 「显微」 in 「数显微光夜视仪」."""
        left = any(one.start < hit.start < one.end < hit.end for one in self.hits)
        return left and any(hit.start < one.start < hit.end < one.end for one in self.hits)

    def within_neutral(self, hit: Hit) -> bool:
        """Whether a word is only part of one that changes nothing and fills no rule: 「电脑」 of 「微电脑」."""
        start, end, word = hit
        for one_start, one_end, one in self.hits:
            if (
                one_start <= start
                and end <= one_end
                and one is not word
                and one.roles
                and one.roles <= NEUTRAL
                and not one.speaks_for
            ):
                return True
        return False

    def crossed(self, hit: Hit) -> bool:
        """Whether a longer word begins inside one and runs on: 「总氮」 in 「总氮氧化物」 is no word there."""
        start, end, _ = hit
        for other_start, other_end, word in self.hits:
            if (
                start < other_start < end < other_end
                and other_end - other_start > end - start
                and not word.head
            ):
                return True
        return False

    def distinguishing(self, kind: str, cover: int) -> str | None:
        """A word outside what a reading explains that makes the thing another one: 「车载空调」."""
        return self._outside("distinguishing", cover, kind)

    def field(self, kind: str, cover: int) -> str | None:
        """A word outside what a reading explains that names another trade: 「纺织品甲醛测定仪」."""
        return self._outside("field", cover, kind)

    def _outside(self, role: str, cover: int, kind: str = "") -> str | None:
        """The first word with a role in the main part that neither the reading nor a rule of the kind explains."""
        for hit in self.hits:
            word = hit.word
            if (
                role in word.roles
                and span(hit.start, hit.end) & ~cover
                and kind not in word.speaks_for
                and not self._between_words(hit)
            ):
                return word.text
        return None

    @property
    def portable(self) -> bool:
        """Whether the name says that the thing is carried."""
        return any(word in self.main for word in self.lexicon.portable_words)

    def fixed(self, cover: int) -> str | None:
        """A word that says: fixed and on-line."""
        if word := self._outside("fixed", cover):
            return word
        extras = [
            extra.removesuffix("式").removesuffix("型") for extra in self.whole[len(self.main) :].split(" ")
        ]
        return next(
            (word for extra in extras if extra for word in self.lexicon.fixed if extra.endswith(word)), None
        )


def candidates(sight: Sight) -> list[Candidate]:
    """Every reading off the words that end where the last head ends, readings of one kind taken together."""
    return _merged(_without_strained(_without_short_heads(_candidates(sight))))


def _without_short_heads(candidates: list[Candidate]) -> list[Candidate]:
    """「计」 says nothing where 「光度计」 says something else: a head of one character yields to longer ones."""
    longer = [one for one in candidates if len(one.words[-1]) > 1]
    return longer if any(one.what != "generic" for one in longer) else candidates


def _without_strained(candidates: list[Candidate]) -> list[Candidate]:
    """「复印机」 with 「双面」 in a bracket is no 「双面…印机」: a bracket fills no rule against a whole word."""
    names = {one.words[-1] for one in candidates if one.is_kind and len(one.words) == 1}
    return [
        one
        for one in candidates
        if one.cover < BRACKETS
        or not any(name != one.words[-1] and name.endswith(one.words[-1]) for name in names)
    ]


def _merged(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Readings as the same kind, off the same head word, taken together: they explain what each explains."""
    found: dict[tuple[str, str], Candidate] = {}
    for one in sorted(candidates, key=lambda one: -one.cover.bit_count()):
        where = (one.what, one.words[-1])
        first = found.get(where)
        if first is None:
            found[where] = one
        elif one.is_kind:
            found[where] = replace(first, cover=first.cover | one.cover)
    return list(found.values())


def _candidates(sight: Sight) -> list[Candidate]:
    found: list[Candidate] = []
    fillers = {id(hit.word): hit.word for hit in (*sight.hits, *sight.extras) if hit.word.fills}
    for head in (hit for hit in sight.hits if hit.end == sight.end and hit.word.head):
        own = span(head.start, head.end)
        word = head.word
        found += [Candidate(kind, True, own, (word.text,)) for kind in word.kinds]
        if word.ask:
            found.append(Candidate("ask", False, own, (word.text,), tuple(word.asks)))
        found += [Candidate(role, False, own, (word.text,)) for role in OPEN_ROLES if role in word.roles]
        if word.ruled:
            found += _by_rules(head, fillers.values(), sight)
    return found


def _by_rules(head: Hit, fillers: Iterable[Word], sight: Sight) -> list[Candidate]:
    """The rules of a head word whose other words stand in the name, outside the names of other kinds."""
    text = head.word.text
    rules = {id(rule): rule for word in fillers for rule in word.rules_for(text)}
    if not rules:
        return []
    free: dict[str, list[Hit]] = {}
    for hit in sight.hits:
        if hit.end <= head.start or hit.start >= head.end:
            free.setdefault(hit.word.text, []).append(hit)
    outside = {hit.word.text: hit for hit in sight.extras}
    present = {*free, *outside}
    found: list[Candidate] = []
    for rule in rules.values():
        for slot in rule.slots:
            if slot.isdisjoint(present):
                break
        else:
            candidate = _by_rule(rule, head, free, outside, sight)
            if candidate is not None:
                found.append(candidate)
    return found


def _by_rule(
    rule: Rule, head: Hit, free: dict[str, list[Hit]], outside: dict[str, Hit], sight: Sight
) -> Candidate | None:
    cover = span(head.start, head.end)
    words = [head.word.text]
    for slot in rule.slots:
        offset = 0
        filler = _in_slot(rule, slot, free, cover, sight)
        if filler is None:
            offset = _OUTSIDE
            filler = min((hit for text, hit in outside.items() if text in slot), key=_order, default=None)
        if filler is None:
            return None
        cover |= span(offset + filler.start, offset + filler.end)
        words.insert(-1, filler.word.text)
    what = rule.kind or "ask"
    return Candidate(what, bool(rule.kind), cover, tuple(words), rule.asks)


def _same_thing(hit: Hit, longer: Hit) -> bool:
    """Whether a longer name only says more of a kind: 「智能执法记录仪」 before 「采集站」."""
    return hit.end == longer.end and bool(hit.word.kinds) and hit.word.kinds == longer.word.kinds


def _order(hit: Hit) -> tuple[int, int]:
    """Longest first, then as they stand."""
    return hit.start - hit.end, hit.start


def _in_slot(
    rule: Rule, slot: frozenset[str], free: dict[str, list[Hit]], taken: int, sight: Sight
) -> Hit | None:
    best: Hit | None = None
    for text in slot & free.keys():
        for hit in free[text]:
            if best is not None and _order(hit) >= _order(best):
                continue
            if taken & span(hit.start, hit.end) or sight.crossed(hit) or sight.within_neutral(hit):
                continue
            if not any(
                other.start <= hit.start
                and hit.end <= other.end
                and other.word is not hit.word
                and rule.kind not in other.word.kinds
                and not _same_thing(hit, other)
                for other in sight.blocked
            ):
                best = hit
    return best
