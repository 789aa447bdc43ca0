"""Training a real network with the optimizers of this project, and its loss on pictures that are held out."""

import dataclasses
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from optimizers import Batch, Optimizer
from optimizers.batch import batch_masks
from optimizers.descent import rule_and_rates
from studies.network.digits import Pictures, digits
from studies.network.perceptron import accuracy, initial, loss


@dataclasses.dataclass(frozen=True, eq=False)
class Training:
    """The record of a training; index 0 is before the first step.

    * `losses`, `validation` (steps + 1,): the mean cross-entropy over the training rows and over those held out;
    * `accuracies` (steps + 1, 2): the parts of both that are classified correctly, from 0 to 1;
    * `gradient_norms` (steps + 1,): the length of the gradient of the whole training loss;
    * `learning_rates` (steps,); `weights` (steps + 1, n), float32.
    """

    losses: np.ndarray
    validation: np.ndarray
    accuracies: np.ndarray
    gradient_norms: np.ndarray
    learning_rates: np.ndarray
    weights: np.ndarray


def train(
    optimizer: Optimizer,
    *,
    hidden: int = 16,
    rows: int = 200,
    steps: int = 300,
    batch_size: int | None = None,
    seed: int = 0,
) -> Training:
    """The training of a network with one hidden layer to classify digits. It ends early if a value is not finite.

    Args:
        optimizer: the method.
        hidden: the number of hidden units.
        rows: the number of pictures to train on, 1 to 1,200.
        steps: the number of updates, 1 to 16384.
        batch_size: the number of pictures of a step; all of them if it is None or larger.
        seed: the seed of the first weights and of the batches' order.

    Raises:
        ValueError: for rows or steps out of range.
    """
    training, held_out = digits(rows)
    rule, rates = rule_and_rates(optimizer, steps)
    size = None if batch_size is None or batch_size >= rows else batch_size
    batches = batch_masks(Batch(size, samples=rows, seed=seed), len(training.y), len(rates))
    columns = [np.asarray(part) for part in _run(rule, initial(hidden, seed), rates, batches, training, held_out)]
    count = _last_row([part[: steps + 1] for part in columns])
    losses, validation, accuracies, norms, weights = (part[: count + 1].copy() for part in columns)  # without padding
    return Training(losses, validation, accuracies, norms, np.asarray(rates)[:count], weights)


def _last_row(parts: list[np.ndarray]) -> int:
    """The index of the last row before a value is not finite."""
    valid = np.all([np.isfinite(part).reshape(len(part), -1).all(axis=1) for part in parts], axis=0)
    return len(valid) - 1 if valid.all() else max(int(np.argmin(valid)) - 1, 0)


@jax.jit
def _run(rule: Optimizer, first: Any, rates: Any, batches: Any, training: Pictures, validation: Pictures) -> Any:
    def step(carry: Any, inputs: Any) -> Any:
        (weights, state), (rate, picked) = carry, inputs
        full, gradient = jax.value_and_grad(loss)(weights, training)
        batch = jax.lax.cond(
            (picked == training.present).all(),
            # the full batch needs no second gradient
            lambda weights: gradient,
            lambda weights: jax.grad(loss)(weights, training, picked),
            weights,
        )
        accuracies = jnp.stack([accuracy(weights, half) for half in (training, validation)])
        # all weights at all steps are kept: float32 halves their memory
        row = full, loss(weights, validation), accuracies, jnp.sqrt((gradient**2).sum()), weights.astype(jnp.float32)
        return rule.apply(batch, state, weights, rate), row

    return jax.lax.scan(step, (first, rule.init(first)), (rates, batches))[1]
