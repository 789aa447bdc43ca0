"""Many settings at once: one `vmap` over a stacked optimizer, which records what it takes to judge each."""

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
"""The number of descents that run side by side."""

_TWO = ThreadPoolExecutor(2, "cells")


class SweepInputs(NamedTuple):
    """The inputs that all settings share: the landscape, the start (2,), the loss `level` that counts as reached, the
    batches (k, more than steps, …), and the number of steps.
    """

    landscape: Landscape
    start: Any
    level: Any
    batches: Any
    steps: Any


class SweepOptions(NamedTuple):
    """What is recorded: `stored` last points of each path, whether paths are `noisy`, and whether turns are counted."""

    stored: int
    noisy: bool
    turns: bool


class SweepResult(NamedTuple):
    """The results of n settings, arrays over n.

    * `first`, `loss`: the loss at the start and the last finite one; `finite`: whether all values stayed finite;
    * `highest`, `late`, `lowest`: the extremes of the loss, `late` over the last steps (see `divergence.blown_up`);
    * `beyond`: the loss at which it first passed the bound of `blown_up`, or the last one;
    * `above`: the last step with a loss above the level, −1 if there is none;
    * `turns` (n, 2): how often each coordinate turned round until then, None if not counted;
    * `eighth`, `half`: the statistics of the trailing windows; `half` is None without noise.
    """

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
    """The options for descents of `steps` steps.

    The stored points are a power of two, so that few programs are compiled.
    """
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
    """The results of descents with each of `count` settings, as arrays (count,), VMAPPED at a time on two threads.

    Args:
        inputs: what all settings share.
        optimizer: a record in which any number may be an array (count,).
        which: (count,) int, the index into `inputs.batches` for each setting; None if there is one for all.
        count: the number of settings.
        options: what is recorded.
        progress: called with the finished part, from 0 to 1, after each VMAPPED descents.
        cancelled: called before each VMAPPED descents; if it returns True, `CancelledError` is raised.
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
    """The settings and the indices of their batches, VMAPPED at a time. The last ones are filled with repeats."""
    for first in range(0, count, VMAPPED):
        rows = np.arange(first, first + VMAPPED) % count
        rows_of = partial(_rows_of, rows)
        yield jax.tree.map(rows_of, optimizer), np.int64(0) if which is None else which[rows]


def _rows_of(rows: np.ndarray, leaf: Any) -> Any:
    return leaf[rows] if np.ndim(leaf) else leaf


@partial(jax.jit, static_argnames="options")
def _chunk(inputs: SweepInputs, optimizers: Optimizer, which: Any, options: SweepOptions) -> SweepResult:
    # mapped over the fields that are arrays; plain numbers are common to all
    stacked = jax.tree.map(lambda leaf: 0 if jnp.ndim(leaf) else None, optimizers)
    return jax.vmap(partial(_simulate, inputs, options), in_axes=(stacked, 0 if jnp.ndim(which) else None))(
        optimizers, which
    )


class Turns(NamedTuple):
    """`way` (2,): the last step; `count` (2,): how often each coordinate has turned round so far."""

    way: Any
    count: Any


class ScanCarry(NamedTuple):
    """What the loop carries from step to step; the fields after `state` are those of `SweepResult`."""

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
    """One descent. Only its last points are stored."""
    start, steps = inputs.start, inputs.steps
    rule, first = optimizer.replace_unchecked(learning_rate=None), inputs.landscape(start)
    bound, late_from = loss_bound(first), steps - late_steps(steps, jnp) + 1

    def advanced(t: Any, now: ScanCarry, counts: Any) -> ScanCarry:
        rate = _rate(optimizer.learning_rate, t)
        (loss, *_), moved = one_step(inputs.landscape, rule, now.xy, now.state, rate, inputs.batches[which, t])
        # False for NaN, too
        finite = jnp.abs(loss) < jnp.inf
        # the padded steps at the end run, but do not count
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
    # nothing is stored until the window begins: memory does not grow with the number of steps
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
    # a coordinate turns round where two steps have opposite signs
    return Turns(way, now.turns.count + ((way * now.turns.way < 0) & above))
