"""Linear programmes given to HiGHS: it says nothing, and does the same on every run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple


class Variable(NamedTuple):
    """From 0 to `most` of something, its price in the sum that is made least, and what it takes of each row."""

    price: float
    most: int
    takes: Sequence[tuple[int, float]]  # row, how much


def least(
    variables: Sequence[Variable], rows: Sequence[tuple[float, float]], *, whole: bool, **settings: Any
) -> list[float]:
    """The amounts whose prices sum to the least, each row within its bounds. RuntimeError where there are none."""
    import highspy
    import numpy as np

    taken = [pair for one in variables for pair in one.takes]
    programme: Any = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(variables), len(rows)
    programme.col_cost_ = np.array([one.price for one in variables], dtype=float)
    programme.col_lower_ = np.zeros(len(variables))
    programme.col_upper_ = np.array([one.most for one in variables], dtype=float)
    programme.row_lower_, programme.row_upper_ = np.array(rows, dtype=float).reshape(-1, 2).T.copy()
    matrix = programme.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kColwise
    matrix.start_ = np.cumsum([0, *(len(one.takes) for one in variables)], dtype=np.int32)
    matrix.index_ = np.array([row for row, _ in taken], dtype=np.int32)
    matrix.value_ = np.array([amount for _, amount in taken], dtype=float)
    if whole:
        programme.integrality_ = [highspy.HighsVarType.kInteger] * len(variables)
    # The class's own constructor turns callbacks on, which prints a banner to stdout, where only the result belongs.
    solver: Any = highspy.Highs.__new__(highspy.Highs)
    super(highspy.Highs, solver).__init__()
    quiet = {"output_flag": False, "log_to_console": False, "threads": 1, "random_seed": 0}
    for name, setting in {**quiet, **settings}.items():
        solver.setOptionValue(name, setting)
    solver.passModel(programme)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(str(solver.getModelStatus()))
    return list(solver.getSolution().col_value)
