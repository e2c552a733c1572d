"""Who gives what to whom: surplus against gaps, along the lines of who is above whom.

Goals in their order: (1) the greatest weight of gaps closed; (2) the shortest way, counted in steps up and down the
hierarchy, so that units stay beneath the same parent before the same city before the same province. Both are reached
exactly, as one minimum-cost flow: a kind's units travel the tree of bureaus, which takes as many arcs as there are
bureaus instead of one for every pair. (3) Among givers and takers that meet at the same place, few pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from equipcheck.fleet.flow import Arc, cheapest

BEYOND = 3
"""Steps that leaving the topmost bureau takes: another province is farther than anything within one."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Units that a bureau lacks. `first` is the weight of the first of them, `weight` of each further one."""

    bureau: str
    requirement: str
    kinds: tuple[str, ...]
    units: int
    weight: int
    first: int


@dataclass(frozen=True, slots=True)
class Move:
    """Units of one kind from a bureau to another's requirement, meeting at `at` (None: beyond all)."""

    giver: str
    taker: str
    requirement: str
    kind: str
    units: int
    at: str | None


def match_up(
    surplus: Mapping[tuple[str, str], int], gaps: Sequence[Gap], parents: Mapping[str, str]
) -> list[Move]:
    """`surplus`: (bureau, kind) → units over; `parents` without circles. Moves in a fixed order."""
    components = _components(surplus, gaps)
    whose = {kind: at for at, kinds in enumerate(components) for kind in kinds}
    over: list[dict[tuple[str, str], int]] = [{} for _ in components]
    lack: list[list[Gap]] = [[] for _ in components]
    for key, units in surplus.items():
        if units > 0:
            over[whose[key[1]]][key] = units
    for one in gaps:
        for at in {whose[kind] for kind in one.kinds if kind in whose}:
            lack[at].append(one)
    moves: list[Move] = []
    for have, want in zip(over, lack, strict=True):
        if have and want:
            moves += _component(have, want, parents)
    return sorted(moves, key=lambda one: (one.taker, one.requirement, one.giver, one.kind))


def _components(surplus: Mapping[tuple[str, str], int], gaps: Sequence[Gap]) -> list[set[str]]:
    """Kinds that compete for the same gaps, together; the others apart."""
    root: dict[str, str] = {}

    def find(kind: str) -> str:
        while root.setdefault(kind, kind) != kind:
            kind = root[kind]
        return kind

    for one in gaps:
        for kind in one.kinds:
            root[find(kind)] = find(one.kinds[0])
    found: dict[str, set[str]] = defaultdict(set)
    for kind in sorted({kind for _, kind in surplus}):
        found[find(kind)].add(kind)
    return list(found.values())


def _component(
    surplus: Mapping[tuple[str, str], int], gaps: Sequence[Gap], parents: Mapping[str, str]
) -> list[Move]:
    kinds = sorted({kind for _, kind in surplus})
    tree = _Tree.over([*(code for code, _ in surplus), *(one.bureau for one in gaps)], parents)
    both = {(one.bureau, kind) for one in gaps for kind in one.kinds if (one.bureau, kind) in surplus}
    # whoever has nobody beneath, and only gives or only takes, stands in the place above with the step to it
    places = [(k, c) for k in kinds for c in tree.order if c not in tree.lowest or (c, k) in both]
    node = {place: at for at, place in enumerate(places)}

    def stand(kind: str, code: str) -> tuple[int, int]:
        at = node.get((kind, code))
        if at is not None:
            return at, 0
        above = tree.above[code]
        return node[kind, above or _TOP], tree.steps(code)

    wanted = {(one.bureau, one.requirement): len(node) + at for at, one in enumerate(gaps)}
    count = len(node) + len(wanted)
    arcs: list[Arc] = []
    for (code, kind), units in surplus.items():
        at, steps = stand(kind, code)
        arcs.append(Arc(None, at, units, steps))
    first_taken = len(arcs)
    most = sum(surplus.values())
    far = 2 * (BEYOND + 1) * (count + 2)  # no detour is worth a unit of a gap
    taken: list[tuple[Gap, str]] = []
    for one in gaps:
        for kind in one.kinds:
            if kind in kinds:
                taken.append((one, kind))
                at, steps = stand(kind, one.bureau)
                arcs.append(Arc(at, wanted[one.bureau, one.requirement], one.units, steps))
    for kind, code in places:
        if code != _TOP:
            ends, steps = (node[kind, code], node[kind, tree.above[code] or _TOP]), tree.steps(code)
            arcs += [Arc(*ends, most, steps), Arc(ends[1], ends[0], most, steps)]
    for one in gaps:
        sink = wanted[one.bureau, one.requirement]
        arcs.append(Arc(sink, None, 1, -one.first * far))
        if one.units > 1:
            arcs.append(Arc(sink, None, one.units - 1, -one.weight * far))
    flow = cheapest(count, arcs)
    given = {key: flow[at] for at, key in enumerate(surplus)}
    got = [(one, kind, flow[first_taken + at]) for at, (one, kind) in enumerate(taken)]
    return [move for kind in kinds for move in tree.pair(kind, given, got)]


