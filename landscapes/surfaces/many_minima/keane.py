"""Keane: bumps that fade outwards; four pits side by side are the deepest, and the middle is a plain."""

from typing import Any

import jax.numpy as jnp

from landscapes.landscape import Landscape
from landscapes.surfaces.mirrored import mirrored
from records import record


@record
class Keane(Landscape):
    """−sin²(x − y) sin²(x + y) / √(x² + y²): −0.673668 at (0, ±1.3932) and (±1.3932, 0).

    Keane's original also has a product of cosines, and constraints. This is the form of the usual collections, which
    show it from 0 to 10.
    """

    title = "Keane"
    family = "many minima"
    formula = r"-\frac{\sin^2(x - y)\,\sin^2(x + y)}{\sqrt{x^2 + y^2}}"
    story = "Pits that fade outwards: the slope leads into one close by, which need not be one of the four deepest."
    source = "Keane, 1994"
    domain = ((-4.0, 4.0), (-4.0, 4.0))
    start = (3.2, 1.9)
    learning_rate = 0.1
    minima = mirrored((1.3932490753, 0.0), (3.0767494588, 1.5384415541), exchanged=True)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        # the 1e-30 changes no value and lets the root be differentiated twice at the origin
        distance = jnp.sqrt(x**2 + y**2 + 1e-30)
        return -(jnp.sin(x - y) ** 2) * jnp.sin(x + y) ** 2 / distance
