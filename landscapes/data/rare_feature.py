"""A rare feature: one column is nearly always 0, and most batches have nothing to say about its weight."""

from functools import lru_cache
from typing import Any

import numpy as np

from landscapes.data.made_up import made_up_rare
from landscapes.data.regression import Regression
from landscapes.data.samples import Samples
from records import record, slider


@record
class RareFeature(Regression):
    """The mean loss of w₁·x₁ + w₂·x₂ where x₂ is 0 in most rows and 1 in the rest."""

    share: float = slider(
        0.05, 0.02, 0.5, step=0.01, symbol="q", above=0, at_most=1, help="Share of rows that have the rare feature"
    )

    title = "A rare feature"
    formula = r"\frac1n \sum_{i=1}^n \ell(w_1 x_{i1} + w_2 x_{i2},\; y_i), \quad x_{i2} = 1 \text{ in few rows}"
    story = "One feature is in every row, the other in few: its weight hears little, and a common rate starves it."
    source = "Duchi, Hazan and Singer, 2011"
    axes = ("w₁", "w₂")
    away = (-1.2, -1.0)

    @property
    def inactive_fields(self) -> Any:
        """The scaling: it would make the rare feature as large as the other, and so end the lesson."""
        return (*super().inactive_fields, "standardise")

    @property
    def scale(self) -> float:
        """2.5, the true weight of the rare feature."""
        return 2.5

    def check_together(self) -> None:
        """Compute the rows and put them in `samples`."""
        vars(self).update(samples=_samples(float(self.share)))


@lru_cache(maxsize=64)
def _samples(share: float) -> Samples:
    rows = made_up_rare(share)
    return Samples.of(rows, rows.x.copy(), np.eye(2))
