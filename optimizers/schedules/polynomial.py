"""Polynomial decay: down to a chosen end rate by a chosen step, and there it stays."""

import math
from typing import Any

import jax.numpy as jnp

from optimizers.schedules.schedule import Schedule, decay_steps_slider, divided, initial_slider
from records import record, slider, switch

SMALLEST = 1e-9
"""The least part of the fall that may be left at half of the decay, so that the power stays finite."""


@record
class PolynomialDecay(Schedule):
    """(η₀ − η_end)(1 − step / decay_steps)^power + η_end; after `decay_steps` it stays the same.

    With `cycle`, the decay starts again from a longer stretch: decay_steps · ceil(step / decay_steps).
    """

    initial_learning_rate: float = initial_slider()
    decay_steps: float = decay_steps_slider()
    end_learning_rate: float = slider(
        0.0001, 1e-5, 1, log=True, symbol=r"\eta_T", help="The rate that it ends with", at_least=0, reach=(0, 10)
    )
    power: float = slider(1.0, 0.25, 4, step=0.05, symbol="p", help="1 is a straight line", at_least=0, reach=(0, 100))
    cycle: bool = switch(False, help="Rise again when the end is reached")

    title = "polynomial"
    formula = r"\eta_t = (\eta_0 - \eta_T)\,(1 - t/T)^p + \eta_T"
    story = "The rate falls to a chosen end by a chosen step."

    def __call__(self, step: Any) -> Any:
        decay_steps: Any = self.decay_steps
        if self.cycle:
            # ceil(0) is 0, and step 0 belongs to the first stretch
            decay_steps = decay_steps * jnp.where(step == 0, 1.0, jnp.ceil(divided(step, self.decay_steps)))
        else:
            step = jnp.minimum(step, decay_steps)
        fall = self.initial_learning_rate - self.end_learning_rate
        return fall * (1 - divided(step, decay_steps)) ** self.power + self.end_learning_rate

    @property
    def grips(self) -> Any:
        return {"initial rate": 0.0, "power": self.decay_steps / 2, "decay steps and end rate": self.decay_steps}

    def _dragged(self, index: Any, step: Any, rate: Any) -> Any:
        if index == 0:
            return self._held(initial_learning_rate=rate)
        if index == 1:
            return self._bent(rate)
        return self._held(decay_steps=step, end_learning_rate=rate)

    def _bent(self, rate: Any) -> Any:
        """The schedule whose power gives `rate` at half of the decay steps, where ½^power of the fall is left."""
        fall = self.initial_learning_rate - self.end_learning_rate
        if fall == 0:
            return self
        # left = ½ᵖ at half of the decay, solved for p
        left = (rate - self.end_learning_rate) / fall
        return self._held(power=-math.log2(max(left, SMALLEST)))
