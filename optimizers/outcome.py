"""What became of a descent, in one word and one true sentence."""

import math
from typing import Any

import numpy as np

from landscapes import Landscape
from optimizers.optimizer import Optimizer
from optimizers.stability import curvature, edge, principal_axes, sharpness, sharpness_along, stable_limit
from optimizers.trajectory import Outcome

SETTLED = 0.002
"""How near to a stationary point counts as there, as a part of the domain's diagonal."""

ARRIVED = 2.5 * SETTLED
"""Within this of a point, a path has reached it; further out it hovers around it."""

HOVERING = 0.15
"""How far a path may swing around a point and still belong to it, as a part of the diagonal."""

TINY = 1e-4
"""A mean step shorter than this, as a part of the diagonal, is called very small."""

GREW = "the loss grew without bound"

WORDS = {"converged": "a global minimum", "local_minimum": "a local minimum", "saddle": "a saddle"}


def diagonal(surface: Landscape) -> float:
    """Length of the domain's diagonal: the measure for near and far."""
    return math.hypot(*(high - low for low, high in surface.domain))


def distances(points: np.ndarray, xy: Any) -> np.ndarray:
    """How far each of `points` (n, 2) is from `xy`."""
    x, y = points[:, 0] - xy[0], points[:, 1] - xy[1]
    return np.sqrt(x * x + y * y)


def diverged(
    surface: Landscape, optimizer: Optimizer, positions: np.ndarray, rates: np.ndarray, reason: str
) -> Outcome:
    """The outcome of a run that blew up at its last position, with the stable limit where that explains it."""
    step = len(positions) - 1
    cause = _too_fast(surface, optimizer, positions, rates)
    if not cause and reason == GREW:
        cause = _too_fast_on_the_way(surface, optimizer, positions, rates)
    cause = cause or reason
    return Outcome("diverged", step, f"Diverged at {f'step {step}' if step else 'the first step'}: {cause}.")


def _too_fast(surface: Landscape, optimizer: Optimizer, positions: np.ndarray, rates: np.ndarray) -> str | None:
    """The limit that was passed, in the valley or at the start."""
    start, rate = positions[0], float(rates.max())
    nearest = min(surface.minima, key=lambda xy: math.dist(start, xy), default=None)
    places = [("of this valley", nearest)] if nearest is not None else []
    for where, xy in (*places, ("at the start", start)):
        limit = stable_limit(optimizer, sharpness(surface, xy))
        if limit is not None and rate > limit[0]:
            return f"the learning rate {rate:.3g} is above the limit {limit[1]} = {limit[0]:.2g} {where}"
    return None


def _too_fast_on_the_way(
    surface: Landscape, optimizer: Optimizer, positions: np.ndarray, rates: np.ndarray
) -> str | None:
    """The limit at the first step of the path that passed it."""
    product = edge(optimizer)
    if product is None:
        return None
    bends = sharpness_along(surface, positions)[: len(rates)]
    above = np.flatnonzero(rates * bends > product)
    if not len(above):
        return None
    step = int(above[0])
    limit, formula = stable_limit(optimizer, float(bends[step])) or (0.0, "")
    return f"the learning rate {rates[step]:.3g} is above the limit {formula} = {limit:.2g} at step {step}"


