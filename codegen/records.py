"""One program a landscape, an optimizer and a schedule: moving a slider changes numbers that they get, never code."""

from typing import Any

import jax
import jax.numpy as jnp

from codegen.program import Program, javascript
from landscapes import Landscape
from optimizers import Batch, Optimizer, Schedule
from optimizers.batch import batch_arrays, batch_of


def landscape_program(landscape: Landscape, batch: Batch | None = None) -> Program:
    """What one step sees: of the fields, a point (2,) and the draws of the step, the loss, the gradient of the
    whole (2,) and that of the batch (2,).

    Args:
        landscape: its number fields are arguments, in their order; all else is written into the program.
        batch: its draws have other shapes for a full batch than for a part.
    """
    draws = jax.tree.map(lambda steps: steps[0], batch_arrays(landscape, batch_of(landscape, batch), 1))

    def evaluation(landscape: Landscape, xy: Any, draws: Any) -> Any:
        loss, gradient = jax.value_and_grad(lambda xy: landscape(xy))(xy)
        return loss, gradient, landscape.batch_gradient(xy, gradient, draws)

    return javascript(evaluation, landscape, jnp.zeros(2), draws)


def start_program(optimizer: Optimizer) -> Program:
    """The state that an optimizer begins with: of its fields and the start (2,), each part of the state."""
    return javascript(lambda rule, xy: rule.init(xy), _without_rate(optimizer), jnp.zeros(2))


def step_program(optimizer: Optimizer) -> Program:
    """One step: of the fields, the gradient (2,), each part of the state, the point (2,) and the learning rate, the
    next point (2,) and each part of the next state."""
    rule = _without_rate(optimizer)
    state = rule.init(jnp.zeros(2))
    return javascript(
        lambda rule, gradient, state, xy, rate: rule.apply(gradient, state, xy, rate),
        rule,
        jnp.ones(2),
        state,
        jnp.zeros(2),
        0.1,
    )


def schedule_program(schedule: Schedule) -> Program:
    """The learning rate at a step: of the fields and the number of the step, one number."""
    return javascript(lambda schedule, step: schedule(step), schedule, 1.0)


def _without_rate(optimizer: Optimizer) -> Optimizer:
    """The optimizer as its step sees it: the learning rate is handed to each step."""
    return optimizer.replace_unchecked(learning_rate=None)
