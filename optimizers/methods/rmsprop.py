"""RMSprop: Adagrad that forgets, so its steps do not fade to nothing."""

from typing import Any, NamedTuple

import jax.numpy as jnp

from optimizers.methods.sgd import momentum_slider
from optimizers.optimizer import Optimizer, Rate, epsilon_slider, rate_slider
from records import record, slider, switch


class RMSpropState(NamedTuple):
    """RMSprop's state, shaped like the parameters.

    `second_moment` is a running mean of g², `velocity` the momentum buffer; `first_moment` is a running mean of g if
    `centered`, else None.
    """

    second_moment: Any
    velocity: Any
    first_moment: Any


@record
class RMSprop(Optimizer):
    """Divide each coordinate's step by the root of a running mean of its squared gradients.

    With `centered`, the square of the gradient's running mean is subtracted first, which gives an estimate of the
    variance.

    Source: Hinton, 2012, lecture 6e; centered: Graves, 2013.
    """

    learning_rate: Rate = rate_slider(0.001)
    rho: float = slider(0.9, 0, 0.999, step=0.001, symbol=r"\rho", help="How slowly it forgets", at_least=0, below=1)
    momentum: float = momentum_slider("How much of the last scaled step is kept")
    epsilon: float = epsilon_slider()
    centered: bool = switch(False, help="Divide by the deviation instead of the root mean square")

    title = "RMSprop"
    formula = r"s \leftarrow \rho s + (1-\rho) g^2, \qquad p \leftarrow p - \frac{\eta\, g}{\sqrt{s + \epsilon}}"
    story = "Adagrad with a short memory: the running mean forgets old gradients, so steps do not fade."
    source = "Hinton, 2012, lecture 6e"

    def init(self, params: Any) -> RMSpropState:
        zeros = jnp.zeros_like(params)
        return RMSpropState(zeros, zeros, zeros if self.centered else None)

    # The velocity holds scaled steps with their rate, as in Keras: a change of the rate does not touch steps that are
    # kept.
    def update(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> Any:
        second_moment = self.rho * state.second_moment + (1 - self.rho) * gradient**2
        first_moment = self.rho * state.first_moment + (1 - self.rho) * gradient if self.centered else None
        spread = second_moment if first_moment is None else second_moment - first_moment**2
        velocity = self.momentum * state.velocity + learning_rate * gradient / jnp.sqrt(spread + self.epsilon)
        return params - velocity, RMSpropState(second_moment, velocity, first_moment)
