"""Tuning: the whole plane of two settings at once, instead of one guess at a time."""

import dataclasses
import math
from collections.abc import Callable, Mapping
from typing import Any

import jax.numpy as jnp
import numpy as np

from caching import cached
from landscapes import Landscape, losses_at
from landscapes.minima import DIVERGED, NOT_SETTLED, known_minima
from optimizers import Batch, Optimizer
from optimizers.batch import batch_arrays, batch_of, is_noisy
from optimizers.descent import bucket, starting_point
from optimizers.divergence import blown_up
from optimizers.outcome import DIVERGED as BLOWN_UP
from optimizers.outcome import KINDS, LOCAL, judged
from optimizers.stability import steps_grow
from studies.sweeps import sweep
from studies.sweeps.fields import BATCH_SIZE, axis, put, sizes, tunable


@dataclasses.dataclass(frozen=True, eq=False)
class TuningMap:
    """The end of a descent for each pair of two settings; `[j, i]` belongs to `y[j]`, `x[i]`.

    * `x` (n,), `y` (m,): the values of the two fields;
    * `loss` (m, n): the last loss that `descend` would keep;
    * `steps` (m, n) int: the first step from which on the loss stays at or below `level`, −1 if it never does;
    * `kind` (m, n): the `kind` of an `Outcome`, as strings;
    * `index` (m, n) int: the index in `minima` of the one where it settled, NOT_SETTLED (−2) or DIVERGED (−1);
    * `turns` (m, n, 2) int: how often each coordinate turned round on the way to the level; None if not asked for;
    * `minima` (k, 2): global ones first; `level`: the loss that counts as reached, −inf where no minimum is known.
    """

    x: np.ndarray
    y: np.ndarray
    loss: np.ndarray
    steps: np.ndarray
    kind: np.ndarray
    index: np.ndarray
    turns: np.ndarray | None
    minima: np.ndarray
    level: float


