"""Ensemble: one descent with many seeds, since a single noisy path says little."""

import dataclasses
import math
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from landscapes import Landscape
from landscapes.flow import basin_of
from landscapes.minima import DIVERGED, known_minima
from optimizers import Batch, Optimizer
from optimizers.batch import batch_arrays, batch_of, is_noisy
from optimizers.descent import one_step, rule_and_rates, starting_point
from optimizers.divergence import blown_up, late_steps, loss_bound
from optimizers.stability import steps_grow
from studies.draws import chunks
from studies.proportion import proportion
from studies.vmapped import is_finite


@dataclasses.dataclass(frozen=True, eq=False)
class Ensemble:
    """The ends of s runs, one for each seed.

    * `ends` (s, 2), `losses` (s,): the last point that `descend` would keep, and its loss on the full landscape;
    * `index` (s,) int: the minimum in whose basin a run ended, DIVERGED (−1), or NOT_SETTLED (−2) where the flow
      from its end leads to no known minimum;
    * `minima` (k, 2): global ones first;
    * `floors` (s,): the mean loss over the last quarter of a run's steps, infinite for one that diverged.
    """

    ends: np.ndarray
    losses: np.ndarray
    index: np.ndarray
    minima: np.ndarray
    floors: np.ndarray


def ensemble(
    landscape: Landscape,
    optimizer: Optimizer,
    *,
    seeds: int = 256,
    steps: int = 500,
    start: Any = None,
    batch: Batch | None,
) -> Ensemble:
    """The ends of descents with the seeds `batch.seed`, `batch.seed` + 1, and so on (beyond 2³² − 1 they go on from 0).

    A noisy run never rests, and where it is at the last step is chance. The basin is not chance: a run counts for the
    minimum that the gradient flow leads to from its end (see `basin_of`). Runs without noise count in the same way, so
    the two can be compared.

    Args:
        landscape, optimizer, steps, start: as for `descend`.
        seeds: the number of runs, 1 to 4096.
        batch: the samples that each step sees. If its gradient is the full one, one run stands for all.

    Raises:
        ValueError: for seeds or steps out of range, a batch of more samples than there are, or a start that is not
            two finite numbers with a finite loss.

    >>> from landscapes import LANDSCAPES
    >>> from optimizers import SGD
    >>> runs = ensemble(LANDSCAPES["double_well"](), SGD(0.03), seeds=4, batch=Batch(size=1, noise=2.0))
    >>> runs.index.tolist(), escape(runs, home=1).share
    ([1, 1, 1, 1], 0.0)
    """
    if not (isinstance(seeds, (int, np.integer)) and 1 <= seeds <= 4096):
        raise ValueError(f"`seeds` must be a whole number from 1 to 4096. Received: {seeds!r}. Try 256.")
    xy, batch = starting_point(landscape, start), batch_of(landscape, batch)
    rule, rates = rule_and_rates(optimizer, steps)
    noisy = is_noisy(landscape, batch)
    runs = _runs(landscape, rule, rates, xy, int(steps), batch, int(seeds))
    # the last finite point is NaN only if the start itself has no value
    if not np.isfinite(runs[0]).all():
        raise ValueError(f"`start` must be where the loss and its slope are finite. Received: {start!r}.")
    # without noise one run stands for all seeds
    last, beyond, finite, extremes, floors = (part if noisy else np.repeat(part, seeds, axis=0) for part in runs)
    grows = steps_grow(rule)
    valid = finite & ~blown_up(grows, *extremes.T)
    # a run that diverged is kept up to the point that passed the bound, if it ever did
    last_points = np.where((valid | (not grows))[:, None], last, beyond)
    ends, losses = last_points[:, :2], last_points[:, 2]
    index = np.where(valid, basin_of(landscape, ends), DIVERGED)
    return Ensemble(ends, losses, index, known_minima(landscape), np.where(valid, floors, math.inf))


class Escape(NamedTuple):
    """The share of runs that escaped, from 0 to 1, and its 95 % interval from `low` to `high`."""

    share: float
    low: float
    high: float


