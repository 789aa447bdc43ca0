"""Many settings at once: one `vmap` over a stacked optimizer, each setting judged as `descend` does."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from landscapes import Landscape
from landscapes.calculus import power_of_two
from optimizers import Optimizer, Schedule
from optimizers.descent import one_step
from optimizers.divergence import late_steps, loss_bound
from optimizers.trailing_window import EIGHTH, HALF, MIN_WINDOW, WindowStats, window_stats
from studies.basins.basins import CancelledError
from studies.vmapped import is_finite

VMAPPED = 1024
"""So many descents run side by side."""

_TWO = ThreadPoolExecutor(2, "cells")


class SweepInputs(NamedTuple):
    """What all settings share: the landscape, the start (2,), the loss that counts as reached, what the batches do at
    each step (k, more than steps, …), and the number of steps."""

    landscape: Landscape
    start: Any
    level: Any
    batches: Any
    steps: Any


class SweepOptions(NamedTuple):
    """What is kept account of: how many of the last points are stored, whether paths are noisy, whether turns count."""

    stored: int
    noisy: bool
    turns: bool


class SweepResult(NamedTuple):
    """What is known of each setting in the end: its last loss, whether all stayed finite, the highest and lowest loss
    and the highest of the last steps (see `divergence.blown_up`), the loss that it had when it first passed the bound
    that `blown_up` goes by, the last step above the level, how often each coordinate turned round until then (None if
    not counted), and its trailing windows (half: only if noisy)."""

    first: Any
    loss: Any
    finite: Any
    highest: Any
    late: Any
    lowest: Any
    beyond: Any
    above: Any
    turns: Any
    eighth: WindowStats
    half: WindowStats | None


def sweep_options(steps: int, *, noisy: bool, turns: bool) -> SweepOptions:
    """The account of descents of so many steps; as many points as a power of two, so few programs are compiled."""
    tail = max(MIN_WINDOW, steps // (HALF if noisy else EIGHTH))
    return SweepOptions(power_of_two(tail), noisy, turns)


def ends(
    inputs: SweepInputs,
    optimizer: Optimizer,
    which: np.ndarray | None,
    count: int,
    options: SweepOptions,
    progress: Callable[[float], Any] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> SweepResult:
    """Descend with each of `count` settings, LANES at a time on two threads; arrays (count,).

    Args:
        inputs: what they share.
        optimizer: a record in which any number may be an array (count,).
        which: for each which of `inputs.batches` it sees, (count,); None if there is one.
        count: how many.
        options: what is kept account of.
        progress: called with the finished part, from 0 to 1, after each LANES descents.
        cancelled: asked before each of them; once it says True, `CancelledError` is raised.
    """

    def descended(chunk: tuple[Optimizer, Any]) -> Any:
        if cancelled is not None and cancelled():
            raise CancelledError
        return jax.tree.map(np.asarray, _chunk(inputs, *chunk, options))

    parts = []
    for part in _TWO.map(descended, list(_chunks(optimizer, which, count))):
        parts.append(part)
        if progress is not None:
            progress(min(1.0, len(parts) * VMAPPED / count))
    return jax.tree.map(lambda *column: np.concatenate(column)[:count], *parts)


def _chunks(optimizer: Optimizer, which: np.ndarray | None, count: int) -> Iterator[tuple[Optimizer, Any]]:
    """Settings and batches, VMAPPED at a time, the last ones filled up with repeats."""
    for first in range(0, count, VMAPPED):
        rows = np.arange(first, first + VMAPPED) % count
        rows_of = partial(_rows_of, rows)
        yield jax.tree.map(rows_of, optimizer), np.int64(0) if which is None else which[rows]


def _rows_of(rows: np.ndarray, leaf: Any) -> Any:
    return leaf[rows] if np.ndim(leaf) else leaf


@partial(jax.jit, static_argnames="options")
def _chunk(inputs: SweepInputs, optimizers: Optimizer, which: Any, options: SweepOptions) -> SweepResult:
    stacked = jax.tree.map(lambda leaf: 0 if jnp.ndim(leaf) else None, optimizers)
    return jax.vmap(partial(_simulate, inputs, options), in_axes=(stacked, 0 if jnp.ndim(which) else None))(
        optimizers, which
    )


class Turns(NamedTuple):
    """The last step, and how often each coordinate turned round so far."""

    way: Any
    count: Any


class ScanCarry(NamedTuple):
    """What is carried from step to step."""

    xy: Any
    state: Any
    loss: Any
    finite: Any
    highest: Any
    late: Any
    lowest: Any
    beyond: Any
    above: Any
    turns: Turns | None


def _simulate(inputs: SweepInputs, options: SweepOptions, optimizer: Optimizer, which: Any) -> SweepResult:
    """One descent; of its points only the last ones are stored."""
    start, steps = inputs.start, inputs.steps
    rule, first = optimizer.replace_unchecked(learning_rate=None), inputs.landscape(start)
    bound, late_from = loss_bound(first), steps - late_steps(steps, jnp) + 1

    def advanced(t: Any, now: ScanCarry, counts: Any) -> ScanCarry:
        rate = _rate(optimizer.learning_rate, t)
        (loss, *_), moved = one_step(inputs.landscape, rule, now.xy, now.state, rate, inputs.batches[which, t])
        finite = jnp.abs(loss) < jnp.inf
        above = (loss > inputs.level) & counts
        return ScanCarry(
            moved[0],
            moved[1],
            jnp.where(counts & finite, loss, now.loss),
            now.finite & (finite | ~counts),
            jnp.where(counts, jnp.maximum(now.highest, loss), now.highest),
            jnp.where(counts & (t >= late_from), jnp.maximum(now.late, loss), now.late),
            jnp.where(counts, jnp.minimum(now.lowest, loss), now.lowest),
            jnp.where(counts & finite & (jnp.abs(now.beyond - first) <= bound), loss, now.beyond),
            jnp.where(above, t.astype(jnp.int32), now.above),
            now.turns and _turned(now, moved[0], above),
        )

    def stored(now: ScanCarry, t: Any) -> tuple[ScanCarry, Any]:
        return advanced(t, now, t <= steps), now.xy

    turns = Turns(jnp.zeros_like(start), jnp.zeros_like(start)) if options.turns else None
    losses = first, jnp.array(True), first, jnp.full_like(first, -jnp.inf), first, first
    began = ScanCarry(start, rule.init(start), *losses, jnp.int32(-1), turns)
    before = jnp.maximum(steps + 1 - options.stored, 0)
    last = jax.lax.fori_loop(jnp.int64(0), before, lambda t, now: advanced(t, now, jnp.array(True)), began)
    numbers = before + jnp.arange(options.stored)
    last, points = jax.lax.scan(stored, last, numbers)
    half = window_stats(points, numbers, steps, HALF, jnp) if options.noisy else None
    eighth, turned = window_stats(points, numbers, steps, EIGHTH, jnp), last.turns and last.turns.count
    finite = last.finite & is_finite(points, last.state)
    extremes = last.highest, last.late, last.lowest, last.beyond
    return SweepResult(first, last.loss, finite, *extremes, last.above, turned, eighth, half)


def _rate(rate: Any, t: Any) -> Any:
    return rate(t.astype(float)) if isinstance(rate, Schedule) else rate


def _turned(now: ScanCarry, xy: Any, above: Any) -> Turns:
    assert now.turns is not None
    way = xy - now.xy
    return Turns(way, now.turns.count + ((way * now.turns.way < 0) & above))
