"""Basins: a descent from every point of the map, and the minimum where it ends."""

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscapes import Landscape
from landscapes.calculus import power_of_two
from landscapes.flow import basin_of
from landscapes.minima import DIVERGED, arrival_distance, known_minima, reached
from optimizers import Batch, Optimizer
from optimizers.batch import batch_arrays, batch_of, is_noisy
from optimizers.descent import one_step, rule_and_rates
from optimizers.divergence import blown_up, late_steps
from optimizers.stability import steps_grow
from studies.vmapped import is_finite, move, of_type

VMAPPED, BLOCK = 1024, 4096
"""Descents that run side by side, and starts that one call of the program runs: 64 × 64, the usual map."""

EXACT = 64
"""The largest resolution of a map in float64. Larger maps are in float32, which is twice as fast."""

MAX_MINIMA_AT_ONCE = 8
"""The most minima whose distance is taken at every step.

With more, a second run watches the one that the first found.
"""


@dataclasses.dataclass(frozen=True, eq=False)
class Basins:
    """The basins of a map; `[j, i]` belongs to the start `(x[i], y[j])`.

    * `x` (n,), `y` (n,): the starts, over the domain;
    * `index` (n, n) int: which of `minima` was reached, DIVERGED (−1) or NOT_SETTLED (−2);
    * `steps` (n, n) int: the first step from which on it stayed within the arrival distance of a minimum. It is the
      number of all steps if it never stayed, and −1 where no minimum was reached;
    * `minima` (k, 2): global ones first.
    """

    x: np.ndarray
    y: np.ndarray
    index: np.ndarray
    steps: np.ndarray
    minima: np.ndarray


class CancelledError(Exception):
    """A study was stopped because nobody waits for it any more."""


