"""One iteration of training, opened up: forward pass, errors, backward pass, with the numbers of this very step."""

import dataclasses
from functools import partial
from typing import Any

import jax
import numpy as np

from landscapes.data.fitted import Fitted
from optimizers.batch import Batch, batch_masks
from optimizers.trajectory import Trajectory


@dataclasses.dataclass(frozen=True, eq=False)
class Iteration:
    """The update from step `index` to `index + 1`, made of a batch of m rows.

    * `epoch`, `place` and `places`: which batch of how many in which epoch it is, counted from 1;
    * `xy` (2,): the parameters it begins with; `rows` (m,): the numbers of its rows in the table, from 0;
    * `inputs` (m, 2): what the parameters are multiplied by; `targets` (m,): what the sum should be;
    * `outputs` (m,): the sum; `predictions` (m,): the same, or for two classes its sigmoid, a probability;
    * `errors` (m,): prediction − target; `derivatives` (m,): the loss's derivative by the output;
    * `gradient` (2,): the mean of slope · input over the rows, by the chain rule.
    """

    index: int
    epoch: int
    place: int
    places: int
    xy: np.ndarray
    rows: np.ndarray
    inputs: np.ndarray
    targets: np.ndarray
    outputs: np.ndarray
    predictions: np.ndarray
    derivatives: np.ndarray

    @property
    def errors(self) -> np.ndarray:
        """What each prediction is off by."""
        return self.predictions - self.targets

    @property
    def gradient(self) -> np.ndarray:
        """What the backward pass finds."""
        return (self.derivatives[:, None] * self.inputs).mean(axis=0)


def iteration(landscape: Fitted, path: Trajectory, batch: Batch, index: int) -> Iteration | None:
    """The iteration that a path took at step `index` (its last one, if that is beyond); None if it took none.

    Args:
        landscape: the data landscape that was descended.
        path: what `descend` returned for it.
        batch: the batch it was given, with the landscape's number of samples.
        index: 0 is the first iteration.
    """
    if not path.steps:
        return None
    at = min(max(index, 0), path.steps - 1)
    mask = np.asarray(batch_masks(batch, len(landscape.samples.present), path.steps))[at]
    rows, xy = np.flatnonzero(mask), path.positions[at]
    inputs, targets = landscape.samples.rows[rows], landscape.samples.targets[rows]
    outputs = inputs @ xy
    predictions = np.asarray(landscape.as_targets(outputs))
    derivatives = np.asarray(_derivatives(landscape.loss_function.of, outputs, targets, float(landscape.delta)))
    epoch, place = divmod(at, batch.steps_an_epoch)
    return Iteration(
        at, epoch + 1, place + 1, batch.steps_an_epoch, xy, rows, inputs, targets, outputs, predictions, derivatives
    )


@partial(jax.jit, static_argnums=0)
def _derivatives(of: Any, outputs: Any, targets: Any, delta: Any) -> Any:
    return jax.vmap(jax.grad(of), in_axes=(0, 0, None))(outputs, targets, delta)
