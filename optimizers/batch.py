"""A batch: gradient descent, mini-batches and single samples are one optimizer with three batch sizes."""

import dataclasses
from functools import lru_cache, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscapes import Landscape
from landscapes.calculus import power_of_two
from landscapes.landscape import SAMPLES


def _directions() -> np.ndarray:
    """64 fixed directions ξ_i, (64, 2), shaped like a normal cloud, with Σξ = 0 and Σξξᵀ/64 = I.

    They are a sunflower spiral whose radii have a Rayleigh distribution, then centred and whitened.
    """
    index = np.arange(SAMPLES)
    # quantiles of the Rayleigh distribution, the radius of a two-dimensional normal
    radius = np.sqrt(-2 * np.log(1 - (index + 0.5) / SAMPLES))
    # the golden angle: no two points are in one direction
    angle = index * np.pi * (3 - np.sqrt(5))
    cloud = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    cloud -= cloud.mean(axis=0)
    # with C = LLᵀ, L⁻¹ makes the covariance the identity exactly
    return cloud @ np.linalg.inv(np.linalg.cholesky(cloud.T @ cloud / SAMPLES)).T


DIRECTIONS = _directions()


@dataclasses.dataclass(frozen=True)
class Batch:
    """The batches of a descent: how many samples each step sees, and how far the samples' gradients differ.

    The landscape is the mean of 64 sample losses f_i(xy) = f(xy) + noise · ξ_i · xy. A data landscape has real
    samples, as many as its table has rows: there a batch picks rows, and no noise is added.

    Args:
        size: the number of samples of a step, 1 to `samples`. They are drawn without replacement and reshuffled every
            epoch. The last batch of an epoch may be smaller, as in Keras. None is all samples: gradient descent.
        noise: the standard deviation of one sample's gradient in each coordinate, at least 0.
        seed: the seed of the shuffling, 0 to 2³² − 1. With one seed, the path is the same bit for bit.
        samples: the number of samples.
    """

    size: int | None = None
    noise: float = 0.0
    seed: int = 0
    samples: int = SAMPLES

    def __post_init__(self) -> None:
        if not (_whole(self.samples) and self.samples >= 1):
            raise ValueError(f"`samples` must be a whole number, at least 1. Received: {self.samples!r}.")
        if self.size is not None and not (_whole(self.size) and 1 <= self.size <= self.samples):
            raise ValueError(
                f"`size` must be a whole number from 1 to {self.samples}, or None for all. Received: {self.size!r}."
            )
        if not (isinstance(self.noise, (int, float, np.number)) and np.isfinite(self.noise) and self.noise >= 0):
            raise ValueError(f"`noise` must be at least 0. Received: {self.noise!r}. At 0 all samples agree.")
        if not (_whole(self.seed) and 0 <= self.seed < 2**32):
            raise ValueError(f"`seed` must be a whole number from 0 to 2³² − 1. Received: {self.seed!r}.")

    @property
    def samples_a_step(self) -> int:
        """The number of samples of a step."""
        return self.samples if self.size is None else int(self.size)

    @property
    def steps_an_epoch(self) -> int:
        """The number of steps in which every sample is seen once."""
        return -(-self.samples // self.samples_a_step)

    def evaluations(self, steps: int) -> int:
        """The number of sample gradients that `steps` steps cost."""
        epochs, rest = divmod(steps, self.steps_an_epoch)
        return epochs * self.samples + rest * self.samples_a_step


def _whole(value: Any) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


@partial(jax.jit, static_argnames=("steps", "epochs"))
def batch_weights(seed: Any, size: Any, steps: int, epochs: int | None = None) -> Any:
    """The weight of each sample at each step: (steps, 64). Each row sums to 1 and has `size` entries that are not 0.

    Args:
        seed: the seed of the shuffling.
        size: the number of samples of a step.
        steps: the number of steps.
        epochs: the number of shuffles, at least as many as the steps go through. None is one for each step, which is
            always enough but slow.
    """
    key = jax.random.key(seed)
    batches = -(-SAMPLES // size)
    # each epoch has a key of its own, so a longer run begins with the same batches
    shuffled = jax.vmap(lambda epoch: jax.random.permutation(jax.random.fold_in(key, epoch), SAMPLES))
    ranks = shuffled(jnp.arange(steps if epochs is None else epochs))

    def weights(step: Any) -> Any:
        # the ranks of an epoch are cut into runs of `size`: a step takes those of its place in the epoch
        chosen = ranks[step // batches] // size == step % batches
        return chosen / chosen.sum()

    return jax.vmap(weights)(jnp.arange(steps))


@partial(jax.jit, static_argnames=("steps", "epochs"))
def batch_noise(seed: Any, size: Any, noise: Any, steps: int, epochs: int | None = None) -> Any:
    """What the batch adds to the full gradient at each step: (steps, 2). It is exactly 0 for the full batch.

    The arguments are those of `batch_weights`, and `noise` as in `Batch`.
    """
    pushed = noise * (batch_weights(seed, size, steps, epochs) @ DIRECTIONS)
    return jnp.where(size >= SAMPLES, 0.0, pushed)


def noise_of(batch: Batch, steps: int) -> Any:
    """`batch_noise` of a batch, (steps, 2). The number of epochs is rounded up to a power of two, for few programs."""
    epochs = power_of_two(-(-steps // batch.steps_an_epoch))
    size, noise = np.int64(batch.samples_a_step), np.float64(batch.noise)
    return batch_noise(np.uint32(batch.seed), size, noise, steps, epochs)


def is_noisy(landscape: Landscape, batch: Batch | None) -> bool:
    """Whether a batch's gradient may differ from the full gradient."""
    return (
        batch is not None
        and batch.samples_a_step < batch.samples
        and (landscape.samples is not None or batch.noise > 0)
    )


def batch_of(landscape: Landscape, batch: Batch | None) -> Batch:
    """The batch with the landscape's number of samples; the full batch if `batch` is None.

    Raises:
        ValueError: for a size above that number.
    """
    batch = batch or Batch()
    return (
        batch if batch.samples == landscape.sample_count else dataclasses.replace(batch, samples=landscape.sample_count)
    )


def batch_arrays(landscape: Landscape, batch: Batch, steps: int) -> Any:
    """The batches of a run, as `Landscape.batch_gradient` takes them.

    Without data it is the noise (steps, 2), else the rows that are picked, (steps, m) of bool.
    """
    return (
        noise_array(batch, steps)
        if landscape.samples is None
        else batch_masks(batch, len(landscape.samples.present), steps)
    )


@lru_cache(maxsize=64)
def noise_array(batch: Batch | None, steps: int) -> Any:
    """The noise of a batch, (steps, 2), cached for the next slider move; zeros for a batch without noise."""
    if batch is None or batch.noise == 0 or batch.samples_a_step >= SAMPLES:
        return jnp.zeros((steps, 2))
    return noise_of(batch, steps)


def orders(seed: int, epochs: int, samples: int) -> np.ndarray:
    """The order of the samples in each epoch: (epochs, samples), each row a permutation."""
    # sorted raw numbers: `permutation` may change with NumPy's version, Philox's bits do not
    keys = [np.random.Philox(key=[seed, epoch]).random_raw(samples) for epoch in range(epochs)]
    return np.argsort(np.stack(keys), axis=1, kind="stable")


@lru_cache(maxsize=12)
def batch_masks(batch: Batch, rows: int, steps: int) -> Any:
    """The samples that each step sees: (steps, rows) of bool. Rows beyond the samples are padding and always False."""
    masks = np.zeros((steps, rows), dtype=bool)
    # the full batch needs no order
    if batch.samples_a_step >= batch.samples:
        masks[:, : batch.samples] = True
        return jnp.asarray(masks)
    epochs = -(-steps // batch.steps_an_epoch)
    # each place in each epoch has a step; the order says which sample stands there
    epoch, place = np.indices((epochs, batch.samples))
    step = epoch * batch.steps_an_epoch + place // batch.samples_a_step
    within = step < steps
    # the last epoch may be longer than the run: its further steps are dropped
    masks[step[within], orders(batch.seed, epochs, batch.samples)[within]] = True
    return jnp.asarray(masks)