def basins(
    landscape: Landscape,
    optimizer: Optimizer,
    *,
    resolution: int = 256,
    steps: int = 500,
    batch: Batch | None = None,
    exact: bool | None = None,
    progress: Callable[[float], Any] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Basins:
    """The minimum that each start of a grid over the domain leads to.

    A minimum counts as reached if the last point is within the arrival distance of an `Outcome`. A noisy run never
    rests, so its end counts for the minimum to which it would flow without noise (see `basin_of`). A start where the
    loss is not finite counts as diverged.

    Args:
        landscape, optimizer, steps, batch: as for `descend`; every start sees the same batches.
        resolution: starts along each axis, 2 to 1024.
        exact: compute in float64, so that every start does what `descend` does. None is True up to a resolution of 64.
        progress: called with the finished part, from 0 to 1, after each block of 4096 starts.
        cancelled: called before each block; if it returns True, `CancelledError` is raised.

    Raises:
        ValueError: for a resolution or steps out of range, or a batch of more samples than there are.
        CancelledError: if it was cancelled.

    >>> from landscapes import LANDSCAPES
    >>> from optimizers import SGD
    >>> map = basins(LANDSCAPES["double_well"](), SGD(0.03), resolution=2)
    >>> map.index.tolist(), map.minima.round(2).tolist()
    ([[0, 1], [0, 1]], [[-1.04, -0.26], [0.95, 0.24]])
    """
    x, y = _axes(landscape, resolution)
    rule, rates = rule_and_rates(optimizer, steps)
    batch = batch_of(landscape, batch)
    dtype = np.float64 if (resolution <= EXACT if exact is None else exact) else np.float32
    batches, targets = batch_arrays(landscape, batch, len(rates)), _padded(known_minima(landscape))
    inputs = of_type((landscape, rule, rates, batches, targets, np.float64(arrival_distance(landscape))), dtype)
    blocks = []
    for block, total in _blocks(x, y):
        if cancelled is not None and cancelled():
            raise CancelledError
        # asarray waits for the block, so that the progress that is reported is true
        blocks.append([np.asarray(part) for part in _block(*inputs, block.astype(dtype), np.int32(steps))])
        if progress is not None:
            progress(len(blocks) / total)
    ends, finite, losses, since = (np.concatenate(parts)[: len(x) * len(y)] for parts in zip(*blocks, strict=True))
    # float32 losses may be infinite, and their bound too
    with np.errstate(all="ignore"):
        valid = finite & ~blown_up(steps_grow(rule), *losses.astype(np.float64).T)
    where = basin_of if is_noisy(landscape, batch) else reached
    # a diverged end may be NaN: any point will do, since its index is replaced
    index = np.where(valid, where(landscape, np.where(valid[:, None], ends, 0.0)), DIVERGED)
    shape = len(y), len(x)
    arrived = np.where(index >= 0, np.minimum(since, steps), -1)
    return Basins(x, y, index.reshape(shape), arrived.reshape(shape), known_minima(landscape))


def _axes(landscape: Landscape, resolution: Any) -> list[np.ndarray]:
    if not (isinstance(resolution, (int, np.integer)) and 2 <= resolution <= 1024):
        raise ValueError(f"`resolution` must be a whole number from 2 to 1024. Received: {resolution!r}. Try 64.")
    return [np.linspace(low, high, int(resolution)) for low, high in landscape.domain]


def _padded(minima: np.ndarray) -> np.ndarray:
    """The minima padded to a power of two of rows, four at least, so that few programs are compiled.

    The added rows are infinitely far away, so that no path is near to them.
    """
    rows = power_of_two(len(minima), 4)
    return np.concatenate([minima, np.full((rows - len(minima), 2), np.inf)])


def _blocks(x: np.ndarray, y: np.ndarray) -> list[tuple[np.ndarray, int]]:
    """Blocks (BLOCK, 2) of the starts, row by row, each with the number of blocks.

    The last one is filled with repeats.
    """
    starts = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    total = -(-len(starts) // BLOCK)
    return [(block, total) for block in np.resize(starts, (total, BLOCK, 2))]


@jax.jit
def _block(
    landscape: Landscape, rule: Optimizer, rates: Any, batches: Any, minima: Any, reach: Any, starts: Any, steps: Any
) -> Any:
    """`_simulate` for each of `starts` (BLOCK, 2), VMAPPED of them side by side: four arrays over BLOCK."""
    simulate = partial(_simulate, landscape, rule, rates, batches, reach, steps)
    run = jax.vmap(lambda start: simulate(start, *_looked_out_for(simulate, minima, start)))
    parts = jax.lax.map(run, starts.reshape(-1, VMAPPED, 2))
    return jax.tree.map(lambda part: part.reshape(-1, *part.shape[2:]), parts)


def _looked_out_for(simulate: Callable[..., Any], minima: Any, start: Any) -> Any:
    if len(minima) <= MAX_MINIMA_AT_ONCE:
        return (minima,)
    # distances to many minima at every step cost more than a second descent
    end, *_ = simulate(start, minima[:0])
    return (minima[jnp.argmin(((minima - end) ** 2).sum(axis=1))][None],)


def _simulate(
    landscape: Landscape, rule: Optimizer, rates: Any, batches: Any, reach: Any, steps: Any, start: Any, minima: Any
) -> Any:
    """One descent from `start` (2,). No point of the path is stored.

    Returns:
        The last point (2,).
        Whether all values stayed finite.
        The first, the highest, the highest late and the lowest loss, (4,), as `blown_up` needs them.
        The first step from which on the path was near one of the minima; steps + 1 if it ended away from them.
    """
    late_from = steps - late_steps(steps, jnp).astype(steps.dtype) + 1
    state = of_type(rule.init(start), start.dtype)
    (first, *_), _ = move(landscape, rule, start, state, rates[0], batches[0])

    def step(t: Any, carry: Any) -> Any:
        xy, state, highest, late, lowest, since = carry
        (loss, *_), moved = move(landscape, rule, xy, state, rates[t], batches[t])
        extremes = noted(t, loss, highest, late, lowest)
        return *moved, *extremes, jnp.where(_is_near(xy, minima, reach), since, t + 1)

    def noted(t: Any, loss: Any, highest: Any, late: Any, lowest: Any) -> Any:
        late = jnp.where(t >= late_from, jnp.maximum(late, loss), late)
        return jnp.maximum(highest, loss), late, jnp.minimum(lowest, loss)

    began = (start, state, first, jnp.full_like(first, -jnp.inf), first, jnp.int32(0))
    xy, state, *extremes, since = jax.lax.fori_loop(jnp.int32(0), steps, step, began)
    evaluation, _ = one_step(landscape, rule, xy, state, rates[steps], batches[steps])
    extremes = noted(steps, evaluation[0], *extremes)
    losses = jnp.stack([first, *(value.astype(first.dtype) for value in extremes)])
    arrived = jnp.where(_is_near(xy, minima, reach), since, steps + 1)
    return xy, is_finite(xy, state, evaluation, losses), losses, arrived


def _is_near(xy: Any, minima: Any, reach: Any) -> Any:
    """Whether a point is within `reach` of one of the minima. They are written out one by one, which XLA vectorizes."""
    x, y = xy
    # squares, so that no root is taken at every step
    squares = [(x - at[0]) ** 2 + (y - at[1]) ** 2 for at in minima]
    return jnp.stack(squares).min() <= reach**2 if squares else False
