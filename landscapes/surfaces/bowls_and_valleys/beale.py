"""Beale: a flat plain inside steep cliffs, where one learning rate is never right."""

from typing import Any

from landscapes.landscape import Landscape
from records import record


@record
class Beale(Landscape):
    """Three squared residuals that vanish together at (3, ½); flat in the middle, steep in the corners."""

    title = "Beale"
    family = "bowls and valleys"
    formula = r"(1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2"
    story = "A wide plain with cliffs at its corners: a rate that is safe on the cliffs barely moves on the plain."
    source = "Beale, 1958"
    domain = ((-4.5, 4.5), (-4.5, 4.5))
    start = (1.0, 1.8)
    learning_rate = 0.001
    minima = ((3.0, 0.5),)
    saddles = ((0.0, 1.0), (0.1005379373, -2.644513585))

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2
