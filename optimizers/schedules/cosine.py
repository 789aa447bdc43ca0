"""Cosine decay: slow at both ends, fastest in the middle, with no corner anywhere."""

from typing import Any

import jax.numpy as jnp

from optimizers.schedules.schedule import Schedule, decay_steps_slider, divided, initial_slider
from records import record, slider


def alpha_slider() -> Any:
    """The field of α, the fraction of the highest rate that is left at the end of a decay."""
    return slider(0.0, 0, 1, step=0.01, symbol=r"\alpha", help="What is left at the end, as a fraction", at_least=0)


def half_wave(share: Any) -> Any:
    """Half a cosine, elementwise: it falls from 1 at `share` 0 to 0 at `share` 1."""
    return 0.5 * (1 + jnp.cos(jnp.pi * share))


@record
class CosineDecay(Schedule):
    """η₀ · ((1 − alpha) · (1 + cos(π · step / decay_steps)) / 2 + alpha); after `decay_steps` it stays the same.

    Source: Loshchilov and Hutter, 2016.
    """

    initial_learning_rate: float = initial_slider()
    decay_steps: float = decay_steps_slider()
    alpha: float = alpha_slider()

    title = "cosine"
    formula = r"\eta_t = \eta_0 \left((1-\alpha)\,\tfrac{1 + \cos(\pi t/T)}{2} + \alpha\right)"
    story = "The rate falls slowly, then fast, then slowly again, along half a cosine."

    def __call__(self, step: Any) -> Any:
        share = divided(jnp.minimum(step, self.decay_steps), self.decay_steps)
        return self.initial_learning_rate * ((1 - self.alpha) * half_wave(share) + self.alpha)

    @property
    def grips(self) -> Any:
        return {"initial rate": 0.0, "decay steps and what is left": self.decay_steps}

    def _dragged(self, index: Any, step: Any, rate: Any) -> Any:
        if index == 0:
            return self._held(initial_learning_rate=rate)
        # at the end of the decay the wave is 0, and η₀·α is left
        return self._held(decay_steps=step, alpha=rate / self.initial_learning_rate)
