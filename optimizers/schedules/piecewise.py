"""Piecewise constant decay: one rate, then another, changed at chosen steps."""

import math
from typing import Any

import jax.numpy as jnp
import numpy as np

from optimizers.schedules.schedule import Schedule, initial_slider
from records import number_fields, record, slider


@record
class PiecewiseConstantDecay(Schedule):
    """`values[0]` up to and including step `boundaries[0]`, then `values[1]`, and so on.

    Raises:
        ValueError: if there is not one value more than boundaries, or the boundaries do not rise.
    """

    boundaries: tuple[float, ...] = slider(
        (50.0, 100.0), 1, 1000, log=True, symbol="b", help="Last step of each rate", at_least=0, reach=(0, 100_000)
    )
    values: tuple[float, ...] = initial_slider((0.01, 0.005, 0.001), low=1e-6)

    title = "piecewise"
    formula = r"\eta_t = v_i \quad (b_{i-1} < t \le b_i)"
    story = "One rate, then another: the rate drops at chosen steps."

    def check_together(self) -> None:
        """Raise ValueError if boundaries and values do not fit."""
        if len(self.boundaries) != len(self.values) - 1 or not self.boundaries:
            raise ValueError(
                f"`values` must have one entry more than `boundaries`, which needs at least one. "
                f"Received: {len(self.boundaries)} boundaries and {len(self.values)} values."
            )
        if any(np.diff(np.asarray(self.boundaries)) <= 0):
            rising = [float(boundary) for boundary in self.boundaries]
            raise ValueError(f"`boundaries` must rise. Received: {rising}. Each is the last step of its rate.")

    def __call__(self, step: Any) -> Any:
        # the number of boundaries passed is the index of the value, for arrays of steps too
        piece = sum(jnp.asarray(step > boundary, int) for boundary in self.boundaries)
        # values may be Python's numbers or traced ones, so they are made arrays of one shape first
        return jnp.stack(jnp.broadcast_arrays(*map(jnp.asarray, self.values)))[piece]

    @property
    def initial(self) -> Any:
        """The rate at step 0."""
        return self.values[0]

    def starting_at(self, initial: Any) -> Any:
        """The schedule with all values scaled so that the first is `initial`."""
        return self.replace(values=tuple(initial * (value / self.values[0]) for value in self.values))

    @property
    def grips(self) -> Any:
        """Step 0, then the first step of each later value. A boundary is the last step of its rate."""
        ends = [*self.boundaries[1:], math.inf]
        first_steps = [min(boundary + 1, end) for boundary, end in zip(self.boundaries, ends, strict=True)]
        drops = {f"drop {number}: step and rate": step for number, step in enumerate(first_steps, 1)}
        return {"initial rate": 0.0} | drops

    def _dragged(self, index: Any, step: Any, rate: Any) -> Any:
        values = (*self.values[:index], rate, *self.values[index + 1 :])
        if index == 0:
            return self._held(values=values)
        # the handle is at the first step of a rate, the boundary at the last step before it
        boundary = self._between(index - 1, step - 1)
        return self._held(values=values, boundaries=(*self.boundaries[: index - 1], boundary, *self.boundaries[index:]))

    def _between(self, index: Any, step: Any) -> Any:
        """`step` for a boundary, brought within its slider and at least one step away from its neighbours."""
        slid = number_fields(self)["boundaries"]
        low = max(slid.low, self.boundaries[index - 1] + 1) if index else slid.low
        high = min([slid.high, *(after - 1 for after in self.boundaries[index + 1 : index + 2])])
        return min(max(step, low), high) if low <= high else self.boundaries[index]
