"""Landscapes that are a sum of one term a coordinate: their stationary points are found one axis at a time."""

from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscapes.landscape import Landscape, Point

CELLS = 2000
"""Cells along each axis in which the derivative's changes of sign are searched."""


MAX_ZEROS = 64
"""The most changes of sign along one axis: the length of the arrays that hold them."""


class Separable(Landscape):
    """A loss `along_x(x) + along_y(y)`; its minima and saddles are computed, at every setting.

    A minimum is a one-dimensional minimum in both directions, a saddle a minimum in one and a maximum in the other.
    """

    def along_x(self, t: Any) -> Any:
        """The term of the loss that depends on x; `t` is a scalar."""
        raise NotImplementedError

    def along_y(self, t: Any) -> Any:
        """The term of the loss that depends on y; `t` is a scalar."""
        raise NotImplementedError

    @property
    def minima(self) -> tuple[Point, ...]:
        """All minima within the domain, the lowest first."""
        return _minima_and_saddles(self)[0]

    @property
    def saddles(self) -> tuple[Point, ...]:
        """All saddles within the domain, the lowest first."""
        return _minima_and_saddles(self)[1]

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return self.along_x(x) + self.along_y(y)


@lru_cache(maxsize=64)
def _minima_and_saddles(landscape: Separable) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    axes = [np.linspace(low, high, CELLS + 1) for low, high in landscape.domain]
    (x_wells, x_tops), (y_wells, y_tops) = map(_split, np.asarray(_turns(landscape, *axes)))
    saddles = [*_pairs(x_wells, y_tops), *_pairs(x_tops, y_wells)]
    return _by_loss(_pairs(x_wells, y_wells)), _by_loss(saddles)


@jax.jit
def _turns(landscape: Separable, x: Any, y: Any) -> Any:
    """The zeros of the derivative along each axis: (2, 3, MAX_ZEROS), with the axis, then place, loss and curvature.

    Places beyond the number of zeros are NaN.
    """
    return jnp.stack([_turns_along(landscape.along_x, x), _turns_along(landscape.along_y, y)])


def _turns_along(loss: Any, edges: Any) -> Any:
    gradient = jax.vmap(jax.grad(loss))
    # 0 counts as falling, so a root on an edge is in one of its two cells and not in both
    rising = gradient(edges) > 0
    turns = rising[1:] != rising[:-1]
    cells = jnp.nonzero(turns, size=MAX_ZEROS, fill_value=0)[0]
    upwards = rising[cells + 1]

    def halve(_: Any, bracket: Any) -> Any:
        low, high = bracket
        middle = (low + high) / 2
        beyond = (gradient(middle) > 0) == upwards
        return jnp.where(beyond, low, middle), jnp.where(beyond, middle, high)

    # 55 halvings: as close as the numbers are
    low, high = jax.lax.fori_loop(0, 55, halve, (edges[cells], edges[cells + 1]))
    at = (low + high) / 2
    return jnp.stack(
        [
            jnp.where(jnp.arange(MAX_ZEROS) < turns.sum(), at, jnp.nan),
            jax.vmap(loss)(at),
            jax.vmap(jax.grad(jax.grad(loss)))(at),
        ]
    )


def _split(turns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The minima and the maxima along one axis, (n, 2) each: place and loss. Points that are only flat are left out."""
    at, loss, curvature = turns[:, ~np.isnan(turns[0])]
    rows = np.column_stack([np.where(np.abs(at) < 1e-12, 0.0, at), loss])
    flat = 1e-7 * np.abs(curvature).max(initial=0)
    return rows[curvature > flat], rows[curvature < -flat]


def _pairs(first: np.ndarray, second: np.ndarray) -> list[tuple[float, Point]]:
    return [(a + b, (x, y)) for x, a in first.tolist() for y, b in second.tolist()]


def _by_loss(pairs: list[tuple[float, Point]]) -> tuple[Point, ...]:
    return tuple(xy for _, xy in sorted(pairs))
