"""The race that the settings describe: one cached descent a racer, and the numbers of the outcomes table."""

import dataclasses
import threading
from typing import Any

import numpy as np

from caching import cached
from experiment.race.settings import Racer, Settings
from landscapes import Landscape, losses_at
from landscapes.minima import arrival_distance, known_minima
from optimizers import Batch, Optimizer, Trajectory, descend
from optimizers.batch import batch_of

_TWO_AT_ONCE = threading.Semaphore(2)


@dataclasses.dataclass(frozen=True)
class Run:
    """A racer, how it ran, and how it did: distance to the nearest minimum at the end, the step from which on it is as
    near to that as an `Outcome` calls reached (None if it is not), and how many sample gradients the run cost."""

    racer: Racer
    optimizer: Optimizer
    path: Trajectory
    distance: float | None
    arrived: int | None
    evaluations: int


@dataclasses.dataclass(frozen=True, eq=False)
class RaceView:
    """What a rerun shows of a race, worked out once and handed on.

    `lowest` is the lowest loss that is known: that of the landscape's global minimum, or of the runs.
    """

    settings: Settings
    runs: tuple[Run, ...]
    lowest: float


def race_view(settings: Settings) -> RaceView:
    """The race of the settings, and what is known of it."""
    runs = race(settings)
    known = lowest_loss(settings.landscape)
    reached = min(float(run.path.losses.min()) for run in runs)
    return RaceView(settings, runs, reached if known is None else min(known, reached))


def race(settings: Settings) -> tuple[Run, ...]:
    """Run every racer; those whose path did not change come from the cache."""
    runs = []
    for racer in settings.racers:
        optimizer = settings.optimizer(racer)
        ran = _descended(settings.landscape, optimizer, settings.resolved_start, settings.steps, settings.batch(racer))
        runs.append(Run(racer, optimizer, *ran))
    return tuple(runs)


@cached(128)
def _descended(
    landscape: Landscape, optimizer: Optimizer, start: Any, steps: int, batch: Batch
) -> tuple[Trajectory, float | None, int | None, int]:
    """What follows from the numbers alone, whatever the racer is called."""
    with _TWO_AT_ONCE:
        path = descend(landscape, optimizer, start=start, steps=steps, batch=batch)
    return path, *_arrival(landscape, path.positions), batch_of(landscape, batch).evaluations(path.steps)


def _arrival(landscape: Landscape, positions: np.ndarray) -> tuple[float | None, int | None]:
    minima = known_minima(landscape)
    if not len(minima):
        return None, None
    distances = np.hypot(*(positions - nearest(minima, positions[-1])).T)
    outside = np.flatnonzero(distances > arrival_distance(landscape))
    since = int(outside[-1]) + 1 if len(outside) else 0
    return float(distances[-1]), since if since < len(positions) else None


def nearest(points: np.ndarray, xy: np.ndarray) -> np.ndarray:
    """That one of `points` (k, 2) which is nearest to `xy` (2,)."""
    return points[np.argmin(np.hypot(*(points - xy).T))]


@cached(64)
def lowest_loss(landscape: Landscape) -> float | None:
    """The loss at the global minimum, or None where none is listed."""
    best = landscape.global_minima
    return float(losses_at(landscape, best).min()) if best else None
