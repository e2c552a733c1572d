"""The possible readings of a name: kinds and roles that its last head and the words before it speak for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from equipcheck.match.lexicon.words import NOT_A_KIND, Rule, Word
from equipcheck.match.reading.evidence import Candidate
from equipcheck.match.reading.sight import BRACKETS, OUTSIDE, Sight, span
from equipcheck.match.reading.words import Hit

_NO_KIND = frozenset(NOT_A_KIND)
OPEN_ROLES = ("part", "service", "project", "other", "generic")


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
            found[where] = first._replace(cover=first.cover | one.cover)
    return list(found.values())


def _candidates(sight: Sight) -> list[Candidate]:
    found: list[Candidate] = []
    fillers = {id(hit.word): hit.word for hit in (*sight.hits, *sight.extras) if hit.word.fills}
    for head in (hit for hit in sight.hits if hit.end == sight.end and hit.word.head):
        own = span(head.start, head.end)
        word = head.word
        found += [Candidate(kind, True, own, (head.text,)) for kind in word.kinds]
        if word.ask:
            found.append(Candidate("ask", False, own, (head.text,), tuple(word.asks)))
        found += [Candidate(role, False, own, (head.text,)) for role in OPEN_ROLES if role in word.roles]
        if word.ruled:
            found += _by_rules(head, fillers.values(), sight)
    return found


def _by_rules(head: Hit, fillers: Iterable[Word], sight: Sight) -> list[Candidate]:
    """The rules of a head word whose other words stand in the name, outside the names of other kinds."""
    text = head.text
    rules = {id(rule): rule for word in fillers for rule in word.rules_for(text)}
    if not rules:
        return []
    free: dict[str, list[Hit]] = {}
    if _another_head(head, sight):
        return []
    for hit in sight.hits:
        if hit.end <= head.start or hit.start >= head.end:
            free.setdefault(hit.text, []).append(hit)
    outside = {hit.text: hit for hit in sight.extras}
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


def _another_head(head: Hit, sight: Sight) -> bool:
    """Whether a head of little meaning is only the end of what the name ends on.

    「放射性活度计」 is an 「活度计」, whatever that be; 「执法肩章套装」 a set of what stands before.
    """
    roles = head.word.roles
    if "tail" in roles:
        return any(
            hit.end == head.start
            and hit.end - hit.start > 1
            and hit.word.roles
            and not hit.word.roles - _NO_KIND
            for hit in sight.hits
            if not (hit.word.kinds or hit.word.ask or hit.word.fills)
        )
    if head.end - head.start > 1 or "generic" not in roles:
        return False
    runs = sight.unknown(0, head.start, 0)
    return bool(runs) and len(runs[-1]) > 1 and sight.main[: head.start].endswith(runs[-1])


def _by_rule(
    rule: Rule, head: Hit, free: dict[str, list[Hit]], outside: dict[str, Hit], sight: Sight
) -> Candidate | None:
    cover = span(head.start, head.end)
    words = [head.text]
    for slot in rule.slots:
        offset = 0
        filler = _in_slot(rule, slot, free, cover, sight)
        if filler is None:
            offset = OUTSIDE
            filler = min((hit for text, hit in outside.items() if text in slot), key=_order, default=None)
        if filler is None:
            return None
        cover |= span(offset + filler.start, offset + filler.end)
        words.insert(-1, filler.text)
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
            if sight.torn(hit, taken):
                continue
            if not any(
                other.start <= hit.start
                and hit.end <= other.end
                and other.text != hit.text
                and rule.kind not in other.word.kinds
                and not _same_thing(hit, other)
                for other in sight.blocked
            ):
                best = hit
    return best
