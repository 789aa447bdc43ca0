"""One descent: one landscape, one optimizer, one start, and every step on record."""

from functools import lru_cache, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree

from landscapes import Landscape
from optimizers.batch import Batch, batch_arrays, batch_of, is_noisy
from optimizers.divergence import GREW, blown_up, diverged, late_steps, loss_bound
from optimizers.optimizer import Optimizer
from optimizers.outcome import settled
from optimizers.schedules import Schedule
from optimizers.stability import steps_grow
from optimizers.trajectory import Trajectory

BUCKETS = (256, 1024, 4096, 16384)
"""The numbers of steps that programs are compiled for. A run is padded to the next one, and its rest is cut off."""

MAX_COORDINATE = 1e100
"""A path with a coordinate beyond this has left for infinity, however low the loss is there."""


LONGER, LONGER_ON_DATA = (10, BUCKETS[2]), (4, BUCKETS[1])
"""(factor, least number of steps) by which a run is made longer, where its outcome depends on what comes next.

The least number is a whole bucket, so that one more program serves all numbers of steps. On data a step costs more.
"""


def descend(
    landscape: Landscape,
    optimizer: Optimizer,
    *,
    start: Any = None,
    steps: int = 200,
    batch: Batch | None = None,
) -> Trajectory:
    """The trajectory of an optimizer down a landscape.

    One program is compiled for each landscape type, optimizer type with its switches, and bucket of steps. Every number
    is an input, so moving a slider compiles nothing. Positions are not clipped to the domain.

    Args:
        landscape: the loss that is descended.
        optimizer: the method; its `learning_rate` may be a schedule.
        start: (x, y); the landscape's own `start` if None.
        steps: the number of steps, 1 to 16384.
        batch: the samples that each step sees; None is all of them. A data landscape has its own number of samples.

    Raises:
        ValueError: for steps out of range, a batch of more samples than there are, or a start that is not two finite
            numbers with a finite loss.

    >>> from landscapes import LANDSCAPES
    >>> from optimizers import SGD
    >>> path = descend(LANDSCAPES["bowl"](condition=1), SGD(learning_rate=0.5), start=(1, 2), steps=2)
    >>> path.positions.tolist()
    [[1.0, 2.0], [0.5, 1.0], [0.25, 0.5]]
    """
    xy = starting_point(landscape, start)
    path, rates, slots, reason = walk(landscape, optimizer, xy, steps, batch)
    if not len(path):
        raise ValueError(f"`start` must be where the loss and its slope are finite. Received: {start!r}.")
    positions, losses = path[:, POSITION], path[:, LOSS]
    if reason:
        outcome = diverged(landscape, optimizer, positions, rates, reason)
    else:
        noisy = is_noisy(landscape, batch_of(landscape, batch))
        times, least = LONGER_ON_DATA if landscape.samples is not None else LONGER
        more = min(BUCKETS[-1], max(least, times * steps))

        # computed only if the outcome asks for it
        def continued() -> np.ndarray:
            return walk(landscape, optimizer, xy, more, batch)[0][:, POSITION]

        outcome = settled(landscape, optimizer, positions, losses, rates, noisy, continued)
    # the last row's batch gradient is that of a step that was not taken, so it is left out
    count = len(path) - 1
    return Trajectory(positions, losses, path[:-1, GRADIENT], rates[:count], slots, path[-1, FULL_GRADIENT], outcome)


def walk(
    landscape: Landscape, optimizer: Optimizer, start: np.ndarray, steps: int, batch: Batch | None
) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray], str]:
    """One run, up to where it diverged if it did: four values.

    Returns:
        The rows of `_run`, (n + 1, columns), with n steps; none if not even the start has a finite loss.
        The learning rates (n,). A path that fails at its first step has one rate all the same.
        The slots of the optimizer by name, each (n + 1, 2).
        Why the run diverged, or "" if it did not.
    """
    rule, rates = rule_and_rates(optimizer, steps)
    batches = batch_arrays(landscape, batch_of(landscape, batch), len(rates))
    rows = np.asarray(_run(landscape, rule, start, rates, batches))[: steps + 1]
    last, reason = _last_row(rows, steps_grow(optimizer))
    path = rows[: last + 1]
    slots = {name: path[:, columns] for name, columns in _slot_columns(jax.tree.structure(rule)).items()}
    return path, np.asarray(rates)[: max(last, 1)], slots, reason


def rule_and_rates(optimizer: Optimizer, steps: int) -> tuple[Optimizer, Any]:
    """The optimizer without its learning rate, and the rates of a padded run, (bucket + 1,): one more for its last row.

    The rates are an array, so one program serves all schedules.

    Raises:
        ValueError: for steps out of range.
    """
    return optimizer.replace_unchecked(learning_rate=None), _rates(optimizer.learning_rate, bucket(steps) + 1)


def bucket(steps: Any) -> int:
    """The number of steps that a run of `steps` steps is padded to. Raises ValueError for steps out of range."""
    if isinstance(steps, bool) or not isinstance(steps, (int, np.integer)) or not 1 <= steps <= BUCKETS[-1]:
        raise ValueError(f"`steps` must be a whole number from 1 to {BUCKETS[-1]}. Received: {steps!r}.")
    return next(bucket for bucket in BUCKETS if steps <= bucket)


