"""Booth: a bowl that leans, the gentlest of the classics."""

from typing import Any

from landscapes.landscape import Landscape
from records import record


@record
class Booth(Landscape):
    """(x + 2y − 7)² + (2x + y − 5)²: one minimum, 0 at (1, 3); curvatures 18 and 2 along the diagonals."""

    title = "Booth"
    family = "bowls and valleys"
    formula = r"(x + 2y - 7)^2 + (2x + y - 5)^2"
    story = "A leaning bowl: the shortest way down is not along an axis."
    source = "Booth, 1949"
    domain = ((-10.0, 10.0), (-10.0, 10.0))
    start = (-6.0, 7.0)
    learning_rate = 0.05
    minima = ((1.0, 3.0),)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2
