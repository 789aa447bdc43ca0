"""Surfaces that are a sum, one term a coordinate: what is stationary can then be found one axis at a time."""

from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscapes.landscape import Landscape, Point

CELLS = 2000
"""Each axis is searched for sign changes of the slope in that many cells."""


MAX_ZEROS = 64
"""At most so many of them are kept."""


class Separable(Landscape):
    """A loss `along_x(x) + along_y(y)`; its minima and saddles are computed, at every setting.

    A minimum is a one-dimensional minimum in both directions, a saddle a minimum in one and a maximum in the other.
    """

    def along_x(self, t: Any) -> Any:
        """What x adds to the loss."""
        raise NotImplementedError

    def along_y(self, t: Any) -> Any:
        """What y adds to the loss."""
        raise NotImplementedError

    @property
    def minima(self) -> tuple[Point, ...]:
        """All within the domain, the lowest first."""
        return _minima_and_saddles(self)[0]

    @property
    def saddles(self) -> tuple[Point, ...]:
        """All within the domain, the lowest first."""
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
    """Along each axis: where the slope changes sign (NaN for the rest of MOST), the loss there and the curvature."""
    return jnp.stack([_turns_along(landscape.along_x, x), _turns_along(landscape.along_y, y)])


def _turns_along(loss: Any, edges: Any) -> Any:
    gradient = jax.vmap(jax.grad(loss))
    # a root on an edge belongs to the cell on its left
    rising = gradient(edges) > 0
    turns = rising[1:] != rising[:-1]
    cells = jnp.nonzero(turns, size=MAX_ZEROS, fill_value=0)[0]
    upwards = rising[cells + 1]

    def halve(_: Any, bracket: Any) -> Any:
        low, high = bracket
        middle = (low + high) / 2
        beyond = (gradient(middle) > 0) == upwards
        return jnp.where(beyond, low, middle), jnp.where(beyond, middle, high)

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
    """Minima and maxima of one coordinate, each as rows of position and loss; without those that are only flat."""
    at, loss, curvature = turns[:, ~np.isnan(turns[0])]
    rows = np.column_stack([np.where(np.abs(at) < 1e-12, 0.0, at), loss])
    flat = 1e-7 * np.abs(curvature).max(initial=0)
    return rows[curvature > flat], rows[curvature < -flat]


def _pairs(first: np.ndarray, second: np.ndarray) -> list[tuple[float, Point]]:
    return [(a + b, (x, y)) for x, a in first.tolist() for y, b in second.tolist()]


def _by_loss(pairs: list[tuple[float, Point]]) -> tuple[Point, ...]:
    return tuple(xy for _, xy in sorted(pairs))
