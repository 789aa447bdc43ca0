"""The best fixed rate: what every schedule has to beat."""

import math
from functools import lru_cache

import numpy as np

from landscapes import Landscape
from optimizers import Batch, Optimizer
from studies.ensemble import floor

RATES = tuple(float(f"{rate:.2g}") for rate in np.geomspace(1e-3, 1, 31))
"""The rates that are tried, ten a decade."""

SEEDS = 16


@lru_cache(maxsize=32)
def best_rate(
    surface: Landscape, optimizer: Optimizer, *, start: tuple[float, float], steps: int, batch: Batch
) -> float | None:
    """That one of RATES with the lowest mean loss over the last quarter of the steps and over sixteen seeds.

    Args:
        surface, start, steps, batch: as for `descend`.
        optimizer: its own learning rate is left out of account.

    Returns:
        The rate, or None if it diverges at all of them.

    >>> from landscapes import LANDSCAPES
    >>> from optimizers import SGD
    >>> best_rate(LANDSCAPES["bowl"](condition=1), SGD(), start=(1.0, 1.0), steps=20, batch=Batch())
    1.0
    """

    def level(rate: float) -> float:
        tried = optimizer.replace(learning_rate=rate)
        return floor(surface, tried, seeds=SEEDS, steps=steps, start=start, batch=batch)

    levels = [level(rate) for rate in RATES]
    best = int(np.argmin(levels))
    return RATES[best] if math.isfinite(levels[best]) else None
