"""Zakharov: a bowl whose walls rise with the fourth power, so the rate that is right at the end is wrong at first."""

from typing import Any

from landscapes.landscape import Landscape
from records import record


@record
class Zakharov(Landscape):
    """x² + y² + s² + s⁴ with s = x/2 + y: one minimum, 0 at the origin, in a plate whose ends bend up."""

    title = "Zakharov"
    family = "bowls and valleys"
    formula = r"x^2 + y^2 + \left(\tfrac{x}{2} + y\right)^2 + \left(\tfrac{x}{2} + y\right)^4"
    story = "Walls of the fourth power around a round floor: what is safe on the walls is slow on the floor."
    source = "Rahnamayan et al., 2007"
    domain = ((-5.0, 5.0), (-5.0, 5.0))
    start = (-3.5, 4.0)
    learning_rate = 0.02
    minima = ((0.0, 0.0),)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        weighted = 0.5 * x + y
        return x**2 + y**2 + weighted**2 + weighted**4
