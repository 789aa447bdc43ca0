"""Schaffer N. 2: ripples that are all but equally deep, in a bowl too flat to say which way the middle is."""

from typing import Any

import jax.numpy as jnp

from landscapes.landscape import Landscape
from landscapes.surfaces.mirrored import mirrored
from records import record


@record
class Schaffer(Landscape):
    """½ + (sin²(x² − y²) − ½) / (1 + 0.001(x² + y²))²: 0 at the origin, curved by 0.002 only.

    It is often shown on ±100. The floors of the ripples are hyperbolas. Along them the loss rises by less than 0.001
    for each unit outwards.
    """

    title = "Schaffer N. 2"
    family = "many minima"
    formula = r"\tfrac12 + \frac{\sin^2(x^2 - y^2) - \tfrac12}{\left(1 + 0.001(x^2 + y^2)\right)^2}"
    story = "Descent drops into a ripple at once, and its floor hardly slopes: a small loss, and far from the answer."
    source = "Schaffer, 1984"
    domain = ((-4.0, 4.0), (-4.0, 4.0))
    start = (2.6, 1.2)
    learning_rate = 0.02
    minima = (
        (0.0, 0.0),
        *mirrored(
            (1.7723132396, 0.0),
            (2.5065291598, 0.0),
            (3.0698994493, 0.0),
            (3.5448380526, 0.0),
            (3.9632651943, 0.0),
            exchanged=True,
        ),
    )

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return 0.5 + (jnp.sin(x**2 - y**2) ** 2 - 0.5) / (1 + 0.001 * (x**2 + y**2)) ** 2
