"""The runs of a race: one cached descent for each racer, and the numbers of the outcomes table."""

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
    """A racer's run.

    * `optimizer`: with the values that counted for the racer; `path`: its trajectory;
    * `distance`: from the end to the nearest known minimum, None if none is known;
    * `arrived`: the step from which on it is within the arrival distance of that minimum, None if it is not;
    * `evaluations`: the number of sample gradients that the run cost.
    """

    racer: Racer
    optimizer: Optimizer
    path: Trajectory
    distance: float | None
    arrived: int | None
    evaluations: int


@dataclasses.dataclass(frozen=True, eq=False)
class RaceView:
    """A race as a rerun of the page shows it, computed once and passed on.

    `lowest` is the lowest loss that is known: that of the landscape's global minimum, or the lowest of the runs.
    """

    settings: Settings
    runs: tuple[Run, ...]
    lowest: float


def race_view(settings: Settings) -> RaceView:
    """The race of the settings, with its lowest known loss."""
    runs = race(settings)
    known = lowest_loss(settings.landscape)
    reached = min(float(run.path.losses.min()) for run in runs)
    return RaceView(settings, runs, reached if known is None else min(known, reached))


def race(settings: Settings) -> tuple[Run, ...]:
    """The run of every racer. Runs whose path did not change come from the cache."""
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
    """The fields `path` to `evaluations` of a `Run`. They follow from the numbers, so the racer's name is no key."""
    # at most two descents at a time, however many visitors there are
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
    """The point (2,) of `points` (k, 2) that is nearest to `xy` (2,)."""
    return points[np.argmin(np.hypot(*(points - xy).T))]


@cached(64)
def lowest_loss(landscape: Landscape) -> float | None:
    """The loss at the global minimum, or None where none is listed."""
    best = landscape.global_minima
    return float(losses_at(landscape, best).min()) if best else None
