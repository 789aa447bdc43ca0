"""Styblinski–Tang: four wells of three depths, one coordinate as hard as the other."""

from typing import Any

from landscapes.surfaces.separable import Separable
from records import record


@record
class StyblinskiTang(Separable):
    """½Σ(t⁴ − 16t² + 5t) over both coordinates: each has a deep well at −2.9035 and a shallow one at 2.7468."""

    title = "Styblinski–Tang"
    family = "many minima"
    formula = r"\tfrac12\left(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y\right)"
    story = "Four wells, and each coordinate chooses for itself: half right is the usual answer."
    source = "Styblinski and Tang, 1990"
    domain = ((-5.0, 5.0), (-5.0, 5.0))
    start = (0.6, -0.2)
    learning_rate = 0.01

    def along(self, t: Any) -> Any:
        """The term of the loss for one coordinate `t`, a scalar."""
        return 0.5 * (t**4 - 16 * t**2 + 5 * t)

    along_x = along_y = along
