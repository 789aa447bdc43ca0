"""Levy: parallel furrows across a bowl, and different ones in the other direction."""

from typing import Any

import jax.numpy as jnp

from landscapes.surfaces.separable import Separable
from records import record


@record
class Levy(Separable):
    """sin²πu + (u − 1)²(1 + 10 sin²(πu + 1)) + (v − 1)²(1 + sin²2πv), u = 1 + (x − 1)/4 and v from y: 0 at (1, 1)."""

    title = "Levy"
    family = "many minima"
    formula = (
        r"\sin^2\pi u + (u - 1)^2\left(1 + 10\sin^2(\pi u + 1)\right) + (v - 1)^2\left(1 + \sin^2 2\pi v\right)"
        r",\quad u = 1 + \tfrac{x - 1}{4},\; v = 1 + \tfrac{y - 1}{4}"
    )
    story = "Furrows across a bowl, deep one way and shallow the other: progress in one coordinate only."
    source = "Levy and Montalvo, 1985"
    domain = ((-10.0, 10.0), (-10.0, 10.0))
    start = (-6.2, -7.9)
    learning_rate = 0.05

    def along_x(self, t: Any) -> Any:
        """sin²πu + (u − 1)²(1 + 10 sin²(πu + 1))."""
        u = 1 + (t - 1) / 4
        return jnp.sin(jnp.pi * u) ** 2 + (u - 1) ** 2 * (1 + 10 * jnp.sin(jnp.pi * u + 1) ** 2)

    def along_y(self, t: Any) -> Any:
        """(v − 1)²(1 + sin²2πv)."""
        v = 1 + (t - 1) / 4
        return (v - 1) ** 2 * (1 + jnp.sin(2 * jnp.pi * v) ** 2)
