"""Energy: height and speed of a rolling ball, and the step from which on it is caught for certain."""

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
"""The curvature on the way from one point to the next is looked at in so many places."""


@dataclasses.dataclass(frozen=True, eq=False)
class Energy:
    """The energy of a path of n steps, and what it can still reach.

    * `potential`, `kinetic`, `total` (n + 1,): f(x), β/(2η)·|v|² and their sum; v is the velocity that led to x;
    * `limit`: 2(1 − β)/λ with the largest curvature λ on the way, the learning rate up to which the total never
      rises on this path; `bound_holds`: whether it was kept to, and all else that the bound rests on;
    * `basins` (n + 1,) int: the minimum to which the ball would flow if it stood still, −2 if to none;
    * `barriers` (n + 1,): the height of the lowest way out of that basin, NaN where it is not known;
    * `trapped`: the first step from which on it can never leave its basin, or None; `reason`: why None, else "";
    * `barrier`, `passage`, `over`: of the basin where it is trapped (where the path ends, if it is not): the height,
      the place, and whether the lowest way out is over a `saddle`, the `edge` of the map, or a `pass` between two
      nodes of the grid at which no saddle was found; None if not known;
    * `passes` (p,) int: steps at which it has just come into another basin; `turns` (q,) int: steps at which it stood
      highest and turned back.
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

    Only curvature up along the step counts, so λ may be taken over the segments of the path. To say what becomes of
    the ball after the path has ended, it is taken over the part of the basin where f ≤ E: with sv⁺ in place of v⁺
    the same lines give f(x + sv⁺) ≤ E for all s from 0 to 1, so no step can leap over a barrier above E either.
    Both are looked up on a fine grid (see `barriers`), not proven between its nodes.

    Source: Ochs, Chen, Brox and Pock, 2014, iPiano, SIAM Journal on Imaging Sciences 7, p. 1388 (the bound).

    Args:
        landscape, optimizer: those that made the path.
        path: what `descend` returned.

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
    """β: how much of a velocity is kept."""
    return float(optimizer.momentum) if isinstance(optimizer, SGD) else 0.0


def _kinetic(optimizer: Optimizer, path: Trajectory) -> np.ndarray:
    """β/(2η)·|v|² at each point, with the rate η that the velocity was made with."""
    if not isinstance(optimizer, SGD) or not path.steps:
        return np.zeros(len(path.losses))
    rates = np.concatenate([path.learning_rates[:1], path.learning_rates[: path.steps]])
    return _share_kept_by_momentum(optimizer) / (2 * rates) * (path.slots["velocity"] ** 2).sum(axis=1)


def _limit(optimizer: Optimizer, landscape: Landscape, positions: np.ndarray) -> float:
    """2(1 − β)/λ, with λ looked up on all segments of the path; infinite where nothing curves up."""
    if not isinstance(optimizer, SGD):
        return np.nan
    parts = np.linspace(0, 1, LOOKS, endpoint=False)[:, None, None]
    between = (positions[:-1] + parts * (positions[1:] - positions[:-1])).reshape(-1, 2)
    most = sharpness_along(landscape, np.concatenate([between, positions[-1:]])).max()
    return 2 * (1 - _share_kept_by_momentum(optimizer)) / most if most > 0 else np.inf if most <= 0 else 0.0


def _why_not(landscape: Landscape, optimizer: Optimizer, path: Trajectory) -> str:
    """Why the bound says nothing about this path, whatever its learning rate; "" if it does."""
    rate = optimizer.learning_rate
    if not isinstance(optimizer, SGD):
        how = "divides by the gradient's own size" if divides(optimizer) else "steps by another rule"
        return f"The bound is for SGD. {optimizer.title} {how}, so no energy is kept."
    if optimizer.nesterov and optimizer.momentum > 0:
        return "The bound is for momentum as it is. Nesterov looks ahead, so its velocity is another one."
    if isinstance(rate, Schedule) and not isinstance(rate, Constant):
        return "The bound is for a constant learning rate. A schedule changes what a speed is worth."
    if not landscape.smooth:
        has = "may have" if landscape.lowest == "as found" else "has"
        return f"This surface {has} kinks, where the slope jumps, and no learning rate is small enough for those."
    if path.outcome.kind == "diverged":
        return "This run diverged."
    if _is_shaken(landscape, path):
        return "The batch shakes the ball, and noise can lift it over any barrier."
    return ""


def _is_shaken(landscape: Landscape, path: Trajectory) -> bool:
    """Whether the optimizer saw other gradients than the full landscape's."""
    gradients = gradients_at(landscape, path.positions)[: path.steps]
    return not np.allclose(
        gradients, path.gradients, rtol=1e-9, atol=1e-9 * (1e-300 + np.abs(gradients).max(initial=0))
    )


def _trapped(
    landscape: Landscape, optimizer: Optimizer, path: Trajectory, total: np.ndarray, basins: np.ndarray
) -> int | None:
    """The first step at which the ball is below its way out, and slow enough for the curvature that it can meet.

    The slope itself, which knows no grid, has the last word on the basin: where the two differ, there is a slot that is
    narrower than the grid, and nothing is certain of that basin.
    """
    map = barriers(landscape)
    where, rate = map.basins_at(path.positions), float(np.append(path.learning_rates, 0.0)[0])
    unclear = np.unique(where[(where >= 0) & (where != basins)])
    where = np.where(np.isin(where, unclear), -1, where)
    for index in np.unique(where[where >= 0]):
        way = map.ways[index]
        assert way is not None
        limit = 2 * (1 - _share_kept_by_momentum(optimizer)) / np.maximum(way.curvature(total), 1e-300)
        where = np.where((where == index) & ~((total < way.height) & (rate <= limit)), -1, where)
    caught = np.flatnonzero(where >= 0)
    if not len(caught) or (basins[caught[0] :] != where[caught[0]]).any():
        return None
    return int(caught[0])


def _why_not_yet(
    optimizer: Optimizer, path: Trajectory, total: np.ndarray, ways: tuple[Barrier | None, ...], basins: np.ndarray
) -> str:
    """Why a ball to which the bound applies is not trapped."""
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
    """The way out that matters: of the basin where the ball is trapped, or where the path ends."""
    if trapped is not None:
        return ways[barriers(landscape).basins_at(path.positions[trapped : trapped + 1])[0]]
    return ways[basins[-1]] if basins[-1] >= 0 else None
