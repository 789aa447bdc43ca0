"""The minima that are known of a landscape, and the lowest loss that is: what "global" may be said of."""

import math
from typing import Any

import numpy as np

from caching import cached
from landscapes.landscape import Landscape, diagonal, grid, losses_at
from landscapes.stationary import isolated_minima, stationary_points
from landscapes.surroundings import ROUNDING, height

SAME = 1e-5
"""Two points nearer than this part of the diagonal are one."""

SETTLED = 0.002
"""How near to a stationary point counts as there, as a part of the diagonal."""

ARRIVED = 2.5 * SETTLED
"""Within this of a point, a path has reached it; further out it hovers around it."""

DIVERGED, NOT_SETTLED = -1, -2
"""What stands in an index of minima where none was reached."""

EQUAL = 1e-8
"""Losses that differ by less than this part of the map's height are equally low."""


@cached(64)
def known_minima(landscape: Landscape) -> np.ndarray:
    """The listed minima, global ones first, then the others that are found in the domain: (k, 2), read-only.

    >>> from landscapes import LANDSCAPES
    >>> known_minima(LANDSCAPES["himmelblau"]()).shape
    (4, 2)
    """
    listed, distance = landscape.minima, SAME * diagonal(landscape)
    places = [point.xy for point in isolated_minima(landscape)]
    others = [xy for xy in places if all(math.dist(xy, known) > distance for known in listed)]
    minima = np.asarray([*listed, *others], dtype=float).reshape(-1, 2)
    minima.flags.writeable = False
    return minima


@cached(64)
def lowest_known(landscape: Landscape) -> float:
    """The lowest loss that is known on the map: of its listed minima, of level floors of a typed formula, and of the
    points of its grid, since a search may have missed a minimum that the picture shows."""
    places = list(landscape.minima)
    if landscape.lowest == "as found":
        places += [point.xy for point in stationary_points(landscape)]
    z = grid(landscape)[2]
    losses = [*losses_at(landscape, places)] if places else []
    return float(min(*losses, math.inf, float(z[np.isfinite(z)].min(initial=math.inf))))


def is_lowest(landscape: Landscape, losses: np.ndarray) -> np.ndarray:
    """Which of `losses` (n,) are as low as the lowest known, or lower: (n,) bool."""
    lowest = lowest_known(landscape)
    return losses <= lowest + EQUAL * height(landscape) + 1e-12 * abs(lowest)


def is_kink(landscape: Landscape, place: Any) -> bool:
    """Whether a minimum is at a kink, where no slope fades: of a surface that may have kinks, by its rise nearby.

    Ten times as far away the loss has risen a hundred times as much in a round valley, and ten times beside a kink.
    """
    if landscape.smooth:
        return False
    angles = np.arange(8) * np.pi / 4
    ways = diagonal(landscape) * np.column_stack([np.cos(angles), np.sin(angles)])
    around = np.concatenate([np.zeros((1, 2)), 1e-4 * ways, 1e-3 * ways]) + np.asarray(place, dtype=float)
    losses = losses_at(landscape, around)
    near, far = (losses[1:9] - losses[0]).max(), (losses[9:] - losses[0]).max()
    return bool(near > ROUNDING * abs(losses[0]) and far < 30 * near)


def is_jump(landscape: Landscape, place: Any) -> bool:
    """Whether the loss jumps at a place, as floor and sign do: beside it the loss differs as much as further away.

    Ten thousand times as near, it differs a hundredth as much beside the foot of a root, the steepest that is no jump.
    """
    if landscape.smooth:
        return False
    angles = np.arange(8) * np.pi / 4 + 0.1
    ways = diagonal(landscape) * np.column_stack([np.cos(angles), np.sin(angles)])
    around = np.concatenate([np.zeros((1, 2)), 1e-9 * ways, 1e-5 * ways]) + np.asarray(place, dtype=float)
    losses = losses_at(landscape, around)
    near, far = np.abs(losses[1:9] - losses[0]).max(), np.abs(losses[9:] - losses[0]).max()
    return bool(near > ROUNDING * max(abs(losses[0]), height(landscape)) and near > 0.1 * far)


def arrival_distance(landscape: Landscape) -> float:
    """Within this of a minimum a run has reached it: the same distance that an `Outcome` goes by."""
    return ARRIVED * diagonal(landscape)


def reached(landscape: Landscape, points: Any) -> np.ndarray:
    """Which of the known minima each of `points` (n, 2) has reached: (n,) int, NOT_SETTLED for none.

    >>> from landscapes import LANDSCAPES
    >>> reached(LANDSCAPES["himmelblau"](), [(3.01, 2.0), (0.0, 0.0)]).tolist()
    [0, -2]
    """
    points, minima = np.asarray(points, dtype=float).reshape(-1, 2), known_minima(landscape)
    if not len(minima):
        return np.full(len(points), NOT_SETTLED)
    best, distance = np.zeros(len(points), dtype=int), np.full(len(points), np.inf)
    for index, (x, y) in enumerate(minima):
        away = np.hypot(points[:, 0] - x, points[:, 1] - y)
        best, distance = np.where(away < distance, index, best), np.minimum(away, distance)
    return np.where(distance <= arrival_distance(landscape), best, NOT_SETTLED)
