"""Ackley: a funnel lined with dents; from afar it is all dents, near the middle all funnel."""

from typing import Any

import jax.numpy as jnp

from landscapes.landscape import Landscape
from landscapes.surfaces.roots import root
from records import record, slider


@record
class Ackley(Landscape):
    """−a exp(−b√((x² + y²)/2)) − exp(½(cos cx + cos cy)) + a + e: 0 at the origin, which is the tip of a cone.

    Often shown on ±32.768, where the dents are too many to be seen. The dents cover a regular lattice; only the
    global minimum is listed.
    """

    a: float = slider(20.0, 1, 40, symbol="a", at_least=0, help="Depth of the funnel")
    b: float = slider(0.2, 0.05, 1, symbol="b", above=0, help="How quickly the funnel narrows")
    c: float = slider(2 * jnp.pi, 1, 8, symbol="c", above=0, help="How close together the dents are")

    title = "Ackley"
    family = "many minima"
    formula = r"-a\,e^{-b\sqrt{(x^2 + y^2)/2}} - e^{(\cos cx + \cos cy)/2} + a + e"
    story = "A funnel lined with dents: plain descent stops in the first dent, a faster ball skips over them."
    source = "Ackley, 1987"
    domain = ((-5.0, 5.0), (-5.0, 5.0))
    start = (3.4, 2.2)
    learning_rate = 0.03
    minima = ((0.0, 0.0),)
    smooth = False

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        # `root` makes the gradient 0 at the tip of the cone, where it would be 0/0
        funnel = self.a * jnp.exp(-self.b * root((x**2 + y**2) / 2))
        dents = jnp.exp((jnp.cos(self.c * x) + jnp.cos(self.c * y)) / 2)
        return self.a + jnp.e - funnel - dents
