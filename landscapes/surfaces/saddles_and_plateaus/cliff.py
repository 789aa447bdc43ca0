"""A cliff: one step on the wall is a hundred steps long, and throws away what was learned before it."""

from typing import Any

import jax

from landscapes.surfaces.separable import Separable
from records import record, slider


@record
class Cliff(Separable):
    """(x² + y²)/10 + h σ((x − 1.5)/0.08), σ the logistic step: a shallow bowl with a wall of height h across it."""

    height: float = slider(8.0, 0, 12, symbol="h", at_least=0, help="Height of the wall; its slope is h/0.32")

    title = "Cliff"
    family = "saddles and plateaus"
    formula = r"\tfrac{1}{10}(x^2 + y^2) + h\,\sigma\!\left(\frac{x - 1.5}{0.08}\right)"
    story = (
        "A wall across a shallow bowl: the one step that touches it throws plain descent out of the picture; "
        "with the gradient clipped (`clipnorm`) it is a step like any other."
    )
    source = "Pascanu et al., 2013"
    domain = ((-5.0, 5.0), (-4.0, 4.0))
    start = (3.8, 2.6)
    learning_rate = 0.3

    def along_x(self, t: Any) -> Any:
        """The bowl and the wall."""
        return t**2 / 10 + self.height * jax.nn.sigmoid((t - 1.5) / 0.08)

    def along_y(self, t: Any) -> Any:
        """The bowl."""
        return t**2 / 10
