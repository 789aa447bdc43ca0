"""Statistics of the end of a path, computed the same way for one path and inside programs for many."""

from typing import Any, NamedTuple

import numpy as np

EIGHTH, HALF = 8, 2
"""The windows: the last 1/8 of a path, and for a noisy path also the last 1/2."""

MIN_WINDOW = 8
"""The least number of points of a window."""


class WindowStats(NamedTuple):
    """Statistics of the last points of a path, the window:

    * `centre` (2,): their mean. It is taken over an even number of points, so that for a motion back and forth between
      two points it is the middle;
    * `swing`: the largest distance of a point from the centre; `spread`: the root mean square of these distances;
    * `drift`: the distance between the means at the window's beginning and at its end, each over an even number of
      points;
    * `travelled`: the length of the way, as a sum over the coordinates; `net`: that from the first point to the last.
    """

    centre: Any
    swing: Any
    spread: Any
    drift: Any
    travelled: Any
    net: Any


def window_stats(points: Any, numbers: Any, steps: Any, part: int, xp: Any = np) -> WindowStats:
    """The statistics of the last `part`-th of a path, and of MIN_WINDOW points at least.

    Args:
        points: (n, 2), the last points that were stored.
        numbers: (n,), the step of each point; points beyond `steps` do not count.
        steps: the number of steps of the path.
        xp: the array module, `numpy` for one path and `jax.numpy` inside a program.
    """
    count = xp.minimum(xp.maximum(MIN_WINDOW, steps // part), steps + 1)
    first = steps - count + 1
    # masks and not slices: inside a program `steps` is traced, and shapes must be fixed
    inside = (numbers <= steps) & (numbers >= first)
    # about half of the window, an even number of points
    half = xp.maximum(1, 2 * (count // 4))
    late, early = inside & (numbers > steps - half), inside & (numbers < first + half)

    def mean(which: Any) -> Any:
        # `where` and not a product with the mask: points outside may be infinite
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
