"""The minima that a run may end in: those that are listed, and those that a search finds besides."""

import math
from functools import lru_cache
from typing import Any

import numpy as np

from landscapes import Landscape, stationary_points
from optimizers.outcome import ARRIVED, diagonal

SAME = 1e-4
"""Two points nearer than this are one."""

DIVERGED, NOT_SETTLED = -1, -2
"""What stands in an `index` where no minimum was reached."""


@lru_cache(maxsize=64)
def known_minima(surface: Landscape) -> np.ndarray:
    """The listed minima, global ones first, then the others that are found in the domain: (k, 2), read-only.

    >>> from landscapes import LANDSCAPES
    >>> known_minima(LANDSCAPES["himmelblau"]()).shape
    (4, 2)
    """
    listed = surface.minima
    found = [point.xy for point in stationary_points(surface) if point.kind == "minimum"]
    others = [xy for xy in found if all(math.dist(xy, known) > SAME for known in listed)]
    minima = np.asarray([*listed, *others], dtype=float).reshape(-1, 2)
    minima.flags.writeable = False
    return minima


def arrival_distance(surface: Landscape) -> float:
    """Within this of a minimum a run has reached it: the same distance that an `Outcome` goes by."""
    return ARRIVED * diagonal(surface)


def reached(surface: Landscape, points: Any) -> np.ndarray:
    """Which of the known minima each of `points` (n, 2) has reached: (n,) int, NOT_SETTLED for none.

    >>> from landscapes import LANDSCAPES
    >>> reached(LANDSCAPES["himmelblau"](), [(3.01, 2.0), (0.0, 0.0)]).tolist()
    [0, -2]
    """
    points, minima = np.asarray(points, dtype=float).reshape(-1, 2), known_minima(surface)
    if not len(minima):
        return np.full(len(points), NOT_SETTLED)
    best, distance = np.zeros(len(points), dtype=int), np.full(len(points), np.inf)
    for index, (x, y) in enumerate(minima):
        away = np.hypot(points[:, 0] - x, points[:, 1] - y)
        best, distance = np.where(away < distance, index, best), np.minimum(away, distance)
    return np.where(distance <= arrival_distance(surface), best, NOT_SETTLED)
