"""Rastrigin: a bowl full of dents, one hundred and twenty wrong answers around the right one."""

from typing import Any

import jax.numpy as jnp
import numpy as np

from landscapes.landscape import Landscape, Point
from records import record, slider


@record
class Rastrigin(Landscape):
    """2A + x² + y² − A(cos 2πx + cos 2πy): a regular grid of local minima."""

    amplitude: float = slider(10.0, 0, 20, step=0.5, symbol="A", at_least=0, help="Depth of the dents")

    title = "Rastrigin"
    family = "many minima"
    formula = r"2A + x^2 + y^2 - A\,(\cos 2\pi x + \cos 2\pi y)"
    story = "A bowl full of dents: nearly every start ends in a local minimum, unless something shakes the ball."
    source = "Rastrigin, 1974"
    domain = ((-5.12, 5.12), (-5.12, 5.12))
    start = (2.4, 2.7)
    learning_rate = 0.002

    @property
    def minima(self) -> tuple[Point, ...]:
        """All pairs of one-dimensional minima of t² − A cos 2πt, the origin first."""
        return _pairs(self._stationary()[0], self._stationary()[0])

    @property
    def saddles(self) -> tuple[Point, ...]:
        """All points with a one-dimensional minimum in one coordinate and a maximum in the other."""
        wells, tops = self._stationary()
        return _pairs(wells, tops) + _pairs(tops, wells)

    def _stationary(self) -> Any:
        """The minima and the maxima of t² − A cos 2πt in the domain: two lists of numbers, nearest to 0 first.

        They are found by the derivative's changes of sign and bisection.
        """

        def gradient(t: Any) -> Any:
            return 2 * t + 2 * np.pi * self.amplitude * np.sin(2 * np.pi * t)

        # an even number of edges, so that the root at 0 lies inside a cell and not on an edge
        edges = np.linspace(*self.domain[0], 4002)
        low, high = edges[:-1].copy(), edges[1:].copy()
        keep = np.sign(gradient(low)) != np.sign(gradient(high))
        low, high = low[keep], high[keep]
        rising = gradient(high) > 0
        # 60 halvings of a cell are finer than the numbers
        for _ in range(60):
            middle = (low + high) / 2
            upper = (gradient(middle) > 0) == rising
            low, high = np.where(upper, low, middle), np.where(upper, middle, high)
        roots = np.where(np.abs(low) < 1e-9, 0.0, low)
        ordered = [sorted(roots[rising == up].tolist(), key=abs) for up in (True, False)]
        return ordered[0], ordered[1]

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        waves = jnp.cos(2 * jnp.pi * x) + jnp.cos(2 * jnp.pi * y)
        return 2 * self.amplitude + x**2 + y**2 - self.amplitude * waves


def _pairs(first: Any, second: Any) -> Any:
    pairs = ((x, y) for x in first for y in second)
    return tuple(sorted(pairs, key=lambda xy: xy[0] ** 2 + xy[1] ** 2))
