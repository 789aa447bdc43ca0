"""A fair comparison: every method at its best settings, and how many learning rates do as well."""

import dataclasses
import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from landscapes import Landscape
from optimizers import Batch, Optimizer
from optimizers.batch import batch_of, is_noisy
from records import number_fields
from studies.sweeps.fields import axis, put
from studies.sweeps.tuning import tuned

CELLS, CELLS_IN_NOISE = 64, 32
"""The number of values that are tried for each of two fields, without and with noise."""

RATES = 101
"""The number of learning rates that `robust` counts among, evenly spaced by ratio over the whole slider."""

SEEDS = 16
"""The number of draws of the batches, if they add noise. The median over them counts."""


@dataclasses.dataclass(frozen=True)
class TunedMethod:
    """A method at its best.

    * `optimizer`: the method with the best settings; of equally fast ones, those with the lowest last loss;
    * `steps`: the step from which on it stays at or below the level of `tuning_map`; None if it does not get there;
    * `loss`: its last loss;
    * `robust`: how many of RATES learning rates get there, with all other settings at their best.

    Under noise each number is the median over SEEDS draws, the lower one of the two in the middle.
    """

    optimizer: Optimizer
    steps: int | None
    loss: float
    robust: int


def tune_method(
    landscape: Landscape,
    optimizer: Optimizer,
    second: str | None,
    *,
    steps: int = 500,
    tolerance: float = 1e-3,
    start: Any = None,
    batch: Batch | None = None,
    on_progress: Callable[[float], Any] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> TunedMethod:
    """A method at its best settings, on a grid over its learning rate and a second field, then over the rates alone.

    Args:
        landscape, optimizer, steps, tolerance, start, batch, cancelled: as for `tuning_map`.
        second: the name of the other field that is tuned; None to tune the learning rate alone.
        on_progress: called with the finished part, from 0 to 1.

    >>> from landscapes import LANDSCAPES
    >>> from optimizers import SGD
    >>> cell = tune_method(LANDSCAPES["bowl"](condition=4.0), SGD(), None, steps=100)
    >>> round(float(cell.optimizer.learning_rate), 2), cell.steps
    (0.4, 7)
    """
    batch = batch_of(landscape, batch)
    rates, count = axis(number_fields(optimizer)["learning_rate"], RATES), SEEDS if is_noisy(landscape, batch) else 1
    columns = {"learning_rate": rates}
    if second is not None:
        cells = CELLS if count == 1 else CELLS_IN_NOISE
        x, y = (axis(number_fields(optimizer)[name], cells) for name in ("learning_rate", second))
        columns = {"learning_rate": np.tile(x, cells), second: np.repeat(y, cells)}

    def medians(columns: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        draws = [dataclasses.replace(batch, seed=(batch.seed + lot) % 2**32) for lot in range(count)]
        runs = []
        for lot in draws:
            runs.append(tuned(landscape, optimizer, columns, steps, tolerance, start, lot, cancelled=cancelled))
            if on_progress is not None:
                on_progress(len(runs) / (count + 1))
        middle = (count - 1) // 2
        # a run that never arrives sorts behind all others, so medians need no special case
        arrived = np.sort([np.where(run["steps"] < 0, np.inf, run["steps"]) for run in runs], axis=0)[middle]
        ends = np.sort([np.where(run["kind"] == "diverged", np.inf, run["loss"]) for run in runs], axis=0)[middle]
        return arrived, ends

    grid = _best(columns, *medians(columns))
    for name, number in grid.values.items():
        optimizer = put(optimizer, name, number)
    arrived, ends = medians({"learning_rate": rates})
    # RATES are finer than the grid, so one of them may be better still
    best = min(grid, _best({"learning_rate": rates}, arrived, ends), key=lambda cell: (cell.steps, cell.loss))
    optimizer = put(optimizer, "learning_rate", best.values["learning_rate"])
    reached = int(np.isfinite(arrived).sum())
    return TunedMethod(optimizer, int(best.steps) if math.isfinite(best.steps) else None, best.loss, reached)


class _Found(NamedTuple):
    values: dict[str, float]
    steps: float
    loss: float


def _best(columns: Mapping[str, np.ndarray], arrived: np.ndarray, ends: np.ndarray) -> _Found:
    """The settings that arrive first; of several, those with the lowest last loss."""
    at = int(np.lexsort((ends, arrived))[0])
    return _Found({name: float(column[at]) for name, column in columns.items()}, float(arrived[at]), float(ends[at]))
