"""Bukin N. 6: a bent valley as sharp as a knife; whatever the rate, descent jumps from wall to wall."""

from typing import Any

import jax.numpy as jnp

from landscapes.landscape import Landscape
from landscapes.surfaces.roots import root
from records import record


@record
class Bukin(Landscape):
    """100√|y − 0.01x²| + 0.01|x + 10|: 0 at (−10, 1), at the tip of a valley whose walls are upright at the floor."""

    title = "Bukin N. 6"
    family = "bowls and valleys"
    formula = r"100\sqrt{\left|y - 0.01x^2\right|} + 0.01\left|x + 10\right|"
    story = "A valley like a knife: the nearer to its floor, the steeper its walls, so no fixed rate comes to rest."
    source = "Bukin, 1997"
    domain = ((-15.0, -5.0), (-3.0, 3.0))
    start = (-6.5, 2.2)
    learning_rate = 0.0005
    minima = ((-10.0, 1.0),)
    smooth = False

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        # `root` has the gradient 0 on the floor, where that of a square root is infinite
        return 100 * root(jnp.abs(y - 0.01 * x**2)) + 0.01 * jnp.abs(x + 10)
