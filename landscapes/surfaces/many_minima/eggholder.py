"""Eggholder: deep, irregular, no pattern to learn from; the hardest of the classics."""

from typing import Any

import jax.numpy as jnp

from landscapes.landscape import Landscape
from landscapes.surfaces.roots import root
from records import record


@record
class Eggholder(Landscape):
    """−(y + 47) sin √|x/2 + y + 47| − x sin √|x − y − 47|, with kinks where a root is 0.

    It is defined on ±512. There the lowest value, −959.6407, lies on the edge at (512, 404.2319), where the gradient is
    not 0. On ±510, as here, the lowest value is at a minimum. Listed are the three deepest minima, and the nine at a
    cusp, which no gradient leads to; a search finds the rest.
    """

    title = "Eggholder"
    family = "many minima"
    formula = r"-(y + 47)\sin\sqrt{\left|\tfrac{x}{2} + y + 47\right|} - x\sin\sqrt{\left|x - y - 47\right|}"
    story = "Deep pockets without a pattern: whatever the method, the answer depends on where it began."
    source = "Whitley et al., 1996"
    domain = ((-510.0, 510.0), (-510.0, 510.0))
    start = (200.0, 100.0)
    lowest = "on the map"
    learning_rate = 1.0
    smooth = False
    minima = (
        (482.3533104648, 432.8789989455),
        (439.4809972695, 453.9774347540),
        (-465.6941515451, 385.7166997835),
        # at cusps, where a root is 0: there the other term alone is least along the line
        (478.0439649508, -286.0219824754),
        (-372.76575345437, -419.76575345437),
        (280.64583090665, -187.32291545333),
        (-201.68329040794, -248.68329040794),
        (135.8761684326, -114.9380842163),
        (-83.21957094681, -130.21957094681),
        (43.698576726768, -68.849288363384),
        (-17.251611565079, -64.251611565079),
        (3.4927995334637, -48.746399766732),
    )

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        first = (y + 47) * jnp.sin(root(jnp.abs(x / 2 + y + 47)))
        return -first - x * jnp.sin(root(jnp.abs(x - y - 47)))
