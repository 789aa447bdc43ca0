"""What comes before every method's rule: clipping, L2 regularization and weight decay."""

import dataclasses

import numpy as np

from optimizers.explain.anatomy.latex import latex_number, vector
from optimizers.optimizer import Optimizer
from optimizers.trajectory import Trajectory
from records import is_off


def before_rule(optimizer: Optimizer, path: Trajectory, at: int) -> Trajectory:
    """The path, with the gradient and the position of step `at` as the rule receives them."""
    if len(optimizer.inactive_fields) == len(optimizer.common):
        return path
    # a copy: the path itself is cached and shared
    gradients, positions = path.gradients.copy(), path.positions.copy()
    gradients[at] = optimizer.regularized(optimizer.clipped(gradients[at]), positions[at])
    positions[at] = optimizer.decayed(positions[at], path.learning_rates[at])
    return dataclasses.replace(path, gradients=gradients, positions=positions)


def common_lines(optimizer: Optimizer, path: Trajectory, before: Trajectory, at: int) -> tuple[str, ...]:
    """One line in LaTeX for each of clipping, L2 and weight decay that is on, in the order in which they act."""
    lines = []
    gradient, position = path.gradients[at], path.positions[at]
    clipped = np.asarray(optimizer.clipped(gradient))
    for name in ("clipnorm", "global_clipnorm"):
        limit = float(getattr(optimizer, name))
        if limit:
            length = float(np.hypot(*gradient))
            rule = r"g \leftarrow g\,\min\left(1, \frac{c}{\lVert g\rVert}\right)"
            worked = rf"{vector(gradient)}\min\left(1, \frac{{{latex_number(limit)}}}{{{latex_number(length)}}}\right)"
            lines.append(rf"{rule} = {worked} = {vector(clipped)}")
    if not is_off(optimizer.clipvalue):
        limit = float(optimizer.clipvalue)
        lines.append(
            rf"g \leftarrow \mathrm{{clip}}(g, -{latex_number(limit)}, {latex_number(limit)}) = {vector(clipped)}"
        )
    if not is_off(optimizer.l2):
        joined = rf"{vector(clipped)} + {latex_number(float(optimizer.l2))}\,{vector(position)}"
        lines.append(rf"g \leftarrow g + L_2\, p = {joined} = {vector(before.gradients[at])}")
    if "weight_decay" in optimizer.common and not is_off(optimizer.weight_decay):
        factor = rf"(1 - {latex_number(path.learning_rates[at])}\cdot {latex_number(float(optimizer.weight_decay))})"
        lines.append(
            rf"p \leftarrow (1 - \eta\lambda)\, p = {factor}\,{vector(position)} = {vector(before.positions[at])}"
        )
    return tuple(lines)
