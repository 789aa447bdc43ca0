"""Drop wave: rings around a drop, each a moat with no way out along the slope."""

from typing import Any

import jax.numpy as jnp

from landscapes.landscape import Landscape
from records import record


@record
class DropWave(Landscape):
    """−(1 + cos 12r) / (r²/2 + 2), r the distance from the origin: −1 in the middle, rings of minima around it.

    The rings are whole circles of stationary points, so none of them is listed.
    """

    title = "Drop wave"
    family = "many minima"
    formula = r"-\frac{1 + \cos\left(12\sqrt{x^2 + y^2}\right)}{\tfrac12(x^2 + y^2) + 2}"
    story = "Rings around a drop: each one is a moat whose whole floor is level, and descent stays in its own."
    source = "Molga and Smutnicki, 2005"
    domain = ((-5.12, 5.12), (-5.12, 5.12))
    start = (0.6, 0.4)
    learning_rate = 0.005
    minima = ((0.0, 0.0),)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        squared = x**2 + y**2
        # the 1e-30 changes no value and lets the root be differentiated twice at the origin
        return -(1 + jnp.cos(12 * jnp.sqrt(squared + 1e-30))) / (0.5 * squared + 2)