def starting_point(landscape: Landscape, start: Any) -> np.ndarray:
    """The start as an array (2,); the landscape's own if `start` is None.

    Raises:
        ValueError: if it is not two finite numbers.
    """
    start = landscape.start if start is None else start
    try:
        xy = np.asarray(start, dtype=np.float64)
    except (TypeError, ValueError):
        xy = np.empty(0)
    if xy.shape != (2,) or not np.isfinite(xy).all():
        raise ValueError(f"`start` must be two finite numbers, (x, y). Received: {start!r}.")
    return xy


def _rates(rate: float | Schedule, count: int) -> Any:
    """The learning rates (count,). Those of a schedule are computed by a small program of their own."""
    return _schedule_rates(rate, count) if isinstance(rate, Schedule) else np.full(count, rate)


@lru_cache(maxsize=64)
def _schedule_rates(schedule: Schedule, count: int) -> Any:
    return _scheduled(schedule, count)


@partial(jax.jit, static_argnames="count")
def _scheduled(schedule: Schedule, count: int) -> Any:
    return schedule(jnp.arange(count, dtype=float))


def one_step(landscape: Landscape, optimizer: Optimizer, xy: Any, state: Any, rate: Any, batch: Any) -> tuple[Any, Any]:
    """One step from `xy` (2,).

    Returns:
        What the step sees: the loss, the full gradient (2,), the gradient of its batch (2,).
        Where it leads: the new position (2,) and the new state.
    """
    loss, full_gradient = jax.value_and_grad(lambda xy: landscape(xy))(xy)
    gradient = landscape.batch_gradient(xy, full_gradient, batch)
    return (loss, full_gradient, gradient), optimizer.apply(gradient, state, xy, rate)


@jax.jit
def _run(landscape: Landscape, optimizer: Optimizer, start: Any, rates: Any, batches: Any) -> Any:
    """One row for each point of the path: position, loss, full gradient, gradient of the batch, state.

    The last point has a row as well, so the loop runs one step more than the path has. It carries one flat array and
    stores one flat row. XLA compiles such a loop to one kernel; with separate arrays it is up to twenty times slower.
    """
    first, unpack = ravel_pytree((start, optimizer.init(start)))

    # each row is written before its step, so it holds the point that the step leaves
    def step(packed: Any, inputs: Any) -> Any:
        xy, state = unpack(packed)
        evaluation, moved = one_step(landscape, optimizer, xy, state, *inputs)
        return ravel_pytree(moved)[0], ravel_pytree((xy, *evaluation, state))[0]

    return jax.lax.scan(step, first, (rates, batches))[1]


POSITION, LOSS, FULL_GRADIENT, GRADIENT, STATE = slice(0, 2), 2, slice(3, 5), slice(5, 7), 7
"""The columns of a row of `_run`. The state begins at STATE and fills the rest."""


@lru_cache(maxsize=64)
def _slot_columns(structure: Any) -> dict[str, slice]:
    """The columns of each state field that is shaped like a point, by name.

    They depend on the record's structure only.
    """
    # any numbers will do: shapes do not depend on them
    optimizer = jax.tree.unflatten(structure, [1.0] * structure.num_leaves)
    state = jax.eval_shape(optimizer.init, jnp.zeros(2))._asdict()
    columns, column = {}, STATE
    for name, field in state.items():
        if field is not None:
            columns[name] = slice(column, column + field.size)
            column += field.size
    return {name: columns[name] for name in columns if state[name].ndim}


def _last_row(rows: np.ndarray, grows: bool = True) -> tuple[int, str]:
    """The index of the last row that is kept, and why the run diverged, "" if it did not.

    The row that passes the bound is kept if it is finite. The index is −1 if not even the start is finite.

    Args:
        rows: (steps + 1, columns), as of `_run`.
        grows: whether the method's steps grow with the gradient. Other methods come back from beyond the bound.
    """
    losses, finite = rows[:, LOSS], np.isfinite(rows)
    first = float(losses[0])
    bound = loss_bound(first)
    near = (np.abs(rows[:, POSITION]) < MAX_COORDINATE).all(axis=1)
    if near.all() and finite.all():
        late = losses[-int(late_steps(len(rows) - 1)) :].max()
        if not blown_up(grows, first, losses.max(), late, losses.min()):
            return len(rows) - 1, ""
    # a method that scales its own steps may come back from above; from below nothing comes back
    within = ((losses <= first + bound) | (not grows)) & (losses >= first - bound)
    # argmin of booleans is the first False
    gone = int(np.argmin(near)) if not near.all() else len(rows)
    if gone < len(rows) and within[: gone + 1].all() and finite[: gone + 1].all():
        return gone - 1, "the path left for infinity"
    step = int(np.argmin(within & finite.all(axis=1)))
    last = step if finite[step].all() else step - 1
    # the loss is fine, so the gradient or the state is not: a squared gradient overflows first
    if np.isfinite(losses[step]) and within[step] and losses[step] <= first + bound:
        return last, "a gradient is too large to be squared"
    # judged by the last finite loss: beyond it the sign of an infinity may be either
    fell = (losses[last] if last > 0 else losses[step]) < first
    return last, "the loss fell without end" if fell else GREW
