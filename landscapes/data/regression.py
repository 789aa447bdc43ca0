"""Regression: a prediction that is a number, and three ways to say how wrong it is."""

from typing import Any

import numpy as np

from caching import cached
from landscapes.data.best_fit import least_absolute, least_huber, least_squares
from landscapes.data.fitted import Fitted, tidy
from landscapes.data.losses import REGRESSION, Loss
from records import choice, derived, record, slider, switch

PACE = {"mse": 0.1, "huber": 0.3}
"""The suggested learning rate as a part of the stable limit 2/λ, for each loss that has one."""


@record
class Regression(Fitted):
    """A model whose target is a number: the choice of loss, the scaling of features, and Huber's δ."""

    loss: str = choice("mse", REGRESSION, help="How a miss counts")
    standardise: bool = switch(True, traced=False, help="Features with mean 0 and deviation 1")
    delta: float = slider(
        1.0, 0.1, 10, log=True, symbol=r"\delta", above=0, help="The error beyond which Huber's loss counts it plainly"
    )
    samples: Any = derived()

    @property
    def inactive_fields(self) -> Any:
        """δ, unless the loss is Huber's."""
        return () if self.loss == "huber" else ("delta",)

    @property
    def loss_function(self) -> Loss:
        """The chosen loss: MSE, MAE or Huber."""
        return REGRESSION[self.loss]

    @property
    def smooth(self) -> Any:  # type: ignore[override]
        """False for MAE, whose landscape is made of planes that meet at kinks; else True."""
        return self.loss != "mae"

    @property
    def scale(self) -> float:
        """The standard deviation of the target, or 1 if that is 0."""
        return float(self.samples.table.y.std()) or 1.0

    @property
    def learning_rate(self) -> float:  # type: ignore[override]
        """A part of the stable limit 2/λ. MAE has none, since its gradient does not fade: about 15 steps to `scale`."""
        return _rate(self)

    def best(self, rows: Any, targets: Any) -> Any:
        """The parameters (2,) of least loss for `rows` (n, 2) and `targets` (n,), by the method for the chosen loss."""
        if self.loss == "mae":
            return least_absolute(rows, targets)
        return least_huber(rows, targets, float(self.delta)) if self.loss == "huber" else least_squares(rows, targets)


@cached(64)
def _rate(landscape: Regression) -> float:
    rows = landscape.samples.rows[: landscape.sample_count]
    if landscape.loss == "mae":
        # while all residuals have one sign, a step changes predictions by about the rate times the mean square of a
        # row
        return tidy(landscape.scale / 15 / (rows**2).sum(axis=1).mean())
    # the Hessian of MSE is 2XᵀX/n, that of Huber's loss at most XᵀX/n
    steepest = np.linalg.eigvalsh(rows.T @ rows / len(rows))[-1] * (2 if landscape.loss == "mse" else 1)
    return tidy(PACE[landscape.loss] * 2 / steepest)
