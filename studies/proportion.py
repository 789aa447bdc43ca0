"""A share of so many runs, and how far chance alone may have moved it."""

import math

NORMAL = 1.959963984540054
"""95 % of a normal distribution lie within so many standard deviations."""


def proportion(count: int, total: int) -> tuple[float, float, float]:
    """The share `count / total` and its 95 % interval by Wilson: (share, low, high).

    All shares p with |count − p·total| ≤ z·√(total·p(1 − p)). It never leaves 0 to 1, and of no luck in 256 runs it
    does not say that there is none.

    Source: Wilson, 1927, Journal of the American Statistical Association 22, p. 209.

    Raises:
        ValueError: if it is not 0 ≤ count ≤ total with total at least 1.

    >>> [round(number, 4) for number in proportion(0, 256)]
    [0.0, 0.0, 0.0148]
    """
    if not (total >= 1 and 0 <= count <= total):
        raise ValueError(f"`count` must be from 0 to `total`, and `total` at least 1. Received: {count!r}, {total!r}.")
    share, z = count / total, NORMAL**2 / total
    middle, half = share + z / 2, math.sqrt(z * (share * (1 - share) + z / 4))
    low, high = (middle - half) / (1 + z), (middle + half) / (1 + z)
    return share, 0.0 if count == 0 else low, 1.0 if count == total else high
