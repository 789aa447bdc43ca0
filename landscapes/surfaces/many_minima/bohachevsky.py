"""Bohachevsky: a bowl with ripples on it, which only a path that is already near the bottom feels."""

from typing import Any

import jax.numpy as jnp

from landscapes.surfaces.separable import Separable
from records import record


@record
class Bohachevsky(Separable):
    """x² + 2y² − 0.3 cos 3πx − 0.4 cos 4πy + 0.7, the first of three: 0 at the origin.

    Often shown on ±100, where the ripples are too fine to be seen and the bowl is all there is.
    """

    title = "Bohachevsky"
    family = "many minima"
    formula = r"x^2 + 2y^2 - 0.3\cos 3\pi x - 0.4\cos 4\pi y + 0.7"
    story = "A bowl with ripples: far out its slope wins and every path runs down; further in, each ripple is a trap."
    source = "Bohachevsky, Johnson and Stein, 1986"
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start = (1.6, 1.3)
    learning_rate = 0.01

    def along_x(self, t: Any) -> Any:
        """x² − 0.3 cos 3πx, and the whole constant."""
        return t**2 - 0.3 * jnp.cos(3 * jnp.pi * t) + 0.7

    def along_y(self, t: Any) -> Any:
        """2y² − 0.4 cos 4πy."""
        return 2 * t**2 - 0.4 * jnp.cos(4 * jnp.pi * t)
