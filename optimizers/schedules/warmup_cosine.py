"""Warm-up, then cosine decay: small steps first, while gradients are still wild, then large ones, then small again."""

from typing import Any

import jax.numpy as jnp

from optimizers.schedules.cosine import alpha_slider, half_wave
from optimizers.schedules.schedule import Schedule, decay_steps_slider, divided, initial_slider
from records import record, slider


@record
class WarmupCosineDecay(Schedule):
    """Keras's CosineDecay with a warm-up: a straight line from η₀ to `warmup_target` over `warmup_steps`, then
    warmup_target · ((1 − alpha) · (1 + cos(π · (step − warmup_steps) / decay_steps)) / 2 + alpha). At its end it stays
    the same.

    Its name-giving rate is the peak: `starting_at` sets `warmup_target`, and η₀ stays the same fraction of it.

    Source: Loshchilov and Hutter, 2016; warm-up: Goyal et al., 2017.
    """

    initial_learning_rate: float = slider(
        0.001, 1e-6, 10, log=True, symbol=r"\eta_0", help="The learning rate at step 0", at_least=0, reach=(0, 10)
    )
    decay_steps: float = decay_steps_slider()
    alpha: float = alpha_slider()
    warmup_target: float = initial_slider(symbol=r"\eta_W", help="The learning rate after the warm-up")
    warmup_steps: float = slider(
        20.0, 1, 1000, log=True, symbol="W", help="Steps that the warm-up takes", at_least=0, reach=(1, 100_000)
    )

    title = "warm-up and cosine"
    formula = (
        r"\eta_t = \begin{cases} \eta_0 + (\eta_W - \eta_0)\,t/W & t < W \\ "
        r"\eta_W \left((1-\alpha)\,\tfrac{1 + \cos(\pi (t - W)/T)}{2} + \alpha\right) & t \ge W \end{cases}"
    )
    story = "The rate rises to its peak in a straight line, then falls along half a cosine."
    named_by = "warmup_target"

    def __call__(self, step: Any) -> Any:
        step = jnp.minimum(step, self.decay_steps + self.warmup_steps)
        rise = (self.warmup_target - self.initial_learning_rate) * divided(step, self.warmup_steps)
        fall = (1 - self.alpha) * half_wave(divided(step - self.warmup_steps, self.decay_steps)) + self.alpha
        warming = step < self.warmup_steps
        return jnp.where(warming, rise + self.initial_learning_rate, self.warmup_target * fall)

    def starting_at(self, initial: Any) -> Any:
        """A copy with the peak `initial`, in which η₀ is the same fraction of the peak as before."""
        fraction = self.initial_learning_rate / self.warmup_target
        return self.replace(initial_learning_rate=fraction * initial, warmup_target=initial)

    @property
    def grips(self) -> Any:
        peak = self.warmup_steps
        return {"initial rate": 0.0, "warm-up and peak": peak, "decay steps and what is left": peak + self.decay_steps}

    def _dragged(self, index: Any, step: Any, rate: Any) -> Any:
        if index == 0:
            return self._held(initial_learning_rate=rate)
        if index == 1:
            fraction = self.initial_learning_rate / self.warmup_target
            # the peak may be cut to its slider, so η₀ follows what became of it
            peak = self._held(warmup_steps=step, warmup_target=rate)
            return peak._held(initial_learning_rate=fraction * peak.warmup_target)
        return self._held(decay_steps=step - self.warmup_steps, alpha=rate / self.warmup_target)
