"""Energy: potential and kinetic energy of a descent with momentum, and the step from which on it is trapped."""

import dataclasses

import numpy as np

from landscapes import Landscape
from landscapes.calculus import gradients_at, sharpness_along
from landscapes.flow import basin_of
from landscapes.landscape import Point
from optimizers import SGD, Constant, Optimizer, Schedule, Trajectory
from optimizers.explain.effective import divides
from studies.escape.barrier_crossings import passes_and_turns
from studies.escape.barriers import Barrier, barriers

LOOKS = 4
"""The number of places between two points at which the curvature is taken."""


@dataclasses.dataclass(frozen=True, eq=False)
class Energy:
    """The energy of a path of n steps, and what it can still reach.

    * `potential`, `kinetic`, `total` (n + 1,): f(x), β/(2η)·|v|² and their sum; v is the velocity that led to x;
    * `limit`: 2(1 − β)/λ with the largest curvature λ on the way. Up to this learning rate the total never rises on
      this path; `bound_holds`: whether the rates stay below it, and the bound's other conditions hold;
    * `basins` (n + 1,) int: the index of the minimum that the gradient flow leads to from each point, −2 for none;
    * `barriers` (n + 1,): the height of the lowest way out of that basin, NaN where it is not known;
    * `trapped`: the first step from which on it can never leave its basin, or None; `reason`: why it is None, else "";
    * `barrier`, `passage`, `over`: height, place and kind of the lowest way out, as in `Barrier`, of the basin where it
      is trapped, or else where the path ends; None if not known;
    * `passes` (p,) int: the steps at which it has just come into another basin; `turns` (q,) int: the steps at which it
      stood highest and turned back.
    """

    potential: np.ndarray
    kinetic: np.ndarray
    total: np.ndarray
    limit: float
    bound_holds: bool
    basins: np.ndarray
    barriers: np.ndarray
    trapped: int | None
    reason: str
    barrier: float | None
    passage: Point | None
    over: str | None
    passes: np.ndarray
    turns: np.ndarray


def energy(landscape: Landscape, optimizer: Optimizer, path: Trajectory) -> Energy:
    """The energy along a path of SGD, with or without momentum.

    Let v⁺ = βv − ηg and x⁺ = x + v⁺, with E = f(x) + β/(2η)·|v|², and let no curvature on the way exceed λ. Then

    1. f(x⁺) ≤ f(x) + g·v⁺ + λ/2·|v⁺|², and g = (βv − v⁺)/η;
    2. g·v⁺ = (βv·v⁺ − |v⁺|²)/η ≤ β/(2η)·|v|² + (β/2 − 1)/η·|v⁺|², since 2v·v⁺ ≤ |v|² + |v⁺|²;
    3. E⁺ ≤ E − ((1 − β)/η − λ/2)·|v⁺|², so E never rises while η ≤ 2(1 − β)/λ.

    Only the curvature along the steps counts, so for this path λ is taken over its segments. For what happens after the
    path has ended, λ is taken over the part of the basin where f ≤ E. Then lines 1 to 3, with sv⁺ in place of v⁺, give
    f(x + sv⁺) ≤ E for all s from 0 to 1, so no step can leap over a barrier above E. Basin and curvature are looked up
    on a fine grid (see `barriers`); nothing is proven between its nodes.

    Source: Ochs, Chen, Brox and Pock, 2014, iPiano, SIAM Journal on Imaging Sciences 7, p. 1388 (the bound).

    Args:
        landscape, optimizer: those of the descent.
        path: the trajectory that `descend` returned.

    >>> from landscapes import LANDSCAPES
    >>> from optimizers import descend
    >>> landscape, ball = LANDSCAPES["double_well"](), SGD(0.01, momentum=0.8)
    >>> rolled = energy(landscape, ball, descend(landscape, ball, steps=300))
    >>> round(rolled.barrier, 3), rolled.trapped is not None, bool(rolled.total[rolled.trapped] < rolled.barrier)
    (1.015, True, True)
    """
    rates = path.learning_rates
    kinetic = _kinetic(optimizer, path)
    total = path.losses + kinetic
    limit = _limit(optimizer, landscape, path.positions)
    reason = _why_not(landscape, optimizer, path)
    holds = not reason and bool((rates <= limit).all())
    basins = basin_of(landscape, path.positions)
    ways = barriers(landscape).ways
    # one NaN more, which the index −1, for no basin, reads
    heights = np.array([np.nan if way is None else way.height for way in ways] + [np.nan])
    trapped = None if reason else _trapped(landscape, optimizer, path, total, basins)
    if trapped is None and not reason:
        reason = _why_not_yet(optimizer, path, total, ways, basins)
    way = _way(landscape, path, trapped, ways, basins)
    passes, turns = passes_and_turns(path.losses, basins)
    return Energy(
        path.losses,
        kinetic,
        total,
        limit,
        holds,
        basins,
        heights[np.maximum(basins, -1)],
        trapped,
        reason,
        way.height if way else None,
        way.xy if way else None,
        way.over if way else None,
        passes,
        turns,
    )


def _share_kept_by_momentum(optimizer: Optimizer) -> float:
    """β, the part of the velocity that is kept; 0 for other methods than SGD."""
    return float(optimizer.momentum) if isinstance(optimizer, SGD) else 0.0


