"""Plain descent, momentum and Nesterov: one rule, Keras's SGD."""

from typing import Any, NamedTuple

import jax.numpy as jnp

from optimizers.optimizer import Optimizer, Rate, rate_slider
from records import record, slider, switch


def momentum_slider(help: str) -> Any:
    """The slider of β, the fraction of the last step that is kept: at least 0, below 1."""
    return slider(
        0.0,
        0,
        0.999,
        step=0.001,
        symbol=r"\beta",
        help=help,
        at_least=0,
        below=1,
        advice="At 1 and above old gradients never fade, so the ball never settles.",
    )


class SGDState(NamedTuple):
    """SGD's state: `velocity`, shaped like the parameters, is the last step. Momentum keeps a part of it."""

    velocity: Any


@record
class SGD(Optimizer):
    """Step against the gradient. With `momentum`, keep a fraction of the last step, so that speed builds up.

    `velocity = momentum * velocity - learning_rate * gradient`, then `params += velocity`; with `nesterov`,
    `params += momentum * velocity - learning_rate * gradient`.

    Source: Robbins and Monro, 1951; Polyak, 1964 (momentum); Nesterov, 1983, as in Sutskever et al., 2013.

    >>> sgd = SGD(learning_rate=0.5)
    >>> point = jnp.array([1.0, 2.0])
    >>> sgd.update(point, sgd.init(point), point, sgd.learning_rate)[0].tolist()
    [0.5, 1.0]
    """

    learning_rate: Rate = rate_slider(0.01)
    momentum: float = momentum_slider("How much of the last step is kept")
    nesterov: bool = switch(False, help="Look ahead: correct the step after the velocity has carried it")

    title = "SGD"
    formula = r"v \leftarrow \beta v - \eta g, \qquad p \leftarrow p + v"
    story = "Step straight down the slope; momentum keeps some of the last step, so the ball gathers speed."
    source = "Robbins and Monro, 1951; Polyak, 1964; Nesterov, 1983"

    def init(self, params: Any) -> SGDState:
        return SGDState(velocity=jnp.zeros_like(params))

    def update(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> Any:
        velocity = self.momentum * state.velocity - learning_rate * gradient
        step = self.momentum * velocity - learning_rate * gradient if self.nesterov else velocity
        return params + step, SGDState(velocity)
