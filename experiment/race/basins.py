"""Basins of one racer: what the map depends on, and the map itself."""

import dataclasses
from typing import Any

from caching import cached
from experiment.race.settings import Racer, Settings
from experiment.race.waiting import Waiting
from landscapes import Landscape
from optimizers import Batch, Optimizer
from optimizers.batch import is_noisy
from studies import Basins, basins

COARSE, FINE = 64, 256
"""Starts along each axis while a slider moves, and when it rests."""


@dataclasses.dataclass(frozen=True)
class Task(Waiting):
    """What a map depends on, so that it is made once; who waits for it is no part of that."""

    landscape: Landscape
    optimizer: Optimizer
    steps: int
    batch: Batch | None
    resolution: int


def task(settings: Settings, racer: Racer, resolution: int, **waiting: Any) -> Task:
    """The map of one racer; without noise, neither seed nor batch size changes it, and the start never does."""
    batch = settings.batch(racer) if sees_noise(settings, racer) else None
    return Task(settings.landscape, settings.optimizer(racer), settings.steps, batch, resolution, **waiting)


def sees_noise(settings: Settings, racer: Racer) -> bool:
    """Whether the racer's batches make its path a matter of chance."""
    return is_noisy(settings.landscape, settings.batch(racer))


@cached(48)
def basins_of(wanted: Task) -> Basins:
    """The map itself; one that was cancelled raises `CancelledError`, and is not kept."""
    return basins(
        wanted.landscape,
        wanted.optimizer,
        resolution=wanted.resolution,
        steps=wanted.steps,
        batch=wanted.batch,
        exact=False,  # one program for both resolutions
        progress=wanted.progress,
        cancelled=wanted.cancelled,
    )
