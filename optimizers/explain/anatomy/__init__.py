"""One update taken apart: every term of the rule, with the numbers of this step."""

import dataclasses
import inspect
import re
import textwrap

from optimizers.explain.anatomy.common import before_rule, common_lines
from optimizers.explain.anatomy.course import COURSE
from optimizers.explain.anatomy.further import FURTHER
from optimizers.explain.anatomy.latex import vector
from optimizers.explain.anatomy.parts import Vector, whole
from optimizers.optimizer import Optimizer
from optimizers.trajectory import Trajectory


@dataclasses.dataclass(frozen=True, eq=False)
class Anatomy:
    """The update from `index` to `index + 1`, all vectors of shape (2,).

    `velocity` is the part of the step that is carried over from earlier steps. `push` is the part that this gradient
    adds. `divisor` is what each coordinate is divided by. Each is None where the method has no such thing.

    `lines` is the rule in LaTeX with its numbers, one line a term; lines for clipping, L2 and weight decay come first.
    `code` is the source of the `update` that ran. `gradient` is that of the batch, before any clipping.
    """

    index: int
    position: Vector
    gradient: Vector
    step: Vector
    velocity: Vector | None
    push: Vector | None
    divisor: Vector | None
    lines: tuple[str, ...]
    code: str


def anatomy(optimizer: Optimizer, path: Trajectory, index: int) -> Anatomy | None:
    """The update of a path at step `index`, or its last update if the index is beyond; None for a path without steps.

    Args:
        optimizer: the method of the path.
        path: the trajectory that `descend` returned.
        index: the step, 0 for the first update.
    """
    if not path.steps:
        return None
    at = min(max(index, 0), path.steps - 1)
    position, after = path.positions[at], path.positions[at + 1]
    before = before_rule(optimizer, path, at)
    parts = TAKEN_APART.get(type(optimizer), whole)(optimizer, before, at)
    # after weight decay, so that the last line adds up
    start = before.positions[at]
    lines = (
        *common_lines(optimizer, path, before, at),
        *parts.lines,
        rf"p \leftarrow p + \Delta = {vector(start)} + {vector(after - start)} = {vector(after)}",
    )
    return Anatomy(
        at,
        position,
        path.gradients[at],
        after - position,
        parts.velocity,
        parts.push,
        parts.divisor,
        lines,
        code(optimizer),
    )


def code(optimizer: Optimizer) -> str:
    """The source of the `update` that runs. If the gradient is clipped or weights decay, `apply` comes before it."""
    methods = [type(optimizer).update]
    if len(optimizer.inactive_fields) < len(optimizer.common):
        methods.insert(0, Optimizer.apply)
    source = "\n".join(textwrap.dedent(inspect.getsource(method)) for method in methods)
    # a reader wants what is worked out; the types are a checker's
    return re.sub(r"(?<=\w): (?:Any|Optimizer)(?=[,)])| -> (?:Any|tuple\[Any, Any\])(?=:\n)", "", source)


TAKEN_APART = {**COURSE, **FURTHER}
"""The function that takes a step apart, for each method. Any other method's step is shown whole."""