def escape(runs: Ensemble, home: int) -> Escape:
    """The share of runs that ended in the basin of another minimum than `home`, an index into `runs.minima`.

    A run that diverged, or ended in no basin, has not escaped.

    Raises:
        ValueError: if `home` is not such an index, as for a start that is in no basin.
    """
    if not 0 <= home < len(runs.minima):
        raise ValueError(
            f"`home` must be the index of one of the {len(runs.minima)} minima. Received: {home!r}. "
            "A start whose slope leads to no known minimum is in no basin, and nothing can be escaped from there."
        )
    out = (runs.index >= 0) & (runs.index != home)
    return Escape(*proportion(int(out.sum()), len(out)))


def floor(
    landscape: Landscape,
    optimizer: Optimizer,
    *,
    seeds: int = 256,
    steps: int = 500,
    start: Any = None,
    batch: Batch | None,
) -> float:
    """The noise floor: the full landscape's loss, averaged over the last quarter of the steps and over all seeds.

    It is infinite if a run diverged. Arguments and errors are those of `ensemble`.
    """
    runs = ensemble(landscape, optimizer, seeds=seeds, steps=steps, start=start, batch=batch)
    return float(runs.floors.mean())


def _runs(
    landscape: Landscape, rule: Optimizer, rates: Any, xy: np.ndarray, steps: int, batch: Batch, seeds: int
) -> list[np.ndarray]:
    """The results of `_simulate` for each seed, as arrays over the seeds; over a single run if there is no noise."""
    if not is_noisy(landscape, batch):
        draws: Any = [(1, np.asarray(batch_arrays(landscape, batch, len(rates)))[None])]
    else:
        draws = chunks(landscape, batch, seeds, steps + 1)
    parts = [
        [np.asarray(part)[:count] for part in _chunk(landscape, rule, rates, xy, batches, np.int64(steps))]
        for count, batches in draws
    ]
    return [np.concatenate(part) for part in zip(*parts, strict=True)]


@jax.jit
def _chunk(landscape: Landscape, rule: Optimizer, rates: Any, start: Any, batches: Any, steps: Any) -> Any:
    return jax.vmap(partial(_simulate, landscape, rule, rates, start, steps))(batches)


def _simulate(landscape: Landscape, rule: Optimizer, rates: Any, start: Any, steps: Any, batches: Any) -> Any:
    """One run with its batches (steps or more, …).

    Returns:
        Its last finite point and the loss there, (3,).
        The point up to which it is kept if it diverged, and the loss there, (3,).
        Whether all values stayed finite.
        The first, the highest, the highest late and the lowest loss, (4,), as `blown_up` needs them.
        The mean loss over the last quarter of the steps.
    """
    state = rule.init(start)
    first = landscape(start)
    bound, late_from = loss_bound(first), steps - late_steps(steps, jnp) + 1
    # one step at least, for very short runs
    quarter = steps - jnp.maximum(steps // 4, 1)

    def step(t: Any, carry: Any) -> Any:
        xy, state, last, beyond, finite, (highest, late, lowest), total = carry
        evaluation, moved = one_step(landscape, rule, xy, state, rates[t], batches[t])
        loss = evaluation[0]
        here = finite & is_finite(xy, state, evaluation)
        last = jnp.where(here, jnp.stack([*xy, loss]), last)
        # it follows the path until it has passed the bound, and then stays at that point
        beyond = jnp.where(here & (jnp.abs(beyond[2] - first) <= bound), last, beyond)
        late = jnp.where(t >= late_from, jnp.maximum(late, loss), late)
        extremes = jnp.maximum(highest, loss), late, jnp.minimum(lowest, loss)
        return *moved, last, beyond, here, extremes, total + jnp.where(t > quarter, loss, 0.0)

    nothing = jnp.full(3, jnp.nan)
    extremes = first, jnp.full_like(first, -jnp.inf), first
    began = (start, state, nothing, jnp.stack([*start, first]), jnp.array(True), extremes, 0.0)
    *_, last, beyond, finite, extremes, total = jax.lax.fori_loop(0, steps + 1, step, began)
    return last, beyond, finite, jnp.stack([first, *extremes]), total / (steps - quarter)
