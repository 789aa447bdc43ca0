"""Six-hump camel: two equally good answers, and four more that only look like one."""

from typing import Any

from landscapes.landscape import Landscape
from records import record


@record
class SixHumpCamel(Landscape):
    """(4 − 2.1x² + x⁴/3)x² + xy + (4y² − 4)y²: six minima in three mirrored pairs, the lowest −1.0316."""

    title = "Six-hump camel"
    family = "many minima"
    formula = r"\left(4 - 2.1x^2 + \tfrac{x^4}{3}\right)x^2 + xy + (4y^2 - 4)\,y^2"
    story = "Six valleys at three depths: a start just off the ridge decides which pair the descent ends in."
    source = "Dixon and Szegő, 1978"
    domain = ((-3.0, 3.0), (-2.0, 2.0))
    start = (-2.1, 0.1)
    learning_rate = 0.01
    minima = (
        (-0.0898420131, 0.712656403),
        (0.0898420131, -0.712656403),
        (-1.703606715, 0.7960835687),
        (1.703606715, -0.7960835687),
        (-1.6071047529, -0.5686514549),
        (1.6071047529, 0.5686514549),
    )
    saddles = (
        (0.0, 0.0),
        (-1.1092053368, 0.7682680925),
        (1.1092053368, -0.7682680925),
        (-1.6380679842, -0.228674069),
        (1.6380679842, 0.228674069),
        (-1.2960702672, -0.605084388),
        (1.2960702672, 0.605084388),
    )

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (4 * y**2 - 4) * y**2
