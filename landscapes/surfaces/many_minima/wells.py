"""Wells: as many holes as you like, as deep and as wide as you like, to escape from or to be caught in."""

from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscapes.calculus import eigenvalues, gradient_of, hessian_of
from landscapes.landscape import Landscape, Point
from records import record, slider

CENTRES = np.array(
    [(1.4, 1.0), (-1.6, 1.6), (0.2, -1.2), (-2.5, -1.6), (2.6, -1.8), (0.1, 3.0), (-0.8, -3.0), (-3.3, 0.2)]
)
DEPTHS = np.array([1.0, 0.4, 0.6, 0.55, 0.7, 0.45, 0.5, 0.35])
"""CENTRES (8, 2) are the places of the wells, DEPTHS (8,) their depths as parts of `depth`; the first is deepest."""


@record
class Wells(Landscape):
    """0.03(x² + y²) − d Σ dᵢ exp(−|xy − cᵢ|²/2w²): Gaussian wells in a faint bowl that keeps the ball on the map."""

    count: float = slider(5.0, 1, 8, step=1, symbol="n", at_least=1, at_most=8, help="How many wells")
    depth: float = slider(2.0, 0.2, 5, symbol="d", above=0, help="Depth of the deepest well")
    width: float = slider(0.6, 0.3, 1.5, symbol="w", above=0, help="Width of the wells")

    title = "Wells"
    family = "many minima"
    formula = r"0.03\,(x^2 + y^2) - d\sum_{i=1}^{n} d_i\,e^{-\left((x - x_i)^2 + (y - y_i)^2\right)/2w^2}"
    story = "Holes of your own making: see how deep one must be to hold a rolling ball, or a shaken one."
    source = "Kramers, 1940"
    domain = ((-4.0, 4.0), (-4.0, 4.0))
    start = (-3.4, 2.1)
    learning_rate = 0.3

    @property
    def minima(self) -> tuple[Point, ...]:
        """The minima that descent finds from each well's centre and from nine points between; the lowest first."""
        return _minima(self)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        holes: Any = 0.0
        for index, ((a, b), depth) in enumerate(zip(CENTRES, DEPTHS, strict=True)):  # a sum over an array is slower
            # a well beyond the count has the weight 0, so the count is a number like any other
            there = jnp.clip(self.count - index, 0, 1) * float(depth)
            holes = holes + there * jnp.exp(-((x - float(a)) ** 2 + (y - float(b)) ** 2) / (2 * self.width**2))
        return 0.03 * (x**2 + y**2) - self.depth * holes


@lru_cache(maxsize=64)
def _minima(landscape: Any) -> Any:
    ends = np.asarray(_rolled_down(landscape))
    minima: list[Point] = []
    for x, y, _, gradient, curvature in ends[np.argsort(ends[:, 2])]:
        is_new = all(np.hypot(x - a, y - b) > 1e-4 for a, b in minima)
        # a seed may also end on a ridge, or be still on its way
        if is_new and gradient < 1e-9 and curvature > 0:
            minima.append((float(x), float(y)))
    return tuple(minima)


_SEEDS = np.concatenate([CENTRES, np.stack(np.meshgrid([-2.0, 0.0, 2.0], [-2.0, 0.0, 2.0]), -1).reshape(-1, 2)])


@jax.jit
def _rolled_down(landscape: Any) -> Any:
    """The ends of Newton's descent from each seed, (n, 5): x, y, loss, the gradient's length, the smaller
    eigenvalue."""
    return jax.vmap(lambda xy: _roll(landscape, xy))(jnp.asarray(_SEEDS))


def _roll(landscape: Any, xy: Any) -> Any:
    gradient, curvatures = gradient_of(landscape), hessian_of(landscape)

    def step(_: Any, xy: Any) -> Any:
        # lifted until it curves up in every direction, so that each step goes down
        hessian = curvatures(xy)
        lift = jnp.maximum(0, 1e-3 - 2 * eigenvalues(hessian)[0])
        (a, b), (_, c) = hessian
        a, c, (x, y) = a + lift, c + lift, gradient(xy)
        move = -jnp.stack([c * x - b * y, a * y - b * x]) / (a * c - b * b)
        # a fifth of a well's width at most, so that no step jumps out of a well
        return xy + move * jnp.minimum(1, 0.2 * landscape.width / jnp.sqrt((move**2).sum() + 1e-300))

    xy = jax.lax.fori_loop(0, 100, step, xy)
    smaller, _ = eigenvalues(curvatures(xy))
    return jnp.array([*xy, landscape(xy), jnp.linalg.norm(gradient(xy)), smaller])
