"""The tuning map of the first racer, what it depends on, and its best cell."""

import dataclasses
from typing import Any

import numpy as np

from caching import cached
from experiment.race.settings import Settings
from experiment.race.waiting import Waiting
from experiment.tuning.tuned import axes, batch_of, noisy, optimizer_of, values
from landscapes import Landscape
from optimizers import Batch, Optimizer
from records import rounded
from studies import TuningMap, tuning_map
from studies.sweeps.fields import put


@dataclasses.dataclass(frozen=True)
class Task(Waiting):
    """What a map depends on: the key of the cache. The present values of the two fields on its axes do not count."""

    landscape: Landscape
    optimizer: Optimizer
    names: tuple[str, str]
    values: tuple[tuple[float, ...], tuple[float, ...]]
    start: tuple[float, float]
    steps: int
    tolerance: float
    batch: Batch | None


def task(settings: Settings, **waiting: Any) -> Task:
    """The task for the map of the tuned racer. Without noise it leaves seed and batch size out."""
    names = axes(settings)
    along = tuple(tuple(values(settings, name).tolist()) for name in names)
    optimizer = optimizer_of(settings)
    # the fields on the axes are set to their first value, so that dragging the racer over the map hits the cache
    for name, column in zip(names, along, strict=True):
        optimizer = optimizer if name == "batch_size" else put(optimizer, name, rounded(column[0]))
    batch = batch_of(settings) if noisy(settings) or "batch_size" in names else None
    if batch is not None and "batch_size" in names:
        batch = dataclasses.replace(batch, size=None)
    return Task(
        settings.landscape,
        optimizer,
        names,
        (along[0], along[1]),
        settings.resolved_start,
        settings.steps,
        settings.tolerance,
        batch,
        **waiting,
    )


@cached(24)
def map_of(wanted: Task) -> TuningMap:
    """The map. If it is cancelled, `CancelledError` is raised and nothing is cached."""
    return tuning_map(
        wanted.landscape,
        wanted.optimizer,
        *wanted.names,
        x=wanted.values[0],
        y=wanted.values[1],
        steps=wanted.steps,
        tolerance=wanted.tolerance,
        start=wanted.start,
        batch=wanted.batch,
        turns=True,
        progress=wanted.progress,
        cancelled=wanted.cancelled,
    )


def best_cell(plane: TuningMap) -> tuple[int, int] | None:
    """The row and the column of the best cell; None if all cells diverge.

    It is the cell that arrives first, and of several the one with the lowest loss. If no cell arrives, it is the one
    with the lowest loss.
    """
    valid = plane.kind != "diverged"
    if not valid.any():
        return None
    steps = np.where(plane.steps >= 0, plane.steps, np.inf)
    order = np.lexsort((np.where(valid, plane.loss, np.inf).ravel(), steps.ravel(), ~valid.ravel()))
    row, column = np.unravel_index(order[0], plane.loss.shape)
    return int(row), int(column)
