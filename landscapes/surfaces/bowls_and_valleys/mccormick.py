"""McCormick: a sloping trough with a ripple, so there is more than one place to come to rest."""

from typing import Any

import jax.numpy as jnp
import numpy as np

from landscapes.landscape import Landscape
from records import record


def _turn(s: Any) -> Any:
    """The stationary point (x, y) with x + y = s."""
    # both derivatives are 0: their difference gives 4(x − y) = 4, so x − y is 1; their sum gives cos(x + y) = −½
    return (float((s + 1) / 2), float((s - 1) / 2))


@record
class McCormick(Landscape):
    """sin(x + y) + (x − y)² − 1.5x + 2.5y + 1: stationary where cos(x + y) = −½ and x − y = 1."""

    title = "McCormick"
    family = "bowls and valleys"
    formula = r"\sin(x + y) + (x - y)^2 - 1.5x + 2.5y + 1"
    story = "A trough that ripples as it descends: the first dip holds plain descent, and the lower one is further on."
    source = "McCormick, 1976"
    domain = ((-1.5, 4.0), (-3.0, 4.0))
    start = (3.7, 0.5)
    lowest = "on the map"
    learning_rate = 0.05
    minima = (_turn(-2 * np.pi / 3), _turn(4 * np.pi / 3))
    saddles = (_turn(2 * np.pi / 3),)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return jnp.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1
