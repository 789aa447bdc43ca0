"""Easom: a needle in a haystack; where nothing slopes, a gradient knows nothing."""

from typing import Any

import jax.numpy as jnp

from landscapes.landscape import Landscape
from records import record


@record
class Easom(Landscape):
    """−cos x · cos y · exp(−(x − π)² − (y − π)²): −1 at (π, π), and flat to a thousandth three units away.

    Defined on ±100, where the dimple is smaller than a dot.
    """

    title = "Easom"
    family = "saddles and plateaus"
    formula = r"-\cos x\,\cos y\,e^{-(x - \pi)^2 - (y - \pi)^2}"
    story = "A single hole in an endless plain: start a little further out and there is no slope to follow."
    source = "Easom, 1990"
    domain = ((-10.0, 10.0), (-10.0, 10.0))
    start = (4.5, 1.7)
    learning_rate = 0.2
    minima = ((float(jnp.pi), float(jnp.pi)),)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return -jnp.cos(x) * jnp.cos(y) * jnp.exp(-((x - jnp.pi) ** 2) - (y - jnp.pi) ** 2)
