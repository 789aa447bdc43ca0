"""Nadam: Adam that looks ahead, as Nesterov's momentum does."""

from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from optimizers.methods.adam import beta_1_slider, beta_2_slider
from optimizers.optimizer import Optimizer, Rate, epsilon_slider, rate_slider
from records import record

WARMING = 0.96
"""The base of the momentum's rise from about β₁/2 to β₁: μₜ = β₁(1 − 0.96ᵗ/2) (Dozat, 2016, section 3.2)."""


class NadamState(NamedTuple):
    """Nadam's state.

    Shaped like the parameters: `first_moment` (running mean of g), `second_moment` (running mean of g²). Scalars:
    `momentum_product` (μ₁ ⋯ μₜ), `warming_power` (0.96ᵗ), `beta_2_power` (β₂ᵗ).
    """

    first_moment: Any
    second_moment: Any
    momentum_product: Any
    warming_power: Any
    beta_2_power: Any


@record
class Nadam(Optimizer):
    """Adam whose step already includes the momentum of the next step. The momentum rises from about β₁/2 to β₁.

    ε is added to the corrected root, as in Keras.

    Source: Dozat, 2016.
    """

    learning_rate: Rate = rate_slider(0.001)
    beta_1: float = beta_1_slider()
    beta_2: float = beta_2_slider()
    epsilon: float = epsilon_slider()

    title = "Nadam"
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g, \quad s \leftarrow \beta_2 s + (1-\beta_2) g^2, \quad "
        r"\mu_t = \beta_1 (1 - \tfrac12\, 0.96^t), \quad "
        r"\hat m = \frac{\mu_{t+1}\, m}{1-\mu_1 \cdots \mu_{t+1}} + \frac{(1-\mu_t)\, g}{1-\mu_1 \cdots \mu_t}, \quad "
        r"p \leftarrow p - \frac{\eta\,\hat m}{\sqrt{s / (1-\beta_2^t)} + \epsilon}"
    )
    story = "Adam with Nesterov's look ahead: the step already counts on where the momentum will carry it next."
    source = "Dozat, 2016"

    def init(self, params: Any) -> NadamState:
        zeros, one = jnp.zeros_like(params), jnp.ones(())
        return NadamState(zeros, zeros, one, one, one)

    # With a momentum that changes, 1 − μ₁ ⋯ μₜ takes the place of Adam's 1 − β₁ᵗ. The mean counts with the next
    # step's momentum, the gradient with what this step's leaves.
    def update(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> Any:
        warming, beta_2_power = state.warming_power * WARMING, state.beta_2_power * self.beta_2
        now, following = (self.beta_1 * (1 - 0.5 * power) for power in (warming, warming * WARMING))
        product = state.momentum_product * now
        first_moment = state.first_moment + (1 - self.beta_1) * (gradient - state.first_moment)
        second_moment = state.second_moment + (1 - self.beta_2) * (gradient**2 - state.second_moment)
        ahead = following * first_moment / (1 - product * following) + (1 - now) * gradient / (1 - product)
        scale = jnp.sqrt(second_moment / (1 - beta_2_power)) + self.epsilon
        new_state = NadamState(first_moment, second_moment, product, warming, beta_2_power)
        return params - learning_rate * ahead / scale, new_state


def momenta(optimizer: Nadam, count: int) -> np.ndarray:
    """The momentum at each of the first `count` steps, β₁(1 − 0.96ᵗ/2) with t from 1: an array (count,)."""
    return float(optimizer.beta_1) * (1 - 0.5 * WARMING ** np.arange(1, count + 1))
