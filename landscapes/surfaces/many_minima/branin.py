"""Branin: three minima equally deep on a valley that winds, so all answers are right and the start picks one."""

from typing import Any

import jax.numpy as jnp

from landscapes.landscape import Landscape
from records import record


@record
class Branin(Landscape):
    """(y − 5.1x²/4π² + 5x/π − 6)² + 10(1 − 1/8π) cos x + 10: three minima of 10/8π, at x = −π, π and 3π."""

    title = "Branin"
    family = "many minima"
    formula = (
        r"\left(y - \tfrac{5.1}{4\pi^2}x^2 + \tfrac{5}{\pi}x - 6\right)^2"
        r" + 10\left(1 - \tfrac{1}{8\pi}\right)\cos x + 10"
    )
    story = "Three answers along one winding valley, all equally good: a little more speed, and another one is found."
    source = "Branin, 1972"
    domain = ((-5.0, 10.0), (0.0, 15.0))
    start = (5.5, 12.0)
    learning_rate = 0.02
    minima = ((-float(jnp.pi), 12.275), (float(jnp.pi), 2.275), (3 * float(jnp.pi), 2.475))
    saddles = ((0.0, 6.0), (2 * float(jnp.pi), 1.1))

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        # the floor of the valley is where this is 0; along it only the cosine is left
        off_valley = y - 5.1 * x**2 / (4 * jnp.pi**2) + 5 * x / jnp.pi - 6
        return off_valley**2 + 10 * (1 - 1 / (8 * jnp.pi)) * jnp.cos(x) + 10
