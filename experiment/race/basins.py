"""The map of one racer's basins, and what it depends on."""

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
"""Starts along each axis while a slider moves, and once it rests."""


@dataclasses.dataclass(frozen=True)
class Task(Waiting):
    """What a map depends on: the key of the cache. Who waits for it does not count."""

    landscape: Landscape
    optimizer: Optimizer
    steps: int
    batch: Batch | None
    resolution: int


def task(settings: Settings, racer: Racer, resolution: int, **waiting: Any) -> Task:
    """The task for the map of one racer. Without noise it leaves seed and batch size out, and always the start."""
    batch = settings.batch(racer) if sees_noise(settings, racer) else None
    return Task(settings.landscape, settings.optimizer(racer), settings.steps, batch, resolution, **waiting)


def sees_noise(settings: Settings, racer: Racer) -> bool:
    """Whether the racer's batches add noise to its path."""
    return is_noisy(settings.landscape, settings.batch(racer))


@cached(48)
def basins_of(wanted: Task) -> Basins:
    """The map. If it is cancelled, `CancelledError` is raised and nothing is cached."""
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
