"""Adam: momentum and RMSprop at once, both corrected for having started from zero."""

from typing import Any, NamedTuple

import jax.numpy as jnp

from optimizers.optimizer import Optimizer, Rate, epsilon_slider, rate_slider
from records import record, slider, switch


def beta_1_slider() -> Any:
    """The slider of β₁, the part of the running mean of the gradient that is kept: at least 0, below 1."""
    return slider(0.9, 0, 0.999, step=0.001, symbol=r"\beta_1", help="Memory of the gradient", at_least=0, below=1)


def beta_2_slider(help: str = "Memory of its square") -> Any:
    """The slider of β₂, the part of the running measure of the gradient's size that is kept: at least 0, below 1."""
    return slider(0.999, 0, 0.9999, step=0.0001, symbol=r"\beta_2", help=help, at_least=0, below=1)


class AdamState(NamedTuple):
    """Adam's state.

    Shaped like the parameters: `first_moment` (running mean of g), `second_moment` (running mean of g²), and with
    AMSGrad `max_second_moment` (the largest `second_moment` so far; else None). Scalars: `beta_1_power` (β₁ᵗ),
    `beta_2_power` (β₂ᵗ).
    """

    first_moment: Any
    second_moment: Any
    max_second_moment: Any
    beta_1_power: Any
    beta_2_power: Any


@record
class Adam(Optimizer):
    """Step along a running mean of the gradient, divided by the root of a running mean of its square.

    Source: Kingma and Ba, 2015; AMSGrad: Reddi, Kale and Kumar, 2018. As in Keras, ε is added to the root before
    the bias correction ("epsilon hat" in section 2 of the paper).
    """

    learning_rate: Rate = rate_slider(0.001)
    beta_1: float = beta_1_slider()
    beta_2: float = beta_2_slider()
    epsilon: float = epsilon_slider()
    amsgrad: bool = switch(False, help="Divide by the largest second moment so far, so a rate never grows again")

    title = "Adam"
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g, \quad s \leftarrow \beta_2 s + (1-\beta_2) g^2, \quad "
        r"p \leftarrow p - \eta\,\frac{\sqrt{1-\beta_2^t}}{1-\beta_1^t}\,\frac{m}{\sqrt{s} + \epsilon}"
    )
    story = "Momentum for the direction, RMSprop for the scale, both corrected for starting from zero."
    source = "Kingma and Ba, 2015"

    def init(self, params: Any) -> AdamState:
        zeros, one = jnp.zeros_like(params), jnp.ones(())
        return AdamState(zeros, zeros, zeros if self.amsgrad else None, one, one)

    # A mean that starts from 0 is too small by 1 − βᵗ. Both corrections are put in `alpha`, so ε stays uncorrected. m
    # + (1 − β)(g − m) is βm + (1 − β)g, rounded as Keras rounds it.
    def update(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> Any:
        powers = state.beta_1_power * self.beta_1, state.beta_2_power * self.beta_2
        first_moment = state.first_moment + (1 - self.beta_1) * (gradient - state.first_moment)
        second_moment = state.second_moment + (1 - self.beta_2) * (gradient**2 - state.second_moment)
        largest = jnp.maximum(state.max_second_moment, second_moment) if self.amsgrad else None
        scale = jnp.sqrt(second_moment if largest is None else largest) + self.epsilon
        alpha = learning_rate * jnp.sqrt(1 - powers[1]) / (1 - powers[0])
        return params - alpha * first_moment / scale, AdamState(first_moment, second_moment, largest, *powers)