_TOP = ""


@dataclass(frozen=True, slots=True)
class _Tree:
    """The bureaus concerned and all above them; `above` None: the top."""

    above: Mapping[str, str | None]
    order: Sequence[str]  # with the top
    lowest: Set[str]  # with nobody beneath them

    @staticmethod
    def over(codes: Iterable[str], parents: Mapping[str, str]) -> _Tree:
        above: dict[str, str | None] = {}
        for code in codes:
            here: str | None = code
            while here is not None and here not in above:
                above[here] = parents.get(here)
                here = above[here]
        return _Tree(above, [*sorted(above), _TOP], above.keys() - set(above.values()))

    def steps(self, code: str) -> int:
        """What the way from a bureau to the place above it takes."""
        return BEYOND if self.above[code] is None else 1

    def pair(
        self, kind: str, given: Mapping[tuple[str, str], int], got: Sequence[tuple[Gap, str, int]]
    ) -> list[Move]:
        """Givers and takers of a kind, put together at the lowest place where they meet."""
        give: dict[str, list[tuple[int, str]]] = defaultdict(list)
        take: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for (code, one), units in given.items():
            if one == kind and units:
                give[code].append((units, code))
        for gap, one, units in got:
            if one == kind and units:
                take[gap.bureau].append((units, gap.bureau, gap.requirement))
        moves: list[Move] = []
        for code in self._upwards():
            left, open_ = _meet(kind, give.pop(code, []), take.pop(code, []), code or None, moves)
            if code != _TOP:
                give[self.above[code] or _TOP] += left
                take[self.above[code] or _TOP] += open_
        return moves

    def _upwards(self) -> list[str]:
        """Every place before the one above it."""
        depth: dict[str, int] = {}
        for code in self.above:
            path = []
            here: str | None = code
            while here is not None and here not in depth:
                path.append(here)
                here = self.above[here]
            base = depth[here] if here is not None else 0
            for step, one in enumerate(reversed(path), start=1):
                depth[one] = base + step
        return [*sorted(self.above, key=lambda code: (-depth[code], code)), _TOP]


def _meet(
    kind: str,
    give: list[tuple[int, str]],
    take: list[tuple[int, str, str]],
    at: str | None,
    moves: list[Move],
) -> tuple[list[tuple[int, str]], list[tuple[int, str, str]]]:
    """Pairs of equal size first, then the largest with the largest; what is left of either side."""
    give, take = (
        sorted(give, key=lambda one: (-one[0], one[1])),
        sorted(take, key=lambda one: (-one[0], *one[1:])),
    )
    for one in list(give):
        same = next((other for other in take if other[0] == one[0]), None)
        if same is not None:
            moves.append(Move(one[1], same[1], same[2], kind, one[0], at))
            give.remove(one)
            take.remove(same)
    while give and take:
        (units, giver), (open_, taker, requirement) = give.pop(0), take.pop(0)
        moved = min(units, open_)
        moves.append(Move(giver, taker, requirement, kind, moved, at))
        if units > moved:
            give.insert(0, (units - moved, giver))
        if open_ > moved:
            take.insert(0, (open_ - moved, taker, requirement))
    return give, take
