"""The end of a path in a few numbers, the same for one path and for many side by side."""

from typing import Any, NamedTuple

import numpy as np

EIGHTH, HALF = 8, 2
"""The parts of a path that are looked at: the last eighth, and of a noisy path the last half before that."""

MIN_WINDOW = 8
"""Points that a window has at least."""


class WindowStats(NamedTuple):
    """Of the last points of a path:

    * `centre` (2,): their mean, of an even number of them, so that of a motion between two points it is the middle;
    * `swing`: the largest distance of one from it; `spread`: the root mean square of the distances;
    * `drift`: how far apart the means at the window's beginning and at its end are, each of an even number of points;
    * `travelled`, `net`: the way they went, and from the first to the last, both as a sum over the coordinates.
    """

    centre: Any
    swing: Any
    spread: Any
    drift: Any
    travelled: Any
    net: Any


def window_stats(points: Any, numbers: Any, steps: Any, part: int, xp: Any = np) -> WindowStats:
    """The window that is a `part`-th of a path, and FEWEST points at least.

    Args:
        points: (n, 2), the last points that were stored.
        numbers: (n,), the step of each; those beyond `steps` do not count.
        steps: how many steps the path has.
        xp: the array module, `numpy` for one path and `jax.numpy` inside a program.
    """
    count = xp.minimum(xp.maximum(MIN_WINDOW, steps // part), steps + 1)
    first = steps - count + 1
    inside = (numbers <= steps) & (numbers >= first)
    half = xp.maximum(1, 2 * (count // 4))
    late, early = inside & (numbers > steps - half), inside & (numbers < first + half)

    def mean(which: Any) -> Any:
        return xp.where(which[:, None], points, 0.0).sum(axis=0) / xp.maximum(which.sum(), 1)

    centre = mean(inside & (numbers > steps - 2 * (count // 2)))
    away = points - centre
    squares = xp.where(inside, away[:, 0] ** 2 + away[:, 1] ** 2, 0.0)
    moves = xp.abs(points[1:] - points[:-1])
    travelled = xp.where((inside[1:] & inside[:-1])[:, None], moves, 0.0).sum()
    begin, end = (points[xp.argmax(numbers == at)] for at in (first, steps))
    drift = mean(late) - mean(early)
    return WindowStats(
        centre,
        xp.sqrt(squares.max()),
        xp.sqrt(squares.sum() / count),
        xp.sqrt(drift[0] ** 2 + drift[1] ** 2),
        travelled,
        xp.abs(end - begin).sum(),
    )
