"""Eggholder: deep, irregular, no pattern to learn from; the hardest of the classics."""

import jax.numpy as jnp

from landscapes.landscape import Landscape
from landscapes.roots import root
from records import record


@record
class Eggholder(Landscape):
    """−(y + 47) sin √|x/2 + y + 47| − x sin √|x − y − 47|, with kinks where a root is 0.

    Defined on ±512, where the lowest value, −959.6407, lies on the edge at (512, 404.2319) and is no minimum of the
    surface; on ±510 the lowest is one. Only the three deepest of some eighty minima are listed.
    """

    title = "Eggholder"
    family = "many minima"
    formula = r"-(y + 47)\sin\sqrt{\left|\tfrac{x}{2} + y + 47\right|} - x\sin\sqrt{\left|x - y - 47\right|}"
    story = "Deep pockets without a pattern: whatever the method, the answer depends on where it began."
    source = "Whitley et al., 1996"
    domain = ((-510.0, 510.0), (-510.0, 510.0))
    start = (200.0, 100.0)
    learning_rate = 1.0
    minima = ((482.3533104648, 432.8789989455), (439.4809972695, 453.9774347540), (-465.6941515451, 385.7166997835))

    def __call__(self, xy):
        x, y = xy
        first = (y + 47) * jnp.sin(root(jnp.abs(x / 2 + y + 47)))
        return -first - x * jnp.sin(root(jnp.abs(x - y - 47)))
