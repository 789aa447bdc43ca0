"""Exponential decay: the rate falls by the same factor over every stretch of steps."""

from typing import Any

import jax.numpy as jnp

from optimizers.schedules.schedule import Schedule, decay_steps_slider, divided, initial_slider
from records import record, slider, switch


@record
class ExponentialDecay(Schedule):
    """η₀ · decay_rate^(step / decay_steps); with `staircase` the exponent is rounded down."""

    initial_learning_rate: float = initial_slider()
    decay_steps: float = decay_steps_slider()
    decay_rate: float = slider(
        0.5, 0.01, 1, step=0.01, symbol="r", help="What is left after the decay steps", above=0, reach=(1e-6, 10)
    )
    staircase: bool = switch(False, help="Fall in stairs instead of smoothly")

    title = "exponential"
    formula = r"\eta_t = \eta_0\, r^{\,t/T}"
    story = "The rate falls by the same factor over every stretch of steps."

    def __call__(self, step: Any) -> Any:
        stretches = divided(step, self.decay_steps)
        return self.initial_learning_rate * self.decay_rate ** (jnp.floor(stretches) if self.staircase else stretches)

    @property
    def grips(self) -> Any:
        return {"initial rate": 0.0, "decay steps and rate": self.decay_steps}

    def _dragged(self, index: Any, step: Any, rate: Any) -> Any:
        if index == 0:
            return self._held(initial_learning_rate=rate)
        # the handle is at step T, where the rate is η₀·r
        return self._held(decay_steps=step, decay_rate=rate / self.initial_learning_rate)
