"""What a method adds to an anatomy."""

import dataclasses

import numpy as np

from optimizers.explain.anatomy.latex import vector
from optimizers.explain.effective import divisor
from optimizers.optimizer import Optimizer
from optimizers.trajectory import Trajectory

Vector = np.ndarray


@dataclasses.dataclass(frozen=True, eq=False)
class Parts:
    """The rule's `lines` in LaTeX, and what of carried part, push and divisor the method has, (2,) each."""

    lines: tuple[str, ...]
    velocity: Vector | None = None
    push: Vector | None = None
    divisor: Vector | None = None


def divided_by(optimizer: Optimizer, path: Trajectory, at: int) -> Vector:
    """What each coordinate of a method that divides is divided by, (2,)."""
    value = divisor(optimizer, path, at)
    assert value is not None
    return value


def whole(optimizer: Optimizer, path: Trajectory, at: int) -> Parts:
    """A step that is not taken apart."""
    return Parts((rf"\Delta = {vector(path.positions[at + 1] - path.positions[at])}",))
