"""Hölder table: a table on four legs; all pits are traps but those in the corners, where the slope is exponential."""

from typing import Any

import jax.numpy as jnp

from landscapes.landscape import Landscape
from landscapes.surfaces.mirrored import mirrored
from landscapes.surfaces.roots import root
from records import record


@record
class HolderTable(Landscape):
    """−|sin x · cos y · exp|1 − r/π||, r the distance from the origin: −19.2085 at (±8.0550, ±9.6646), with kinks.

    The exponent is constant beyond r = 100, far off the map; without that the losses would fall without bound.
    """

    title = "Hölder table"
    family = "many minima"
    formula = r"-\left|\sin x\,\cos y\,\exp\left|1 - \tfrac{\sqrt{x^2 + y^2}}{\pi}\right|\right|"
    story = "The further out, the deeper the pits: the answer is in the corners, far from where most starts lead."
    source = "Mishra, 2006"
    domain = ((-10.0, 10.0), (-10.0, 10.0))
    start = (6.3, 7.6)
    learning_rate = 0.05
    minima = mirrored(
        (8.0550234757, 9.6645900192),
        (4.8538558482, 9.7021138804),
        (8.0975827251, 6.4794973567),
        (1.6231294755, 9.7290018563),
        (8.1413121790, 3.2593510492),
        (4.9011448802, 6.5325026008),
        (8.1621507051, 0.0),
        (1.6479448347, 6.5826783050),
        (4.9712420489, 3.3164393748),
        (1.2626272557, 0.0),
        (5.0205580515, 0.0),
        (1.7123918431, 3.4188677919),
    )
    smooth = False

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        far = jnp.abs(1 - jnp.minimum(root(x**2 + y**2), 100.0) / jnp.pi)
        return -jnp.abs(jnp.sin(x) * jnp.cos(y) * jnp.exp(far))
