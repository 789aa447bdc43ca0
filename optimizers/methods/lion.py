"""Lion: only the sign of a running mean counts, so every step is equally long."""

from typing import Any, NamedTuple

import jax.numpy as jnp

from optimizers.optimizer import Optimizer, Rate, rate_slider
from records import record, slider


class LionState(NamedTuple):
    """`first_moment`, shaped like the parameters: a running mean of g."""

    first_moment: Any


@record
class Lion(Optimizer):
    """Move each coordinate by the learning rate, with the sign of a mix of the running mean and the gradient.

    Source: Chen et al., 2023.
    """

    learning_rate: Rate = rate_slider(0.001)
    beta_1: float = slider(
        0.9,
        0.001,
        0.999,
        step=0.001,
        symbol=r"\beta_1",
        help="How much the mean counts against the gradient",
        above=0,
        at_most=1,
        advice="At 0 only the gradient's sign is left.",
    )
    beta_2: float = slider(
        0.99, 0, 0.999, step=0.001, symbol=r"\beta_2", help="Memory of the gradient", at_least=0, below=1
    )

    title = "Lion"
    formula = (
        r"p \leftarrow p - \eta\,\mathrm{sign}(\beta_1 m + (1-\beta_1) g), \qquad "
        r"m \leftarrow \beta_2 m + (1-\beta_2) g"
    )
    story = "Only the sign of a running mean counts: every step is as long as the rate, so it must decay to settle."
    source = "Chen et al., 2023"

    def init(self, params: Any) -> LionState:
        return LionState(first_moment=jnp.zeros_like(params))

    # The mix for the step and the mean that is kept have different betas: the step follows the present gradient more.
    def update(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> Any:
        mix = self.beta_1 * state.first_moment + (1 - self.beta_1) * gradient
        first_moment = self.beta_2 * state.first_moment + (1 - self.beta_2) * gradient
        return params - learning_rate * jnp.sign(mix), LionState(first_moment)
