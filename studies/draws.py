"""The random draws of many runs: what their batches do to the gradients, one seed a run."""

import dataclasses
from functools import lru_cache
from typing import Any

import numpy as np

from landscapes import Landscape
from landscapes.calculus import power_of_two
from optimizers import Batch
from optimizers.batch import batch_masks, noise_of

RUNS = 64
"""The most runs that are drawn for together and run side by side."""

MEMORY = 2**25
"""The most bytes of the draws for one chunk of runs, about."""

KEPT = 2**20
"""The most bytes of a chunk that is cached: moving the slider of the learning rate needs the same draws again."""


def chunks(landscape: Landscape, batch: Batch, seeds: int, steps: int) -> Any:
    """The draws for `seeds` runs, a chunk of runs at a time.

    Yields:
        The number of runs that count, and the batches, (runs, steps or more, …), as `batch_arrays` returns them for one
        run. All chunks have one shape; the last one is filled with further runs.
    """
    rows = power_of_two(steps)  # few lengths, so few programs; the first steps are the same for all
    # bytes of a step: two float64, or a bool for each row
    runs = max(1, min(RUNS, MEMORY // (rows * (16 if landscape.samples is None else len(landscape.samples.present)))))
    for first in range(0, seeds, runs):
        # seeds go on from 0 beyond 2³² − 1
        lucky = dataclasses.replace(batch, seed=(batch.seed + first) % 2**32)
        yield min(runs, seeds - first), _chunk(landscape, lucky, runs, rows)


def _chunk(landscape: Landscape, batch: Batch, runs: int, steps: int) -> np.ndarray:
    if landscape.samples is not None:
        # without its cache, which so many seeds would only wash out
        return np.stack(
            [batch_masks.__wrapped__(one, len(landscape.samples.present), steps) for one in _seeds(batch, runs)]
        )
    draw = _noise_of_all if runs * steps * 16 <= KEPT else _noise_of_all.__wrapped__
    # noise of deviation 1 is cached, so that the slider of the noise needs no new draws
    return batch.noise * draw(dataclasses.replace(batch, noise=1.0), runs, steps)


@lru_cache(maxsize=64)
def _noise_of_all(batch: Batch, runs: int, steps: int) -> np.ndarray:
    return np.stack([noise_of(one, steps) for one in _seeds(batch, runs)])


def _seeds(batch: Batch, runs: int) -> list[Batch]:
    return [dataclasses.replace(batch, seed=(batch.seed + number) % 2**32) for number in range(runs)]
