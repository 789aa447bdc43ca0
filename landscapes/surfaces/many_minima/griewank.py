"""Griewank: a wide bowl with ripples, which the bowl hides from afar and the ripples from near by."""

from typing import Any

import jax.numpy as jnp

from landscapes.landscape import Landscape
from records import record

MINIMA = (
    (0.0, 0.0),
    (3.1400226339, 4.4384444809),
    (6.2800452794, 0.0),
    (0.0, 8.8768889291),
    (9.4200678862, 4.4384444372),
    (6.2800452176, 8.8768888854),
)
SADDLES = (
    (1.5723679104, 2.2225533026),
    (4.7108205345, 2.2181104088),
    (1.566084702, 6.6632170057),
    (7.8555563709, 2.2269962074),
    (4.7171037585, 6.6676599435),
    (7.849273116, 6.6587740572),
)
"""Minima and saddles in one quadrant of the domain. The loss is even in x and in y, so the others are mirrored."""


def _mirrored(quadrant: Any) -> Any:
    return tuple(dict.fromkeys((i * x + 0.0, j * y + 0.0) for x, y in quadrant for i in (1, -1) for j in (1, -1)))


@record
class Griewank(Landscape):
    """1 + (x² + y²)/4000 − cos x · cos(y/√2): 0 at the origin.

    Defined on ±600, where it looks like a plain bowl; the ripples show in a window of ±10.
    """

    title = "Griewank"
    family = "many minima"
    formula = r"1 + \frac{x^2 + y^2}{4000} - \cos x\,\cos\frac{y}{\sqrt2}"
    story = "Ripples on a very wide bowl: the slope one step sees says nothing about where the bowl leads."
    source = "Griewank, 1981"
    domain = ((-10.0, 10.0), (-10.0, 10.0))
    start = (-4.9, 7.0)
    learning_rate = 0.2
    minima = _mirrored(MINIMA)
    saddles = _mirrored(SADDLES)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return 1 + (x**2 + y**2) / 4000 - jnp.cos(x) * jnp.cos(y / jnp.sqrt(2.0))