def tuning_map(
    landscape: Landscape,
    optimizer: Optimizer,
    x_field: str,
    y_field: str,
    *,
    x: Any = None,
    y: Any = None,
    resolution: int = 64,
    steps: int = 500,
    tolerance: float = 1e-3,
    start: Any = None,
    batch: Batch | None = None,
    turns: bool = False,
    progress: Callable[[float], Any] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> TuningMap:
    """The end of a descent with every pair of two settings, in float64.

    Each cell does what `descend` does with those settings, but in another program, whose sums may be rounded
    differently. Where a path is chaotic, as Adam's across the kink of `bukin`, the difference grows until the two paths
    have nothing in common. Then the cell and `descend` may have different ends, and neither is more right.

    Args:
        landscape, optimizer, steps, start, batch: as for `descend`. They give the settings that are not tuned.
        x_field, y_field: two different fields of `tunable`: of the optimizer, of its schedule, or `batch_size`.
        x, y: the values to try, 1 to 256 each. None is the field's whole slider, evenly spaced on its scale; for a
            batch, all usual sizes.
        resolution: the number of values where none are given, 2 to 256.
        tolerance: the part of the way down, from the start's loss to the lowest known minimum's, that may be left when
            a descent counts as arrived; above 0 and below 1.
        turns: whether to count how often each coordinate turns round.
        progress, cancelled: as for `sweep.ends`.

    Raises:
        ValueError: for a field that cannot be tuned, values that it does not allow, or any other wrong argument.
        CancelledError: if it was cancelled.

    >>> from landscapes import LANDSCAPES
    >>> from optimizers import SGD
    >>> bowl = LANDSCAPES["bowl"](condition=4.0)
    >>> map = tuning_map(bowl, SGD(), "learning_rate", "momentum", x=[0.1, 0.4, 0.6], y=[0.0, 0.5])
    >>> map.kind.tolist()
    [['converged', 'converged', 'diverged'], ['converged', 'converged', 'converged']]
    """
    batch = batch_of(landscape, batch)
    x, y = _values(optimizer, batch, {x_field: x, y_field: y}, resolution)
    columns = {x_field: np.tile(x, len(y)), y_field: np.repeat(y, len(x))}
    ends = tuned(landscape, optimizer, columns, steps, tolerance, start, batch, turns, progress, cancelled)

    def shaped(part: Any) -> Any:
        return part.reshape(len(y), len(x), *part.shape[1:]) if isinstance(part, np.ndarray) else part

    return TuningMap(x, y, **{name: shaped(part) for name, part in ends.items()}, minima=known_minima(landscape))


def tuned(
    landscape: Landscape,
    optimizer: Optimizer,
    columns: Mapping[str, np.ndarray],
    steps: int,
    tolerance: float,
    start: Any,
    batch: Batch,
    turns: bool = False,
    progress: Callable[[float], Any] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """The results of `tuning_map` for a list of n settings: its fields from `loss` to `turns`, (n, …), and `level`.

    `columns` has an array (n,) of values for each field that is tuned; the other arguments are those of `tuning_map`.
    """
    if not (isinstance(tolerance, (int, float, np.number)) and 0 < tolerance < 1):
        raise ValueError(f"`tolerance` must be above 0 and below 1. Received: {tolerance!r}. Try 1e-3.")
    xy, padded = starting_point(landscape, start), bucket(steps)
    level = level_of(landscape, (float(xy[0]), float(xy[1])), float(tolerance))
    for name, column in columns.items():
        optimizer = optimizer if name == BATCH_SIZE else put(optimizer, name, column)
    tried = columns.get(BATCH_SIZE)
    batches, which = _batches_by_cell(landscape, batch, tried, padded + 1)
    noisy = is_noisy(landscape, batch) or tried is not None
    count = len(next(iter(columns.values())))
    inputs = sweep.SweepInputs(landscape, xy, np.float64(level), batches, np.int64(steps))
    options = sweep.sweep_options(int(steps), noisy=noisy, turns=turns)
    ends = sweep.ends(inputs, optimizer, which, count, options, progress, cancelled)
    if not np.isfinite(ends.loss).all():
        raise ValueError(f"`start` must be where the loss and its slope are finite. Received: {start!r}.")
    return {**_judged(landscape, ends, steps, steps_grow(optimizer)), "level": level}


@cached(256)
def level_of(landscape: Landscape, start: tuple[float, float], tolerance: float) -> float:
    """The loss that counts as reached, with the part `tolerance` of the way down from the start to the lowest minimum
    left.

    It is −inf where no minimum is known.
    """
    lowest = _lowest(landscape)
    return lowest if lowest == -math.inf else lowest + tolerance * (float(losses_at(landscape, start)[0]) - lowest)


@cached(64)
def _lowest(landscape: Landscape) -> float:
    minima = known_minima(landscape)
    return float(losses_at(landscape, minima).min()) if len(minima) else -math.inf


def _judged(landscape: Landscape, ends: sweep.SweepResult, steps: int, grows: bool) -> dict[str, Any]:
    """The results of n settings, as `tuned` returns them."""
    finite = ends.finite & ~blown_up(grows, ends.first, ends.highest, ends.late, ends.lowest)
    kind, place, _ = judged(landscape, ends.eighth, ends.half)
    settled = finite & (kind >= LOCAL)
    minima, index = known_minima(landscape), np.where(finite, NOT_SETTLED, DIVERGED)
    if len(minima):
        # a settled path has a place; the index is that of the known minimum nearest to it
        nearest = np.argmin([np.hypot(place[:, 0] - x, place[:, 1] - y) for x, y in minima], axis=0)
        index = np.where(settled, nearest, index)
    return {
        "loss": np.where(finite, ends.loss, ends.beyond if grows else ends.loss),
        "steps": np.where(finite & (ends.above < steps), ends.above.astype(int) + 1, -1),
        "kind": KINDS[np.where(finite, kind, BLOWN_UP)],
        "index": index,
        "turns": None if ends.turns is None else ends.turns.astype(int),
    }


def _batches_by_cell(
    landscape: Landscape, batch: Batch, column: np.ndarray | None, length: int
) -> tuple[Any, np.ndarray | None]:
    """The batches (k, length, …) of k batch sizes, and for each setting the index of its own; None for a single
    size."""
    if column is None:
        return jnp.asarray(batch_arrays(landscape, batch, length))[None], None
    tried, which = np.unique(column, return_inverse=True)
    batches = [dataclasses.replace(batch, size=int(size)) for size in tried]
    return jnp.stack([batch_arrays(landscape, one, length) for one in batches]), which


def _values(
    optimizer: Optimizer, batch: Batch, given: Mapping[str, Any], resolution: int
) -> tuple[np.ndarray, np.ndarray]:
    offered = tunable(optimizer, batch)
    for name in given:
        if name not in offered:
            raise ValueError(f"A field to tune must be one of {', '.join(offered)}. Received: {name!r}.")
    if len(given) < 2:
        raise ValueError(f"`x_field` and `y_field` must be two different fields. Received twice: {', '.join(given)}.")
    if not (isinstance(resolution, (int, np.integer)) and 2 <= resolution <= 256):
        raise ValueError(f"`resolution` must be a whole number from 2 to 256. Received: {resolution!r}. Try 64.")
    whole = {
        name: sizes(batch.samples) if name == BATCH_SIZE else axis(slid, int(resolution))
        for name, slid in offered.items()
    }
    x, y = (
        whole[name] if values is None else _checked(optimizer, batch, name, values) for name, values in given.items()
    )
    return x, y


def _checked(optimizer: Optimizer, batch: Batch, name: str, values: Any) -> np.ndarray:
    try:
        column = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        column = np.empty(0)
    if column.ndim != 1 or not 1 <= len(column) <= 256:
        raise ValueError(f"The values of `{name}` must be 1 to 256 numbers. Received: {values!r}.")
    # what is allowed is an interval, so its ends and any NaN stand for all; the record raises the error
    for number in (column.min(), column.max(), *column[np.isnan(column)]):
        if name == BATCH_SIZE:
            dataclasses.replace(batch, size=int(number) if float(number).is_integer() else number)
        else:
            put(optimizer, name, float(number))
    return column
