"""A ravine with a sharp floor: what a gradient does at a kink, where it never gets smaller."""

from typing import Any

import jax.numpy as jnp

from landscapes.landscape import Landscape
from records import record, slider


@record
class Ravine(Landscape):
    """|x| + κ|y|: the slope is as long next to the minimum as far away, so a fixed step never comes to rest."""

    kappa: float = slider(10.0, 1, 100, log=True, symbol=r"\kappa", above=0, help="How much steeper the walls are")

    title = "Ravine"
    family = "bowls and valleys"
    formula = r"|x| + \kappa\,|y|"
    story = "A valley with a sharp floor: the slope does not fade near the bottom, so only a shrinking rate settles."
    source = "Shor, 1985"
    domain = ((-3.0, 3.0), (-3.0, 3.0))
    start = (-2.5, 1.3)
    learning_rate = 0.03
    minima = ((0.0, 0.0),)
    smooth = False

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return jnp.abs(x) + self.kappa * jnp.abs(y)
