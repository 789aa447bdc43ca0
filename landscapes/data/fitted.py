"""Fitted: the loss of a small model on real data; the two parameters are what training looks for."""

import math
from typing import Any, ClassVar, Self

import jax
import numpy as np

from caching import cached
from landscapes.data.losses import Loss
from landscapes.data.samples import Samples
from landscapes.data.tables.table import Table
from landscapes.landscape import Landscape, Point

MARGIN = 1.35
"""How far the domain reaches from the minimum, in distances of the start along each axis."""


class Fitted(Landscape):
    """The mean loss of the predictions `samples.rows @ xy`: convex, with a minimum that a closed form or a proven
    method finds, and as many samples as the table has rows.

    A batch sees the mean loss of the rows that it picked: another surface at every step.
    """

    family = "data"
    convex = True
    samples: Samples
    away: ClassVar[Point]
    """From the minimum to the start, for standardised rows, in units of `scale`."""

    @property
    def loss_function(self) -> Loss:
        """What one prediction costs."""
        raise NotImplementedError

    loss: Any
    delta: Any = 1.0

    def sample_losses(self, xy: Any) -> Any:
        """The loss of each row (m,), padding included."""
        return self.loss_function.of(self.predictions(xy), self.samples.targets, self.delta)

    def predictions(self, xy: Any) -> Any:
        """What the model says of each row (m,), padding included."""
        first, second = xy
        return self.samples.rows[:, 0] * first + self.samples.rows[:, 1] * second

    def as_targets(self, predictions: Any) -> Any:
        """Predictions as they are compared with the targets: as they are, or as probabilities."""
        return predictions

    def batch_loss(self, xy: Any, picked: Any) -> Any:
        """The mean loss of the rows that are `picked` (m,)."""
        return (picked * self.sample_losses(xy)).sum() / picked.sum()

    def batch_gradient(self, xy: Any, full_gradient: Any, batch: Any) -> Any:
        """The gradient (2,) of the rows of the batch, (m,) of bool: nothing is added."""
        return jax.grad(lambda xy: self.batch_loss(xy, batch))(xy)

    def __call__(self, xy: Any) -> Any:
        return self.batch_loss(xy, self.samples.present)

    @property
    def rows(self) -> Table:
        """The rows that are trained on, as they are before scaling."""
        assert self.samples.table is not None, "inside a program there are only numbers"
        return self.samples.table

    @property
    def table(self) -> Table:
        """All rows as they are before scaling, those held out too."""
        assert self.samples.whole is not None, "inside a program there are only numbers"
        return self.samples.whole

    @property
    def visitors_table(self) -> Table | None:
        """The table, if it is a visitor's own."""
        return self.samples.visitors_table

    @property
    def sample_count(self) -> int:
        """How many rows are trained on."""
        return self.samples.count

    @property
    def validation(self) -> Self | None:
        """The loss of the same parameters on the rows held out; None if there are none."""
        validation = self.samples.validation
        return None if validation is None else self.replace_unchecked(samples=validation)

    def standard_rows(self) -> np.ndarray:
        """The rows (n, 2) for standardised features."""
        return self.samples.rows[: self.sample_count] @ self.samples.scaled

    def best(self, rows: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """The best parameters (2,) for those rows."""
        raise NotImplementedError

    @property
    def scale(self) -> float:
        """What a parameter for standardised rows is typically as large as."""
        raise NotImplementedError

    @property
    def minima(self) -> tuple[Point, ...]:
        """The best fit."""
        return (_place(_facts(self)[0]),)

    @property
    def start(self) -> Point:  # type: ignore[override]  # facts of the class elsewhere, of the instance here
        """A bad fit, the same one whether the features are standardised or not."""
        return _place(_facts(self)[1], 4)

    @property
    def domain(self) -> tuple[Point, Point]:  # type: ignore[override]
        """The best fit in the middle, the start near a corner."""
        best, start = _facts(self)
        low, high = best - MARGIN * np.abs(start - best), best + MARGIN * np.abs(start - best)
        return _place([low[0], high[0]], 4), _place([low[1], high[1]], 4)


@cached(64)
def _facts(landscape: Fitted) -> tuple[np.ndarray, np.ndarray]:
    """The best fit and the start, both (2,)."""
    scaled, targets = landscape.samples.scaled, landscape.samples.targets[: landscape.sample_count]
    best = landscape.best(landscape.standard_rows(), targets)
    start = best + landscape.scale * np.asarray(landscape.away)
    return scaled @ best, scaled @ start


def _place(xy: Any, digits: int = 17) -> Point:
    x, y = (float(f"{value:.{digits}g}") for value in xy)
    return x, y


def tidy(rate: float) -> float:
    """A learning rate with one digit, on the slider."""
    return min(max(float(f"{rate:.1g}"), 1e-4), 10.0) if math.isfinite(rate) and rate > 0 else 0.01
