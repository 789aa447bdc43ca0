"""Shifted sphere: the simplest answer that is not at the origin, where many a method would find it by accident."""

from typing import Any

from landscapes.landscape import Landscape, Point
from records import record, slider


@record
class ShiftedSphere(Landscape):
    """(x − a)² + (y − b)²: one minimum, 0 at (a, b), and the same curvature, 2, in all directions."""

    a: float = slider(1.0, -2, 2, step=0.1, symbol="a", help="Where the minimum is along x")
    b: float = slider(-0.5, -2, 2, step=0.1, symbol="b", help="Where the minimum is along y")

    title = "Shifted sphere"
    family = "bowls and valleys"
    formula = r"(x - a)^2 + (y - b)^2"
    story = "Round, and off the origin: descent goes straight there, and with the rate 1/λ = 0.5 in a single step."
    source = "Suganthan et al., 2005"
    domain = ((-3.0, 3.0), (-3.0, 3.0))
    start = (-2.0, 2.0)
    learning_rate = 0.05
    convex = True

    @property
    def minima(self) -> tuple[Point, ...]:
        """One minimum, at (a, b), where the loss is 0."""
        return ((float(self.a), float(self.b)),)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return (x - self.a) ** 2 + (y - self.b) ** 2
