"""The best fixed learning rate, which every schedule has to beat."""

import math
from typing import Any

import numpy as np

from caching import cached
from landscapes import Landscape
from optimizers import Batch, Optimizer
from optimizers.divergence import valley_of
from optimizers.stability import sharpness, stable_limit, steps_grow
from studies.escape.ensemble import floor

A_DECADE = 10
"""The number of rates that are tried in each decade."""

NO_LIMIT = 10.0
"""The largest rate that is tried for a method without a stable limit, or where no valley is known."""

SEEDS = 16


def rates_to_try(landscape: Landscape, optimizer: Optimizer, start: Any) -> tuple[float, ...]:
    """The rates that are tried, rising, rounded to two digits: three decades or more, ten rates in each.

    They go from 0.001 or less up to 1, or to the method's stable limit in the valley of the start if that is larger.
    """
    valley = valley_of(landscape, start) if steps_grow(optimizer) else None
    rate_limit = None if valley is None else stable_limit(optimizer, sharpness(landscape, valley))
    limit = rate_limit[0] if rate_limit and math.isfinite(rate_limit[0]) else NO_LIMIT
    low, high = min(1e-3, limit / 1e3), max(1.0, limit)
    # 1e-9 keeps the last rate where rounding puts the logarithm just below a whole number
    powers = range(math.floor(A_DECADE * math.log10(low)), math.floor(A_DECADE * math.log10(high) + 1e-9) + 1)
    return tuple(float(f"{10 ** (power / A_DECADE):.2g}") for power in powers)


@cached(32)
def best_rate(
    landscape: Landscape, optimizer: Optimizer, *, start: tuple[float, float], steps: int, batch: Batch
) -> float | None:
    """The rate of `rates_to_try` with the lowest mean loss over the last quarter of the steps and over 16 seeds.

    Args:
        landscape, start, steps, batch: as for `descend`.
        optimizer: the method; its own learning rate does not matter.

    Returns:
        The rate, or None if it diverges at all of them.

    >>> from landscapes import LANDSCAPES
    >>> from optimizers import SGD
    >>> best_rate(LANDSCAPES["bowl"](condition=1), SGD(), start=(1.0, 1.0), steps=20, batch=Batch())
    1.0
    """

    def level(rate: float) -> float:
        tried = optimizer.replace(learning_rate=rate)
        return floor(landscape, tried, seeds=SEEDS, steps=steps, start=start, batch=batch)

    rates = rates_to_try(landscape, optimizer, start)
    levels = [level(rate) for rate in rates]
    best = int(np.argmin(levels))
    return rates[best] if math.isfinite(levels[best]) else None
