"""A saddle: flat where the way down is not yet visible, which is where plain descent waits longest."""

from typing import Any

import numpy as np

from landscapes.landscape import Landscape, Point
from records import record, slider


@record
class Saddle(Landscape):
    """x² − y², held from below by a quartic floor so that there are two minima to fall to."""

    floor: float = slider(0.25, 0.05, 1, symbol="c", above=0, help="Strength of the quartic floor that ends the fall")

    title = "Saddle"
    family = "saddles and plateaus"
    formula = r"x^2 - y^2 + c\,y^4"
    story = "Down one way, up the other: started near the ridge, descent loses its time where the slope is nearly zero."
    source = "Dauphin et al., 2014"
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start = (1.6, 0.01)
    learning_rate = 0.025
    saddles = ((0.0, 0.0),)

    @property
    def minima(self) -> tuple[Point, ...]:
        """Two minima, (0, ±1/√(2c)), where −2y + 4c y³ = 0."""
        y = float(1 / np.sqrt(2 * self.floor))
        return ((0.0, y), (0.0, -y))

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return x**2 - y**2 + self.floor * y**4
