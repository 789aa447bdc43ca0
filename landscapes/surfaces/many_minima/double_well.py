"""Double well: two valleys of unequal depth, so who starts on the wrong side needs speed to get over."""

from typing import Any

import numpy as np

from landscapes.landscape import Landscape, Point
from records import record, slider


@record
class DoubleWell(Landscape):
    """h(x² − 1)² + t·x + (y − x/4)²: two wells at x ≈ ∓1, the left one deeper while the tilt is positive."""

    barrier: float = slider(1.0, 0.1, 3, symbol="h", above=0, help="Height of the barrier between the wells")
    tilt: float = slider(0.35, -1, 1, step=0.05, symbol="t", help="How much deeper one well is than the other")

    title = "Double well"
    family = "many minima"
    formula = r"h\,(x^2 - 1)^2 + t\,x + (y - \tfrac{x}{4})^2"
    story = "Two valleys of unequal depth: who starts on the wrong side needs speed to get over."
    source = "Duffing, 1918"
    domain = ((-2.2, 2.2), (-2.2, 2.2))
    start = (1.75, 1.35)
    learning_rate = 0.03

    @property
    def minima(self) -> tuple[Point, ...]:
        """The outer roots of 4h x(x² − 1) + t = 0 with y = x/4, the deeper one first."""
        # the curvature along the floor is 4h(3x² − 1)
        wells = [x for x in self._stationary() if 3 * x**2 > 1]
        return tuple((x, x / 4) for x in sorted(wells, key=lambda x: float(self.tilt) * x))

    @property
    def saddles(self) -> tuple[Point, ...]:
        """The inner root: the top of the barrier."""
        return tuple((x, x / 4) for x in self._stationary() if 3 * x**2 < 1)

    def _stationary(self) -> Any:
        roots = np.roots([4 * self.barrier, 0, -4 * self.barrier, self.tilt])
        return [float(root.real) for root in roots if abs(root.imag) < 1e-9]

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return self.barrier * (x**2 - 1) ** 2 + self.tilt * x + (y - x / 4) ** 2
