"""Inverse time decay: fast at first, then ever more slowly."""

from typing import Any

import jax.numpy as jnp

from optimizers.schedules.schedule import Schedule, decay_steps_slider, divided, initial_slider
from records import record, slider, switch

SMALLEST = 1e-9
"""The least rate that a handle can be dragged to: 0 would need an infinite decay rate."""


@record
class InverseTimeDecay(Schedule):
    """η₀ / (1 + decay_rate · step / decay_steps); with `staircase` the quotient is rounded down."""

    initial_learning_rate: float = initial_slider()
    decay_steps: float = decay_steps_slider()
    decay_rate: float = slider(1.0, 0, 10, step=0.1, symbol="r", help="How fast it falls", at_least=0)
    staircase: bool = switch(False, help="Fall in stairs instead of smoothly")

    title = "inverse time"
    formula = r"\eta_t = \frac{\eta_0}{1 + r\,t/T}"
    story = "The rate falls fast at first, then ever more slowly."

    def __call__(self, step: Any) -> Any:
        stretches = divided(step, self.decay_steps)
        stretches = jnp.floor(stretches) if self.staircase else stretches
        return self.initial_learning_rate / (1 + self.decay_rate * stretches)

    @property
    def grips(self) -> Any:
        return {"initial rate": 0.0, "decay steps and rate": self.decay_steps}

    def _dragged(self, index: Any, step: Any, rate: Any) -> Any:
        if index == 0:
            return self._held(initial_learning_rate=rate)
        # at step T the rate is η₀/(1 + r), solved for r
        return self._held(decay_steps=step, decay_rate=self.initial_learning_rate / max(rate, SMALLEST) - 1)
