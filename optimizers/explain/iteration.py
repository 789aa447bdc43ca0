"""One iteration of training in detail: forward pass, errors and backward pass, with the numbers of this step."""

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
    """The update from step `index` to `index + 1`, computed from a batch of m rows.

    * `epoch`, and `place` of `places`: the epoch, and the batch within it, counted from 1;
    * `xy` (2,): the parameters before the update; `rows` (m,): the indices of the batch's rows in the table;
    * `inputs` (m, 2): the scaled features; `targets` (m,): the true values;
    * `outputs` (m,): `inputs @ xy`; `predictions` (m,): the outputs, or for two classes their sigmoid, a probability;
    * `errors` (m,): prediction − target; `derivatives` (m,): the derivative of the loss with respect to the output;
    * `gradient` (2,): the mean of derivative · input over the rows, by the chain rule.
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
        """prediction − target for each row: (m,)."""
        return self.predictions - self.targets

    @property
    def gradient(self) -> np.ndarray:
        """The gradient (2,) of the batch's mean loss, by the chain rule."""
        return (self.derivatives[:, None] * self.inputs).mean(axis=0)


def iteration(landscape: Fitted, path: Trajectory, batch: Batch, index: int) -> Iteration | None:
    """The iteration of a path at step `index`, or its last one if the index is beyond; None for a path without steps.

    Args:
        landscape: the data landscape that was descended.
        path: the trajectory that `descend` returned for it.
        batch: the batch of that descent, with the landscape's number of samples.
        index: 0 is the first iteration.
    """
    if not path.steps:
        return None
    at = min(max(index, 0), path.steps - 1)
    # drawn again and not stored: the same seed gives the same rows
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
