"""What a landscape is like around a point: minimum, level floor, plain, maximum, saddle or slope, by losses alone."""

import math
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from caching import cached
from landscapes.calculus import gradient_of, hessian_of, principal_axes
from landscapes.landscape import Landscape, diagonal, grid

MINIMUM, FLOOR, PLAIN, MAXIMUM, SADDLE, SLOPE = range(6)
SHAPES = ("minimum", "level floor", "plain", "maximum", "saddle", "slope")
"""The kinds of surroundings; `shape` in `Surroundings` is an index into them."""

RADII = (1e-4, 1e-3, 4e-3)
"""Radii of the rings on which the loss is compared with that in their middle, as parts of the diagonal. The first ring
on which it differs by more than rounding decides."""

FOLLOWED = 0.01
"""How far a floor that looks level is followed to either side, as a part of the diagonal."""

ROUNDING = 1e-13
"""Losses that differ by less than this part of their size, or of the map's height, are equal."""

NEWTON_STEPS = 8
SECTIONS = 70
"""Golden sections of one search: together they leave 2e-15 of the interval, about the spacing of the numbers."""

CHUNK = 1024


class Surroundings(NamedTuple):
    """The surroundings of n points.

    * `place` (n, 2): the stationary point that Newton's method leads to from each; not finite where there is none;
    * `loss` (n,): the loss at the place;
    * `shape` (n,) int: the kind of surroundings of the place, an index into SHAPES. A *minimum* has nothing lower or
      equal around it, a *level floor* nothing lower but equal places, on a *plain* all around is equal, a *maximum* has
      nothing higher, a *saddle* has something lower on two sides, and a *slope* on one.
    * `steep` (n,): the gradient's length at the point itself, times the diagonal, over the map's height.
    """

    place: np.ndarray
    loss: np.ndarray
    shape: np.ndarray
    steep: np.ndarray


@cached(64)
def height(landscape: Landscape) -> float:
    """The height of the map: the median height of its points above the lowest one, in units of the loss.

    Differences of loss are judged by it, so that neither one high corner nor the unit of the loss matters.
    """
    z = grid(landscape)[2]
    z = z[np.isfinite(z)]
    return max(float(np.median(z) - z.min()) if z.size else 0.0, 1e-300)


