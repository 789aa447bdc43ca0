"""A bowl: the one surface on which everything can be computed by hand, and every valley's last resort."""

from typing import Any

import jax.numpy as jnp

from landscapes.landscape import Landscape
from records import record, slider


@record
class Bowl(Landscape):
    """Quadratic ½(κ u² + v²), with (u, v) the axes turned by `rotation` degrees.

    Curvatures are κ and 1, so descent is stable below 2/κ and needs about κ steps.
    """

    condition: float = slider(
        10.0, 1, 100, log=True, symbol=r"\kappa", above=0, help="Condition number: steep curvature over flat"
    )
    rotation: float = slider(0.0, -90, 90, step=1, symbol=r"\theta", help="Degrees the valley is turned by")

    title = "Bowl"
    family = "bowls and valleys"
    formula = r"\tfrac12\left(\kappa u^2 + v^2\right)"
    story = "The stretched bowl: steep one way, flat the other, so one learning rate cannot suit both."
    source = "Cauchy, 1847"
    domain = ((-3.0, 3.0), (-3.0, 3.0))
    start = (1.5, 2.6)
    learning_rate = 0.05
    minima = ((0.0, 0.0),)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        angle = jnp.deg2rad(self.rotation)
        # the coordinates along the turned axes: u is the steep direction
        u = jnp.cos(angle) * x + jnp.sin(angle) * y
        v = -jnp.sin(angle) * x + jnp.cos(angle) * y
        return 0.5 * (self.condition * u**2 + v**2)
