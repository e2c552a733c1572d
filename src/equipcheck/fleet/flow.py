"""A minimum-cost flow with whole numbers, by the simplex of HiGHS: its basic solutions of a network are whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Arc:
    """From one node to another (None: from or to outside), at most so many units, each at this cost."""

    tail: int | None
    head: int | None
    most: int
    cost: float


def cheapest(nodes: int, arcs: Sequence[Arc]) -> list[int]:
    """Units on each arc of a cheapest flow in which every node passes on what it gets. RuntimeError if unsolved."""
    import highspy
    import numpy as np

    from equipcheck.plan.exact import quiet_solver

    if not arcs:
        return []
    start, index, value = [0], [], []
    for arc in arcs:
        for node, sign in ((arc.tail, -1.0), (arc.head, 1.0)):
            if node is not None:
                index.append(node)
                value.append(sign)
        start.append(len(index))
    lp: Any = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(arcs), nodes
    lp.col_cost_ = np.array([arc.cost for arc in arcs], dtype=float)
    lp.col_lower_ = np.zeros(len(arcs))
    lp.col_upper_ = np.array([arc.most for arc in arcs], dtype=float)
    lp.row_lower_ = lp.row_upper_ = np.zeros(nodes)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.array(start, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(index, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(value)
    solver = quiet_solver()
    solver.setOptionValue("solver", "simplex")
    solver.passModel(lp)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(str(solver.getModelStatus()))
    units = [round(one) for one in solver.getSolution().col_value]
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
