"""Where the basins of two racers differ: which racer reaches one of the best minima from each start."""

import numpy as np

ENDS = ("only_b", "only_a", "same", "other")
"""The classes of a start.

* `only_b`: the second racer reaches one of the best minima, the first does not; `only_a`: the reverse;
* `same`: both reach the same minimum; `other`: anything else.
"""


def difference(first: np.ndarray, second: np.ndarray, best: np.ndarray) -> np.ndarray:
    """The class of each start, as an index of `ENDS`: an int array of the shape of `first`.

    Args:
        first, second: for each racer the index of the minimum that each start leads to; negative for none.
        best: (k,) of bool, True for the best of the k minima.

    >>> difference(np.array([1, 0, 1, -1]), np.array([0, 1, 1, -1]), np.array([True, False])).tolist()
    [0, 1, 2, 3]
    """
    a, b = (is_best(index, best) for index in (first, second))
    same = (first == second) & (first >= 0)
    return np.select([b & ~a, a & ~b, same], [0, 1, 2], 3)


def is_best(index: np.ndarray, best: np.ndarray) -> np.ndarray:
    """Whether one of the best minima is reached: bool, of the shape of `index`. `best` is (k,) of bool."""
    # the indices −1 and −2, for no minimum, read the two that are appended
    return np.append(best, [False, False])[index]
