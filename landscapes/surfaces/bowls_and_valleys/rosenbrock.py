"""Rosenbrock's banana: falling into the valley is easy, following it to the end is not."""

from typing import Any

from landscapes.landscape import Landscape, Point
from records import record, slider


@record
class Rosenbrock(Landscape):
    """(a − x)² + b(y − x²)²: a curved valley whose floor is nearly flat."""

    a: float = slider(1.0, -1.5, 1.5, step=0.1, symbol="a", help="Where the valley ends: the minimum is (a, a²)")
    b: float = slider(100.0, 1, 200, log=True, symbol="b", above=0, help="How steep the valley's walls are")

    title = "Rosenbrock"
    family = "bowls and valleys"
    formula = r"(a - x)^2 + b\,(y - x^2)^2"
    story = "The banana: falling into the curved valley takes a few steps, following it to its end takes thousands."
    source = "Rosenbrock, 1960"
    domain = ((-2.0, 2.0), (-1.0, 3.0))
    start = (-1.5, 2.0)
    learning_rate = 0.0003

    @property
    def minima(self) -> tuple[Point, ...]:
        """One minimum, at (a, a²), where the loss is 0."""
        return ((float(self.a), float(self.a) ** 2),)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return (self.a - x) ** 2 + self.b * (y - x**2) ** 2
