"""A minimum-cost flow with whole numbers, by the simplex of HiGHS: its basic solutions of a network are whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equipcheck.ground.solver import Variable, least


@dataclass(frozen=True, slots=True)
class Arc:
    """From one node to another (None: from or to outside), at most so many units, each at this cost."""

    tail: int | None
    head: int | None
    most: int
    cost: float


def cheapest(nodes: int, arcs: Sequence[Arc]) -> list[int]:
    """Units on each arc of a cheapest flow in which every node passes on what it gets. RuntimeError if unsolved."""
    if not arcs:
        return []
    variables = [
        Variable(
            arc.cost,
            arc.most,
            [(node, sign) for node, sign in ((arc.tail, -1.0), (arc.head, 1.0)) if node is not None],
        )
        for arc in arcs
    ]
    units = [round(one) for one in least(variables, [(0, 0)] * nodes, whole=False, solver="simplex")]
    _sound(nodes, arcs, units)
    return units


def _sound(nodes: int, arcs: Sequence[Arc], units: Sequence[int]) -> None:
    """What the solver gave is whole and within bounds, and every node passes on what it gets."""
    balance = [0] * nodes
    for arc, count in zip(arcs, units, strict=True):
        if not 0 <= count <= arc.most:
            raise RuntimeError("flow out of bounds")
        if arc.tail is not None:
            balance[arc.tail] -= count
        if arc.head is not None:
            balance[arc.head] += count
    if any(balance):
        raise RuntimeError("flow not conserved")
