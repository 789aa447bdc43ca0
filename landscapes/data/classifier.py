"""A classifier: two weights tell two kinds of things apart, and the loss is the mean surprise at their classes."""

from functools import lru_cache
from typing import Any

import jax
import numpy as np

from landscapes.data.best_fit import most_likely
from landscapes.data.fitted import Fitted, tidy
from landscapes.data.losses import CROSS_ENTROPY, Loss
from landscapes.data.samples import Samples
from landscapes.data.tables import TABLES, table
from records import choice, derived, record, switch

TWO_CLASSES = {slug: rows for slug, rows in TABLES.items() if rows.classes}


@record
class Classifier(Fitted):
    """Logistic regression: the mean cross-entropy of the sigmoid of w₁·x₁ + w₂·x₂, both features centred."""

    data: str = choice(next(iter(TWO_CLASSES)), TWO_CLASSES, traced=False, help="What is told apart")
    standardise: bool = switch(True, traced=False, help="Features with deviation 1; they are centred in any case")
    samples: Any = derived()

    title = "Two classes"
    formula = r"-\frac1n \sum_{i=1}^n \log p_i(\text{class}), \quad p_i = \sigma(w_1 x_{i1} + w_2 x_{i2})"
    story = "Two measurements, two classes: every place on the map is a line that parts them."
    source = "Cox, 1958"
    axes = ("w₁", "w₂")
    loss = "cross_entropy"
    away = (-1.3, 1.1)

    @property
    def loss_function(self) -> Loss:
        """Cross-entropy."""
        return CROSS_ENTROPY

    @property
    def scale(self) -> float:
        """3: a weight at which one standard deviation makes a clear case (the sigmoid of 3 is 0.95)."""
        return 3.0

    @property
    def learning_rate(self) -> float:  # type: ignore[override]
        """A part of the stable limit 2/λ. λ is at most a quarter of the largest eigenvalue of XᵀX/n."""
        rows = self.samples.rows[: self.sample_count]
        # p(1 − p) ≤ 1/4 makes λ ≤ largest/4, so 2/λ is at least 8/largest
        return tidy(0.6 * 8 / float(np.linalg.eigvalsh(rows.T @ rows / len(rows))[-1]))

    def best(self, rows: Any, targets: Any) -> Any:
        """The best weights (2,) for `rows` (n, 2) and classes (n,), by Newton's method."""
        return most_likely(rows, targets)

    def as_targets(self, predictions: Any) -> Any:
        """The probability of the second class, for each prediction."""
        return jax.nn.sigmoid(predictions)

    def check_together(self) -> None:
        """Look the rows up and put them in `samples`."""
        vars(self).update(samples=_samples(self.data, self.standardise))


@lru_cache(maxsize=16)
def _samples(slug: str, standardise: bool) -> Samples:
    rows = table(slug)
    centred, deviations = rows.x - rows.x.mean(axis=0), rows.x.std(axis=0)
    if standardise:
        return Samples.of(rows, centred / deviations, np.eye(2))
    # weights for plain features are those for standardised ones over the deviations
    return Samples.of(rows, centred, np.diag(1 / deviations))
