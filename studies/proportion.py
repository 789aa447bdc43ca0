"""A share of runs, and the interval in which chance alone may have moved it."""

import math

NORMAL = 1.959963984540054
"""The number of standard deviations within which 95 % of a normal distribution lie."""


def proportion(count: int, total: int) -> tuple[float, float, float]:
    """The share `count / total` and its 95 % interval by Wilson: (share, low, high).

    The interval has all shares p with |count − p·total| ≤ z·√(total·p(1 − p)). It stays within 0 and 1, and it has a
    width even if none of the runs escaped.

    Source: Wilson, 1927, Journal of the American Statistical Association 22, p. 209.

    Raises:
        ValueError: unless 0 ≤ count ≤ total and total is at least 1.

    >>> [round(number, 4) for number in proportion(0, 256)]
    [0.0, 0.0, 0.0148]
    """
    if not (total >= 1 and 0 <= count <= total):
        raise ValueError(f"`count` must be from 0 to `total`, and `total` at least 1. Received: {count!r}, {total!r}.")
    share, z = count / total, NORMAL**2 / total
    # the two roots of that inequality's quadratic in p, with z here for z²/total
    middle, half = share + z / 2, math.sqrt(z * (share * (1 - share) + z / 4))
    low, high = (middle - half) / (1 + z), (middle + half) / (1 + z)
    # exact at both ends, where rounding would leave 1e-17
    return share, 0.0 if count == 0 else low, 1.0 if count == total else high
