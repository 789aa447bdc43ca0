"""Three-hump camel: the wide outer valleys are the wrong ones."""

from typing import Any

from landscapes.landscape import Landscape
from records import record


@record
class ThreeHumpCamel(Landscape):
    """2x² − 1.05x⁴ + x⁶/6 + xy + y²: three minima in a row, the middle one deepest (0 at the origin)."""

    title = "Three-hump camel"
    family = "many minima"
    formula = r"2x^2 - 1.05x^4 + \tfrac{x^6}{6} + xy + y^2"
    story = "Three valleys in a row: plain descent stops in the first, momentum can roll over a hump into the deepest."
    source = "Branin, 1972"
    domain = ((-5.0, 5.0), (-5.0, 5.0))
    start = (-2.3, 2.5)
    learning_rate = 0.02
    minima = (
        (0.0, 0.0),
        (-1.7475523458, 0.8737761729),
        (1.7475523458, -0.8737761729),
    )
    saddles = ((-1.0705422918, 0.5352711459), (1.0705422918, -0.5352711459))

    def __call__(self, xy: Any) -> Any:
        x, y = xy
        return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2
