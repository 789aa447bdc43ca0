"""Cross-in-tray: a tray of equal cups parted by crossing ridges, four of them a hair deeper than the rest."""

from typing import Any

import jax
import jax.numpy as jnp

from landscapes.landscape import Landscape
from landscapes.surfaces.mirrored import mirrored
from landscapes.surfaces.roots import root
from records import record


@record
class CrossInTray(Landscape):
    """−0.0001(|sin x · sin y · exp|100 − r/π|| + 1)^0.1, r the distance from the origin, with kinks on the ridges.

    The exponent is constant beyond r = 300, far off the map; without that it would grow without bound from there. Four
    minima of −2.06261 at (±1.3494, ±1.3494); the 32 others that are listed are up to a fifth less deep. Near the edge
    there are more cups, cut off by it.
    """

    title = "Cross-in-tray"
    family = "many minima"
    formula = (
        r"-0.0001\left("
        r"\left|\sin x\,\sin y\,\exp\left|100 - \tfrac{\sqrt{x^2 + y^2}}{\pi}\right|\right| + 1"
        r"\right)^{0.1}"
    )
    story = "Cups in a tray: descent ends in the cup that it starts in, and no slope says that others are deeper."
    source = "Mishra, 2006"
    domain = ((-10.0, 10.0), (-10.0, 10.0))
    start = (5.6, 3.6)
    learning_rate = 0.5
    minima = mirrored(
        (1.3494066172, 1.3494066172),
        (4.4190758743, 1.4706221622),
        (4.4909992707, 4.4909992707),
        (7.5514224644, 1.5085213314),
        (7.5874886862, 4.5501219856),
        (7.6325919243, 7.6325919243),
        exchanged=True,
    )
    smooth = False

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        far = jnp.abs(100 - jnp.minimum(root(x**2 + y**2), 300.0) / jnp.pi)
        waves = jnp.sin(x) * jnp.sin(y)
        # on a ridge rounding decides on which side a point is, so there the slope is 0 and not ±10³⁵
        waves = jnp.where(jnp.abs(waves) < 1e-12, jax.lax.stop_gradient(waves), waves)
        far = jnp.where(jnp.abs(waves) < 1e-12, jax.lax.stop_gradient(far), far)
        return -0.0001 * (jnp.abs(waves * jnp.exp(far)) + 1) ** 0.1
