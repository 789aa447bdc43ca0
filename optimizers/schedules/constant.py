"""No schedule: the rate that every other schedule is compared with."""

from typing import Any

import jax.numpy as jnp

from optimizers.schedules.schedule import Schedule, initial_slider
from records import record


@record
class Constant(Schedule):
    """The same rate at every step."""

    initial_learning_rate: float = initial_slider()

    title = "constant"
    formula = r"\eta_t = \eta_0"
    story = "The same rate at every step."

    def __call__(self, step: Any) -> Any:
        return jnp.full(jnp.shape(step), self.initial_learning_rate)
