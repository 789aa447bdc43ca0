"""Piecewise constant decay: one rate, then another, changed at chosen steps."""

import jax.numpy as jnp
import numpy as np

from optimizers.schedules.schedule import Schedule, initial_slider
from records import record, slider


@record
class PiecewiseConstantDecay(Schedule):
    """`values[0]` up to and including step `boundaries[0]`, then `values[1]`, and so on.

    Raises:
        ValueError: if there is not one value more than boundaries, or the boundaries do not rise.
    """

    boundaries: tuple[float, ...] = slider(
        (50.0, 100.0), 1, 1000, log=True, symbol="b", help="Last step of each rate", at_least=0
    )
    values: tuple[float, ...] = initial_slider((0.01, 0.005, 0.001), low=1e-6)

    title = "piecewise"
    formula = r"\eta_t = v_i \quad (b_{i-1} < t \le b_i)"
    story = "One rate, then another: the rate drops at chosen steps."

    def check_together(self):
        """Raise ValueError if boundaries and values do not fit."""
        if len(self.boundaries) != len(self.values) - 1 or not self.boundaries:
            raise ValueError(
                f"`values` must have one entry more than `boundaries`, which needs at least one. "
                f"Received: {len(self.boundaries)} boundaries and {len(self.values)} values."
            )
        if any(np.diff(np.asarray(self.boundaries)) <= 0):
            rising = [float(boundary) for boundary in self.boundaries]
            raise ValueError(f"`boundaries` must rise. Received: {rising}. Each is the last step of its rate.")

    def __call__(self, step):
        piece = sum(jnp.asarray(step > boundary, int) for boundary in self.boundaries)
        return jnp.stack(jnp.broadcast_arrays(*map(jnp.asarray, self.values)))[piece]

    @property
    def initial(self):
        """The rate at step 0."""
        return self.values[0]

    def starting_at(self, initial):
        """All values scaled, so that the first is `initial`."""
        return self.replace(values=tuple(initial * (value / self.values[0]) for value in self.values))
