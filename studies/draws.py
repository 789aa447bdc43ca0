"""The luck of many runs: what their batches do to the gradients, a seed at a time."""

import dataclasses
from functools import lru_cache
from typing import Any

import numpy as np

from landscapes import Landscape
from landscapes.calculus import power_of_two
from optimizers import Batch
from optimizers.batch import batch_masks, noise_of

RUNS = 64
"""So many runs are drawn for, and run side by side, at most."""

MEMORY = 2**25
"""What is drawn for one chunk of runs takes at most about so many bytes."""

KEPT = 2**20
"""A chunk of at most so many bytes is kept: a learning rate that is slid meets the same luck again."""


def chunks(landscape: Landscape, batch: Batch, seeds: int, steps: int) -> Any:
    """For each chunk of runs: how many there are, and what `batch_arrays` gives for each, (runs, at least steps, …).

    All chunks have the same shape: the last one is filled up.
    """
    rows = power_of_two(steps)  # few lengths, so few programs; the first steps are the same for all
    runs = max(1, min(RUNS, MEMORY // (rows * (16 if landscape.samples is None else len(landscape.samples.present)))))
    for first in range(0, seeds, runs):
        lucky = dataclasses.replace(batch, seed=(batch.seed + first) % 2**32)
        yield min(runs, seeds - first), _chunk(landscape, lucky, runs, rows)


def _chunk(landscape: Landscape, batch: Batch, runs: int, steps: int) -> np.ndarray:
    if landscape.samples is not None:
        # without its cache, which so many seeds would only wash out
        return np.stack(
            [batch_masks.__wrapped__(one, len(landscape.samples.present), steps) for one in _seeds(batch, runs)]
        )
    draw = _noise_of_all if runs * steps * 16 <= KEPT else _noise_of_all.__wrapped__
    return batch.noise * draw(dataclasses.replace(batch, noise=1.0), runs, steps)


@lru_cache(maxsize=64)
def _noise_of_all(batch: Batch, runs: int, steps: int) -> np.ndarray:
    return np.stack([noise_of(one, steps) for one in _seeds(batch, runs)])


def _seeds(batch: Batch, runs: int) -> list[Batch]:
    return [dataclasses.replace(batch, seed=(batch.seed + number) % 2**32) for number in range(runs)]
