"""Ensemble: the same descent with other luck, many times, since one noisy path says little."""

import dataclasses
import math
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from landscapes import Landscape
from optimizers import Batch, Optimizer
from optimizers.batch import batch_of, drawn, is_noisy
from optimizers.descent import loss_bound, one_step, rule_and_rates, starting_point
from studies.flow import basin_of
from studies.lanes import is_sound
from studies.luck import chunks
from studies.minima import DIVERGED, known_minima
from studies.proportion import proportion


@dataclasses.dataclass(frozen=True, eq=False)
class Ensemble:
    """How the runs of an ensemble ended, one a seed.

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
    surface: Landscape,
    optimizer: Optimizer,
    *,
    seeds: int = 256,
    steps: int = 500,
    start: Any = None,
    batch: Batch | None,
) -> Ensemble:
    """Descend with the seeds `batch.seed`, `batch.seed` + 1, and so on (beyond 2³² − 1 they go on from 0).

    A noisy run never rests, and where it is at the last step is chance. What is not chance is the basin: a run
    counts for the minimum that the gradient flow from its end leads to (see `basin_of`), which needs no threshold.
    The same holds without noise, so the two can be compared.

    Args:
        surface, optimizer, steps, start: as for `descend`.
        seeds: how many runs, 1 to 4096.
        batch: which samples each step sees. If its gradient is the full one, one run stands for all.

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
    xy, batch = starting_point(surface, start), batch_of(surface, batch)
    rule, rates = rule_and_rates(optimizer, steps)
    noisy = is_noisy(surface, batch)
    runs = _runs(surface, rule, rates, xy, int(steps), batch, int(seeds))
    if not np.isfinite(runs[1]).all():
        raise ValueError(f"`start` must be where the loss and its slope are finite. Received: {start!r}.")
    ends, losses, sound, floors = (part if noisy else np.repeat(part, seeds, axis=0) for part in runs)
    index = np.where(sound, basin_of(surface, ends), DIVERGED)
    return Ensemble(ends, losses, index, known_minima(surface), np.where(sound, floors, math.inf))


class Escape(NamedTuple):
    """The share of runs that got out, and its 95 % interval."""

    share: float
    low: float
    high: float


def escape(runs: Ensemble, home: int) -> Escape:
    """How many of the runs ended in the basin of another minimum than `home`, an index into `runs.minima`.

    One that diverged, or ended in no basin, has not escaped: it found nothing.
    """
    out = (runs.index >= 0) & (runs.index != home)
    return Escape(*proportion(int(out.sum()), len(out)))


def floor(
    surface: Landscape,
    optimizer: Optimizer,
    *,
    seeds: int = 256,
    steps: int = 500,
    start: Any = None,
    batch: Batch | None,
) -> float:
    """The noise floor: the full landscape's loss, averaged over the last quarter of the steps and over all seeds.

    Arguments and errors as for `ensemble`. Infinite if a run diverged.
    """
    runs = ensemble(surface, optimizer, seeds=seeds, steps=steps, start=start, batch=batch)
    return float(runs.floors.mean())


def _runs(
    surface: Landscape, rule: Optimizer, rates: Any, xy: np.ndarray, steps: int, batch: Batch, seeds: int
) -> list[np.ndarray]:
    """What `_lane` gives, for each seed: side by side, a chunk of runs at a time."""
    if not is_noisy(surface, batch):
        lots: Any = [(1, np.asarray(drawn(surface, batch, len(rates)))[None])]
    else:
        lots = chunks(surface, batch, seeds, steps + 1)
    parts = [
        [np.asarray(part)[:count] for part in _chunk(surface, rule, rates, xy, seen, np.int64(steps))]
        for count, seen in lots
    ]
    return [np.concatenate(part) for part in zip(*parts, strict=True)]


@jax.jit
def _chunk(surface: Landscape, rule: Optimizer, rates: Any, start: Any, seen: Any, steps: Any) -> Any:
    return jax.vmap(partial(_lane, surface, rule, rates, start, steps))(seen)


def _lane(surface: Landscape, rule: Optimizer, rates: Any, start: Any, steps: Any, seen: Any) -> Any:
    """One run, seen (count, …): the point that is kept last, its loss, whether it stayed sound, and its floor.

    As `descend` keeps them: up to the point that passed the bound, if all is finite there.
    """
    state = rule.init(start)
    bound = loss_bound(surface(start))
    quarter = steps - jnp.maximum(steps // 4, 1)

    def step(t, carry):
        xy, state, kept, sound, total = carry
        sights, moved = one_step(surface, rule, xy, state, rates[t], seen[t])
        here = sound & is_sound(xy, state, sights)
        kept = jnp.where(here, jnp.stack([*xy, sights[0]]), kept)
        sound = here & (jnp.abs(sights[0] - surface(start)) <= bound)
        return *moved, kept, sound, total + jnp.where(t > quarter, sights[0], 0.0)

    began = (start, state, jnp.full(3, jnp.nan), jnp.array(True), 0.0)
    *_, kept, sound, total = jax.lax.fori_loop(0, steps + 1, step, began)
    return kept[:2], kept[2], sound, total / (steps - quarter)
