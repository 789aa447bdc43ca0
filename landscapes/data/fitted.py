"""What all landscapes from data share: the loss of a model with two parameters over the rows of a table."""

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
"""How far the domain reaches from the minimum along each axis, as a multiple of the start's distance from it."""


class Fitted(Landscape):
    """The mean loss of the predictions `samples.rows @ xy`, over the rows of a table.

    It is convex, and a closed form or a proven method finds its minimum. A batch sees the mean loss of the rows that it
    picked, which is a different landscape at every step. Arrays over rows have the length m, padding included.
    """

    family = "data"
    convex = True
    samples: Samples
    away: ClassVar[Point]
    """The way from the minimum to the start, (2,), for standardised rows, in units of `scale`."""

    @property
    def loss_function(self) -> Loss:
        """The loss of one prediction, as a `Loss`."""
        raise NotImplementedError

    loss: Any
    delta: Any = 1.0

    def sample_losses(self, xy: Any) -> Any:
        """The loss of each row at the parameters `xy` (2,): an array (m,), padding included."""
        return self.loss_function.of(self.predictions(xy), self.samples.targets, self.delta)

    def predictions(self, xy: Any) -> Any:
        """The model's prediction for each row at the parameters `xy` (2,): an array (m,), padding included."""
        first, second = xy
        return self.samples.rows[:, 0] * first + self.samples.rows[:, 1] * second

    def as_targets(self, predictions: Any) -> Any:
        """Predictions in the form of the targets: unchanged here, probabilities for a classifier."""
        return predictions

    def batch_loss(self, xy: Any, picked: Any) -> Any:
        """The mean loss of the rows that are `picked`, (m,) of bool: a scalar."""
        return (picked * self.sample_losses(xy)).sum() / picked.sum()

    def batch_gradient(self, xy: Any, full_gradient: Any, batch: Any) -> Any:
        """The gradient (2,) of the batch's mean loss; `batch` is (m,) of bool, True for its rows.

        `full_gradient` is not used: the batch has a loss of its own instead of noise.
        """
        return jax.grad(lambda xy: self.batch_loss(xy, batch))(xy)

    def __call__(self, xy: Any) -> Any:
        return self.batch_loss(xy, self.samples.present)

    @property
    def rows(self) -> Table:
        """The rows that are trained on, before scaling."""
        assert self.samples.table is not None, "inside a program there are only numbers"
        return self.samples.table

    @property
    def table(self) -> Table:
        """All rows before scaling, those held out included."""
        assert self.samples.whole is not None, "inside a program there are only numbers"
        return self.samples.whole

    @property
    def visitors_table(self) -> Table | None:
        """The table if a visitor brought it, else None."""
        return self.samples.visitors_table

    @property
    def sample_count(self) -> int:
        """The number of rows that are trained on."""
        return self.samples.count

    @property
    def validation(self) -> Self | None:
        """The landscape of the rows that are held out, over the same parameters; None if there are none."""
        validation = self.samples.validation
        return None if validation is None else self.replace_unchecked(samples=validation)

    def standard_rows(self) -> np.ndarray:
        """The rows that are trained on, with standardised features: an array (n, 2)."""
        return self.samples.rows[: self.sample_count] @ self.samples.scaled

    def best(self, rows: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """The parameters (2,) of least loss for `rows` (n, 2) and `targets` (n,)."""
        raise NotImplementedError

    @property
    def scale(self) -> float:
        """The typical size of a parameter for standardised rows."""
        raise NotImplementedError

    @property
    def minima(self) -> tuple[Point, ...]:
        """One minimum: the best fit."""
        return (_place(_facts(self)[0]),)

    @property
    def start(self) -> Point:  # type: ignore[override]  # facts of the class elsewhere, of the instance here
        """A bad fit: the same predictions whether the features are standardised or not."""
        return _place(_facts(self)[1], 4)

    @property
    def domain(self) -> tuple[Point, Point]:  # type: ignore[override]
        """A rectangle with the best fit in its middle and the start near a corner."""
        best, start = _facts(self)
        # both corners from the same distances, so that the best fit is in the middle
        low, high = best - MARGIN * np.abs(start - best), best + MARGIN * np.abs(start - best)
        return _place([low[0], high[0]], 4), _place([low[1], high[1]], 4)


@cached(64)
def _facts(landscape: Fitted) -> tuple[np.ndarray, np.ndarray]:
    """The parameters of the best fit and of the start, both (2,), for the rows as they are scaled."""
    scaled, targets = landscape.samples.scaled, landscape.samples.targets[: landscape.sample_count]
    # solved for standardised rows, which are well conditioned, and then carried over
    best = landscape.best(landscape.standard_rows(), targets)
    start = best + landscape.scale * np.asarray(landscape.away)
    return scaled @ best, scaled @ start


def _place(xy: Any, digits: int = 17) -> Point:
    x, y = (float(f"{value:.{digits}g}") for value in xy)
    return x, y


def tidy(rate: float) -> float:
    """`rate` rounded to one digit and brought into the slider's range, 1e-4 to 10; 0.01 if it is not positive."""
    return min(max(float(f"{rate:.1g}"), 1e-4), 10.0) if math.isfinite(rate) and rate > 0 else 0.01
