"""The parts of an update that depend on the method."""

import dataclasses

import numpy as np

from optimizers.explain.anatomy.latex import vector
from optimizers.explain.effective import divisor
from optimizers.optimizer import Optimizer
from optimizers.trajectory import Trajectory

Vector = np.ndarray


@dataclasses.dataclass(frozen=True, eq=False)
class Parts:
    """The `lines` of the rule in LaTeX; and `velocity`, `push` and `divisor` as in `Anatomy`, (2,) each or None."""

    lines: tuple[str, ...]
    velocity: Vector | None = None
    push: Vector | None = None
    divisor: Vector | None = None


def divided_by(optimizer: Optimizer, path: Trajectory, at: int) -> Vector:
    """The divisor (2,) of step `at`, for a method that has one."""
    value = divisor(optimizer, path, at)
    assert value is not None
    return value


def whole(optimizer: Optimizer, path: Trajectory, at: int) -> Parts:
    """The parts of a step that is not taken apart: one line with the whole step."""
    return Parts((rf"\Delta = {vector(path.positions[at + 1] - path.positions[at])}",))
