"""Cosine decay with warm restarts: back up again and again, to be shaken out of a valley that is not the best."""

from typing import Any

import jax.numpy as jnp

from optimizers.schedules.cosine import alpha_slider, half_wave
from optimizers.schedules.schedule import Schedule, decay_steps_slider, divided, initial_slider
from records import record, slider

JUST_AFTER = 1 + 1e-8
"""A factor that moves a handle just behind a restart: rounding decides to which cycle the restart's step belongs."""

EVEN = 1e-3
"""A dragged growth this near to 1 becomes 1: so near to cycles of equal length, Keras's logarithms lose digits."""


@record
class CosineDecayRestarts(Schedule):
    """Cosine decays one after another: cycle i takes first_decay_steps · t_mulⁱ steps and starts from η₀ · m_mulⁱ.

    The rate is η₀ · ((1 − alpha) · m_mulⁱ · (1 + cos(π · share)) / 2 + alpha), where `share` is the part of cycle i
    that is over. `t_mul` must be at least 1: below it, all cycles would be over after a while, and Keras's rate is then
    NaN.

    Source: Loshchilov and Hutter, 2016.
    """

    initial_learning_rate: float = initial_slider()
    first_decay_steps: float = decay_steps_slider()
    t_mul: float = slider(
        2.0,
        1,
        4,
        step=0.1,
        symbol="k",
        help="How many times longer each cycle is than the last",
        at_least=1,
        advice="Below 1 the cycles shrink to nothing before the run is over.",
    )
    m_mul: float = slider(
        1.0, 0.05, 1, step=0.05, symbol="m", help="What is left of the highest rate after each cycle", at_least=0
    )
    alpha: float = alpha_slider()

    title = "cosine with restarts"
    formula = r"\eta_t = \eta_0 \left((1-\alpha)\,m^i\,\tfrac{1 + \cos(\pi s)}{2} + \alpha\right), \quad T_i = T k^i"
    story = "The rate falls along half a cosine, then jumps back up and falls again, each time more slowly."

    def __call__(self, step: Any) -> Any:
        cycle, share = self._cycle(divided(step, self.first_decay_steps))
        height = self.m_mul**cycle * half_wave(share)
        return self.initial_learning_rate * ((1 - self.alpha) * height + self.alpha)

    def _cycle(self, firsts: Any) -> Any:
        """The number of the cycle, from 0, and the part of it that is over, 0 to 1.

        `firsts` is the step in units of `first_decay_steps`.
        """
        even = jnp.floor(firsts)
        # equal cycles need no logarithm; 2 keeps the branch that is not used finite
        growth = jnp.where(self.t_mul == 1, 2.0, self.t_mul)
        # after i cycles (1 − kⁱ)/(1 − k) firsts are over; solved for i
        cycle = jnp.floor(divided(jnp.log(1 - firsts * (1 - growth)), jnp.log(growth)))
        before, length = divided(1 - growth**cycle, 1 - growth), growth**cycle
        return (
            jnp.where(self.t_mul == 1, even, cycle),
            jnp.where(self.t_mul == 1, firsts - even, (firsts - before) / length),
        )

    @property
    def grips(self) -> Any:
        first = self.first_decay_steps * JUST_AFTER
        return {
            "initial rate": 0.0,
            "first cycle and next peak": first,
            "growth of the cycles": first * (1 + self.t_mul),
        }

    def _dragged(self, index: Any, step: Any, rate: Any) -> Any:
        if index == 0:
            return self._held(initial_learning_rate=rate)
        if index == 1:
            return self._held(first_decay_steps=step / JUST_AFTER, m_mul=self._peak(rate))
        # the third handle is at the end of the second cycle, T(1 + k)
        growth = step / JUST_AFTER / self.first_decay_steps - 1
        return self._held(t_mul=growth if growth > 1 + EVEN else 1)

    def _peak(self, rate: Any) -> Any:
        """The `m_mul` for which the second cycle starts from `rate`."""
        # then the rate is constant, whatever m_mul is
        if self.alpha == 1:
            return self.m_mul
        # η₀((1 − α)m + α) = rate, solved for m
        return (rate / self.initial_learning_rate - self.alpha) / (1 - self.alpha)
