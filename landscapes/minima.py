"""Which minima of a landscape are known, and its lowest known loss: what a page may call "global"."""

import math
from typing import Any

import numpy as np

from caching import cached
from landscapes.landscape import Landscape, diagonal, grid, losses_at
from landscapes.stationary import isolated_minima, stationary_points
from landscapes.surroundings import ROUNDING, height

SAME = 1e-5
"""Two points that are nearer to each other than this part of the diagonal count as one."""

SETTLED = 0.002
"""A run that rests this near to a stationary point is there; as a part of the diagonal."""

ARRIVED = 2.5 * SETTLED
"""A path this near to a point has reached it; further out it hovers around it. As a part of the diagonal."""

DIVERGED, NOT_SETTLED = -1, -2
"""What an index of minima holds where no minimum was reached."""

EQUAL = 1e-8
"""Losses that differ by less than this part of the map's height are equally low."""


@cached(64)
def known_minima(landscape: Landscape) -> np.ndarray:
    """The known minima (k, 2), read-only: those listed, global ones first, then others that a search of the domain
    finds.

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
    """The lowest loss that is known on the map.

    Compared are the listed minima, the stationary points of a typed formula, and the points of the grid, since a search
    may have missed a minimum that the picture shows.
    """
    places = list(landscape.minima)
    if landscape.lowest == "as found":
        places += [point.xy for point in stationary_points(landscape)]
    z = grid(landscape)[2]
    losses = [*losses_at(landscape, places)] if places else []
    return float(min(*losses, math.inf, float(z[np.isfinite(z)].min(initial=math.inf))))


def is_lowest(landscape: Landscape, losses: np.ndarray) -> np.ndarray:
    """Whether each of `losses` (n,) is as low as the lowest known loss, or lower: (n,) bool."""
    lowest = lowest_known(landscape)
    return losses <= lowest + EQUAL * height(landscape) + 1e-12 * abs(lowest)


def is_kink(landscape: Landscape, place: Any) -> bool:
    """Whether a minimum at `place` (2,) is at a kink, where the gradient does not fade towards it.

    It compares the rise of the loss at two distances. Ten times as far away, the loss has risen a hundred times as much
    in a round valley, and ten times as much beside a kink.
    """
    if landscape.smooth:
        return False
    angles = np.arange(8) * np.pi / 4
    ways = diagonal(landscape) * np.column_stack([np.cos(angles), np.sin(angles)])
    around = np.concatenate([np.zeros((1, 2)), 1e-4 * ways, 1e-3 * ways]) + np.asarray(place, dtype=float)
    losses = losses_at(landscape, around)
    near, far = (losses[1:9] - losses[0]).max(), (losses[9:] - losses[0]).max()
    # 30 lies between 10, a kink, and 100, a round valley, in equal ratios; a rise that is rounding tells nothing
    return bool(near > ROUNDING * abs(losses[0]) and far < 30 * near)


def is_jump(landscape: Landscape, place: Any) -> bool:
    """Whether the loss jumps at a `place` (2,), as floor and sign do.

    At a jump the loss differs as much close by as further away. It compares two distances, one ten thousand times the
    other. Beside the foot of a square root, the steepest change that is no jump, the differences have the ratio 1:100.
    """
    if landscape.smooth:
        return False
    # turned by 0.1, so that no direction runs along a jump on an axis or a diagonal
    angles = np.arange(8) * np.pi / 4 + 0.1
    ways = diagonal(landscape) * np.column_stack([np.cos(angles), np.sin(angles)])
    around = np.concatenate([np.zeros((1, 2)), 1e-9 * ways, 1e-5 * ways]) + np.asarray(place, dtype=float)
    losses = losses_at(landscape, around)
    near, far = np.abs(losses[1:9] - losses[0]).max(), np.abs(losses[9:] - losses[0]).max()
    # 0.1 lies between 1, a jump, and 0.01, a root
    return bool(near > ROUNDING * max(abs(losses[0]), height(landscape)) and near > 0.1 * far)


def arrival_distance(landscape: Landscape) -> float:
    """The distance within which a run has reached a minimum, in the units of the map. An `Outcome` uses it too."""
    return ARRIVED * diagonal(landscape)


def reached(landscape: Landscape, points: Any) -> np.ndarray:
    """The index of the known minimum that each of `points` (n, 2) has reached: (n,) int, NOT_SETTLED (−2) for none.

    >>> from landscapes import LANDSCAPES
    >>> reached(LANDSCAPES["himmelblau"](), [(3.01, 2.0), (0.0, 0.0)]).tolist()
    [0, -2]
    """
    points, minima = np.asarray(points, dtype=float).reshape(-1, 2), known_minima(landscape)
    if not len(minima):
        return np.full(len(points), NOT_SETTLED)
    best, distance = np.zeros(len(points), dtype=int), np.full(len(points), np.inf)
    # one minimum at a time: a table of n × k distances would be large for a map of a million points
    for index, (x, y) in enumerate(minima):
        away = np.hypot(points[:, 0] - x, points[:, 1] - y)
        best, distance = np.where(away < distance, index, best), np.minimum(away, distance)
    return np.where(distance <= arrival_distance(landscape), best, NOT_SETTLED)
