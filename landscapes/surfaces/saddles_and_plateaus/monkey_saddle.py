"""A monkey saddle: three ways down and a centre so flat that even the curvature says nothing."""

from typing import Any

import numpy as np

from landscapes.landscape import Landscape, Point
from records import record, slider


@record
class MonkeySaddle(Landscape):
    """x³ − 3xy² (two legs and a tail), held by a quartic floor c(x² + y²)²; at `floor` 0 it falls for ever.

    The origin is stationary but degenerate (its Hessian is zero), so it is listed neither as minimum nor saddle.
    """

    floor: float = slider(
        0.5, 0, 1, symbol="c", at_least=0, help="Strength of the quartic floor; at 0 the fall has no end"
    )

    title = "Monkey saddle"
    family = "saddles and plateaus"
    formula = r"x^3 - 3xy^2 + c\,(x^2 + y^2)^2"
    story = "Three ways down from one flat point: gradient and curvature both vanish there."
    source = "Hilbert and Cohn-Vossen, 1932"
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start = (0.9, 0.02)
    learning_rate = 0.03

    @property
    def minima(self) -> tuple[Point, ...]:
        """Three minima, at the radius 3/(4c) and the angles 60°, 180° and 300°; none if c is 0.

        In polar form the loss is r³ cos 3θ + c r⁴. Where cos 3θ = −1, its derivative by r is −3r² + 4c r³.
        """
        if self.floor == 0:
            return ()
        radius = 0.75 / self.floor
        angles = np.deg2rad([180, 60, 300])
        return tuple((float(radius * np.cos(angle)), float(radius * np.sin(angle))) for angle in angles)

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return x**3 - 3 * x * y**2 + self.floor * (x**2 + y**2) ** 2