def settled(surface: Landscape, positions: np.ndarray, losses: np.ndarray, noisy: bool) -> Outcome:
    """The outcome of a run that stayed finite.

    The last eighth of the path is compared with the stationary point that the local quadratic model predicts
    (Newton's step from its mean): near it and not swinging far means that the run has settled there. Of a noisy
    path the last half is tried first: a few wide, slow swings tell little of what they swing around.
    """
    steps, size = len(positions) - 1, diagonal(surface)
    half, eighth = (positions[-max(8, steps // part) :] for part in (2, 8))
    travelled = float(np.abs(eighth[1:] - eighth[:-1]).sum())
    found = None
    if noisy:
        found = _settled_at(surface, half, size, 1 / 3)
    if not found and not _is_straight(eighth, travelled, size):
        found = _settled_at(surface, eighth, size, 1 / 4) or _settled_at_a_kink(surface, eighth, size)
    if not found:
        return Outcome("still_moving", steps, _moving_sentence(losses, travelled / len(eighth) / size))
    kind, place, reach = found
    lowest = surface.global_minima
    if kind == "minimum":
        kind = "converged" if _is_among(lowest, place, size) else "local_minimum"
    away = distances(positions, place) > max(reach, ARRIVED * size)
    since = len(away) - int(np.argmax(away[::-1])) if away.any() else 0
    where = "the global minimum" if kind == "converged" and len(lowest) == 1 else WORDS[kind]
    hovers = reach if reach > ARRIVED * size else 0.0
    return Outcome(kind, since, _settled_sentence(kind, where, since, hovers), hovers)


def _is_straight(tail: np.ndarray, travelled: float, size: float) -> bool:
    """Whether a tail never turns back and goes further than one that has arrived: it only passes what is there."""
    net = abs(float(tail[-1, 0] - tail[0, 0])) + abs(float(tail[-1, 1] - tail[0, 1]))
    return net > 2 * ARRIVED * size and net > 0.99 * travelled


def _settled_at(surface: Landscape, tail: np.ndarray, size: float, part: float) -> tuple[str, np.ndarray, float] | None:
    """The stationary point that a tail stays at, as kind, place and how far from it the tail gets; or None.

    The tail's mean must be within SETTLED and a `part` of the swing: a mean of correlated swings has a standard
    error of about a fifth of the widest one. A path on its straight way to a point is one whole swing from it at
    least, and by the model one third even on x⁴, where Newton's step is too short.
    """
    centre = tail.mean(axis=0)
    swing = float(distances(tail, centre).max())
    if swing > HOVERING * size:
        return None
    gradient, hessian = curvature(surface, centre)
    offset, kind = newton_step(gradient, hessian)
    distance = math.hypot(*offset)
    if not distance <= SETTLED * size + part * swing:
        return None
    return kind, centre + offset, 1.01 * swing + distance


def _settled_at_a_kink(surface: Landscape, tail: np.ndarray, size: float) -> tuple[str, np.ndarray, float] | None:
    """The same for a listed minimum that may have no curvature, so no slope to judge by: what swings around it."""
    if surface.smooth or not surface.minima:
        return None
    centre = tail.mean(axis=0)
    place = np.asarray(min(surface.minima, key=lambda xy: math.dist(xy, centre)))
    swing, distance = float(distances(tail, centre).max()), math.dist(place, centre)
    if swing > HOVERING * size or distance > SETTLED * size + swing / 4:
        return None
    return "minimum", place, 1.01 * swing + distance


def newton_step(gradient: np.ndarray, hessian: np.ndarray) -> tuple[tuple[float, float], str]:
    """The step to the stationary point of the local quadratic model, and `minimum` or `saddle` (anything else).

    Infinite or NaN where the model has none: on a flat direction that slopes, or where it is not finite.
    """
    axes, slope = principal_axes(hessian), gradient.tolist()
    flat = 1e-9 * max(1.0, abs(axes[0][0]), abs(axes[1][0]))
    x = y = 0.0
    for bend, (along_x, along_y) in axes:
        along = slope[0] * along_x + slope[1] * along_y
        step = _axis_step(along, bend, flat)
        x, y = x + step * along_x, y + step * along_y
    return (x, y), "minimum" if axes[1][0] > flat else "saddle"


def _axis_step(slope: float, bend: float, flat: float) -> float:
    if abs(bend) > flat:
        return -slope / bend
    return 0.0 if abs(slope) < 1e-9 else math.inf


def _is_among(minima: Any, xy: np.ndarray, size: float) -> bool:
    return not minima or min(math.dist(xy, minimum) for minimum in minima) <= ARRIVED * size


def _settled_sentence(kind: str, where: str, since: int, hovers: float) -> str:
    if hovers:
        return f"Hovers around {where} from step {since}, within {hovers:.2g} of it."
    if kind == "converged":
        return f"Reached {where} at step {since}."
    return (
        f"Stuck in {where} since step {since}."
        if kind == "local_minimum"
        else f"Held up at {where} since step {since}."
    )


def _moving_sentence(losses: np.ndarray, pace: float) -> str:
    steps = len(losses) - 1
    if losses[-1] > 2 * abs(losses[0]) + losses[0]:
        return f"Still climbing after {steps} steps: the loss is above where it began."
    if pace < TINY:
        return f"Still on the way after {steps} steps, in very small ones."
    return f"Still moving after {steps} steps."
