"""When a run has blown up, and why: a run that can come back has not."""

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
"""The bound on a run's loss: this many times further from the start's than the start's from −1."""

LATE = 8
"""Whether a loss grows to the end is seen in this part of the steps: the last eighth, and 8 points at least."""

GREW = "the loss grew without bound"


def loss_bound(first: Any) -> Any:
    """How far the loss may get from the `first` one, up or down, before the bound is passed."""
    return BLOWN_UP * (1 + abs(first))


def late_steps(steps: Any, xp: Any = np) -> Any:
    """How many of the last points tell whether a loss still grows."""
    return xp.minimum(xp.maximum(8, steps // LATE), steps + 1)


def blown_up(grows: bool, first: Any, highest: Any, late: Any, lowest: Any) -> Any:
    """Whether runs that stayed finite have diverged all the same; works on arrays.

    A loss far *below* the start's has fallen without end. One far *above* it counts only for a method whose steps
    grow with the gradient, and only if the loss does not come down again: methods that scale their own steps, and
    rates that fall, come back.

    Args:
        grows: whether the method's steps grow with the gradient (see `stability.steps_grow`).
        first, highest, lowest: the loss at the start, and its extremes over the run.
        late: the highest loss over the last points (see `late_steps`).
    """
    bound = loss_bound(first)
    return (lowest < first - bound) | (grows & (late > first + bound) & (late >= highest / 2))


def diverged(
    landscape: Landscape, optimizer: Optimizer, positions: np.ndarray, rates: np.ndarray, reason: str
) -> Outcome:
    """The outcome of a run that blew up at its last position, with the stable limit where that explains it."""
    step = len(positions) - 1
    cause = _too_fast(landscape, optimizer, positions, rates)
    if not cause and reason == GREW:
        cause = _too_fast_on_the_way(landscape, optimizer, positions, rates)
    cause = cause or reason
    return Outcome("diverged", step, f"Diverged at {f'step {step}' if step else 'the first step'}: {cause}.")


def valley_of(landscape: Landscape, start: Any) -> np.ndarray | None:
    """The minimum (2,) of the valley that a start is in: where the slope leads from there. None if to no known one."""
    index = int(basin_of(landscape, np.asarray(start, dtype=float)[None])[0])
    return known_minima(landscape)[index] if index >= 0 else None


def _too_fast(landscape: Landscape, optimizer: Optimizer, positions: np.ndarray, rates: np.ndarray) -> str | None:
    """The limit that was passed, in the valley of the start or at the start itself."""
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
    """The limit at the first step of the path that passed it."""
    product = stability_threshold(optimizer)
    if product is None:
        return None
    curvatures = sharpness_along(landscape, positions)[: len(rates)]
    above = np.flatnonzero(rates * curvatures > product)
    if not len(above):
        return None
    step = int(above[0])
    limit, formula = stable_limit(optimizer, float(curvatures[step])) or (0.0, "")
    return f"the learning rate {rates[step]:.3g} is above the limit {formula} = {limit:.2g} at step {step}"
