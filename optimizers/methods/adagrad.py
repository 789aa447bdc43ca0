"""Adagrad: every coordinate has a rate of its own, which only ever shrinks."""

from typing import Any, NamedTuple

import jax.numpy as jnp

from optimizers.optimizer import Optimizer, Rate, epsilon_slider, rate_slider
from records import record, slider


class AdagradState(NamedTuple):
    """Adagrad's state: `accumulator`, shaped like the parameters, is the sum of all squared gradients so far."""

    accumulator: Any


@record
class Adagrad(Optimizer):
    """Divide each coordinate's step by the root of the sum of its squared gradients.

    Source: Duchi, Hazan and Singer, 2011.
    """

    learning_rate: Rate = rate_slider(0.001)
    initial_accumulator_value: float = slider(
        0.1, 0, 10, step=0.1, symbol="a_0", help="What the sum of squares starts from", at_least=0
    )
    epsilon: float = epsilon_slider()

    title = "Adagrad"
    formula = r"a \leftarrow a + g^2, \qquad p \leftarrow p - \frac{\eta\, g}{\sqrt{a + \epsilon}}"
    story = "Each coordinate gets its own rate, large where gradients were rare; the sum only grows, so steps fade."
    source = "Duchi, Hazan and Singer, 2011"

    def init(self, params: Any) -> AdagradState:
        return AdagradState(accumulator=jnp.full_like(params, self.initial_accumulator_value))

    def update(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> Any:
        accumulator = state.accumulator + gradient**2
        step = learning_rate * gradient / jnp.sqrt(accumulator + self.epsilon)
        return params - step, AdagradState(accumulator)
