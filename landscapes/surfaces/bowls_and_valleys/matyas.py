"""Matyas: a nearly flat diagonal trough, where the last stretch takes most of the steps."""

from typing import Any

from landscapes.landscape import Landscape
from records import record


@record
class Matyas(Landscape):
    """0.26(x² + y²) − 0.48xy: curvature 1 across the diagonal and 0.04 along it."""

    title = "Matyas"
    family = "bowls and valleys"
    formula = r"0.26\,(x^2 + y^2) - 0.48\,xy"
    story = "A trough along the diagonal: across it descent is quick, along it twenty-five times slower."
    source = "Matyas, 1965"
    domain = ((-10.0, 10.0), (-10.0, 10.0))
    start = (-3.0, -9.0)
    learning_rate = 0.5
    minima = ((0.0, 0.0),)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return 0.26 * (x**2 + y**2) - 0.48 * x * y
