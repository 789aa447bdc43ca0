"""Schwefel: the second-best valley is at the opposite corner from the best."""

from typing import Any

import jax.numpy as jnp

from landscapes.surfaces.roots import root
from landscapes.surfaces.separable import Separable
from records import record


@record
class Schwefel(Separable):
    """837.9658 − x sin √|x| − y sin √|y|: almost 0 at (420.9687, 420.9687), close to the corner."""

    title = "Schwefel"
    family = "many minima"
    formula = r"837.9658 - x\sin\sqrt{|x|} - y\sin\sqrt{|y|}"
    story = "The deepest valley is near a corner and the next best far away from it: following what is good misleads."
    source = "Schwefel, 1981"
    domain = ((-500.0, 500.0), (-500.0, 500.0))
    start = (260.0, -380.0)
    lowest = "on the map"
    learning_rate = 1.0

    def along(self, t: Any) -> Any:
        """The term of the loss for one coordinate `t`, a scalar."""
        return 418.9829 - t * jnp.sin(root(jnp.abs(t)))

    along_x = along_y = along