def _kinetic(optimizer: Optimizer, path: Trajectory) -> np.ndarray:
    """β/(2η)·|v|² at each point, (n + 1,), with the rate η of the step that led there."""
    if not isinstance(optimizer, SGD) or not path.steps:
        return np.zeros(len(path.losses))
    # the start has no velocity, so any rate will do for it
    rates = np.concatenate([path.learning_rates[:1], path.learning_rates[: path.steps]])
    return _share_kept_by_momentum(optimizer) / (2 * rates) * (path.slots["velocity"] ** 2).sum(axis=1)


def _limit(optimizer: Optimizer, landscape: Landscape, positions: np.ndarray) -> float:
    """2(1 − β)/λ, with the largest curvature λ on the segments of the path; infinite where no curvature is positive."""
    if not isinstance(optimizer, SGD):
        return np.nan
    parts = np.linspace(0, 1, LOOKS, endpoint=False)[:, None, None]
    between = (positions[:-1] + parts * (positions[1:] - positions[:-1])).reshape(-1, 2)
    most = sharpness_along(landscape, np.concatenate([between, positions[-1:]])).max()
    # a NaN curvature fails both comparisons and gives 0: no rate is safe
    return 2 * (1 - _share_kept_by_momentum(optimizer)) / most if most > 0 else np.inf if most <= 0 else 0.0


def _why_not(landscape: Landscape, optimizer: Optimizer, path: Trajectory) -> str:
    """Why the bound does not apply to this path, whatever its learning rate; "" if it applies."""
    rate = optimizer.learning_rate
    if not isinstance(optimizer, SGD):
        how = "divides by the gradient's own size" if divides(optimizer) else "steps by another rule"
        return f"The bound is for SGD. {optimizer.title} {how}, so no energy is kept."
    if optimizer.nesterov and optimizer.momentum > 0:
        return "The bound is for momentum as it is. Nesterov looks ahead, so its velocity is another one."
    if isinstance(rate, Schedule) and not isinstance(rate, Constant):
        return "The bound is for a constant learning rate. A schedule changes what a speed is worth."
    if not landscape.smooth:
        has = "may have" if landscape.hides_kinks else "has"
        return f"This surface {has} kinks, where the slope jumps, and no learning rate is small enough for those."
    if path.outcome.kind == "diverged":
        return "This run diverged."
    if _is_shaken(landscape, path):
        return "The batch shakes the ball, and noise can lift it over any barrier."
    return ""


def _is_shaken(landscape: Landscape, path: Trajectory) -> bool:
    """Whether the optimizer received other gradients than the full landscape's."""
    # compared, since a path does not say which batches it was given
    gradients = gradients_at(landscape, path.positions)[: path.steps]
    return not np.allclose(
        gradients, path.gradients, rtol=1e-9, atol=1e-9 * (1e-300 + np.abs(gradients).max(initial=0))
    )


def _trapped(
    landscape: Landscape, optimizer: Optimizer, path: Trajectory, total: np.ndarray, basins: np.ndarray
) -> int | None:
    """The first step at which the energy is below the barrier, and the rate small enough for the curvature there.

    The basins by the grid are compared with those by the gradient flow, which needs no grid. Where the two differ,
    there is a slot narrower than a cell, and nothing is certain of that basin.
    """
    map = barriers(landscape)
    # the rate is constant here, see `_why_not`; a path without steps has none
    where, rate = map.basins_at(path.positions), float(np.append(path.learning_rates, 0.0)[0])
    unclear = np.unique(where[(where >= 0) & (where != basins)])
    where = np.where(np.isin(where, unclear), -1, where)
    for index in np.unique(where[where >= 0]):
        way = map.ways[index]
        assert way is not None
        limit = 2 * (1 - _share_kept_by_momentum(optimizer)) / np.maximum(way.curvature(total), 1e-300)
        where = np.where((where == index) & ~((total < way.height) & (rate <= limit)), -1, where)
    caught = np.flatnonzero(where >= 0)
    # a path that leaves after all shows that the grid was too coarse
    if not len(caught) or (basins[caught[0] :] != where[caught[0]]).any():
        return None
    return int(caught[0])


def _why_not_yet(
    optimizer: Optimizer, path: Trajectory, total: np.ndarray, ways: tuple[Barrier | None, ...], basins: np.ndarray
) -> str:
    """Why a path to which the bound applies is not trapped: a sentence."""
    way = ways[basins[-1]] if basins[-1] >= 0 else None
    if way is None:
        return "The path ends in no basin whose way out is known."
    if not total[-1] < way.height:
        return "The energy is still above the way out."
    limit = 2 * (1 - _share_kept_by_momentum(optimizer)) / float(way.curvature(total[-1]))
    rate = float(path.learning_rates[-1]) if path.steps else float(np.nan)
    return (
        f"The learning rate {rate:.3g} is above 2(1 − β)/λ = {limit:.2g} of this basin, so a step may gain energy: "
        "the ball may be caught, but that is not certain."
    )


def _way(
    landscape: Landscape, path: Trajectory, trapped: int | None, ways: tuple[Barrier | None, ...], basins: np.ndarray
) -> Barrier | None:
    """The barrier of the basin where the path is trapped, or else where it ends; None if it is not known."""
    if trapped is not None:
        return ways[barriers(landscape).basins_at(path.positions[trapped : trapped + 1])[0]]
    return ways[basins[-1]] if basins[-1] >= 0 else None
