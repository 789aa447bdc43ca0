"""The theory of a quadratic: where descent and momentum are stable, how they get down, and the best settings."""

import math
from typing import Any, NamedTuple

import numpy as np

from caching import cached
from landscapes import Landscape
from landscapes.calculus import derivatives_at, eigenvalues
from optimizers import SGD, Optimizer, Schedule
from optimizers.stability import stable_limit

ALONG = ("monotone", "rippling", "oscillating", "diverging")
"""The regimes of a path along one axis."""

REGIMES = ("monotone", "rippling", "one coordinate oscillating", "both coordinates oscillating", "diverging")
"""The regimes of a path in both axes together; names after Goh, Why Momentum Really Works, 2017."""

MONOTONE, RIPPLING, OSCILLATING, DIVERGING = range(4)


class Quadratic(NamedTuple):
    """The larger and the smaller curvature of a landscape that is quadratic everywhere."""

    largest: float
    smallest: float


@cached(64)
def quadratic(landscape: Landscape) -> Quadratic | None:
    """The curvatures of a quadratic valley; None for any other landscape.

    It compares the Hessians at seven points all over the domain. In a valley both curvatures must be positive.

    >>> from landscapes import LANDSCAPES
    >>> quadratic(LANDSCAPES["bowl"](condition=4.0)), quadratic(LANDSCAPES["himmelblau"]())
    (Quadratic(largest=4.0, smallest=1.0), None)
    """
    (left, right), (low, high) = landscape.domain
    # irregular places: on a regular grid the Hessians of a wavy loss could agree
    shares = np.array([(0.5, 0.5), (0.02, 0.1), (0.9, 0.05), (0.13, 0.97), (0.98, 0.86), (0.31, 0.62), (0.71, 0.34)])
    _, hessians = derivatives_at(landscape, shares * [right - left, high - low] + [left, low])
    if not np.isfinite(hessians).all() or np.ptp(hessians, axis=0).max() > 1e-9 * np.abs(hessians).max():
        return None
    smallest, largest = map(float, eigenvalues(hessians[0], np))
    return Quadratic(round(largest, 12), round(smallest, 12)) if smallest > 1e-9 * largest else None


def holds(landscape: Landscape, optimizer: Optimizer, noisy: bool) -> bool:
    """Whether the theory applies to this descent: SGD at a fixed rate, without noise, in a quadratic valley."""
    fixed = isinstance(optimizer, SGD) and not isinstance(optimizer.learning_rate, Schedule)
    return fixed and not noisy and quadratic(landscape) is not None


def roots(optimizer: SGD, curvature: float) -> tuple[Any, Any]:
    """The factors by which a step multiplies the distance to the minimum along an axis: two complex modes.

    They are the roots of z² − (1 + β − ηλ) z + β for momentum, and of z² − (1 + β)(1 − ηλ) z + β(1 − ηλ) for Nesterov,
    with λ the `curvature`. The optimizer's numbers may be arrays; the roots then have their shape.

    Source: Polyak, 1964; Lessard, Recht and Packard, 2016.
    """
    beta, pull = np.asarray(optimizer.momentum), np.asarray(optimizer.learning_rate) * curvature
    total, product = (1 + beta - pull, beta)
    if optimizer.nesterov:
        total, product = (1 + beta) * (1 - pull), beta * (1 - pull)
    # complex, since a negative discriminant is the case that swings
    root = np.sqrt((total * total - 4 * product).astype(complex))
    return (total + root) / 2, (total - root) / 2


def regime_along(optimizer: SGD, curvature: float) -> np.ndarray:
    """The regime along an axis of that curvature, as indices of ALONG, shaped like the optimizer's numbers.

    >>> regime_along(SGD(np.array([0.5, 1.5, 2.5])), 1.0).tolist(), int(regime_along(SGD(0.5, 0.9), 1.0))
    ([0, 2, 3], 1)
    """
    one, other = roots(optimizer, curvature)
    largest, lowest = np.maximum(np.abs(one), np.abs(other)), np.minimum(one.real, other.real)
    # a complex pair turns the distance (ripples); a negative root flips its sign at each step
    return np.select([largest > 1, one.imag != 0, lowest < 0], [DIVERGING, RIPPLING, OSCILLATING], MONOTONE)


def together(one: Any, other: Any) -> np.ndarray:
    """The regimes of two axes, indices of ALONG, as one index of REGIMES, elementwise."""
    count = (one == OSCILLATING).astype(int) + (other == OSCILLATING)
    either = [(one == regime) | (other == regime) for regime in (DIVERGING, RIPPLING)]
    return np.select(either, [4, 1], np.array([0, 2, 3])[count])


def seen_regime(turns: Any, steps: Any) -> np.ndarray:
    """The regime of computed paths, as indices of REGIMES, (…).

    A coordinate that turns round at least every other step oscillates. One that turns three times or more ripples; once
    or twice a bent valley demands.

    Args:
        turns: (…, 2), how often each coordinate turned round.
        steps: (…), the number of steps.

    >>> seen_regime(np.array([[0, 2], [0, 3], [9, 0]]), np.array([10, 40, 10])).tolist()
    [0, 1, 2]
    """
    turns, steps = np.asarray(turns), np.asarray(steps)[..., None]
    along = np.select([(steps > 0) & (2 * turns >= steps), turns >= 3], [OSCILLATING, RIPPLING], MONOTONE)
    return together(along[..., 0], along[..., 1])


class Best(NamedTuple):
    """The learning rate and the momentum that descend a quadratic fastest in the long run."""

    learning_rate: float
    momentum: float


def best_settings(curvatures: Quadratic, *, nesterov: bool = False) -> Best:
    """The best settings for curvatures L and l, the larger and the smaller one.

    For momentum η* = (2/(√L + √l))² and β* = ((√L − √l)/(√L + √l))².
    For Nesterov, with κ = L/l, η* = 4/(3L + l) and β* = (√(3κ + 1) − 2)/(√(3κ + 1) + 2).

    Source: Polyak, 1964; Lessard, Recht and Packard, 2016 (Nesterov).

    >>> best_settings(Quadratic(9.0, 1.0))
    Best(learning_rate=0.25, momentum=0.25)
    """
    largest, smallest = curvatures
    if nesterov:
        root = math.sqrt(3 * largest / smallest + 1)
        return Best(4 / (3 * largest + smallest), (root - 2) / (root + 2))
    root, other = math.sqrt(largest), math.sqrt(smallest)
    return Best((2 / (root + other)) ** 2, ((root - other) / (root + other)) ** 2)


def stability_edge(optimizer: SGD, curvatures: Quadratic, momenta: np.ndarray) -> np.ndarray:
    """The largest stable learning rates at `momenta` (n,): an array (n,)."""
    limits = [stable_limit(optimizer.replace(momentum=float(beta)), curvatures.largest) for beta in momenta]
    return np.array([limit[0] for limit in limits if limit])
