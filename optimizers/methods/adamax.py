"""Adamax: Adam that divides by the largest gradient it remembers, not by a mean."""

from typing import Any, NamedTuple

import jax.numpy as jnp

from optimizers.methods.adam import beta_1_slider, beta_2_slider
from optimizers.optimizer import Optimizer, Rate, epsilon_slider, rate_slider
from records import record


class AdamaxState(NamedTuple):
    """Adamax's state.

    Shaped like the parameters: `first_moment` (running mean of g), `largest_gradient` (the largest |g|, fading by β₂ a
    step). Scalar: `beta_1_power` (β₁ᵗ).
    """

    first_moment: Any
    largest_gradient: Any
    beta_1_power: Any


@record
class Adamax(Optimizer):
    """Step along a running mean of the gradient, divided by the largest gradient so far, which fades by β₂ a step.

    Source: Kingma and Ba, 2015, section 7.1.
    """

    learning_rate: Rate = rate_slider(0.001)
    beta_1: float = beta_1_slider()
    beta_2: float = beta_2_slider("How slowly the largest gradient fades")
    epsilon: float = epsilon_slider()

    title = "Adamax"
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g, \quad u \leftarrow \max(\beta_2 u, |g|), \quad "
        r"p \leftarrow p - \frac{\eta}{1-\beta_1^t}\,\frac{m}{u + \epsilon}"
    )
    story = "Adam measured by the largest recent slope, not by a mean: no coordinate steps further than the rate or so."
    source = "Kingma and Ba, 2015, section 7.1"

    def init(self, params: Any) -> AdamaxState:
        zeros = jnp.zeros_like(params)
        return AdamaxState(zeros, zeros, jnp.ones(()))

    # The maximum needs no correction for starting from 0: the first |g| takes its place at once.
    def update(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> Any:
        beta_1_power = state.beta_1_power * self.beta_1
        first_moment = state.first_moment + (1 - self.beta_1) * (gradient - state.first_moment)
        largest = jnp.maximum(self.beta_2 * state.largest_gradient, jnp.abs(gradient))
        step = learning_rate * first_moment / ((1 - beta_1_power) * (largest + self.epsilon))
        return params - step, AdamaxState(first_moment, largest, beta_1_power)
