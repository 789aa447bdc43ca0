"""The only loop in the project: one landscape, one optimizer, one start, and every step on record."""

from functools import lru_cache, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree

from landscapes import Landscape
from optimizers.batch import Batch, noise_array
from optimizers.optimizer import Optimizer
from optimizers.outcome import diverged, settled
from optimizers.schedules import Schedule
from optimizers.trajectory import Trajectory

BUCKETS = (256, 1024, 4096, 16384)
"""Step counts that programs are compiled for; a run is padded to the next one and sliced."""

BLOWN_UP = 1e6
"""A run has diverged when its loss is this many times further from the start's than the start's from −1."""


def descend(
    surface: Landscape,
    optimizer: Optimizer,
    *,
    start: Any = None,
    steps: int = 200,
    batch: Batch | None = None,
) -> Trajectory:
    """Run an optimizer down a landscape.

    One program is compiled for each landscape type, optimizer type (with its switches) and bucket of steps;
    every number is an input, so moving a slider compiles nothing. Nothing is clipped to the domain.

    Args:
        surface: what is descended.
        optimizer: how; its `learning_rate` may be a schedule.
        start: (x, y); the landscape's own `start` if None.
        steps: 1 to 16384.
        batch: which samples each step sees; None is all of them.

    Raises:
        ValueError: for a start that is not two finite numbers, or steps out of range.

    >>> from landscapes import LANDSCAPES
    >>> from optimizers import SGD
    >>> path = descend(LANDSCAPES["bowl"](condition=1), SGD(learning_rate=0.5), start=(1, 2), steps=2)
    >>> path.positions.tolist()
    [[1.0, 2.0], [0.5, 1.0], [0.25, 0.5]]
    """
    bucket = _bucket(steps)
    xy = _start(surface.start if start is None else start)
    rates = _rates(optimizer.learning_rate, bucket)
    traced = optimizer.replace(learning_rate=np.float64(1.0))  # one program, whatever the schedule
    run = _run(surface, traced, xy, rates, noise_array(batch, bucket))
    return _trajectory(surface, optimizer, jax.tree.map(np.asarray, run), np.asarray(rates), int(steps))


def _bucket(steps: Any) -> int:
    if isinstance(steps, bool) or not isinstance(steps, (int, np.integer)) or not 1 <= steps <= BUCKETS[-1]:
        raise ValueError(f"`steps` must be a whole number from 1 to {BUCKETS[-1]}. Received: {steps!r}.")
    return next(bucket for bucket in BUCKETS if steps <= bucket)


def _start(start: Any) -> np.ndarray:
    try:
        xy = np.asarray(start, dtype=np.float64)
    except (TypeError, ValueError):
        xy = np.empty(0)
    if xy.shape != (2,) or not np.all(np.isfinite(xy)):
        raise ValueError(f"`start` must be two finite numbers, (x, y). Received: {start!r}.")
    return xy


@lru_cache(maxsize=64)
def _rates(rate: float | Schedule, bucket: int) -> Any:
    """The learning rate at each step of a bucket, by the schedule's own small program."""
    if isinstance(rate, Schedule):
        return _scheduled(rate, bucket)
    return np.full(bucket, rate)


@partial(jax.jit, static_argnames="bucket")
def _scheduled(schedule: Schedule, bucket: int) -> Any:
    return schedule(jnp.arange(bucket, dtype=float))


@jax.jit
def _run(surface: Landscape, optimizer: Optimizer, start: Any, rates: Any, noise: Any) -> Any:
    """Positions, losses, slopes and states at each point, the last one included, and the gradient of each step.

    The loop carries one flat array and stores nothing else: XLA runs a small loop as one kernel, and one that
    touches more memory a step some ten times slower. Losses and slopes are worked out after it.
    """
    value_and_slope = jax.value_and_grad(lambda xy: surface(xy))
    first, unpack = ravel_pytree((start, optimizer.init(start)))

    def step(packed, inputs):
        xy, state = unpack(packed)
        rate, push = inputs
        moved = optimizer.update(value_and_slope(xy)[1] + push, state, xy, rate)
        return ravel_pytree(moved)[0], packed

    last, path = jax.lax.scan(step, first, (rates, noise))
    positions, states = jax.vmap(unpack)(jnp.concatenate([path, last[None]]))
    losses, slopes = jax.lax.map(value_and_slope, positions)
    return positions, losses, slopes, slopes[:-1] + noise, states


def _trajectory(surface: Landscape, optimizer: Optimizer, run: Any, rates: np.ndarray, steps: int) -> Trajectory:
    positions, losses, slopes, gradients, states = run
    slots = {name: array for name, array in states._asdict().items() if np.ndim(array) == 2}
    kept, reason = _kept(positions[: steps + 1], losses[: steps + 1], gradients[:steps], slots)
    positions, losses, rates = positions[: kept + 1], losses[: kept + 1], rates[: max(kept, 1)]
    outcome = (
        diverged(surface, optimizer, positions, rates, kept, reason) if reason else settled(surface, positions, losses)
    )
    slots = {name: array[: kept + 1] for name, array in slots.items()}
    return Trajectory(positions, losses, gradients[:kept], rates[:kept], slots, slopes[kept], outcome)


def _kept(
    positions: np.ndarray, losses: np.ndarray, gradients: np.ndarray, slots: dict[str, np.ndarray]
) -> tuple[int, str]:
    """How many steps are kept, and why not all: "" if the run stayed within the bound."""
    bound = BLOWN_UP * (1 + abs(losses[0]))
    with np.errstate(invalid="ignore"):
        beyond = ~(np.abs(losses - losses[0]) <= bound)
    if not beyond.any():
        return len(gradients), ""
    step = int(np.argmax(beyond))
    reason = "the loss fell without end" if losses[step] < losses[0] else "the loss grew without bound"
    arrays = (positions, losses[:, None], *slots.values())
    finite = all(np.all(np.isfinite(array[step])) for array in arrays)
    return (step if finite else step - 1), reason
