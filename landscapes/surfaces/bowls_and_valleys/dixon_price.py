"""Dixon–Price: a valley bent like a parabola that lies on its side, with one answer on each arm."""

from math import sqrt
from typing import Any

from landscapes.landscape import Landscape
from records import record


@record
class DixonPrice(Landscape):
    """(x − 1)² + 2(2y² − x)²: two minima, 0 at (1, ±1/√2), and a saddle between them at (1/3, 0)."""

    title = "Dixon–Price"
    family = "bowls and valleys"
    formula = r"(x - 1)^2 + 2\left(2y^2 - x\right)^2"
    story = "Two arms of one valley, an answer on each: the sign of y at the start decides; from y = 0 none is found."
    source = "Dixon and Price, 1989"
    domain = ((-2.0, 4.0), (-2.0, 2.0))
    start = (-1.0, 0.02)
    learning_rate = 0.02
    minima = ((1.0, sqrt(0.5)), (1.0, -sqrt(0.5)))
    saddles = ((1 / 3, 0.0),)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return (x - 1) ** 2 + 2 * (2 * y**2 - x) ** 2
