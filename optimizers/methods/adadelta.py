"""Adadelta: RMSprop that takes the length of its steps from the steps before."""

from typing import Any, NamedTuple

import jax.numpy as jnp

from optimizers.optimizer import Optimizer, Rate, epsilon_slider, rate_slider
from records import record, slider


class AdadeltaState(NamedTuple):
    """Shaped like the parameters: `second_moment` (running mean of g²), `squared_step` (running mean of d²)."""

    second_moment: Any
    squared_step: Any


@record
class Adadelta(Optimizer):
    """Divide the gradient by its root mean square, and multiply it by the root mean square of the steps so far.

    With a learning rate of 1 it is the paper's method. Keras's default, 0.001, makes every step a thousandth of that.

    Source: Zeiler, 2012.
    """

    learning_rate: Rate = rate_slider(0.001)
    rho: float = slider(0.95, 0, 0.999, step=0.001, symbol=r"\rho", help="How slowly it forgets", at_least=0, below=1)
    epsilon: float = epsilon_slider()

    title = "Adadelta"
    formula = (
        r"s \leftarrow \rho s + (1-\rho) g^2, \quad d = \frac{\sqrt{a + \epsilon}}{\sqrt{s + \epsilon}}\, g, \quad "
        r"a \leftarrow \rho a + (1-\rho) d^2, \quad p \leftarrow p - \eta d"
    )
    story = "Steps as long as its own recent steps: it needs no rate, but starts as slowly as a tiny ε lets it."
    source = "Zeiler, 2012"

    def init(self, params: Any) -> AdadeltaState:
        # both means start from 0, so the first step is only about η√(ε/(1 − ρ)) long: hence the slow start
        zeros = jnp.zeros_like(params)
        return AdadeltaState(zeros, zeros)

    def update(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> Any:
        second_moment = self.rho * state.second_moment + (1 - self.rho) * gradient**2
        ratio = jnp.sqrt(state.squared_step + self.epsilon) / jnp.sqrt(second_moment + self.epsilon)
        step = ratio * gradient
        squared_step = self.rho * state.squared_step + (1 - self.rho) * step**2
        return params - learning_rate * step, AdadeltaState(second_moment, squared_step)
