"""A plateau: a saturated unit's loss, flat for a long way before it drops."""

from typing import Any

import jax.numpy as jnp

from landscapes.landscape import Landscape
from records import record, slider


@record
class Plateau(Landscape):
    """tanh²((x − 3)/w) + y²/2: the squared error of one tanh unit. The slope fades like exp(−2|x − 3|/w)."""

    width: float = slider(1.2, 0.5, 3, symbol="w", above=0, help="Width of the drop: narrower is flatter outside it")

    title = "Plateau"
    family = "saddles and plateaus"
    formula = r"\tanh^2\frac{x - 3}{w} + \tfrac12 y^2"
    story = "A flat shelf with a far drop: plain descent stands still where a method that rescales its steps walks on."
    source = "Hochreiter, 1991"
    domain = ((-3.0, 6.0), (-3.0, 3.0))
    start = (-1.0, 2.2)
    learning_rate = 0.3
    minima = ((3.0, 0.0),)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return jnp.tanh((x - 3) / self.width) ** 2 + 0.5 * y**2