def surroundings(landscape: Landscape, points: Any, *, move: bool = True) -> Surroundings:
    """The surroundings of each of `points` (n, 2).

    Args:
        move: if True, go to the nearby stationary point first. If False, look around the point itself, as at a kink,
            where no gradient leads.

    >>> from landscapes import LANDSCAPES
    >>> around = surroundings(LANDSCAPES["saddle"](), [(0.01, 0.01), (0.0, 1.2)])
    >>> [SHAPES[shape] for shape in around.shape], (around.place.round(6) + 0.0).tolist()
    (['saddle', 'minimum'], [[0.0, 0.0], [0.0, 1.414214]])
    """
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    scale = np.float64(diagonal(landscape)), np.float64(height(landscape))
    # one point, or a multiple of CHUNK: two programs for all lengths
    rows = points if len(points) == 1 else np.resize(points, (-(-len(points) // CHUNK), CHUNK, 2))
    chunks = [rows] if len(points) == 1 else list(rows)
    parts = [[np.asarray(part) for part in _classify(landscape, chunk, *scale, move)] for chunk in chunks]
    if not parts:
        return Surroundings(np.empty((0, 2)), np.empty(0), np.empty(0, dtype=int), np.empty(0))
    return Surroundings(*(np.concatenate(part)[: len(points)] for part in zip(*parts, strict=True)))


@jax.jit(static_argnames="move")
def _classify(landscape: Landscape, points: Any, size: Any, height: Any, move: bool) -> Any:
    loss_of = lambda xy: landscape(xy)  # noqa: E731  a record is not a function that JAX can take apart
    gradient_at, hessian_at = gradient_of(landscape), hessian_of(landscape)
    angles = jnp.arange(16 if landscape.convex else 48) * (2 * math.pi / (16 if landscape.convex else 48))

    def at(point: Any) -> Any:
        def newton(_: Any, xy: Any) -> Any:
            step = newton_step(gradient_at(xy), hessian_at(xy), height / size**2)
            # rounding leaves a step at a place that is reached: do not wander along a floor
            return xy + jnp.where(jnp.hypot(*step) <= 1e-12 * size, 0.0, step)  # NaN stays: there is no such place

        # the convergence is quadratic, so eight steps are enough near a stationary point
        place = jax.lax.fori_loop(0, NEWTON_STEPS, newton, point) if move else point
        loss = loss_of(place)
        (_, along), (most, across) = principal_axes(jnp.nan_to_num(hessian_at(place)))
        # the ring begins along the axis of least curvature, so a narrow way down is not missed
        ways = jnp.cos(angles)[:, None] * along + jnp.sin(angles)[:, None] * across
        rises = jax.vmap(lambda radius: jax.vmap(lambda way: loss_of(place + radius * size * way) - loss)(ways))
        # no value and +∞ both are a wall; −∞ is a pit
        rings = jnp.nan_to_num(rises(jnp.asarray(RADII)), nan=jnp.inf, neginf=-jnp.inf)
        rounding = ROUNDING * jnp.maximum(jnp.abs(loss), height)
        differs = jnp.abs(rings).max(axis=1) > 10 * rounding
        # argmax of booleans is the first True
        ring, radius = rings[jnp.argmax(differs)], jnp.asarray(RADII)[jnp.argmax(differs)]
        if landscape.hides_kinks:
            # between two ways a valley may run that is as narrow as a kink, and as steep
            def on_ring(angle: Any) -> Any:
                way = jnp.cos(angle) * along + jnp.sin(angle) * across
                rise = loss_of(place + radius * size * way) - loss
                return jnp.nan_to_num(rise, nan=jnp.inf, neginf=-jnp.inf)

            lowest = jnp.argmin(ring)
            turn = golden_section(on_ring, angles[lowest] - angles[1], angles[lowest] + angles[1], sections=SECTIONS)
            better = on_ring(turn) < ring[lowest]
            ring = ring.at[lowest].min(on_ring(turn))
            lowest_way = jnp.cos(turn) * along + jnp.sin(turn) * across
            ways = ways.at[lowest].set(jnp.where(better, lowest_way, ways[lowest]))
            # how far the loss tells places apart that are next to each other, as at the foot of a root
            step = 4e-16 * (jnp.abs(place) + size)
            corners = place + step * jnp.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])
            grain = jnp.nan_to_num(jnp.abs(jax.vmap(loss_of)(corners) - loss)).max()
        # walls of infinity would make everything else equal
        largest = jnp.where(jnp.isfinite(ring), jnp.abs(ring), 0.0).max()
        # at a jump the loss tells them apart by all of it: that is no noise
        noise = rounding + jnp.minimum(grain, 1e-5 * largest) if landscape.hides_kinks else rounding
        equal = jnp.maximum(rounding, 1e-7 * largest)
        lower, higher = ring < -equal, ring > equal
        # where the ring goes from not lower to lower: the number of separate ways down
        sides = (lower & ~jnp.roll(lower, 1)).sum()

        # a floor, if there is one, runs the way that rises least
        # and of several that do not rise, as on a level field, the one in the middle
        wide = sum(jnp.roll(ring, turn) for turn in range(-len(angles) // 4, len(angles) // 4 + 1))
        level_way = jnp.argmin(jnp.where(ring <= equal, wide, jnp.inf))
        way = jnp.where((ring <= equal).any(), level_way, jnp.argmin(ring))
        along = ways[way]
        # from here on the floor has a direction of its own, not the Hessian's
        across = jnp.stack([-along[1], along[0]])

        reach = FOLLOWED * size / 2

        def end_of_floor(sign: Any) -> Any:
            """The rise of the floor a little further on, found by going along it and down to its middle."""

            def settle(_: Any, xy: Any) -> Any:
                curvature = across @ hessian_at(xy) @ across
                step = jnp.where(
                    curvature > 0, (across @ gradient_at(xy)) / jnp.where(curvature > 0, curvature, 1.0), 0.0
                )
                return xy - jnp.clip(step, -FOLLOWED * size, FOLLOWED * size) * across

            further = place + sign * FOLLOWED * size * along
            if not landscape.hides_kinks:
                return loss_of(jax.lax.fori_loop(0, 6, settle, further)) - loss
            middle = golden_section(lambda away: loss_of(further + away * across), -reach, reach, sections=SECTIONS)
            return loss_of(further + middle * across) - loss

        further = jnp.stack([end_of_floor(sign) for sign in (1.0, -1.0)])
        # a floor may rise by noise, and by what a billionth of the largest curvature gives over the way
        level = 10 * noise + 1e-9 * jnp.abs(most) * (FOLLOWED * size) ** 2
        # in a round valley all ways rise alike; one that rises a thousandth of the largest may be a floor
        flat = ring.min() <= 1e-3 * largest
        floor = jnp.where(
            (further < -level).all(),
            SADDLE,
            jnp.where((further < -level).any(), SLOPE, jnp.where((further <= level).any(), FLOOR, MINIMUM)),
        )
        shape = jnp.where(
            ~differs.any(),
            PLAIN,
            jnp.where(
                lower.any(),
                jnp.where(~higher.any(), MAXIMUM, jnp.where(sides >= 2, SADDLE, SLOPE)),
                jnp.where(flat, floor, MINIMUM),
            ),
        )
        # the gradient is that at the given point, before it moved
        return place, loss, shape, jnp.hypot(*gradient_at(point)) * size / height

    return jax.vmap(at)(points)


def golden_section(value: Any, low: Any, high: Any, *, sections: int) -> Any:
    """The minimum of a function of one number between `low` and `high`, if it first falls and then rises.

    Each of the `sections` leaves 0.618 of the interval. Source: Kiefer, 1953.
    """
    ratio = (math.sqrt(5) - 1) / 2

    def shrink(_: Any, ends: Any) -> Any:
        low, high = ends
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        falls = value(left) > value(right)
        return jnp.where(falls, left, low), jnp.where(falls, high, right)

    low, high = jax.lax.fori_loop(0, sections, shrink, (low, high))
    return (low + high) / 2


def newton_step(gradient: Any, hessian: Any, unit: Any = 1.0) -> Any:
    """The step (2,) to the stationary point of the local quadratic model.

    It is infinite or NaN where the model has no such point: where a flat direction slopes, or a value is not finite.

    Args:
        gradient: (2,).
        hessian: (2, 2), symmetric.
        unit: the curvature of an ordinary bowl on this map; a billionth of it counts as flat.
    """
    axes = principal_axes(hessian)
    flat = 1e-9 * jnp.maximum(unit, jnp.maximum(jnp.abs(axes[0][0]), jnp.abs(axes[1][0])))
    step = jnp.zeros(2)
    # solved along each principal axis by itself, so that a flat axis does not spoil the other
    for curvature, way in axes:
        along = gradient @ way
        curved = jnp.abs(curvature) > flat
        # flat and level: no need to move; flat but sloping: infinitely far
        still = jnp.where(jnp.abs(along) < flat, 0.0, jnp.inf)
        step = step + jnp.where(curved, -along / jnp.where(curved, curvature, 1.0), still) * way
    return jnp.where(jnp.isfinite(hessian).all() & jnp.isfinite(gradient).all(), step, jnp.nan)
