"""The end of many paths, judged as one is by `descend`: the same rules as in `optimizers/outcome.py`, on arrays."""

import math
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from landscapes import Landscape
from optimizers.outcome import ARRIVED, HOVERING, SETTLED, diagonal

EIGHTH, HALF = 8, 2
"""The parts of a path that are looked at: the last eighth, and of a noisy path the last half before that."""


class Tail(NamedTuple):
    """Of the last points of a path: their mean (2,), the furthest from it, the way they went, and the way as the
    crow flies, both as a sum over the coordinates."""

    centre: Any
    swing: Any
    travelled: Any
    net: Any


def tail_of(points: Any, numbers: Any, steps: Any, part: int) -> Tail:
    """The tail that is a `part`-th of a path of so many steps, and eight points at least.

    Args:
        points: (n, 2), the last points that were stored.
        numbers: (n,), the step of each; those beyond `steps` do not count.
    """
    count = jnp.minimum(jnp.maximum(8, steps // part), steps + 1)
    within = (numbers <= steps) & (numbers > steps - count)
    centre = jnp.where(within[:, None], points, 0.0).sum(axis=0) / count
    away = points - centre
    swing = jnp.sqrt(jnp.where(within, away[:, 0] ** 2 + away[:, 1] ** 2, 0.0).max())
    moves = jnp.abs(points[1:] - points[:-1])
    travelled = jnp.where((within[1:] & within[:-1])[:, None], moves, 0.0).sum()
    first, last = (points[jnp.argmax(numbers == at)] for at in (steps - count + 1, steps))
    return Tail(centre, swing, travelled, jnp.abs(last - first).sum())


MOVING, SADDLE, LOCAL, CONVERGED, DIVERGED = range(5)
KINDS = np.array(["still_moving", "saddle", "local_minimum", "converged", "diverged"])
"""The words of an Outcome, by number."""


def kinds(surface: Landscape, eighth: Tail, half: Tail | None) -> tuple[np.ndarray, np.ndarray]:
    """What became of n paths that stayed finite, (n,) numbers in KINDS, and the places (n, 2) where they are.

    Args:
        surface: what was descended.
        eighth: the last eighth of each path, arrays over all n.
        half: the last half of each, if they are noisy.
    """
    size = diagonal(surface)
    kind, place = np.full(len(eighth.swing), MOVING), np.array(eighth.centre)
    straight = (eighth.net > 2 * ARRIVED * size) & (eighth.net > 0.99 * eighth.travelled)
    tries = [(_at_a_kink(surface, eighth, size), ~straight), (_settled_at(surface, eighth, size, 1 / 4), ~straight)]
    if half is not None:
        tries.append((_settled_at(surface, half, size, 1 / 3), np.full(len(kind), True)))
    for (found, where), counts in tries:
        here = np.flatnonzero((found != MOVING) & counts)
        kind[here], place[here] = found[here], where[here]
    minimum = np.flatnonzero(kind == LOCAL)
    if surface.global_minima:
        minimum = minimum[nearest_distance(surface.global_minima, place[minimum]) <= ARRIVED * size]
    kind[minimum] = CONVERGED
    return kind, place


def nearest_distance(minima: Any, places: np.ndarray) -> np.ndarray:
    """How far each of `places` (n, 2) is from the nearest of `minima` (k, 2): (n,)."""
    return np.min([np.hypot(places[:, 0] - x, places[:, 1] - y) for x, y in minima], axis=0)


def _settled_at(surface: Landscape, tail: Tail, size: float, part: float) -> tuple[np.ndarray, np.ndarray]:
    """For each tail LOCAL, SADDLE or MOVING, and the stationary point of the quadratic model around its mean."""
    offset, minimum = _newton_steps(*curvatures(surface, tail.centre))
    with np.errstate(all="ignore"):
        distance = np.hypot(*offset.T)
        here = (tail.swing <= HOVERING * size) & (distance <= SETTLED * size + part * tail.swing)
    found = np.where(here, np.where(minimum, LOCAL, SADDLE), MOVING)
    return found, np.where(here[:, None], tail.centre + offset, tail.centre)


def _at_a_kink(surface: Landscape, tail: Tail, size: float) -> tuple[np.ndarray, np.ndarray]:
    """The same for a listed minimum that may have no curvature."""
    nothing = np.full(len(tail.swing), MOVING)
    if surface.smooth or not surface.minima:
        return nothing, tail.centre
    minima = np.asarray(surface.minima)
    away = np.hypot(*(tail.centre[:, None] - minima).transpose(2, 0, 1))
    nearest, distance = minima[np.argmin(away, axis=1)], away.min(axis=1)
    here = (tail.swing <= HOVERING * size) & (distance <= SETTLED * size + tail.swing / 4)
    return np.where(here, LOCAL, nothing), nearest


def _newton_steps(slopes: np.ndarray, bends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Newton's step for each of n slopes (n, 2) and Hessians (n, 2, 2), and where the model has a minimum."""
    with np.errstate(all="ignore"):
        a, b, c = bends[:, 0, 0], bends[:, 0, 1], bends[:, 1, 1]
        mean, radius, angle = (a + c) / 2, np.hypot((a - c) / 2, b), np.arctan2(2 * b, a - c) / 2
        x, y = np.cos(angle), np.sin(angle)
        flat = 1e-9 * np.maximum(1.0, np.maximum(np.abs(mean + radius), np.abs(mean - radius)))
        step = np.zeros_like(slopes)
        for bend, along in ((mean + radius, np.stack([x, y], -1)), (mean - radius, np.stack([-y, x], -1))):
            slope = (slopes * along).sum(axis=1)
            still = np.where(np.abs(slope) < 1e-9, 0.0, math.inf)
            step = step + np.where(np.abs(bend) > flat, -slope / bend, still)[:, None] * along
    return step, mean - radius > flat


@jax.jit
def _curvatures(surface: Landscape, points: Any) -> Any:
    slope = jax.grad(lambda xy: surface(xy))
    return jax.vmap(lambda xy: (slope(xy), jax.jacfwd(slope)(xy)))(points)


CHUNK = 1024


def curvatures(surface: Landscape, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Gradients (n, 2) and Hessians (n, 2, 2) at each of `points` (n, 2); the same program whatever their number."""
    chunks = np.resize(points, (-(-len(points) // CHUNK), CHUNK, 2))
    parts = [_curvatures(surface, chunk) for chunk in chunks]
    slopes, bends = (np.concatenate([np.asarray(part) for part in column]) for column in zip(*parts, strict=True))
    return slopes[: len(points)], bends[: len(points)]
