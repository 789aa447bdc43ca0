"""Himmelblau: four equal valleys, so the start decides which answer you get."""

from typing import Any

from landscapes.landscape import Landscape
from records import record


@record
class Himmelblau(Landscape):
    """(x² + y − 11)² + (x + y² − 7)²: four minima, all of them 0."""

    title = "Himmelblau"
    family = "many minima"
    formula = r"(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
    story = "Four valleys, all equally deep: where you start, and how fast you roll, decides which one you find."
    source = "Himmelblau, 1972"
    domain = ((-5.5, 5.5), (-5.5, 5.5))
    start = (-0.4, -0.6)
    learning_rate = 0.005
    minima = (
        (3.0, 2.0),
        (-2.805118087, 3.1313125183),
        (-3.7793102534, -3.2831859913),
        (3.5844283403, -1.848126527),
    )
    saddles = (
        (0.0866775046, 2.8842547012),
        (-3.0730257508, -0.0813530443),
        (3.3851541836, 0.0738518798),
        (-0.1279613467, -1.9537149802),
    )

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2
