"""When a run has diverged, and why. A run that can come back has not diverged."""

import math
from typing import Any

import numpy as np

from landscapes.calculus import sharpness_along
from landscapes.flow import basin_of
from landscapes.landscape import Landscape
from landscapes.minima import known_minima
from optimizers.optimizer import Optimizer
from optimizers.stability import sharpness, stability_threshold, stable_limit, steps_grow
from optimizers.trajectory import Outcome

BLOWN_UP = 1e6
"""The factor in the bound on a run's loss: see `loss_bound`."""

LATE = 8
"""The last eighth of a path, and 8 points at least, shows whether the loss still grows."""

GREW = "the loss grew without bound"


def loss_bound(first: Any) -> Any:
    """The largest distance of a run's loss from its `first` loss, up or down: 10⁶(1 + |first|)."""
    return BLOWN_UP * (1 + abs(first))


def late_steps(steps: Any, xp: Any = np) -> Any:
    """The number of last points that show whether the loss still grows. `xp` is `numpy` or `jax.numpy`."""
    return xp.minimum(xp.maximum(8, steps // LATE), steps + 1)


def blown_up(grows: bool, first: Any, highest: Any, late: Any, lowest: Any) -> Any:
    """Whether runs that stayed finite have diverged all the same: a bool, or an array if the losses are arrays.

    A loss far *below* the first one has fallen without end. A loss far *above* it counts only for a method whose steps
    grow with the gradient, and only if it does not come down again. Methods that scale their own steps come back, and
    so do runs whose rate falls.

    Args:
        grows: whether the method's steps grow with the gradient (see `stability.steps_grow`).
        first: the loss at the start.
        highest, lowest: the extremes of the loss over the run.
        late: the highest loss over the last points (see `late_steps`).
    """
    bound = loss_bound(first)
    # late ≥ highest/2: the loss has not come down again
    return (lowest < first - bound) | (grows & (late > first + bound) & (late >= highest / 2))


def diverged(
    landscape: Landscape, optimizer: Optimizer, positions: np.ndarray, rates: np.ndarray, reason: str
) -> Outcome:
    """The outcome of a run that diverged at its last position. It names the stable limit where that explains it.

    Args:
        landscape, optimizer: the loss that was descended, and the method.
        positions: (n + 1, 2).
        rates: (n,), or (1,) if n is 0.
        reason: what is said if no stable limit was passed.
    """
    step = len(positions) - 1
    cause = _too_fast(landscape, optimizer, positions, rates)
    if not cause and reason == GREW:
        cause = _too_fast_on_the_way(landscape, optimizer, positions, rates)
    cause = cause or reason
    return Outcome("diverged", step, f"Diverged at {f'step {step}' if step else 'the first step'}: {cause}.")


def valley_of(landscape: Landscape, start: Any) -> np.ndarray | None:
    """The known minimum (2,) that the gradient flow leads to from `start` (2,); None if it leads to no known one."""
    index = int(basin_of(landscape, np.asarray(start, dtype=float)[None])[0])
    return known_minima(landscape)[index] if index >= 0 else None


def _too_fast(landscape: Landscape, optimizer: Optimizer, positions: np.ndarray, rates: np.ndarray) -> str | None:
    """A sentence on the stable limit that the largest rate is above: that of the start's valley, or at the start."""
    if not steps_grow(optimizer):
        return None
    start, rate = positions[0], float(rates.max())
    valley = valley_of(landscape, start)
    places = [("of this valley", valley)] if valley is not None else []
    for where, xy in (*places, ("at the start", start)):
        limit = stable_limit(optimizer, sharpness(landscape, xy))
        if limit is not None and math.isfinite(limit[0]) and rate > limit[0]:
            return f"the learning rate {rate:.3g} is above the limit {limit[1]} = {limit[0]:.2g} {where}"
    return None


def _too_fast_on_the_way(
    landscape: Landscape, optimizer: Optimizer, positions: np.ndarray, rates: np.ndarray
) -> str | None:
    """A sentence on the stable limit at the first step whose rate is above it."""
    product = stability_threshold(optimizer)
    if product is None:
        return None
    # the curvature changes along the path, so a rate that was safe at the start may be too large further on
    curvatures = sharpness_along(landscape, positions)[: len(rates)]
    above = np.flatnonzero(rates * curvatures > product)
    if not len(above):
        return None
    step = int(above[0])
    limit, formula = stable_limit(optimizer, float(curvatures[step])) or (0.0, "")
    return f"the learning rate {rates[step]:.3g} is above the limit {formula} = {limit:.2g} at step {step}"
