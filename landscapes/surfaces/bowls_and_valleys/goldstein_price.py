"""Goldstein–Price: losses from 3 to a million, so no single learning rate suits the walls and the floor."""

from typing import Any

from landscapes.landscape import Landscape
from records import record


@record
class GoldsteinPrice(Landscape):
    """A product of two quartics: four minima (3, 30, 84 and 840) in a basin whose walls are a million high."""

    title = "Goldstein–Price"
    family = "bowls and valleys"
    formula = (
        r"\left[1 + (x + y + 1)^2(19 - 14x + 3x^2 - 14y + 6xy + 3y^2)\right]"
        r"\left[30 + (2x - 3y)^2(18 - 32x + 12x^2 + 48y - 36xy + 27y^2)\right]"
    )
    story = "Losses from three to a million: a rate that is safe on the walls hardly moves on the floor."
    source = "Goldstein and Price, 1971"
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start = (1.6, 1.1)
    learning_rate = 0.0001
    minima = ((0.0, -1.0), (-0.6, -0.4), (1.8, 0.2), (1.2, 0.8))
    saddles = ((-0.4, -0.6), (1.2, -0.2), (1.4, 0.6), (0.6, 0.4))

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        first = 19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2
        second = 18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2
        return (1 + (x + y + 1) ** 2 * first) * (30 + (2 * x - 3 * y) ** 2 * second)
