"""Where the basins of two racers differ: which of them reaches one of the best minima from each start."""

import numpy as np

ENDS = ("only_b", "only_a", "same", "other")
"""Classes of the difference; `only_b`: the second racer reaches one of the best minima, the first does not."""


def difference(first: np.ndarray, second: np.ndarray, best: np.ndarray) -> np.ndarray:
    """For each start which of `ENDS` it is: an array of their numbers, of the shape of `first`.

    >>> difference(np.array([1, 0, 1, -1]), np.array([0, 1, 1, -1]), np.array([True, False])).tolist()
    [0, 1, 2, 3]
    """
    a, b = (is_best(index, best) for index in (first, second))
    same = (first == second) & (first >= 0)
    return np.select([b & ~a, a & ~b, same], [0, 1, 2], 3)


def is_best(index: np.ndarray, best: np.ndarray) -> np.ndarray:
    """Where one of the best minima is reached."""
    return np.append(best, [False, False])[index]
