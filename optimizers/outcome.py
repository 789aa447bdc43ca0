"""What became of a descent, in one word and one true sentence."""

import numpy as np

from landscapes import Landscape
from optimizers.optimizer import Optimizer
from optimizers.stability import curvature, sharpness, stable_limit
from optimizers.trajectory import Outcome

SETTLED = 0.002
"""How near to a stationary point counts as there, as a part of the domain's diagonal."""

HOVERING = 0.1
"""How far a path may swing around a point and still belong to it, as a part of the diagonal."""

WORDS = {"converged": "a global minimum", "local_minimum": "a local minimum", "saddle": "a saddle"}


def diagonal(surface: Landscape) -> float:
    """Length of the domain's diagonal: the measure for near and far."""
    return float(np.hypot(*(high - low for low, high in surface.domain)))


def diverged(
    surface: Landscape, optimizer: Optimizer, positions: np.ndarray, rates: np.ndarray, step: int, reason: str
) -> Outcome:
    """The outcome of a run that blew up at `step`, with the stable limit where that explains it."""
    cause = _too_fast(surface, optimizer, positions[0], float(rates.max())) or reason
    return Outcome("diverged", step, f"Diverged at step {step}: {cause}.")


def _too_fast(surface: Landscape, optimizer: Optimizer, start: np.ndarray, rate: float) -> str | None:
    nearest = min(surface.minima, key=lambda xy: float(np.hypot(*(start - xy))), default=None)
    places = [("of this valley", nearest)] if nearest is not None else []
    for where, xy in (*places, ("at the start", start)):
        limit = stable_limit(optimizer, sharpness(surface, xy))
        if limit is not None and rate > limit[0]:
            return f"the learning rate {rate:.3g} is above the limit {limit[1]} = {limit[0]:.2g} {where}"
    return None


def settled(surface: Landscape, positions: np.ndarray, losses: np.ndarray) -> Outcome:
    """The outcome of a run that stayed finite.

    The last eighth of the path is compared with the stationary point that the local quadratic model predicts
    (Newton's step from its mean): near it and not swinging far means that the run has settled there.
    """
    steps, size = len(positions) - 1, diagonal(surface)
    tail = positions[-max(8, steps // 8) :]
    centre = tail.mean(axis=0)
    spread = float(np.hypot(*(tail - centre).T).max())
    offset, kind = _stationary_point(surface, centre)
    if spread > HOVERING * size or np.hypot(*offset) > SETTLED * size + spread / 4:
        return Outcome("still_moving", steps, _moving_sentence(losses, tail, size))
    place = centre + offset
    if kind == "minimum":
        kind = "converged" if _is_global(surface, place, size) else "local_minimum"
    near = np.hypot(*(positions - place).T) <= max(1.01 * spread + np.hypot(*offset), 2.5 * SETTLED * size)
    since = int(len(near) - np.argmin(near[::-1])) if not near.all() else 0
    only = kind == "converged" and len(surface.global_minima) == 1
    where = "the global minimum" if only else WORDS[kind]
    return Outcome(kind, since, _settled_sentence(kind, where, since, spread, size))


def _stationary_point(surface: Landscape, xy: np.ndarray) -> tuple[np.ndarray, str]:
    """Newton's step from `xy` to the stationary point nearby, and `minimum` or `saddle` (anything else)."""
    gradient, hessian = curvature(surface, xy)
    if not (np.all(np.isfinite(gradient)) and np.all(np.isfinite(hessian))):
        return np.full(2, np.inf), "saddle"
    values, vectors = np.linalg.eigh(hessian)
    along = vectors.T @ gradient
    flat = np.abs(values) <= 1e-9 * max(1.0, np.abs(values).max())
    steps = np.where(np.abs(along) < 1e-9, 0.0, np.inf)
    steps = np.where(flat, steps, -along / np.where(flat, 1.0, values))
    if not np.all(np.isfinite(steps)):
        return np.full(2, np.inf), "saddle"
    return vectors @ steps, "minimum" if values[0] > 0 and not flat.any() else "saddle"


def _is_global(surface: Landscape, xy: np.ndarray, size: float) -> bool:
    lowest = surface.global_minima
    return not lowest or min(float(np.hypot(*(xy - minimum))) for minimum in lowest) <= 2.5 * SETTLED * size


def _settled_sentence(kind: str, where: str, since: int, spread: float, size: float) -> str:
    if spread > SETTLED * size:
        return f"Hovers around {where} from step {since}, within {spread:.2g} of it."
    if kind == "converged":
        return f"Reached {where} at step {since}."
    return f"Stuck in {where} since step {since}." if kind == "local_minimum" else f"Held up at {where} since step {since}."


def _moving_sentence(losses: np.ndarray, tail: np.ndarray, size: float) -> str:
    steps, travelled = len(losses) - 1, float(np.hypot(*np.diff(tail, axis=0).T).mean()) / size
    if losses[-1] > 2 * abs(losses[0]) + losses[0]:
        return f"Still climbing after {steps} steps: the loss is above where it began."
    if travelled < 1e-4:
        return f"Still on the way after {steps} steps, in very small ones."
    return f"Still moving after {steps} steps."
