"""Regression: a prediction that is a number, and three ways to say how wrong it is."""

from typing import Any

import numpy as np

from caching import cached
from landscapes.data.best_fit import least_absolute, least_huber, least_squares
from landscapes.data.fitted import Fitted, tidy
from landscapes.data.losses import REGRESSION, Loss
from records import choice, derived, record, slider, switch

PACE = {"mse": 0.1, "huber": 0.3}
"""The suggested rate as a part of the stable limit 2/λ."""


@record
class Regression(Fitted):
    """What every model with a number as its target has: the loss and the scaling."""

    loss: str = choice("mse", REGRESSION, help="How a miss counts")
    standardise: bool = switch(True, traced=False, help="Features with mean 0 and deviation 1")
    delta: float = slider(
        1.0, 0.1, 10, log=True, symbol=r"\delta", above=0, help="The error beyond which Huber's loss counts it plainly"
    )
    samples: Any = derived()

    @property
    def inactive_fields(self) -> Any:
        """δ is Huber's."""
        return () if self.loss == "huber" else ("delta",)

    @property
    def loss_function(self) -> Loss:
        """MSE, MAE or Huber."""
        return REGRESSION[self.loss]

    @property
    def smooth(self) -> Any:  # type: ignore[override]
        """Everywhere but for MAE, which is made of planes."""
        return self.loss != "mae"

    @property
    def scale(self) -> float:
        """The standard deviation of the target."""
        return float(self.samples.table.y.std()) or 1.0

    @property
    def learning_rate(self) -> float:  # type: ignore[override]
        """A part of 2/λ where there is one; for MAE, whose slope does not fade, fifteen steps for a deviation."""
        return _rate(self)

    def best(self, rows: Any, targets: Any) -> Any:
        """By the method for each loss."""
        if self.loss == "mae":
            return least_absolute(rows, targets)
        return least_huber(rows, targets, float(self.delta)) if self.loss == "huber" else least_squares(rows, targets)


@cached(64)
def _rate(landscape: Regression) -> float:
    rows = landscape.samples.rows[: landscape.sample_count]
    if landscape.loss == "mae":
        return tidy(landscape.scale / 15 / (rows**2).sum(axis=1).mean())
    steepest = np.linalg.eigvalsh(rows.T @ rows / len(rows))[-1] * (2 if landscape.loss == "mse" else 1)
    return tidy(PACE[landscape.loss] * 2 / steepest)
